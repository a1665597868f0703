"""The office's view of companies, its calendar and its patterns of numbers."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from psk_plugin.companies import people
from psk_plugin.companies.models import Branch, Company, Membership
from psk_plugin.companies.regency import normalise_regency
from psk_plugin.numbers import check_pattern, render
from psk_plugin.office.cms import missing_holidays
from psk_plugin.office.models import CalendarException, OfficeSettings
from tests.factories import CompanyFactory, service_editor, staff

from .helpers import owner_of, person

LIST = "/admin/psk/perusahaan/"


@pytest.fixture
def kabid(db, client):
    user = staff("kabid")
    client.force_login(user)
    return user


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "answer"), [("kabid", 200), ("kadis", 200), ("verifikator", 302), ("registrasi", 302)]
)
def test_the_list_of_companies_follows_the_permission(client, role, answer):
    client.force_login(staff(role))
    assert client.get(LIST).status_code == answer


@pytest.mark.django_db
def test_people_of_companies_do_not_enter_the_admin(client):
    company = CompanyFactory()
    client.force_login(owner_of(company))
    assert client.get(LIST).status_code == 302
    assert client.get(reverse("psk_company", args=[company.pk])).status_code == 302


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=Roti", 1),
        ("q=9120001234567", 1),
        ("kecamatan__exact=jatiasih", 1),
        ("sector__exact=trade", 1),
        ("q=zzz", 0),
        ("pengelola=tidak", 2),
        ("pengelola=ada", 1),
        ("q=%00", 3),
        ("p=abc", 3),
        ("nib__startswith=1", 3),
    ],
)
def test_the_list_finds_by_name_nib_place_sector_and_lack_of_a_manager(client, kabid, query, found):
    CompanyFactory(name="PT Roti Contoh")
    CompanyFactory(nib="9120001234567", kecamatan="jatiasih")
    owner_of(CompanyFactory(kbli_code="47111"))
    response = client.get(f"{LIST}?{query}", follow=True)
    assert response.status_code == 200
    assert len(response.context["object_list"]) == found


def test_the_list_costs_the_same_for_twice_as_many(client, kabid):
    def more():
        for company in CompanyFactory.create_batch(5):
            Branch.objects.create(
                company=company,
                name="C",
                address="J",
                in_city=False,
                regency="Kota Depok",
                province="Jawa Barat",
            )

    def count():
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    more()
    before = count()
    more()
    assert count() == before


def test_the_page_of_a_company_shows_it_and_offers_no_change(client, kabid):
    company = CompanyFactory(name="PT Roti Contoh")
    owner_of(company)
    page = client.get(reverse("psk_company", args=[company.pk])).content.decode()
    assert "PT Roti Contoh" in page
    assert company.npwp in page
    assert reverse("psk_company_appoint", args=[company.pk, 1]) not in page
    assert client.get("/admin/psk/perusahaan/99999999999999999999/").status_code == 404


def test_only_the_one_who_may_appoints_a_manager_and_only_where_there_is_none(client, kabid):
    company = CompanyFactory()
    asked, has_owner = people.ask_to_join(company.nib, person())
    assert not has_owner
    address = reverse("psk_company_appoint", args=[company.pk, asked.pk])
    assert client.post(address).status_code in (302, 403)
    asked.refresh_from_db()
    assert asked.state == Membership.State.REQUESTED
    kabid.user_permissions.add(Permission.objects.get(codename="change_membership"))
    assert client.get(address).status_code == 405
    client.post(address)
    asked.refresh_from_db()
    assert (asked.state, asked.role, asked.decided_by) == (
        Membership.State.ACTIVE,
        Membership.Role.OWNER,
        kabid,
    )
    other = Membership.objects.create(company=company, user=person(), state=Membership.State.REQUESTED)
    client.post(reverse("psk_company_appoint", args=[company.pk, other.pk]))
    other.refresh_from_db()
    assert other.state == Membership.State.REQUESTED


# --- the calendar ----------------------------------------------------------------------------------------------


@pytest.fixture
def editor(db, client):
    user = service_editor()
    client.force_login(user)
    return user


def test_an_editor_writes_a_closed_day(client, editor):
    response = client.post(
        "/admin/psk/kalender/create/", {"date": "2027-02-10", "reason": "Pemilihan daerah", "legal_basis": ""}
    )
    assert response.status_code == 302
    row = CalendarException.objects.get()
    assert (row.date, row.is_open) == (dt.date(2027, 2, 10), False)
    assert "Pemilihan daerah" in client.get("/admin/psk/kalender/").content.decode()
    assert client.get(f"/admin/psk/kalender/edit/{row.pk}/").status_code == 200
    assert client.post(f"/admin/psk/kalender/delete/{row.pk}/").status_code == 302
    assert not CalendarException.objects.exists()


@pytest.mark.parametrize("pk", ["abc", "0", "9" * 40, "1'"])
def test_odd_rows_of_the_calendar_are_not_found(client, editor, pk):
    assert client.get(f"/admin/psk/kalender/edit/{pk}/").status_code == 404
    assert client.get(f"/admin/psk/kalender/delete/{pk}/").status_code == 404


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (dt.date(2026, 12, 25), False),  # Christmas: closed anyway
        (dt.date(2026, 11, 28), False),  # a Saturday
        (dt.date(2026, 11, 24), True),  # a Tuesday
        (dt.date(1926, 11, 24), False),
        (dt.date(9999, 11, 24), False),
    ],
)
def test_an_exception_that_changes_nothing_is_refused(db, day, is_open):
    with pytest.raises(ValidationError) as refused:
        CalendarException(date=day, is_open=is_open, reason="x").clean()
    assert "date" in refused.value.message_dict


def test_the_calendar_warns_when_next_years_list_is_missing(client, editor, settings, monkeypatch):
    november = timezone.now().replace(month=11, day=20)
    monkeypatch.setattr(timezone, "now", lambda: november)
    client.force_login(editor)  # anew: until November an earlier session has ended
    this_year = november.year
    settings.PSK_LAST_HOLIDAY_YEAR = this_year + 1
    assert missing_holidays() == ""
    settings.PSK_LAST_HOLIDAY_YEAR = this_year
    page = client.get("/admin/psk/kalender/").content.decode()
    assert f"tahun {this_year + 1} belum dikenal" in page


# --- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern",
    [
        "tanpa nomor {year}",
        "{sequence",
        "{sequence}}",
        "{}",
        "{0}",
        "{sequence:99999999999}",
        "{sequence:04}{year.real}",
        "{sequence}{kind.__class__.__mro__}",
        "{sequence!r}",
        "{sequence:{year}}",
        "{sequence:x}",
        "{sequence}{nama}",
        "x" * 80 + "{sequence}",
    ],
)
@pytest.mark.django_db
def test_a_pattern_that_cannot_work_gets_a_sentence_and_never_breaks_the_form(pattern):
    assert check_pattern(pattern)
    with pytest.raises(ValidationError) as refused:
        OfficeSettings(submission_pattern=pattern[:80]).full_clean()
    assert list(refused.value.message_dict) == ["submission_pattern"]


@pytest.mark.parametrize("name", ["submission_pattern", "registration_pattern", "decree_pattern", "register_pattern"])
def test_the_patterns_delivered_are_right(name):
    assert check_pattern(OfficeSettings._meta.get_field(name).default) is None


def test_a_pattern_fills_its_names():
    pattern = "{code}/{sequence:03}/{kind}/{roman_month}/{year}"
    number = render(pattern, sequence=7, year=2026, month=11, code="500.15", kind="PP")
    assert number == "500.15/007/PP/XI/2026"


# --- names of places -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kota bekasi", "Kota Bekasi"),
        ("KOTA  BEKASI", "Kota Bekasi"),
        ("Kab. Bekasi", "Kabupaten Bekasi"),
        ("kabupaten bogor", "Kabupaten Bogor"),
        ("kab karawang", "Kabupaten Karawang"),
        ("Kota Adm. Jakarta Selatan", "Kota Jakarta Selatan"),
        ("Kota Administrasi Jakarta Timur", "Kota Jakarta Timur"),
        ("Bekasi", None),
        ("Kota", None),
        ("Kabul Raya", None),
        ("", None),
    ],
)
def test_names_of_places_are_written_one_way(typed, name):
    assert normalise_regency(typed) == name


@pytest.mark.django_db
def test_the_history_names_each_changed_field(django_assert_max_num_queries):
    from psk_plugin.companies.changes import changes_of

    company = CompanyFactory()
    user = owner_of(company)
    company.kecamatan, company.male_permanent = "jatiasih", 41
    company._history_user, company._change_reason = user, "Pindah"
    company.save()
    with django_assert_max_num_queries(8):
        changes = changes_of(Company.objects.get())
    lines = {(line.what, line.before, line.after) for line in changes[0].lines}
    assert lines == {("Kecamatan", "Bekasi Selatan", "Jatiasih"), ("Laki-laki, tetap (PKWTT)", "40", "41")}
    assert changes[-1].is_first
