"""Searching the public register at 10,000 and at 1,000,000 regulations.

Run by `make bench`, on a PostgreSQL made for it. Ends with an error where a search of the large register takes more
queries, or its 95th percentile more than twice as long. See `tools/measuring` for how it is measured.
"""

import datetime as dt
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disnaker_site.settings.test")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from psk_plugin.brake import Brake
from psk_plugin.companies.choices import Kecamatan, sector_of
from psk_plugin.companies.models import Company
from psk_plugin.regulations import views
from psk_plugin.regulations.models import CompanyRegulation
from tests.tools.measuring import Sizes, all_together, compare, table, without_word_indexes
from tests.tools.wagtail_root import ensure_root

SMALL, LARGE = 10_000, 1_000_000
BATCH = 10_000
#: How many times as long a search may take with a hundred times the rows.
MOST_RATIO = 2.0
#: Two words, so that a company is found by either; the number makes each name one of its kind.
FIRST = ("Jaya", "Makmur", "Sentosa", "Abadi", "Karya", "Mitra", "Sinar", "Prima", "Graha", "Cipta", "Bumi")
SECOND = (
    *("Logam", "Plastik", "Tekstil", "Pangan", "Kimia", "Medika", "Niaga"),
    *("Boga", "Kencana", "Mandiri", "Utama", "Raya", "Lestari"),
)
BUSINESS = ("28110", "56101", "47111", "62010", "86103")

PAGE, API = "/psk/register/", "/psk/api/v1/register/"
#: Searches of the public: none, common and rare words, filters, states that are rare, nothing found, deep pages.
SEARCHES = (
    *("", "?q=jaya", "?q=jaya+logam", "?q=jaya+000123", "?q=000123", "?q=tidakada", "?q=a"),
    *("?kecamatan=rawalumbu", "?sektor=hospitality", "?jenis=PKB", "?q=jaya&kecamatan=rawalumbu&jenis=PKB"),
    *(f"?status={state}" for state in ("in_force", "expiring", "expired", "upcoming", "replaced", "revoked")),
    *("?q=logam&status=revoked&kecamatan=rawalumbu", "?hal=50", "?q=jaya&hal=50"),
)


def fill(total: int) -> None:
    """Regulations up to `total`: two of three companies have a PP, the third a PP and the PKB that replaced it."""
    have = CompanyRegulation.objects.count()
    with without_word_indexes():
        for start in range(have, total, BATCH):
            _fill(start, min(start + BATCH, total))


def _fill(first: int, last: int) -> None:
    places, today = list(Kecamatan), timezone.localdate()
    companies, regulations = [], []
    for n in range(first, last):
        # Every fourth row is the PKB of the company before it.
        is_pkb = n % 4 == 3
        if not is_pkb:
            companies.append(_company(n, places[n * 7 % len(places)]))
        begun = today - dt.timedelta(days=n * 13 % 1_200 - 20)
        regulation = CompanyRegulation(
            company=companies[-1],
            kind="PKB" if is_pkb else "PP",
            title="Peraturan Perusahaan",
            valid_from=begun,
            valid_until=begun + dt.timedelta(days=729),
            decree_number=f"500.15/{n:07}/PP/2026",
            decree_date=begun,
            revoked_on=today if n % 5_000 == 0 else None,
        )
        if is_pkb:
            regulations[-1].replaced_from = begun
        regulations.append(regulation)
    Company.objects.bulk_create(companies)
    CompanyRegulation.objects.bulk_create(regulations)


def _company(n: int, kecamatan: str) -> Company:
    code = BUSINESS[n % len(BUSINESS)]
    return Company(
        name=f"PT {FIRST[n % len(FIRST)]} {SECOND[n // 7 % len(SECOND)]} {n:07}",
        legal_form="pt",
        nib=f"8{n:012}",
        npwp=f"07{n:014}",
        kecamatan=kecamatan,
        sector=sector_of(code),
        kbli_code=code,
        kbli_edition="2020",
        investment="pmdn",
        male_permanent=40,
    )


def main() -> None:
    call_command("migrate", verbosity=0)
    ensure_root()
    # As on the server: totals are kept for some minutes. And nobody brakes the one who measures.
    settings.PSK_FIGURES_SECONDS = 300
    views.PROGRAMS = Brake("ukur", 10**9, 60)
    sizes, client = Sizes(SMALL, LARGE), Client()
    for size in (SMALL, LARGE):
        start = time.perf_counter()
        fill(size)
        print(f"{size} regulations are there after {time.perf_counter() - start:.0f} s", flush=True)
        if size == SMALL:
            sizes.keep_small()
    deep = CompanyRegulation.objects.filter(company__name__startswith="PT Mitra").first()
    paths = [*(f"{PAGE}{search}" for search in SEARCHES), API, f"{API}?q=jaya"]
    found = {path: compare(sizes, client, path) for path in paths}
    found["any of them"] = all_together(found.values())
    failed = table(sizes, found, dict.fromkeys(found, MOST_RATIO))
    sizes.use(LARGE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        print(f"the large database: {cursor.fetchone()[0]}")
    start = time.perf_counter()
    client.get(f"{API}?after={deep.pk}")
    print(f"one page of JSON from the middle: {(time.perf_counter() - start) * 1000:.0f} ms")
    if failed:
        sys.exit(f"More than {MOST_RATIO} times as long at {LARGE} regulations: {', '.join(failed)}")


if __name__ == "__main__":
    main()
