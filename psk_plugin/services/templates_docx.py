"""Templates that companies download: the letters of Permenaker 28/2014, in our own words, as Word files.

The ministerial annexes themselves are not at hand; these ask for what Pasal 8(2) and (6) require.
"""

import datetime as dt
import io
from collections.abc import Callable

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

#: Blank that a company fills in.
DOTS = "." * 40
COMPANY_LINES = (
    ("Nama perusahaan", DOTS),
    ("Alamat", DOTS),
    ("Jenis/bidang usaha (KBLI)", DOTS),
    ("NIB", DOTS),
)
ADDRESSEE = ("Kepada Yth.", "Kepala Dinas Tenaga Kerja Kota Bekasi", "di Bekasi")


def application_letter() -> bytes:
    """Surat permohonan pengesahan PP (Lampiran I)."""
    document = _document("Surat permohonan pengesahan Peraturan Perusahaan")
    _lines(document, "[Kop surat perusahaan]", "")
    _fields(
        document,
        ("Nomor", DOTS),
        ("Lampiran", "1 (satu) berkas"),
        ("Perihal", "Permohonan pengesahan Peraturan Perusahaan"),
    )
    _lines(document, "", *ADDRESSEE, "")
    document.add_paragraph("Dengan hormat, bersama ini kami mengajukan permohonan pengesahan Peraturan Perusahaan:")
    _fields(
        document,
        *COMPANY_LINES,
        ("Status perusahaan", "PT / CV / Firma / Perseorangan / Koperasi / Yayasan / ............"),
        ("Status penanaman modal", "PMA / PMDN / ............"),
        ("Nomor telepon", DOTS),
        ("Nama SP/SB (bila ada)", DOTS),
        ("Nomor kepesertaan BPJS Ketenagakerjaan", DOTS),
        ("Jumlah pekerja di kantor pusat", "laki-laki ........ orang, perempuan ........ orang"),
        ("Jumlah pekerja di cabang", "laki-laki ........ orang, perempuan ........ orang"),
        ("Hubungan kerja", "PKWT ........ orang, PKWTT ........ orang"),
        ("Upah bulanan", "terendah Rp ............, tertinggi Rp ............"),
        ("Konsep PP", "baru / pembaharuan ke- ........"),
        ("Masa berlaku PP", "mulai ............ sampai dengan ............ (paling lama 2 tahun)"),
    )
    document.add_paragraph(
        "Sebagai kelengkapan kami lampirkan naskah Peraturan Perusahaan yang telah ditandatangani beserta dokumen "
        "persyaratan lainnya. Data dan dokumen yang kami sampaikan benar dan dapat dipertanggungjawabkan."
    )
    return _signed(document, "Pimpinan perusahaan", "[cap perusahaan]")


def advice_statement() -> bytes:
    """Pernyataan telah dimintakan saran dan pertimbangan (Lampiran II)."""
    document = _document("SURAT PERNYATAAN", "TELAH DIMINTAKAN SARAN DAN PERTIMBANGAN")
    document.add_paragraph("Yang bertanda tangan di bawah ini:")
    _fields(document, ("Nama", DOTS), ("Jabatan", DOTS), *COMPANY_LINES)
    document.add_paragraph(
        "menyatakan bahwa rancangan Peraturan Perusahaan kami telah dimintakan saran dan pertimbangan kepada:"
    )
    _fields(
        document,
        ("SP/SB atau wakil pekerja", DOTS),
        ("Nama pengurus atau wakil pekerja", DOTS),
        ("Tanggal permintaan", DOTS),
        ("Tanggal tanggapan", f"{DOTS} / tidak memberikan tanggapan"),
    )
    document.add_paragraph("dengan saran dan pertimbangan sebagai berikut (lampirkan bila panjang):")
    _lines(document, *["." * 100] * 3)
    document.add_paragraph("Pernyataan ini dibuat dengan sebenarnya untuk memenuhi Pasal 8 Permenaker 28/2014.")
    return _signed(document, "Pimpinan perusahaan", "[meterai cukup dan cap perusahaan]")


def no_union_statement() -> bytes:
    """Pernyataan belum terbentuk SP/SB (Lampiran III)."""
    document = _document("SURAT PERNYATAAN", "BELUM TERBENTUK SERIKAT PEKERJA/SERIKAT BURUH")
    document.add_paragraph("Yang bertanda tangan di bawah ini:")
    _fields(document, ("Nama", DOTS), ("Jabatan", DOTS), *COMPANY_LINES)
    document.add_paragraph(
        "menyatakan bahwa sampai dengan tanggal pernyataan ini di perusahaan kami belum terbentuk serikat "
        "pekerja/serikat buruh. Pekerja diwakili oleh wakil pekerja yang dipilih secara demokratis dari setiap unit "
        "kerja, dengan berita acara pemilihan terlampir."
    )
    document.add_paragraph(
        "Perusahaan tidak menghalangi pekerja membentuk atau menjadi anggota serikat pekerja/serikat buruh."
    )
    document.add_paragraph("Pernyataan ini dibuat dengan sebenarnya untuk memenuhi Pasal 8 Permenaker 28/2014.")
    return _signed(document, "Pimpinan perusahaan", "[meterai cukup dan cap perusahaan]")


#: Code of the required document -> title of the template, who makes it.
TEMPLATES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "surat-permohonan": ("Templat surat permohonan pengesahan PP (Lampiran I)", application_letter),
    "pernyataan-saran": ("Templat pernyataan saran dan pertimbangan (Lampiran II)", advice_statement),
    "pernyataan-belum-sp": ("Templat pernyataan belum terbentuk SP/SB (Lampiran III)", no_union_statement),
}


def _document(*title: str):
    document = Document()
    document.core_properties.author = "Dinas Tenaga Kerja Kota Bekasi"
    document.core_properties.title = " ".join(title)
    document.core_properties.language = "id-ID"
    document.core_properties.created = document.core_properties.modified = dt.datetime(2026, 1, 1)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for line in title:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    return document


def _lines(document, *lines: str) -> None:
    for line in lines:
        document.add_paragraph(line).paragraph_format.space_after = Pt(2)


def _fields(document, *rows: tuple[str, str]) -> None:
    """Label, colon, blank: a table without borders keeps the colons in line on any computer."""
    table = document.add_table(rows=0, cols=3)
    table.autofit = False
    for label, value in rows:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (label, ":", value), (Cm(6), Cm(0.5), Cm(9.5)), strict=True):
            cell.width = width
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _signed(document, position: str, below: str) -> bytes:
    for line in ("", "Bekasi, ............................", f"{position},", below, "", DOTS, "[nama dan jabatan]"):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.left_indent = Cm(9)
        paragraph.paragraph_format.space_after = Pt(2)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
