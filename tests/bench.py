"""Queries, median and 95th percentile of the lists people live in, at 1,000 and at 100,000 applications.

Run by `make bench`, on a PostgreSQL made for it; anything else named by DATABASE_URL is filled with rows, so name an
empty one. The rows are written in bulk, as no verb could in that time; what is measured are the views as they are.
Both sizes stand side by side in two databases and are asked by turns, so that whatever else the machine does meets both
alike. Ends with an error where a reviewer's page takes more queries, or its 95th percentile more than 1.2 times as
long, with a hundred times the rows. `--explain` prints how the database answers the slowest query of each page.
"""

import datetime as dt
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disnaker_site.settings.test")

import django

django.setup()

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from psk_plugin.brake import Brake
from psk_plugin.companies.choices import Kecamatan, Sector
from psk_plugin.companies.models import Company
from psk_plugin.decrees.models import Decree
from psk_plugin.decrees.rendering import draw
from psk_plugin.regulations import views
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.services.editions import current_edition
from psk_plugin.submissions.models import Submission
from tests import factories
from tests.tools.measuring import ROUNDS, Figures, Sizes, compare, ratio, table, without_word_indexes
from tests.tools.wagtail_root import ensure_root

SMALL, LARGE = 1_000, 100_000
#: How many times as long a reviewer's page may take with a hundred times the rows.
MOST_RATIO = 1.2
BATCH = 5_000

INBOX, ALL, SEARCH = "/admin/psk/kotak-masuk/", "/admin/psk/semua-permohonan/", "/admin/psk/cari/"
#: Pages of the office, held to the ratio.
OFFICE = (
    *(INBOX, f"{INBOX}?p=40", f"{INBOX}?tempo=terlambat", f"{INBOX}?o=-tempo", f"{INBOX}?o=perusahaan"),
    *(f"{INBOX}?q=UKUR-000777", f"{INBOX}?q=ukur"),
    *(ALL, f"{ALL}?p=40", f"{ALL}?o=nomor", f"{ALL}?o=-perusahaan", f"{ALL}?o=-tempo", f"{ALL}?o=status"),
    *(f"{ALL}?status=issued", f"{ALL}?tahap=koreksi", f"{ALL}?q=jaya", f"{ALL}?q=8000000000777"),
    *(f"{SEARCH}?q=UKUR-000777", f"{SEARCH}?q=jaya+000777", f"{SEARCH}?q=500.15/000770"),
)
#: Pages of the public, shown and held to nothing here.
PUBLIC = ("/psk/register/", "/psk/register/?q=jaya+0007&kecamatan=rawalumbu", "/psk/api/v1/register/")


def fill(total: int, service, edition, applicant) -> None:
    """Companies, applications, regulations and decrees, up to `total` companies: half is decided, half at a desk."""
    have = Company.objects.count()
    with without_word_indexes():
        for start in range(have, total, BATCH):
            _fill(range(start, min(start + BATCH, total)), service, edition, applicant)


def _fill(numbers: range, service, edition, applicant) -> None:
    places, sectors, words = list(Kecamatan), list(Sector), ("Jaya", "Makmur", "Sentosa", "Abadi", "Karya")
    companies = Company.objects.bulk_create(
        Company(
            name=f"PT Ukur {words[n % 5]} {n:06}",
            legal_form="pt",
            nib=f"8{n:012}",
            npwp=f"07{n:014}",
            kecamatan=places[n % len(places)],
            sector=sectors[n % len(sectors)],
            kbli_code="28110",
            kbli_edition="2020",
            investment="pmdn",
            male_permanent=40,
        )
        for n in numbers
    )
    stages, now, today = list(service.stages.filter(is_active=True)), timezone.now(), timezone.localdate()
    submissions = []
    for n, company in zip(numbers, companies, strict=True):
        is_decided = n % 2 == 0
        submissions.append(
            Submission(
                number=f"UKUR-{n:06}",
                registration_number=f"{n:06}/REG/2026",
                service=service,
                edition=edition,
                company=company,
                applicant=applicant,
                status="issued" if is_decided else "in_review",
                stage=stages[-1] if is_decided else stages[n // 2 % len(stages)],
                company_data={"name": company.name},
                filed_at=now - dt.timedelta(hours=n % 20_000),
                stage_since=now,
                due_on=None if is_decided else today + dt.timedelta(days=n % 41 - 10),
            )
        )
    Submission.objects.bulk_create(submissions)
    decided = [(n, row) for n, row in zip(numbers, submissions, strict=True) if row.status == "issued"]
    period = [(today - dt.timedelta(days=n % 900), today - dt.timedelta(days=n % 900 - 730)) for n, _row in decided]
    CompanyRegulation.objects.bulk_create(
        CompanyRegulation(
            company=row.company,
            kind="PP",
            title=f"Peraturan Perusahaan {row.company.name}",
            valid_from=first,
            valid_until=last,
            decree_number=f"500.15/{n:06}/PP/2026",
            decree_date=today,
        )
        for (n, row), (first, last) in zip(decided, period, strict=True)
    )
    Decree.objects.bulk_create(
        Decree(
            submission=row,
            company=row.company,
            kind="PP",
            series="UKUR",
            number=f"500.15/{n:06}/PP/2026",
            sequence=n,
            year=2026,
            register_number=f"{n}",
            issued_on=today,
            valid_from=first,
            valid_until=last,
            regulation_title="Peraturan Perusahaan",
            company_name=row.company.name,
            content={},
            signed_at=now,
        )
        for (n, row), (first, last) in zip(decided, period, strict=True)
    )


def pages(staff: Client, public: Client) -> Iterator[tuple[Client, str]]:
    yield from ((staff, path) for path in (*OFFICE, "/admin/"))
    yield from ((public, path) for path in PUBLIC)


def main() -> None:
    call_command("migrate", verbosity=0)
    ensure_root()
    # Nobody brakes the one who measures.
    views.PROGRAMS = Brake("ukur", 10**9, 60)
    service = factories.service()
    edition = current_edition(service)
    corrector, member = factories.staff("korektor"), factories.UserFactory()
    staff, public = Client(), Client()
    staff.force_login(corrector)
    sizes = Sizes(SMALL, LARGE)
    for size in (SMALL, LARGE):
        start = time.perf_counter()
        fill(size, service, edition, member)
        print(f"{size} applications are there after {time.perf_counter() - start:.0f} s", flush=True)
        if size == SMALL:
            sizes.keep_small()
    most = dict.fromkeys(OFFICE, MOST_RATIO)
    found: dict[str, Figures] = {path: compare(sizes, client, path) for client, path in pages(staff, public)}
    for client, path in pages(staff, public):
        # A tail of sixty is three requests: what looks slow is asked four times as often before it is called so.
        if path in most and ratio(sizes, found[path]) > MOST_RATIO:
            found[path] = compare(sizes, client, path, rounds=4 * ROUNDS)
    failed = table(sizes, found, most)
    decree = factories.filed(steps=6).decree
    draw(decree.content)
    start = time.perf_counter()
    size = len(draw(decree.content))
    print(f"one decree drawn: {(time.perf_counter() - start) * 1000:.0f} ms, {size} bytes")
    if failed:
        sys.exit(f"More than {MOST_RATIO} times as long at {LARGE} applications: {', '.join(failed)}")


if __name__ == "__main__":
    main()
