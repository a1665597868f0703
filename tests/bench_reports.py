"""Monitoring and evaluation at 2,203 companies and 20,000 applications: seconds of the dashboard and of its papers.

`python tests/bench_reports.py` fills the database of the settings, so name an empty one by `DATABASE_URL` or, for
SQLite, by `PSK_VAR_DIR`. Rows are written in bulk; what is measured are the views as they are. On PostgreSQL
`--explain` prints how the database answers the slowest query of each page.
"""

import datetime as dt
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disnaker_site.settings.test")

import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from psk_plugin.companies.choices import Kecamatan, Sector
from psk_plugin.companies.models import Company
from psk_plugin.norms.loader import load_norms
from psk_plugin.norms.models import Norm
from psk_plugin.pdf import page_count
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.reports import papers
from psk_plugin.reports.period import Period
from psk_plugin.review.models import NormAnswer
from psk_plugin.services.editions import current_edition
from psk_plugin.submissions.models import Submission
from psk_plugin.submissions.notices import RepairNotice
from psk_plugin.submissions.trail import Movement
from tests import factories
from tests.tools.measuring import counted, timed
from tests.tools.wagtail_root import ensure_root

COMPANIES, APPLICATIONS = 2_203, 20_000
#: The applications lie in so many days up to today.
DAYS = 1_000
BATCH = 2_000
DICE = random.Random(20)


def fill(companies: int = COMPANIES, applications: int = APPLICATIONS) -> None:
    """Companies, two of three with a regulation; applications with stays, notices and answers to norms."""
    load_norms()
    service = factories.service()
    edition, stages = current_edition(service), list(service.active_stages())
    staff = {stage.pk: factories.staff(role) for stage, role in zip(stages, factories.STAFF, strict=False)}
    member = factories.UserFactory()
    made = _companies(companies)
    norms = list(Norm.objects.all())
    versions = {norm.pk: norm.history.first().pk for norm in norms}
    for start in range(0, applications, BATCH):
        numbers = range(start, min(start + BATCH, applications))
        rows = [_application(n, made[n % len(made)], service, edition, stages, member) for n in numbers]
        Submission.objects.bulk_create(rows)
        stays, notices, answers = [], [], []
        for n, row in zip(numbers, rows, strict=True):
            moment = row.filed_at
            for stage in stages if row.closed_at else stages[: n % len(stages)]:
                left = min(moment + dt.timedelta(hours=DICE.randint(2, 60)), row.closed_at or timezone.now())
                stays.append(
                    Movement(
                        submission=row,
                        stage=stage,
                        target_days=stage.target_days,
                        entered_at=moment,
                        left_at=left,
                        left_by=staff[stage.pk],
                        action="forward",
                    )
                )
                moment = left
            if n % 3 == 0:
                sent = row.filed_at + dt.timedelta(days=2)
                notices.append(
                    RepairNotice(
                        submission=row,
                        stage=stages[1],
                        sequence=1,
                        repair_days=14,
                        sent_at=sent,
                        closed_at=sent + dt.timedelta(days=n % 12),
                    )
                )
                norm = norms[n % len(norms)]
                answers.append(NormAnswer(submission=row, norm=norm, norm_version=versions[norm.pk], verdict="kurang"))
        Movement.objects.bulk_create(stays)
        RepairNotice.objects.bulk_create(notices)
        bulk_create_with_history(answers, NormAnswer)


def _companies(total: int) -> list[Company]:
    places, sectors = list(Kecamatan), list(Sector)
    rows = [
        Company(
            name=f"PT Ukur {n:06}",
            legal_form="pt",
            nib=f"8{n:012}",
            npwp=f"07{n:014}",
            kecamatan=places[n % len(places)],
            sector=sectors[n % len(sectors)],
            kbli_code="28110",
            kbli_edition="2020",
            investment="pmdn",
            male_permanent=(4, 12, 60, 150, 700)[n % 5],
        )
        for n in range(total)
    ]
    made = bulk_create_with_history(rows, Company, batch_size=500)
    today = timezone.localdate()
    regulations = []
    for n, company in enumerate(made):
        if n % 3:
            first = today - dt.timedelta(days=n % 1_100)
            regulations.append(
                CompanyRegulation(
                    company=company,
                    kind="PP",
                    title=f"Peraturan Perusahaan {company.name}",
                    valid_from=first,
                    valid_until=first + dt.timedelta(days=729),
                    decree_number=f"500.15/{n:06}/PP",
                    decree_date=first,
                )
            )
    bulk_create_with_history(regulations, CompanyRegulation, batch_size=500)
    return made


def _application(n: int, company: Company, service, edition, stages, member) -> Submission:
    filed = timezone.now() - dt.timedelta(days=n * DAYS // APPLICATIONS % DAYS, hours=n % 9)
    closed = filed + dt.timedelta(days=5 + n % 25)
    status = "in_review" if closed > timezone.now() else ("withdrawn" if n % 17 == 0 else "issued")
    return Submission(
        number=f"UKUR-{n:06}",
        registration_number=f"{n:06}/REG",
        service=service,
        edition=edition,
        company=company,
        applicant=member,
        status=status,
        stage=stages[-1],
        filed_at=filed,
        stage_since=filed,
        closed_at=None if status == "in_review" else closed,
    )


def measure(client: Client, path: str, rounds: int = 5) -> tuple[int, float]:
    """Queries and median seconds, after a warm-up."""
    queries = counted(client, path, is_explained=connection.vendor == "postgresql")
    return queries, statistics.median(timed(client, path) for _round in range(rounds)) / 1000


def main() -> None:
    call_command("migrate", verbosity=0)
    ensure_root()
    if not Submission.objects.exists():
        start = time.perf_counter()
        fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"filled in {time.perf_counter() - start:.0f} s")
    client = Client()
    user = get_user_model().objects.filter(username="ukur").first() or factories.staff("kabid", username="ukur")
    client.force_login(user)
    today = timezone.localdate()
    base = "/admin/psk/monitoring/"
    print(connection.vendor, Company.objects.count(), "companies,", Submission.objects.count(), "applications")
    for path in (
        base,
        f"{base}?periode=tahun",
        f"{base}?periode=setahun",
        f"{base}?periode=bebas&dari={today - dt.timedelta(days=DAYS)}&sampai={today}",
        f"{base}?periode=setahun&kecamatan=rawalumbu&ukuran=50-99",
        f"{base}daftar/terbit/?periode=setahun",
        f"{base}daftar/tahap/?periode=setahun&untuk=verifikasi",
        f"{base}daftar/patuh/?periode=setahun",
    ):
        queries, seconds = measure(client, path)
        print(f"{path:75}{queries:>5} queries{seconds:>8.2f} s", flush=True)
    for name in ("complying", "monitoring"):
        start = time.perf_counter()
        made = getattr(papers, name)(Period(today - dt.timedelta(days=365), today), lambda _percent: None)
        pages = page_count(made["pdf"])
        print(f"{name}: PDF of {pages} pages and XLSX in {time.perf_counter() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
