"""Three lists: a census that was taken over, decrees on paper, and one that waits for somebody to decide."""

import random
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ..census import verbs, working
from ..census.models import BatchKind, BatchState, CensusBatch
from ..companies.models import Company
from .census_sample import ALL_COMPANIES, HEADINGS, companies, workbook

CENSUS, PAPER, WAITING = "Sensus perusahaan (contoh).xlsx", "SK lama (contoh).xlsx", "Tambahan sensus (contoh).csv"
#: One of the demo's own companies.
DOUBLED = "PT Elang Limbah Contoh"
DECREE_HEADINGS = (
    *("Nomor SK", "Tanggal SK", "Nama Perusahaan", "NIB", "Jenis", "Berlaku dari", "Berlaku sampai", "Berkas PDF"),
)
#: Months ago that a decree on paper began, and its kind.
PAPERS = ((30, "PP"), (26, "PP"), (22, "PP"), (20, "PKB"), (16, "PP"), (11, "PP"), (8, "PP"), (5, "PKB"))


def load(people: dict[str, Any], count: int = ALL_COMPANIES) -> None:
    """Take in what is missing. `count`: how many companies of the census."""
    if not count:
        return
    clerk = people["registrasi"]
    if not CensusBatch.objects.filter(name=CENSUS).exists():
        data = workbook(companies(count), title="DATA PERUSAHAAN KOTA BEKASI (CONTOH)")
        _take_over(_checked(data, CENSUS, BatchKind.COMPANIES, clerk), clerk)
    if not CensusBatch.objects.filter(name=PAPER).exists():
        _take_over(_checked(workbook(_papers(), DECREE_HEADINGS), PAPER, BatchKind.DECREES, clerk), clerk)
    if not CensusBatch.objects.filter(name=WAITING).exists():
        _checked(_waiting(), WAITING, BatchKind.COMPANIES, clerk)
    _doubled()


def _doubled() -> None:
    """A company that a list once brought in a second time, with its name written otherwise and without numbers."""
    company = Company.objects.filter(name=DOUBLED).first()
    if company is None:
        return
    Company.objects.get_or_create(
        name=DOUBLED.replace("PT ", "").upper() + ", PT",
        defaults={
            "kecamatan": company.kecamatan,
            "sector": company.sector,
            "address": company.address,
            "source": Company.Source.CENSUS,
            "counted_workers": company.workers,
        },
    )


def _checked(data: bytes, name: str, kind: str, clerk: Any) -> CensusBatch:
    batch = verbs.upload(clerk, kind, SimpleUploadedFile(name, data))
    # Where tasks are a worker's, nobody waits for it here; where they run at once, there is nothing left to do.
    working.go_on(batch.pk)
    batch.refresh_from_db()
    if batch.state == BatchState.MAPPING:
        verbs.assign(batch, batch.mapping)
        working.go_on(batch.pk)
        batch.refresh_from_db()
    return batch


def _take_over(batch: CensusBatch, clerk: Any) -> None:
    if batch.state == BatchState.READY:
        verbs.take_over(batch, clerk, skip_open=True)
        working.go_on(batch.pk)


def _papers() -> list[tuple[Any, ...]]:
    """Decrees of companies of the census, some of which have ended: `PAPERS`, then every fourth company."""
    today, dice = timezone.localdate(), random.Random(560)
    known = list(
        Company.objects.filter(source=Company.Source.CENSUS, nib__isnull=False, counted_workers__gte=10).order_by("nib")
    )
    told = list(zip(known, PAPERS, strict=False))
    for company in known[len(PAPERS) :: 4]:
        kind = "PKB" if company.workers >= 200 and dice.random() < 0.4 else "PP"
        told.append((company, (dice.randint(1, 34), kind)))
    rows = []
    for number, (company, (months, kind)) in enumerate(told, 1):
        first = today - relativedelta(months=months)
        last = first + relativedelta(years=2, days=-1)
        decree = f"560/{number:03d}/CONTOH/{first.year}"
        decreed = first - relativedelta(days=5)
        rows.append((decree, decreed, company.name, company.nib, kind, first, last, f"sk-{number:03d}.pdf"))
    return rows


def _waiting() -> bytes:
    """A short list that has something of everything: similar names, a formula, lost digits, an unknown kecamatan."""
    known = list(Company.objects.exclude(source=Company.Source.CENSUS).order_by("pk")[:3])
    rows = [
        # A slip in the name, the same address, no numbers: a person must say whether it is the same company.
        *(
            [n, each.name.replace("PT ", "").upper(), "", "", each.address, "", each.get_kecamatan_display()]
            for n, each in enumerate(known, 1)
        ),
        [4, "PT Surya Rahayu Contoh", "0000000390001", "", "Jl. Contoh Baru No. 4", "Kranji", "Bekasi Barat"],
        [5, "PT Tirta Rahayu Contoh", "0000000390001", "", "Jl. Contoh Baru No. 5", "Kranji", "Bekasi Barat"],
        [6, "PT Bumi Rahayu Contoh", "8,12E+12", "", "Jl. Contoh Baru No. 6", "Kranji", "Bekasi Barat"],
        [7, "PT Langit Rahayu Contoh", "", "", "=D6", "Kranji", "Bekasi Barat"],
        [8, "PT Samudra Rahayu Contoh", "", "", "Jl. Contoh Baru No. 8", "", "Cikarang Barat"],
        [9, "CV Angin Rahayu Contoh", "0000000390009", "", "Jl. Contoh Baru No. 9", "", "Rawa Lumbu"],
    ]
    lines = [HEADINGS, *([*row, "Perdagangan", "", "", 20 + row[0]] for row in rows)]
    lines[-1] = [*lines[-1], "", "", "", "bukan-surel"]
    return "\r\n".join(";".join(str(cell) for cell in line) for line in lines).encode("cp1252")
