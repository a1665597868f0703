"""What the office starts with: categories of reports. Those that exist are the office's own and stay as they are."""

from .models import TicketCategory

#: Title, explanation.
CATEGORIES = (
    ("Permohonan pengesahan PP", "Cara mengajukan, dokumen, perbaikan, atau lamanya pemeriksaan."),
    ("Pendaftaran PKB", "Perundingan, dokumen, atau pendaftaran Perjanjian Kerja Bersama."),
    ("Surat keputusan dan verifikasi", "Keaslian, isi, atau unduhan surat keputusan."),
    ("Akun dan kendala sistem", "Masuk, surel, unggah berkas, atau halaman yang bermasalah."),
    ("Sikap dan pelayanan petugas", "Keramahan, kejelasan, atau dugaan pungutan."),
    ("Sosialisasi dan bahan", "Pertemuan, undangan, dan bahan yang dapat diunduh."),
    ("Lainnya", ""),
)


def load_categories() -> int:
    """Make the categories where there is none at all. Returns how many were made."""
    if TicketCategory.objects.exists():
        return 0
    rows = [
        TicketCategory(title=title, help_text=words, sort_order=10 * number)
        for number, (title, words) in enumerate(CATEGORIES, 1)
    ]
    return len(TicketCategory.objects.bulk_create(rows))
