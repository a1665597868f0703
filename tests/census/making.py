"""Lists for tests: written as bytes, uploaded and brought to the state that a test begins in."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from psk_plugin.census import columns, scans, verbs, working
from psk_plugin.census.models import BatchKind, BatchState, CensusBatch, PaperDecree

from .. import factories

HEADINGS = ["Nama Perusahaan", "NIB", "NPWP", "Alamat", "Kecamatan", "Jumlah Tenaga Kerja"]
DECREE_HEADINGS = ["Nomor SK", "Tanggal SK", "Nama Perusahaan", "NIB", "Jenis", "Berlaku dari", "Berlaku sampai"]


def line(number: int = 1, /, **values: Any) -> list[Any]:
    """A good row of a census."""
    row = {
        "name": f"PT Sensus Uji {number}",
        "nib": f"8120{number:09d}",
        "npwp": f"07{number:014d}",
        "address": f"Jl. Uji No. {number}",
        "kecamatan": "Rawalumbu",
        "workers": "25",
    }
    return list((row | values).values())


def csv(rows: list[list[Any]], headings: list[str] = HEADINGS, sign: str = ";", encoding: str = "utf-8") -> bytes:
    lines = [headings, *rows]
    return "\r\n".join(sign.join(str(cell) for cell in row) for row in lines).encode(encoding)


def xlsx(rows: list[list[Any]], headings: list[str] = HEADINGS, merged: str = "", title: str = "Sensus") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in [headings, *rows]:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(data: bytes, user: Any = None, kind: str = BatchKind.COMPANIES, name: str = "sensus.csv") -> CensusBatch:
    """Uploaded and read, outside any request."""
    batch = verbs.upload(user, kind, SimpleUploadedFile(name, data))
    return _went_on(batch)


def checked(data: bytes, user: Any = None, kind: str = BatchKind.COMPANIES, name: str = "sensus.csv") -> CensusBatch:
    """Uploaded, columns as guessed, checked."""
    batch = upload(data, user, kind, name)
    assert batch.state == BatchState.MAPPING, batch.problem
    verbs.assign(batch, columns.guess(kind, batch.headings))
    return _went_on(batch)


def taken_over(data: bytes, user: Any = None, kind: str = BatchKind.COMPANIES, **how: Any) -> CensusBatch:
    batch = checked(data, user, kind)
    verbs.take_over(batch, user, **how)
    return _went_on(batch)


def undone(batch: CensusBatch, user: Any = None, reason: str = "Salah berkas") -> CensusBatch:
    verbs.undo(batch, user, reason)
    return _went_on(batch)


def _went_on(batch: CensusBatch) -> CensusBatch:
    # Inside a test's transaction nothing is committed, so no task begins by itself.
    working.go_on(batch.pk)
    return fresh(batch)


def fresh(batch: CensusBatch) -> CensusBatch:
    return CensusBatch.objects.get(pk=batch.pk)


def verdicts(batch: CensusBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def problem_of(batch: CensusBatch) -> str:
    """The sentences of its only row."""
    row = batch.rows.get()
    return " ".join([*row.problems, *row.remarks])


def decree(number: int = 1, /, **values: Any) -> list[Any]:
    """A good row of a list of decrees."""
    row = {
        "number": f"560/{number:03d}/Disnaker/2024",
        "decree_date": "12/03/2024",
        "name": "PT Sensus Uji 1",
        "nib": "8120000000001",
        "kind": "PP",
        "valid_from": "01/04/2024",
        "valid_until": "31/03/2026",
    }
    return list((row | values).values())


def decrees(rows: list[list[Any]], user: Any = None) -> CensusBatch:
    """A list of decrees, checked."""
    return checked(csv(rows, headings=DECREE_HEADINGS), user, BatchKind.DECREES, "sk.csv")


def taken_over_decrees(rows: list[list[Any]], user: Any = None) -> CensusBatch:
    batch = decrees(rows, user)
    verbs.take_over(batch, user)
    return _went_on(batch)


def paper_decree(company: Any) -> PaperDecree:
    """A decree on paper of the company, with its scan."""
    batch = taken_over_decrees([decree(1, name=company.name, nib=company.nib)])
    paper = PaperDecree.objects.get(row__batch=batch)
    scans.attach(paper, None, factories.upload("sk.pdf"))
    return PaperDecree.objects.select_related("row__batch").get(pk=paper.pk)
