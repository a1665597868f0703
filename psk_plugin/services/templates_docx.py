"""Templates that companies download: the letters of Permenaker 28/2014, in our own words, as Word files.

The ministerial annexes themselves are not at hand; these ask for what Pasal 8(2) and (6) require.
"""

import datetime as dt
import io
from collections.abc import Callable
from functools import partial

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from .models import Service

#: Blank that a company fills in.
DOTS = "." * 40
COMPANY_LINES = (
    ("Nama perusahaan", DOTS),
    ("Alamat", DOTS),
    ("Jenis/bidang usaha (KBLI)", DOTS),
    ("NIB", DOTS),
)
UNION_LINES = (("Nama SP/SB", DOTS), ("Nomor dan tanggal pencatatan", DOTS), ("Nama dan jabatan pengurus", DOTS))
ADDRESSEE = ("Kepada Yth.", "Kepala Dinas Tenaga Kerja Kota Bekasi", "di Bekasi")


#: Type of application -> what the letter asks for, in the words of the subject line.
ASKED = {
    ("PP", "baru"): "pengesahan Peraturan Perusahaan",
    ("PP", "pembaharuan"): "pengesahan pembaharuan Peraturan Perusahaan",
    ("PP", "perpanjangan"): "pengesahan perpanjangan Peraturan Perusahaan",
    ("PP", "perubahan"): "pengesahan perubahan Peraturan Perusahaan",
    ("PKB", "baru"): "pendaftaran Perjanjian Kerja Bersama",
    ("PKB", "pembaharuan"): "pendaftaran pembaharuan Perjanjian Kerja Bersama",
    ("PKB", "perpanjangan"): "pendaftaran perpanjangan Perjanjian Kerja Bersama",
    ("PKB", "perubahan"): "pendaftaran addendum Perjanjian Kerja Bersama",
}
#: Which period the letter names, by type of application.
PERIODS = {
    "baru": "mulai ............ sampai dengan ............ (paling lama 2 tahun)",
    "pembaharuan": "mulai ............ sampai dengan ............ (paling lama 2 tahun)",
    "perpanjangan": "mulai ............ sampai dengan ............ (paling lama 1 tahun)",
    "perubahan": "mulai ............, hari terakhir tetap ............",
}


def application_letter(kind: str, filing_type: str) -> bytes:
    """Surat permohonan: Lampiran I for a PP, the employer's letter of Pasal 30 for a PKB."""
    asked = ASKED[kind, filing_type]
    document = _document(f"Surat permohonan {asked}")
    _lines(document, "[Kop surat perusahaan]", "")
    _fields(document, ("Nomor", DOTS), ("Lampiran", "1 (satu) berkas"), ("Perihal", f"Permohonan {asked}"))
    _lines(document, "", *ADDRESSEE, "")
    document.add_paragraph(f"Dengan hormat, bersama ini kami mengajukan permohonan {asked}:")
    rows = [
        *COMPANY_LINES,
        ("Status perusahaan", "PT / CV / Firma / Perseorangan / Koperasi / Yayasan / ............"),
        ("Status penanaman modal", "PMA / PMDN / ............"),
        ("Nomor telepon", DOTS),
    ]
    if kind == "PKB":
        rows += [
            ("Nama SP/SB", DOTS),
            ("Alamat SP/SB", DOTS),
            ("Nomor dan tanggal pencatatan SP/SB", DOTS),
            ("Jumlah anggota SP/SB", "........ orang dari ........ pekerja"),
        ]
    else:
        rows += [("Nama SP/SB (bila ada)", DOTS)]
    rows += [
        ("Nomor kepesertaan BPJS Ketenagakerjaan", DOTS),
        ("Jumlah pekerja di kantor pusat", "laki-laki ........ orang, perempuan ........ orang"),
        ("Jumlah pekerja di cabang", "laki-laki ........ orang, perempuan ........ orang"),
        ("Hubungan kerja", "PKWT ........ orang, PKWTT ........ orang"),
        ("Upah bulanan", "terendah Rp ............, tertinggi Rp ............"),
    ]
    if filing_type != "baru":
        rows += [("Nomor dan tanggal SK yang lama", DOTS), ("Masa berlaku yang lama", DOTS)]
    if filing_type in ("pembaharuan", "perubahan"):
        rows += [("Yang ke-", "........")]
    if filing_type == "perubahan":
        rows += [("Pasal yang diubah", DOTS)]
    rows += [(f"Masa berlaku {kind}", PERIODS[filing_type])]
    _fields(document, *rows)
    document.add_paragraph(
        "Sebagai kelengkapan kami lampirkan dokumen persyaratan. Data dan dokumen yang kami sampaikan benar dan dapat "
        "dipertanggungjawabkan."
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


def union_consent() -> bytes:
    """Persetujuan pimpinan SP/SB: a PP is made although there is a union, which is not ready for a PKB."""
    document = _document("SURAT PERSETUJUAN", "PIMPINAN SERIKAT PEKERJA/SERIKAT BURUH")
    document.add_paragraph("Yang bertanda tangan di bawah ini pimpinan:")
    _fields(document, *UNION_LINES, ("Perusahaan", DOTS))
    document.add_paragraph(
        "menyatakan bahwa SP/SB belum siap merundingkan Perjanjian Kerja Bersama, dan menyetujui syarat kerja di "
        "perusahaan diatur dalam Peraturan Perusahaan yang telah kami baca dan beri saran."
    )
    return _signed(document, "Pimpinan SP/SB", "[cap SP/SB]")


def matrix_of_changes() -> bytes:
    """Usul perbaikan: each article as it stands, as it shall be, and why."""
    document = _document("MATRIKS PERUBAHAN")
    _fields(document, *COMPANY_LINES[:1], ("PP atau PKB yang diubah", DOTS), ("Nomor dan tanggal SK", DOTS))
    _grid(document, ("Pasal", "Semula", "Menjadi", "Alasan"), rows=8)
    return _signed(document, "Pimpinan perusahaan", "[cap perusahaan]")


def change_agreement(kind: str) -> bytes:
    """Kesepakatan perubahan between the employer and the workers' side (UU 13/2003 Ps 113, 125)."""
    other = "SP/SB" if kind == "PKB" else "SP/SB atau wakil pekerja"
    name = "Perjanjian Kerja Bersama" if kind == "PKB" else "Peraturan Perusahaan"
    document = _document("KESEPAKATAN PERUBAHAN", name.upper())
    document.add_paragraph("Pada hari ini, ............ tanggal ............, kami:")
    _fields(document, ("Pengusaha", DOTS), ("Jabatan", DOTS), ("Perusahaan", DOTS), (other, DOTS), ("Jabatan", DOTS))
    document.add_paragraph(f"sepakat mengubah {name} yang berlaku sampai dengan ............ sebagai berikut:")
    _grid(document, ("Pasal", "Semula", "Menjadi"), rows=6)
    document.add_paragraph(
        "Perubahan berlaku mulai ............ setelah "
        + ("didaftarkan." if kind == "PKB" else "disahkan.")
        + " Ketentuan yang tidak diubah tetap berlaku."
    )
    return _signed_by_both(document, other)


def extension_agreement() -> bytes:
    """Kesepakatan tertulis perpanjangan PKB (UU 13/2003 Ps 123(2))."""
    document = _document("KESEPAKATAN PERPANJANGAN", "PERJANJIAN KERJA BERSAMA")
    document.add_paragraph("Pada hari ini, ............ tanggal ............, kami:")
    _fields(document, ("Pengusaha", DOTS), ("Jabatan", DOTS), ("Perusahaan", DOTS), *UNION_LINES)
    document.add_paragraph(
        "sepakat memperpanjang Perjanjian Kerja Bersama yang berlaku dari ............ sampai dengan ............ "
        "selama ........ bulan (paling lama 1 tahun), yaitu dari ............ sampai dengan ............, tanpa "
        "perubahan isi. Perpanjangan ini hanya satu kali."
    )
    return _signed_by_both(document, "SP/SB")


def talks_statement() -> bytes:
    """Pernyataan that a PKB is being negotiated, for the extension of a PP (Permenaker 28/2014 Ps 11)."""
    document = _document("SURAT PERNYATAAN", "PERJANJIAN KERJA BERSAMA SEDANG DIRUNDINGKAN")
    document.add_paragraph("Yang bertanda tangan di bawah ini:")
    _fields(document, ("Pengusaha", DOTS), ("Jabatan", DOTS), ("Perusahaan", DOTS), *UNION_LINES)
    document.add_paragraph(
        "menyatakan bahwa sejak tanggal ............ kami merundingkan Perjanjian Kerja Bersama, dan perundingan belum "
        "selesai. Risalah perundingan terakhir kami lampirkan. Kami sepakat Peraturan Perusahaan yang lama tetap "
        "dipakai paling lama 1 (satu) tahun sampai Perjanjian Kerja Bersama berlaku."
    )
    return _signed_by_both(document, "SP/SB")


def membership_minutes() -> bytes:
    """Berita acara verifikasi keanggotaan SP/SB (UU 13/2003 Ps 119-121)."""
    document = _document("BERITA ACARA", "VERIFIKASI KEANGGOTAAN SERIKAT PEKERJA/SERIKAT BURUH")
    document.add_paragraph(
        "Pada hari ini, ............ tanggal ............, panitia memeriksa kartu tanda anggota SP/SB di perusahaan "
        "............ dengan hasil:"
    )
    _grid(document, ("Nama SP/SB", "Nomor pencatatan", "Jumlah anggota", "Persen dari pekerja"), rows=3)
    _fields(document, ("Jumlah seluruh pekerja", "........ orang"), ("Pemungutan suara (bila ada)", DOTS))
    document.add_paragraph("Berita acara ini ditandatangani panitia dan para saksi.")
    return _signed_by_both(document, "SP/SB")


def templates_for(service: Service) -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Code of a required document -> title of its template, who makes it. Services share equal ones by title."""
    kind, filing_type = service.kind, service.filing_type
    if (kind, filing_type) not in ASKED:
        return {}
    return {
        "surat-permohonan": (
            f"Templat surat permohonan {ASKED[kind, filing_type]}",
            partial(application_letter, kind, filing_type),
        ),
        "pernyataan-saran": ("Templat pernyataan saran dan pertimbangan (Lampiran II)", advice_statement),
        "pernyataan-belum-sp": ("Templat pernyataan belum terbentuk SP/SB (Lampiran III)", no_union_statement),
        "persetujuan-sp": ("Templat persetujuan pimpinan SP/SB", union_consent),
        "matriks-perubahan": ("Templat matriks perubahan", matrix_of_changes),
        "kesepakatan-perubahan": (f"Templat kesepakatan perubahan {kind}", partial(change_agreement, kind)),
        "kesepakatan-perpanjangan": ("Templat kesepakatan perpanjangan PKB", extension_agreement),
        "bukti-perundingan": ("Templat pernyataan PKB sedang dirundingkan", talks_statement),
        "keanggotaan-sp": ("Templat berita acara verifikasi keanggotaan SP/SB", membership_minutes),
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


def _grid(document, headings: tuple[str, ...], *, rows: int) -> None:
    """A table with lines, to be filled in."""
    table = document.add_table(rows=1 + rows, cols=len(headings))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _signed_by_both(document, other: str) -> bytes:
    """Place of signature of both parties, side by side."""
    document.add_paragraph("Bekasi, ............................")
    table = document.add_table(rows=1, cols=2)
    for cell, party in zip(table.rows[0].cells, ("Pengusaha", other), strict=True):
        cell.text = f"{party},"
        for line in ("[meterai cukup dan cap]", "", DOTS, "[nama dan jabatan]"):
            cell.add_paragraph(line).paragraph_format.space_after = Pt(2)
    return _bytes(document)


def _signed(document, position: str, below: str) -> bytes:
    for line in ("", "Bekasi, ............................", f"{position},", below, "", DOTS, "[nama dan jabatan]"):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.left_indent = Cm(9)
        paragraph.paragraph_format.space_after = Pt(2)
    return _bytes(document)


def _bytes(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
