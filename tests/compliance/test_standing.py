"""How companies stand on a day, against a slow recount from their versions one by one."""

import datetime as dt
import random

import pytest
from django.utils import timezone

from psk_plugin.companies.models import Company
from psk_plugin.compliance.standing import Size, Standing, companies_on, of_size, standings, totals
from psk_plugin.regulations.verbs import revoke
from psk_plugin.regulations.versions import versions_of

from .. import factories
from ..regulations.making import in_force

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def on(company: Company, days: int = 0) -> Company:
    """The company as it stood on the day; what the database says and what is worked out from its parts agree."""
    day = TODAY + dt.timedelta(days=days)
    rows = companies_on(day).filter(pk=company.pk)
    found = rows.get()
    assert [standing.value for standing, _more in standings(rows, day)] == [found.standing]
    return found


def small(workers: int = 9) -> Company:
    return factories.CompanyFactory(male_permanent=workers, female_permanent=0, male_contract=0, female_contract=0)


@pytest.mark.parametrize(
    ("first", "last", "standing"),
    [
        (-10, 700, Standing.IN_FORCE),
        (-10, 91, Standing.IN_FORCE),
        (-10, 90, Standing.EXPIRING),
        (-10, 0, Standing.EXPIRING),
        (-10, -1, Standing.EXPIRED),
        (5, 700, Standing.NEVER),
    ],
)
def test_the_dates_of_a_regulation_decide(first, last, standing):
    company = in_force(first=first, last=last).company
    assert on(company).standing == standing


def test_ten_workers_make_the_duty():
    assert on(small(9)).standing == Standing.FREE
    assert not on(small(9)).is_obliged
    assert on(small(10)).standing == Standing.NEVER
    assert on(small(10)).is_obliged


def test_a_small_company_with_a_regulation_complies():
    assert on(in_force(small(3)).company).standing == Standing.IN_FORCE


def test_a_pkb_takes_the_place_of_the_pp_from_its_first_day():
    company = in_force(first=-400, last=300).company
    in_force(company, kind="PKB", first=-30, last=600)
    now = on(company)
    assert (now.pp_until, now.pkb_until) == (None, TODAY + dt.timedelta(days=600))
    assert not now.is_obliged
    before = on(company, -31)
    assert before.pp_until == TODAY + dt.timedelta(days=300)
    assert before.pkb_until is None
    assert before.is_obliged


def test_a_pp_extended_during_talks_covers_the_gap():
    company = in_force(first=-730, last=-5).company
    in_force(company, first=-4, last=300, change="extension")
    assert on(company).standing == Standing.IN_FORCE
    assert on(company, -5).standing == Standing.EXPIRING
    assert on(company, -731).standing == Standing.NEVER


def test_an_application_under_way_says_so_only_where_nothing_holds():
    company = in_force(first=-400, last=-5).company
    factories.filed(company=company)
    assert on(company).standing == Standing.IN_PROCESS
    assert on(company, -1).standing == Standing.EXPIRED


def test_a_revoked_decree_covers_until_the_day_before():
    regulation = in_force(first=-100, last=400)
    revoke(
        company_id=regulation.company_id,
        kind="PP",
        decree_id=None,
        day=TODAY - dt.timedelta(days=3),
        user=None,
        reason="Uji",
    )
    assert on(regulation.company).standing == Standing.NEVER
    assert on(regulation.company, -4).standing == Standing.IN_FORCE


def test_workers_count_as_the_company_had_said_by_the_day():
    company = small(4)
    company.history.update(history_date=timezone.now() - dt.timedelta(days=50))
    company.male_permanent = 30
    company.save()
    company.history.filter(male_permanent=30).update(history_date=timezone.now() - dt.timedelta(days=10))
    assert on(company).headcount == 30
    assert on(company, -11).headcount == 4
    assert on(company, -90).headcount == 4
    assert on(company, -11).standing == Standing.FREE


def test_every_company_has_one_size():
    made = [small(n) for n in (0, 9, 10, 49, 50, 99, 100, 499, 500, 5000)]
    mine = companies_on().filter(pk__in=[company.pk for company in made])
    assert [of_size(mine, size).count() for size in Size] == [2, 2, 2, 2, 2]


def slow_standing(company: Company, day: dt.date) -> str:
    """The same by plain reading of each version, one company at a time."""
    ends = []
    for regulation in company.regulations.all():
        begun = [v for v in versions_of(regulation, day) if v.valid_from <= day]
        if begun:
            end = begun[0].valid_until
            if regulation.replaced_from is not None and regulation.replaced_from <= day:
                end = min(end, regulation.replaced_from)
            ends.append(end)
    last = max(ends, default=None)
    if last is not None and last >= day:
        return Standing.EXPIRING if (last - day).days <= 90 else Standing.IN_FORCE
    if company.workers < 10:
        return Standing.FREE
    return Standing.EXPIRED if last is not None else Standing.NEVER


def test_the_set_equals_a_recount_one_by_one():
    chance = random.Random(7)
    made = []
    for _n in range(40):
        company = small(chance.choice([3, 9, 10, 80]))
        first = -chance.randrange(300, 1500)
        for _version in range(chance.randrange(0, 4)):
            last = first + chance.randrange(100, 730)
            in_force(company, first=first, last=last, kind=chance.choice(["PP", "PP", "PKB"]))
            first = last + chance.randrange(-60, 200)
        made.append(company)
    for days in (0, -200, -700, 100):
        day = TODAY + dt.timedelta(days=days)
        rows = companies_on(day).filter(pk__in=[company.pk for company in made])
        expected = {company.pk: str(slow_standing(company, day)) for company in made}
        assert {row.pk: row.standing for row in rows} == expected
        assert {pk: standing.value for standing, (pk,) in standings(rows, day, "pk")} == expected
        counted = totals(rows, day)
        values = list(expected.values())
        assert {s.value: counted[s.value] for s in Standing} == {s.value: values.count(s.value) for s in Standing}
        assert counted["comply"] == sum(v in (Standing.IN_FORCE, Standing.EXPIRING) for v in values)
        assert counted["counted"] == sum(v != Standing.FREE for v in values)
        assert counted["all"] == 40


def test_standing_takes_one_query(django_assert_num_queries):
    in_force()
    with django_assert_num_queries(1):
        list(companies_on(TODAY - dt.timedelta(days=100)))
