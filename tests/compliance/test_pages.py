"""The office's list of who complies, and the page of one company."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from psk_plugin.meetings.models import Registration

from .. import factories
from ..meetings import making as meetings
from ..regulations.making import in_force

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LIST = "psk_kepatuhan_modeladmin_index"


@pytest.fixture
def kabid(client):
    user = factories.staff("kabid")
    client.force_login(user)
    return client


def names(response) -> set[str]:
    return {row.name for row in response.context["object_list"]}


@pytest.fixture
def four():
    """Complies, expired, never filed, not obliged."""
    in_force(factories.CompanyFactory(name="PT Patuh"))
    in_force(factories.CompanyFactory(name="PT Habis", kecamatan="jatiasih"), first=-800, last=-10)
    factories.CompanyFactory(name="PT Belum")
    factories.CompanyFactory(name="CV Kecil", male_permanent=3, female_permanent=0, male_contract=0, female_contract=0)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"PT Patuh", "PT Habis", "PT Belum", "CV Kecil"}),
        ("status=patuh", {"PT Patuh"}),
        ("status=belum", {"PT Habis", "PT Belum"}),
        ("status=expired", {"PT Habis"}),
        ("status=never", {"PT Belum"}),
        ("status=free", {"CV Kecil"}),
        ("status=entah", set()),
        ("kecamatan=jatiasih", {"PT Habis"}),
        ("ukuran=0-9", {"CV Kecil"}),
        ("ukuran=50-99&status=belum", {"PT Habis", "PT Belum"}),
        ("ukuran=x", set()),
        ("q=habis", {"PT Habis"}),
    ],
)
def test_the_list_is_narrowed(four, kabid, query, expected):
    assert names(kabid.get(f"{reverse(LIST)}?{query}")) == expected


def test_the_list_of_a_day_in_the_past(four, kabid):
    day = TODAY - dt.timedelta(days=11)
    response = kabid.get(f"{reverse(LIST)}?pada={day}&status=patuh")
    assert names(response) == {"PT Habis"}
    assert response.context["totals"]["rate"] == 100


def test_the_figures_are_those_of_the_list(four, kabid):
    counted = kabid.get(reverse(LIST)).context["totals"]
    assert (counted["comply"], counted["counted"], counted["all"]) == (1, 3, 4)
    assert str(counted["rate"]) == "33.3"


@pytest.mark.parametrize("day", ["kemarin", "2026-02-31", "9999-12-31", "0001-01-01", "%00", "1" * 20_000])
def test_an_odd_day_is_today(four, kabid, day):
    response = kabid.get(f"{reverse(LIST)}?pada={day}")
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        assert response.context["day"] == TODAY


def test_each_row_costs_no_query(kabid, django_assert_num_queries, django_assert_max_num_queries):
    for _n in range(5):
        in_force()
    kabid.get(reverse(LIST))
    with django_assert_max_num_queries(40) as first:
        kabid.get(reverse(LIST))
    before = len(first)
    for _n in range(10):
        in_force()
    with django_assert_num_queries(before):
        kabid.get(reverse(LIST))


def test_the_life_of_a_company_holds_all_that_happened(kabid):
    office = factories.Office()
    submission = factories.filed(office, steps=6)
    company = submission.company
    meeting = meetings.meeting(title="Sosialisasi PP")
    place = meetings.registration(meeting, company=company)
    meetings.begin(meeting)
    Registration.objects.filter(pk=place.pk).update(state=Registration.State.ATTENDED)
    page = kabid.get(reverse("psk_compliance_company", args=[company.pk])).content.decode()
    assert submission.number in page
    assert submission.decree.number in page
    assert "Sosialisasi PP" in page


def test_the_company_on_a_day_before_its_decree(kabid):
    company = in_force(first=-10).company
    page = kabid.get(reverse("psk_compliance_company", args=[company.pk]) + f"?pada={TODAY - dt.timedelta(days=20)}")
    assert page.context["standing"] == "never"


def test_a_company_that_is_not_there(kabid):
    assert kabid.get(reverse("psk_compliance_company", args=[999_999])).status_code == 404
