"""Small papers for the companies in the background: real PDFs of one to four pages, a few kilobytes each."""

import io
import textwrap
from collections.abc import Mapping

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

#: Enough articles to be found and compared; the invented companies in front have whole regulations.
ARTICLES = (
    ("Pengertian", "Perusahaan ialah {name}. Pekerja ialah setiap orang yang bekerja dan menerima upah."),
    ("Ruang lingkup", "Peraturan Perusahaan ini berlaku bagi seluruh pekerja, baik PKWT maupun PKWTT."),
    ("Masa percobaan", "Masa percobaan bagi pekerja PKWTT paling lama 3 (tiga) bulan dan tertulis dalam perjanjian."),
    ("Waktu kerja", "Waktu kerja 8 (delapan) jam sehari dan 40 (empat puluh) jam seminggu."),
    ("Lembur", "Lembur paling lama 4 (empat) jam sehari dan 18 (delapan belas) jam seminggu."),
    ("Cuti tahunan", "Cuti tahunan 12 (dua belas) hari kerja setelah bekerja 12 (dua belas) bulan."),
    ("Upah", "Upah paling rendah sebesar upah minimum Kota Bekasi dan dibayarkan setiap tanggal 28."),
    ("Tunjangan hari raya", "Tunjangan hari raya keagamaan dibayarkan paling lambat 7 (tujuh) hari sebelum hari raya."),
    ("Jaminan sosial", "Perusahaan mendaftarkan seluruh pekerja pada BPJS Ketenagakerjaan dan BPJS Kesehatan."),
    ("Keselamatan kerja", "Perusahaan menyelenggarakan keselamatan dan kesehatan kerja."),
    ("Pelanggaran", "Pelanggaran dikenai surat peringatan pertama, kedua, dan ketiga, masing-masing 6 (enam) bulan."),
    ("Penutup", "Peraturan Perusahaan ini berlaku 2 (dua) tahun sejak disahkan."),
)


#: Articles that a renewal changes, by heading.
IMPROVED = {
    "Cuti tahunan": "Cuti tahunan 14 (empat belas) hari kerja setelah bekerja 12 (dua belas) bulan.",
    "Upah": "Upah paling rendah sebesar upah minimum Kota Bekasi dan dibayarkan setiap tanggal 25.",
    "Keselamatan kerja": "Perusahaan menyelenggarakan keselamatan dan kesehatan kerja dan membentuk P2K3.",
}
#: What an agreement has in place of, or besides, the articles of a regulation.
AGREED = {
    "Pengertian": "Pengusaha ialah {name}. Serikat ialah {union}. Pekerja ialah setiap orang yang bekerja pada {name}.",
    "Ruang lingkup": "Perjanjian Kerja Bersama ini berlaku bagi seluruh pekerja, baik PKWT maupun PKWTT.",
    "Lembur": "Lembur paling lama 5 (lima) jam sehari bila pekerja menyetujuinya.",
    "Penutup": "Perjanjian Kerja Bersama ini berlaku 2 (dua) tahun dan ditandatangani kedua pihak.",
}


def paper(title: str, company: dict, lines: list[str]) -> bytes:
    """One page with letterhead, title and lines."""
    return _pdf(company, title, [(None, line) for line in lines])


def agreement(union: str, company: dict) -> bytes:
    """A short collective labour agreement between the company and `union`."""
    title = f"PERJANJIAN KERJA BERSAMA ANTARA {company['name'].upper()} DENGAN {union.upper()}"
    words = {heading: text.replace("{union}", union) for heading, text in AGREED.items()}
    return regulation(title, company, words)


def regulation(title: str, company: dict, changed: Mapping[str, str] | None = None) -> bytes:
    """A short company regulation with BAB and Pasal. `changed`: other words for some articles, by heading."""
    parts: list[tuple[str | None, str]] = []
    for number, (heading, usual) in enumerate(ARTICLES, 1):
        text = (changed or {}).get(heading, usual)
        if number % 4 == 1:
            parts.append((f"BAB {('I', 'II', 'III')[number // 4]}", ""))
        parts.append((f"Pasal {number} {heading}", text.format(name=company["name"])))
    return _pdf(company, title, parts)


def _pdf(company: dict, title: str, parts: list[tuple[str | None, str]]) -> bytes:
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1)
    page.setTitle(title)
    page.setAuthor(company["name"])
    y = 0.0

    def new_page() -> float:
        page.setFont("Helvetica-Bold", 13)
        page.drawString(25 * mm, 275 * mm, company["name"].upper())
        page.setFont("Helvetica", 9)
        page.drawString(25 * mm, 270 * mm, f"{company['address']}, {company['kelurahan']}, Kota Bekasi")
        page.line(25 * mm, 267 * mm, 185 * mm, 267 * mm)
        return 255 * mm

    y = new_page()
    page.setFont("Helvetica-Bold", 12)
    for line in textwrap.wrap(title, 68):
        page.drawCentredString(A4[0] / 2, y, line)
        y -= 6 * mm
    y -= 4 * mm
    for heading, text in parts:
        if y < 45 * mm:
            page.showPage()
            y = new_page()
        if heading:
            page.setFont("Helvetica-Bold", 11)
            page.drawString(25 * mm, y, heading)
            y -= 6 * mm
        page.setFont("Helvetica", 11)
        for line in textwrap.wrap(text, 84):
            page.drawString(25 * mm, y, line)
            y -= 5.5 * mm
        y -= 3 * mm
    page.drawString(120 * mm, max(y - 12 * mm, 20 * mm), "Pimpinan Contoh")
    page.save()
    return buffer.getvalue()
