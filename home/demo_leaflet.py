"""A one-page leaflet for companies, made here so that the demo site has something real to download."""

from functools import cache
from io import BytesIO

from reportlab.lib.pagesizes import A5
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from .demo_pictures import draw

TITLE = "Leaflet: lima langkah mengesahkan Peraturan Perusahaan"
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
    page.setTitle(TITLE)
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
