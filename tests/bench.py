"""Queries and 95th percentile of the lists people live in, at 1,000 and at 10,000 applications.

Run by `make bench`, on a PostgreSQL made for it; anything else named by DATABASE_URL is filled with rows, so name an
empty one. The rows are written in bulk, as no verb could in that time; what is measured are the views as they are.
"""

import datetime as dt
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disnaker_site.settings.test")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from psk_plugin.companies.choices import Kecamatan, Sector
from psk_plugin.companies.models import Company
from psk_plugin.decrees.rendering import draw
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.services.editions import current_edition
from psk_plugin.submissions.models import Submission
from tests import factories
from tests.tools.wagtail_root import ensure_root

SIZES = (1_000, 10_000)
ROUNDS = 40


def fill(total: int, service, edition, applicant) -> None:
    """Companies, applications at every desk and regulations, up to `total` of each."""
    have = Company.objects.count()
    places, sectors = list(Kecamatan), list(Sector)
    made = [
        factories.CompanyFactory.build(
            name=f"PT Ukur {n:06}", nib=f"8{n:012}", npwp=f"07{n:014}", kecamatan=places[n % len(places)]
        )
        for n in range(have, total)
    ]
    for n, company in enumerate(made):
        company.sector = sectors[n % len(sectors)]
    companies = Company.objects.bulk_create(made, batch_size=1000)
    stages, now, today = list(service.stages.filter(is_active=True)), timezone.now(), timezone.localdate()
    Submission.objects.bulk_create(
        [
            Submission(
                number=f"UKUR-{have + n:06}",
                service=service,
                edition=edition,
                company=company,
                applicant=applicant,
                status="in_review",
                stage=stages[n % len(stages)],
                data=factories.ANSWERS,
                company_data={"name": company.name},
                filed_at=now - dt.timedelta(days=n % 40),
                stage_since=now,
                due_on=today + dt.timedelta(days=n % 30 - 10),
            )
            for n, company in enumerate(companies)
        ],
        batch_size=1000,
    )
    CompanyRegulation.objects.bulk_create(
        [
            CompanyRegulation(
                company=company,
                kind="PP",
                title=f"Peraturan Perusahaan {company.name}",
                valid_from=today - dt.timedelta(days=n % 900),
                valid_until=today - dt.timedelta(days=n % 900) + dt.timedelta(days=730),
                decree_number=f"500.15/{have + n:06}/PP/2026",
                decree_date=today,
            )
            for n, company in enumerate(companies)
        ],
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(client: Client, path: str) -> tuple[int, float, float]:
    """Queries, median and 95th percentile in milliseconds, after one warm-up."""
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = len(queries)  # now: the next request clears the record
    took = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(path)
        took.append((time.perf_counter() - start) * 1000)
    return asked, statistics.median(took), statistics.quantiles(took, n=20)[-1]


def main() -> None:
    call_command("migrate", verbosity=0)
    ensure_root()
    service = factories.service()
    edition = current_edition(service)
    corrector, member = factories.staff("korektor"), factories.UserFactory()
    staff, public = Client(), Client()
    staff.force_login(corrector)
    print(f"{'page':46}{'rows':>8}{'queries':>9}{'median ms':>11}{'p95 ms':>9}")
    for size in SIZES:
        fill(size, service, edition, member)
        for client, path in (
            (staff, "/admin/psk/kotak-masuk/"),
            (staff, "/admin/psk/kotak-masuk/?q=UKUR-000777"),
            (staff, "/admin/psk/semua-permohonan/"),
            (public, "/psk/register/"),
            (public, "/psk/register/?q=ukur+0007&kecamatan=rawalumbu"),
            (public, "/psk/api/v1/register/"),
        ):
            queries, median, p95 = measure(client, path)
            print(f"{path:46}{size:>8}{queries:>9}{median:>11.1f}{p95:>9.1f}", flush=True)
    decree = factories.filed(steps=6).decree
    draw(decree.content)
    start = time.perf_counter()
    size = len(draw(decree.content))
    print(f"one decree drawn: {(time.perf_counter() - start) * 1000:.0f} ms, {size} bytes")


if __name__ == "__main__":
    main()
