"""The office enters the national list of a year itself: prepared, checked against the decree, then it counts."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from psk_plugin import roles
from psk_plugin.calendar import national_days, office_calendar
from psk_plugin.office import national
from psk_plugin.office.models import CalendarException
from psk_plugin.submissions.models import Submission

from .. import factories

pytestmark = pytest.mark.django_db

D = dt.date.fromisoformat


@pytest.fixture
def today(monkeypatch):
    """Sets the day."""

    def set_day(text: str) -> None:
        moment = dt.datetime.fromisoformat(f"{text}T09:00:00+07:00")
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_day("2027-11-15")
    return set_day


@pytest.fixture
def administrator(client):
    user = factories.of_group(roles.ADMINISTRATOR)
    client.force_login(user)
    return user


def fill(client, year: int, **data):
    return client.post(reverse("psk_calendar_fill", args=[year]), {"decree": "SKB 1/2/3 Tahun 2027"} | data)


def test_the_page_offers_the_weekdays_that_are_known_each_ticked(today, administrator, client):
    page = client.get(reverse("psk_calendar_fill", args=[2028])).content.decode()
    assert "Kamis, 17 Agustus 2028: Hari Kemerdekaan Republik Indonesia" in page
    assert page.count(" checked") == len(national_days(2028)) > 10
    assert "Hari bertanda perkiraan" in page


def test_the_saved_list_counts_and_nothing_else_of_the_year(today, administrator, client):
    answer = fill(
        client,
        2028,
        days=["2028-08-17"],
        more="24-01-2028 Cuti bersama Imlek\n25/12/2028, Hari Raya Natal\n01-01-2028 Tahun Baru",
    )
    assert answer.status_code == 302
    calendar = office_calendar()
    assert not calendar.is_working_day(D("2028-08-17"))
    assert not calendar.is_working_day(D("2028-01-24"))
    assert calendar.is_working_day(D("2028-05-25")), "Ascension Day had no tick"
    assert calendar.is_certain(D("2028-12-31"))
    row = CalendarException.objects.get(date=D("2028-01-24"))
    assert (row.reason, row.legal_basis) == ("Cuti bersama Imlek", "SKB 1/2/3 Tahun 2027")
    assert not CalendarException.objects.filter(date=D("2028-01-01")).exists(), "a Saturday needs no row"


def test_estimates_are_no_estimates_once_confirmed(today, administrator, client):
    fill(client, 2028, days=["2028-01-26"])
    assert CalendarException.objects.get().reason == "Tahun Baru Imlek"


def test_due_days_move_with_the_list(today, administrator, client, office):
    today("2027-12-30")
    client.force_login(administrator)
    submission = factories.filed(office, steps=1)
    before = submission.due_on
    fill(client, 2028, more=f"{before:%d-%m-%Y} Cuti bersama")
    assert Submission.objects.get(pk=submission.pk).due_on > before


def test_a_day_of_the_offices_own_stays(today, administrator, client):
    CalendarException.objects.create(date=D("2028-08-17"), is_open=True, reason="Pelayanan khusus")
    fill(client, 2028, days=["2028-08-17", "2028-06-01"])
    assert office_calendar().is_working_day(D("2028-08-17"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"decree": "", "days": ["2028-08-17"]}, "Tuliskan nomor SKB 3 Menteri."),
        ({"more": "Cuti bersama"}, "“Cuti bersama” bukan hari pada tahun 2028."),
        ({"more": "24-12-2027 Cuti"}, "“24-12-2027 Cuti” bukan hari pada tahun 2028."),
        ({"more": "31-02-2028 Cuti"}, "“31-02-2028 Cuti” bukan hari pada tahun 2028."),
        ({"more": "٢٤-12-2028 Cuti"}, "bukan hari pada tahun 2028."),
        ({}, "Centang paling sedikit satu hari"),
        ({"days": ["2028-08-18"]}, "Salah satu hari tidak ada dalam daftar."),
        ({"more": "\n".join(["24-01-2028 Cuti"] * 61)}, "Barisnya terlalu banyak"),
        ({"more": "x" * 20_000}, "Terlalu panjang."),
    ],
)
def test_what_is_no_day_is_told_and_what_was_typed_stays(today, administrator, client, data, words):
    answer = fill(client, 2028, **data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert data.get("more", "")[:40].splitlines()[:1] == [] or data["more"][:40].splitlines()[0] in page
    assert not CalendarException.objects.exists()


def test_a_year_that_stands_there_is_not_entered_again(today, administrator, client):
    fill(client, 2028, days=["2028-08-17"])
    answer = client.get(reverse("psk_calendar_fill", args=[2028]), follow=True)
    assert "Daftar tahun 2028 sudah terisi." in answer.content.decode()
    fill(client, 2028, days=["2028-06-01"])
    assert CalendarException.objects.count() == 1


@pytest.mark.parametrize("year", [1, 2026, 2029, 9999])
def test_only_this_year_and_the_next_can_be_filled(today, administrator, client, year):
    assert client.get(f"/admin/psk/kalender/isi/{year}/").status_code == 404


def test_entering_the_same_days_twice_adds_nothing(today):
    days = {D("2028-08-17"): "Hari Kemerdekaan"}
    assert national.fill_year("SKB", days) == 1
    assert national.fill_year("SKB", days) == 0
    assert CalendarException.objects.count() == 1


def test_when_the_last_day_of_the_list_is_deleted_the_systems_list_counts_again(today):
    national.fill_year("SKB", {D("2028-06-02"): "Cuti bersama"})
    assert office_calendar().is_working_day(D("2028-08-17"))
    CalendarException.objects.all().delete()
    assert not office_calendar().is_working_day(D("2028-08-17"))


def test_a_day_of_the_list_stays_in_its_year(today):
    national.fill_year("SKB", {D("2028-06-02"): "Cuti bersama"})
    row = CalendarException.objects.get()
    row.date = D("2027-06-02")
    with pytest.raises(ValidationError) as refused:
        row.clean()
    assert "daftar tahun lain" in str(refused.value)
    row.date = D("2028-06-05")
    row.clean()


@pytest.mark.parametrize(
    ("day", "year"), [("2027-10-31", None), ("2027-11-01", 2028), ("2028-01-03", 2028), ("2026-12-31", None)]
)
def test_next_years_list_is_missed_from_november_on(day, year):
    assert national.missing_year(D(day)) == year


def test_the_first_page_says_so_until_the_list_is_there(today, administrator, client):
    page = client.get("/admin/").content.decode()
    assert "Hari libur tahun 2028 belum dikenal" in page
    assert reverse("psk_calendar_fill", args=[2028]) in page
    fill(client, 2028, days=["2028-08-17"])
    assert "belum dikenal" not in client.get("/admin/").content.decode()


def test_those_who_do_not_keep_the_calendar_are_not_told(today, client):
    client.force_login(factories.staff("korektor"))
    assert "belum dikenal" not in client.get("/admin/").content.decode()


def test_the_list_of_days_offers_the_years_that_can_be_filled(today, administrator, client):
    page = client.get("/admin/psk/kalender/").content.decode()
    assert "Isi hari libur nasional tahun 2028" in page
    assert "SKB 3 Menteri tentang hari libur nasional dan cuti bersama tahun 2028 belum dikenal sistem." in page
    with patch("psk_plugin.conf.LAST_HOLIDAY_YEAR", 2028, create=True):
        assert "belum dikenal sistem" not in client.get("/admin/psk/kalender/").content.decode()
