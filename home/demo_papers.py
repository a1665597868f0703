"""Papers of sosialisasi, made here so that the demo site has something real to download: leaflet, banner, slides."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

from reportlab.lib.pagesizes import A5
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from .demo_pictures import draw

LEAFLET_TITLE = "Leaflet: lima langkah mengesahkan Peraturan Perusahaan"
STEPS = (
    ("Daftar akun", "Satu akun untuk semua perusahaan yang Anda urus."),
    ("Siapkan naskah", "Mintakan saran wakil pekerja sebelum ditandatangani pengusaha."),
    ("Ajukan daring", "Isi formulir dan unggah dokumen. Draf tersimpan."),
    ("Perbaiki bila diminta", "Batasnya 14 hari kerja. Catatan menyebut pasal dan alasannya."),
    ("Unduh SK", "Keaslian SK dapat diperiksa siapa saja lewat kode QR."),
)


@cache
def leaflet() -> bytes:
    """The leaflet as PDF, A5, one page."""
    width, height = A5
    buffer = BytesIO()
    page = Canvas(buffer, pagesize=A5)
    page.setTitle(LEAFLET_TITLE)
    page.setAuthor("Dinas Tenaga Kerja Kota Bekasi")
    page.drawImage(ImageReader(BytesIO(draw("front"))), 0, height - width * 9 / 16, width, width * 9 / 16)
    y = height - width * 9 / 16 - 34
    page.setFillColor("#083b38")
    page.setFont("Helvetica-Bold", 17)
    for line in simpleSplit("Lima langkah mengesahkan Peraturan Perusahaan", "Helvetica-Bold", 17, width - 64):
        page.drawString(32, y, line)
        y -= 21
    y -= 12
    for number, (title, words) in enumerate(STEPS, 1):
        page.setFillColor("#0c5c57")
        page.circle(44, y + 3, 12, stroke=0, fill=1)
        page.setFillColor("#ffffff")
        page.setFont("Helvetica-Bold", 12)
        page.drawCentredString(44, y - 1, str(number))
        page.setFillColor("#18272b")
        page.drawString(68, y + 2, title)
        page.setFont("Helvetica", 10)
        page.drawString(68, y - 12, words)
        y -= 40
    page.setFillColor("#4c5e64")
    page.setFont("Helvetica", 9)
    page.drawString(32, 30, "Dinas Tenaga Kerja Kota Bekasi, Jl. Ahmad Yani No. 13. Tidak dipungut biaya.")
    page.showPage()
    page.save()
    return buffer.getvalue()


OFFICE = "Dinas Tenaga Kerja Kota Bekasi"
BANNER_TITLE = "Banner: perusahaan Anda sudah punya PP?"
SLIDES_TITLE = "Paparan: menyusun dan mengajukan Peraturan Perusahaan"
#: Heading and lines of each slide.
SLIDES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Siapa yang wajib memiliki PP?",
        (
            "Perusahaan dengan sekurang-kurangnya 10 pekerja (UU 13/2003 Pasal 108).",
            "Tidak wajib bila sudah memiliki Perjanjian Kerja Bersama.",
            "Satu perusahaan, satu PP, berlaku bagi semua pekerja.",
        ),
    ),
    (
        "Isi minimum PP",
        (
            "Hak dan kewajiban pengusaha; hak dan kewajiban pekerja.",
            "Syarat kerja dan tata tertib perusahaan.",
            "Jangka waktu berlaku, paling lama 2 tahun.",
            "Pengaturan lebih lanjut dari peraturan perundang-undangan.",
        ),
    ),
    (
        "Yang paling sering dikembalikan",
        (
            "Bukti saran dan pertimbangan wakil pekerja belum ada.",
            "Jenis pelanggaran mendesak tidak disebut satu per satu.",
            "Uang pisah tidak diatur.",
            "Golongan jabatan tanpa upah lembur tidak disebut.",
            "Cuti melahirkan belum mengikuti UU 4/2024.",
        ),
    ),
    (
        "Mengajukan secara daring",
        (
            "Buat akun, lengkapi data perusahaan, isi formulir.",
            "Unggah naskah dan dokumen; draf tersimpan sendiri.",
            "Ikuti tahapnya; perbaiki bila diminta; unduh surat keputusan.",
        ),
    ),
    (
        "Waktu, biaya, pengaduan",
        (
            "Penelitian paling lama 6 hari kerja, surat keputusan paling lama 5 hari kerja.",
            "Perbaikan oleh perusahaan paling lama 14 hari kerja.",
            "Layanan ini tidak dipungut biaya.",
            "Pengaduan: situs dinas, loket, WhatsApp, atau SP4N-LAPOR!",
        ),
    ),
)


@cache
def banner() -> bytes:
    """The banner as PDF, drawn at a tenth of 3 x 1 metres."""
    width, height = 850.4, 283.5
    buffer = BytesIO()
    page = Canvas(buffer, pagesize=(width, height))
    page.setTitle(BANNER_TITLE)
    page.setAuthor(OFFICE)
    page.setFillColor("#e5f1ef")
    page.rect(0, 0, width, height, stroke=0, fill=1)
    page.drawImage(ImageReader(BytesIO(draw("front"))), width - height * 16 / 9, 0, height * 16 / 9, height)
    page.setFillColor("#083b38")
    page.setFont("Helvetica-Bold", 30)
    page.drawString(28, height - 70, "Perusahaan Anda")
    page.drawString(28, height - 106, "sudah punya PP?")
    page.setFont("Helvetica", 14)
    page.drawString(28, height - 142, "10 pekerja atau lebih: wajib.")
    page.drawString(28, height - 162, "Ajukan daring, tanpa biaya.")
    page.setFont("Helvetica", 10)
    page.drawString(28, 24, OFFICE)
    page.showPage()
    page.save()
    return buffer.getvalue()


@cache
def slides() -> bytes:
    """The slides as PDF, 16:9."""
    width, height = 960, 540
    buffer = BytesIO()
    page = Canvas(buffer, pagesize=(width, height))
    page.setTitle(SLIDES_TITLE)
    page.setAuthor(OFFICE)
    page.drawImage(ImageReader(BytesIO(draw("meeting"))), 0, 0, width, height)
    page.setFillColor("#083b38")
    page.rect(0, 0, width, 150, stroke=0, fill=1)
    page.setFillColor("#ffffff")
    page.setFont("Helvetica-Bold", 30)
    page.drawString(48, 86, "Menyusun dan mengajukan Peraturan Perusahaan")
    page.setFont("Helvetica", 17)
    page.drawString(48, 48, OFFICE)
    page.showPage()
    for number, (heading, lines) in enumerate(SLIDES, 2):
        page.setFillColor("#0c5c57")
        page.rect(0, height - 96, width, 96, stroke=0, fill=1)
        page.setFillColor("#ffffff")
        page.setFont("Helvetica-Bold", 30)
        page.drawString(48, height - 62, heading)
        page.setFillColor("#18272b")
        y = height - 160
        for line in lines:
            page.circle(58, y + 7, 5, stroke=0, fill=1)
            page.setFont("Helvetica", 21)
            for part in simpleSplit(line, "Helvetica", 21, width - 140):
                page.drawString(78, y, part)
                y -= 30
            y -= 18
        page.setFillColor("#4c5e64")
        page.setFont("Helvetica", 11)
        page.drawString(48, 26, OFFICE)
        page.drawRightString(width - 48, 26, str(number))
        page.showPage()
    page.save()
    return buffer.getvalue()


#: Name -> title, name of the file, maker.
PAPERS: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "leaflet": (LEAFLET_TITLE, "leaflet-lima-langkah-pp.pdf", leaflet),
    "banner": (BANNER_TITLE, "banner-wajib-pp.pdf", banner),
    "slides": (SLIDES_TITLE, "paparan-syarat-kerja.pdf", slides),
}
