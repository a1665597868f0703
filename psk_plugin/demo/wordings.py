"""Usual wordings of the demo office: faults that come again and again, worded once."""

from ..review.models import Wording

#: Short name, what is wrong, what is asked, legal basis.
SHARED = (
    (
        "Cuti tahunan kurang dari 12 hari kerja",
        "Cuti tahunan yang diatur kurang dari 12 hari kerja.",
        "Ubah menjadi sekurang-kurangnya 12 hari kerja setelah pekerja bekerja 12 bulan terus-menerus.",
        "UU 13/2003 Pasal 79 ayat (3)",
    ),
    (
        "Lembur tidak diatur",
        "Naskah tidak mengatur waktu dan upah kerja lembur.",
        "Tambahkan pasal tentang lembur: persetujuan pekerja, batas jam, dan perhitungan upahnya.",
        "PP 35/2021 Pasal 26 sampai Pasal 32",
    ),
    (
        "Naskah belum ditandatangani",
        "Halaman terakhir naskah belum ditandatangani oleh pengusaha.",
        "Unggah naskah lengkap yang sudah ditandatangani dan dicap perusahaan.",
        "Permenaker 28/2014 Pasal 8",
    ),
    (
        "Masa berlaku lebih dari 2 tahun",
        "Masa berlaku peraturan perusahaan lebih dari 2 tahun.",
        "Ubah masa berlaku menjadi paling lama 2 tahun.",
        "UU 13/2003 Pasal 111 ayat (3)",
    ),
    (
        "Berkas tidak terbaca",
        "Pindaian buram sehingga isinya tidak dapat dibaca.",
        "Pindai ulang dengan jelas, lalu unggah sebagai satu berkas PDF.",
        "",
    ),
)


def load() -> None:
    """Shared wordings, each once; what the office has changed stays."""
    for title, problem, request, legal_basis in SHARED:
        Wording.objects.get_or_create(
            title=title,
            is_shared=True,
            defaults={"problem": problem, "request": request, "legal_basis": legal_basis},
        )
