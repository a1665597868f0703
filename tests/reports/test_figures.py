"""The figures of a made-up year equal a recount that shares nothing with them."""

import datetime as dt
from decimal import Decimal

import pytest

from psk_plugin.calendar import office_calendar
from psk_plugin.compliance.standing import companies_on, totals
from psk_plugin.reports.figures import Monitoring, percentile
from psk_plugin.reports.lists import LISTS
from psk_plugin.reports.period import Period
from psk_plugin.reports.worked import CountedDays
from psk_plugin.services.models import Service
from psk_plugin.submissions.models import Submission

from . import recount
from .recount import YEAR

pytestmark = pytest.mark.django_db

WHOLE = (dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31))
SECOND_QUARTER = (dt.date(YEAR, 4, 1), dt.date(YEAR, 6, 30))


@pytest.fixture(scope="module", autouse=True)
def year(made_once):
    made_once(recount.tell_a_year)


CASES = {
    "the year": (WHOLE, {}, {}),
    "a quarter": (SECOND_QUARTER, {}, {}),
    "one day": ((dt.date(YEAR, 5, 15), dt.date(YEAR, 5, 15)), {}, {}),
    "a kecamatan": (WHOLE, {"kecamatan": "jatiasih"}, {"company": lambda c: c.kecamatan == "jatiasih"}),
    "a sector": (WHOLE, {"sector": "hospitality"}, {"company": lambda c: c.sector == "hospitality"}),
    "a size": (WHOLE, {"size": "50-99"}, {"company": lambda c: 50 <= c.workers <= 99}),
    "a service": (WHOLE, {"service": "pkb-baru"}, {"kind": "PKB"}),
}


@pytest.fixture(params=CASES, ids=list(CASES))
def both(request):
    """The figures, and the recount, of one case."""
    (first, last), narrowed, how = CASES[request.param]
    narrowed = dict(narrowed)
    if code := narrowed.pop("service", None):
        narrowed["service_id"] = Service.objects.get(code=code).pk
    return Monitoring(Period(first, last, **narrowed)), recount.recount(first, last, **how)


def test_the_year_is_worth_counting():
    """A recount of nothing proves nothing."""
    counted = recount.recount(*WHOLE)
    assert counted["counts"]["masuk"] == Submission.objects.count() == len(recount.FATES)
    assert all(counted["counts"][code] for code in ("terbit", "ditolak", "dibatalkan", "lewat", "dikembalikan"))
    assert 0 < counted["on_time"] < counted["counts"]["terbit"]
    assert any(counted["paused"])
    assert recount.recount(*SECOND_QUARTER)["counts"]["berjalan"]


def test_the_numbers_of_applications(both):
    monitoring, counted = both
    assert monitoring.counts == {code: counted["counts"][code] for code in monitoring.counts}


def test_the_days_that_decrees_took(both):
    monitoring, counted = both
    spans = monitoring.spans
    assert (spans.count, spans.limited, spans.on_time) == (len(counted["used"]),) * 2 + (counted["on_time"],)
    assert sorted(row.used for row in monitoring.decided) == sorted(counted["used"])
    assert sorted(row.paused for row in monitoring.decided) == sorted(counted["paused"])
    if counted["used"]:
        assert float(spans.median) == recount.median_of(counted["used"])
        assert float(spans.paused_median) == recount.median_of(counted["paused"])
        assert spans.p90 == recount.nearest_rank(counted["used"], 90)
        assert spans.paused_p90 == recount.nearest_rank(counted["paused"], 90)
    else:
        assert (spans.median, spans.p90, spans.on_time_rate) == (None, None, None)


def test_the_days_at_each_desk(both):
    monitoring, counted = both
    assert {row.code for row in monitoring.stages} == set(counted["stages"])
    for row in monitoring.stages:
        days = [stay for stay, _on_time in counted["stages"][row.code]]
        assert (row.count, float(row.median)) == (len(days), recount.median_of(days))
        assert row.p90 == recount.nearest_rank(days, 90)
        assert row.on_time == sum(on_time for _stay, on_time in counted["stages"][row.code])


def test_who_passed_on_how_many(both):
    monitoring, counted = both
    shown = {row.pk: (row.done, row.on_time) for row in monitoring.people if row.done}
    assert shown == {
        person: (len(rows), sum(on_time for _days, on_time in rows)) for person, rows in counted["people"].items()
    }


def test_the_months(both):
    monitoring, counted = both
    shown = {(key, "in"): into for key, _first, into, _out in monitoring.monthly}
    shown |= {(key, "out"): out for key, _first, _into, out in monitoring.monthly}
    assert {key: number for key, number in shown.items() if number} == counted["monthly"]


def test_the_returns_and_the_norms(both):
    monitoring, counted = both
    assert monitoring.returned == counted["notices"]
    closed = counted["counts"]["selesai"]
    # Half a hundredth goes up.
    hundredths = (200 * counted["notices"] + closed) // (2 * closed) if closed else None
    assert monitoring.returns == (Decimal(hundredths) / 100 if closed else None)
    assert {norm.pk: total for norm, total in monitoring.norms} == {
        norm: len(submissions) for norm, submissions in counted["norms"].items()
    }


def test_compliance_is_that_of_its_own_room(both):
    monitoring, _counted = both
    period = monitoring.period
    assert monitoring.compliance == totals(period.companies(period.last), period.last)
    if not (period.kecamatan or period.sector or period.size):
        assert monitoring.compliance == totals(companies_on(period.last), period.last)
    for by in ("kecamatan", "sektor", "ukuran"):
        parts = monitoring.parts(by)
        assert sum(part.comply for part in parts) == monitoring.compliance["comply"]
        assert sum(part.counted for part in parts) == monitoring.compliance["counted"]


def test_days_looked_up_are_those_counted():
    calendar = office_calendar()
    days = CountedDays(calendar, *WHOLE)
    some = [dt.date(YEAR, 1, 1) + dt.timedelta(days=n) for n in range(0, 365, 11)]
    for first in some:
        for last in some:
            assert days.count(first, last) == calendar.count(first, last)
    breaks = [(some[2], some[5]), (some[4], some[9]), (some[20], some[19])]
    assert days.count_outside(some[1], some[30], breaks) == calendar.count_outside(some[1], some[30], breaks)


@pytest.mark.parametrize(
    ("values", "expected"), [([], None), ([4], 4), (list(range(1, 11)), 9), ([1, 1, 1, 50], 50), ([3, 1, 2], 3)]
)
def test_nine_of_ten_took_no_longer(values, expected):
    assert percentile(values, 90) == expected


def test_every_list_can_be_asked_for(both):
    """Each has rows or says that its key names nothing; none breaks."""
    monitoring, _counted = both
    for code, behind in LISTS.items():
        for key in ("", "0", "9" * 30, "pada:2025-02-31", "kecamatan:entah", "\u0663"):
            rows = behind.rows(monitoring, key)
            assert rows is None or len(rows) >= 0, code
