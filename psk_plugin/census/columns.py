"""Which column of a list is which field: guessed by what headings are usually called, remembered once said."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import BatchKind, ColumnMapping

#: Lines at the top in which headings are looked for: above them lists have titles and logos.
HEAD_LINES = 20


@dataclass(frozen=True)
class Field:
    """A field that a column can be assigned to. `names`: what its heading is called, most usual first."""

    code: str
    label: Any
    names: tuple[str, ...]
    is_required: bool = False
    example: str = ""


COMPANY_FIELDS = (
    Field(
        "name",
        _("name of the company"),
        ("nama perusahaan", "perusahaan", "nama badan usaha", "nama pt", "nama usaha", "company name", "nama"),
        is_required=True,
        example="PT Contoh Maju",
    ),
    Field("legal_form", _("legal form"), ("bentuk badan usaha", "badan hukum", "bentuk usaha", "bentuk"), example="PT"),
    Field("nib", "NIB", ("nib", "nomor induk berusaha", "no nib", "nomor nib"), example="9120001234567"),
    Field("npwp", "NPWP", ("npwp", "no npwp", "nomor npwp", "nomor pokok wajib pajak"), example="0912345678901234"),
    Field(
        "address",
        _("address"),
        ("alamat", "alamat perusahaan", "alamat lengkap", "alamat usaha", "address", "jalan"),
        example="Jl. Contoh No. 1",
    ),
    Field("kecamatan", _("kecamatan"), ("kecamatan", "kec", "nama kecamatan"), is_required=True, example="Rawalumbu"),
    Field(
        "kelurahan",
        _("kelurahan"),
        ("kelurahan", "kel", "desa", "kelurahan desa", "desa kelurahan", "nama kelurahan"),
        example="Sepanjang Jaya",
    ),
    Field("postcode", _("postcode"), ("kode pos", "kodepos", "postcode"), example="17114"),
    Field("kbli_code", _("KBLI code"), ("kbli", "kode kbli", "no kbli", "nomor kbli"), example="28110"),
    Field(
        "business",
        _("line of business"),
        ("jenis usaha", "bidang usaha", "kegiatan usaha", "klui", "uraian usaha", "jenis kegiatan usaha"),
        example="Industri mesin",
    ),
    Field("sector", _("sector"), ("sektor", "sektor usaha", "lapangan usaha", "kategori usaha"), example="Industri"),
    Field(
        "investment",
        _("investment status"),
        ("status penanaman modal", "penanaman modal", "status modal", "pma pmdn", "status permodalan"),
        example="PMDN",
    ),
    Field(
        "workers",
        _("workers in all"),
        (
            *("jumlah tenaga kerja", "jumlah pekerja", "tenaga kerja", "total tenaga kerja", "jumlah karyawan"),
            *("jml tk", "jumlah tk", "total pekerja", "total", "tk", "jumlah"),
        ),
        example="120",
    ),
    Field(
        "men",
        _("men"),
        ("laki laki", "tenaga kerja laki laki", "laki", "pria", "l", "tk l", "jumlah laki laki", "tk laki laki"),
        example="70",
    ),
    Field(
        "women",
        _("women"),
        ("perempuan", "tenaga kerja perempuan", "wanita", "p", "tk p", "jumlah perempuan", "tk perempuan"),
        example="50",
    ),
    Field(
        "phone",
        _("telephone"),
        ("telepon", "no telepon", "nomor telepon", "telp", "no telp", "no hp", "kontak", "phone"),
        example="021 8000000",
    ),
    Field(
        "email",
        _("company e-mail"),
        ("email", "e mail", "alamat email", "surel", "email perusahaan"),
        example="hrd@perusahaan.example",
    ),
    Field("wlkp_number", _("WLKP number"), ("wlkp", "no wlkp", "nomor wlkp", "nomor pelaporan"), example=""),
)
DECREE_FIELDS = (
    Field(
        "number",
        _("number of the decree"),
        ("nomor sk", "no sk", "nomor keputusan", "nomor surat keputusan", "no keputusan", "nomor"),
        is_required=True,
        example="560/001/Disnaker/2024",
    ),
    Field(
        "decree_date",
        _("date of the decree"),
        ("tanggal sk", "tgl sk", "tanggal keputusan", "tgl keputusan", "tanggal penetapan", "tanggal"),
        is_required=True,
        example="12/03/2024",
    ),
    Field("nib", "NIB", ("nib", "nomor induk berusaha", "no nib"), example="9120001234567"),
    Field(
        "name",
        _("name of the company"),
        ("nama perusahaan", "perusahaan", "nama badan usaha", "nama"),
        is_required=True,
        example="PT Contoh Maju",
    ),
    Field("kind", _("PP or PKB"), ("jenis", "pp pkb", "jenis peraturan", "jenis sk"), is_required=True, example="PP"),
    Field("title", _("title"), ("judul", "nama peraturan", "judul peraturan"), example="Peraturan Perusahaan"),
    Field(
        "valid_from",
        _("valid from"),
        ("berlaku dari", "berlaku sejak", "mulai berlaku", "tanggal mulai", "tmt", "berlaku mulai"),
        is_required=True,
        example="01/04/2024",
    ),
    Field(
        "valid_until",
        _("valid until"),
        ("berlaku sampai", "sampai dengan", "berlaku hingga", "tanggal berakhir", "berakhir", "masa berlaku"),
        is_required=True,
        example="31/03/2026",
    ),
    Field("file_name", _("name of the PDF"), ("berkas pdf", "nama berkas", "file", "nama file", "pdf"), example=""),
)
FIELDS: dict[str, tuple[Field, ...]] = {BatchKind.COMPANIES: COMPANY_FIELDS, BatchKind.DECREES: DECREE_FIELDS}


def plain(text: object) -> str:
    """Words of a heading in small letters without signs: "No. Telp./HP" is "no telp hp"."""
    bare = unicodedata.normalize("NFKD", str(text)).casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def find_heading(kind: str, lines: Sequence[tuple[int, Sequence[object]]]) -> int:
    """Place in `lines` of the one that holds the headings: where most fields are recognised, else the first."""
    scores = [len(guess(kind, cells)) for _number, cells in lines[:HEAD_LINES]]
    best = max(scores, default=0)
    return scores.index(best) if best >= 2 else 0


def guess(kind: str, headings: Sequence[object]) -> dict[str, int]:
    """Field -> position of its column. Whole names come before parts of a heading; each column is used once."""
    named = [plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for is_part in (False, True):
        for each in FIELDS[kind]:
            if each.code in found:
                continue
            for name in each.names:
                if is_part and len(name) < 4:
                    continue
                place = next(
                    (
                        position
                        for position, text in enumerate(named)
                        if position not in found.values() and (name in text if is_part else name == text)
                    ),
                    None,
                )
                if place is not None:
                    found[each.code] = place
                    break
    return found


def digest(headings: Sequence[object]) -> str:
    """The same for two files with the same headings, however they are written."""
    return hashlib.sha256("\n".join(plain(heading) for heading in headings).encode()).hexdigest()


def remembered(kind: str, headings: Sequence[object]) -> dict[str, int] | None:
    """How such a file was assigned the last time, or nothing."""
    row = ColumnMapping.objects.filter(kind=kind, digest=digest(headings)).first()
    return dict(row.mapping) if row else None


def remember(kind: str, headings: Sequence[object], mapping: dict[str, int]) -> None:
    ColumnMapping.objects.update_or_create(kind=kind, digest=digest(headings), defaults={"mapping": mapping})


def label_of(kind: str, code: str) -> str:
    return str(next(each.label for each in FIELDS[kind] if each.code == code))
