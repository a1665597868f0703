"""Screens of likely doubles and of merging: who sees them, what they say, what their buttons do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin.companies.merge_models import CompanyMerge, CompanyPair
from psk_plugin.companies.models import Company, Membership
from psk_plugin.companies.profile import latest_version
from tests import factories
from tests.factories import CompanyFactory, staff
from tests.regulations.making import in_force

from .helpers import owner_of

pytestmark = pytest.mark.django_db
LIST = "/admin/psk/perusahaan/ganda/"


@pytest.fixture
def kabid(client):
    user = staff("kabid")
    client.force_login(user)
    return user


def pair() -> tuple[Company, Company]:
    return CompanyFactory(name="PT Roti Contoh"), CompanyFactory(name="CV Roti Contoh", npwp="0999999999999999")


def form(kept: Company, gone: Company, **changes: str) -> dict[str, str]:
    chosen = {f"bagian-{code}": "kept" for code in ("name", "nib", "npwp", "email")}
    seen = f"{latest_version(kept.pk)}-{latest_version(gone.pk)}"
    return chosen | {"versi": seen, "alasan": "Satu alamat, satu pengurus."} | changes


def page(kept: Company, gone: Company) -> str:
    return reverse("psk_double", args=[kept.pk, gone.pk])


@pytest.mark.parametrize(("role", "sees", "merges"), [("kabid", 200, 302), ("kadis", 200, 403), ("kasi", 302, 302)])
def test_the_head_of_the_division_merges_the_head_of_the_office_looks(client, role, sees, merges):
    client.force_login(staff(role))
    kept, gone = pair()
    assert client.get(LIST).status_code == sees
    assert client.get(page(kept, gone)).status_code == sees
    assert client.post(page(kept, gone), form(kept, gone)).status_code == merges
    assert Company.objects.count() == (1 if role == "kabid" else 2)


def test_the_list_names_both_with_the_reason_and_can_be_narrowed(client, kabid):
    pair()
    CompanyFactory(name="PT Lain Contoh", npwp="0111111111111111")
    CompanyFactory(name="PT Beda Sekali", npwp="0111111111111111")
    html = client.get(LIST).content.decode()
    assert html.count(">Bandingkan") == 2
    assert client.get(f"{LIST}?alasan=npwp").content.decode().count(">Bandingkan") == 1
    assert client.get(f"{LIST}?q=roti").content.decode().count(">Bandingkan") == 1
    assert client.get(f"{LIST}?q=zzz&alasan=%00&hal=x").status_code == 200
    assert b"PT Beda Sekali" in b"".join(client.get(f"{LIST}unduh/csv/?alasan=npwp").streaming_content)
    assert client.get(f"{LIST}unduh/xlsx/").status_code == 200
    assert client.get(f"{LIST}unduh/pdf/").status_code == 404


def test_the_list_costs_the_same_however_many_pairs(client, kabid):
    pair()
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(5):
        CompanyFactory(name=f"PT Kue {number}"), CompanyFactory(name=f"CV Kue {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_side_by_side_nothing_is_chosen_beforehand(client, kabid):
    html = client.get(page(*pair())).content.decode()
    assert html.count('type="radio"') == 8
    assert "checked" not in html


def test_what_was_chosen_stays_where_something_is_missing(client, kabid):
    kept, gone = pair()
    answer = client.post(page(kept, gone), form(kept, gone, **{"bagian-nib": "", "bagian-name": "gone"}))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert html.count(" checked") == 3
    assert "Satu alamat, satu pengurus." in html
    assert "NIB" in html


def test_merging_leads_to_the_record_and_old_addresses_to_the_company_that_stayed(client, kabid):
    kept, gone = pair()
    in_force(company=gone)
    pk, name = gone.pk, gone.name
    answer = client.post(page(kept, gone), form(kept, gone), follow=True)
    record = CompanyMerge.objects.get()
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("psk_merge", args=[record.pk])
    assert name in html
    assert "Satu alamat, satu pengurus." in html
    for address in ("psk_company", "psk_compliance_company", "psk_sign_company", "psk:register_company"):
        moved = client.get(reverse(address, args=[pk]))
        assert (moved.status_code, moved.url) == (302, reverse(address, args=[kept.pk])), address
    assert client.get(page(kept, Company(pk=pk))).url == reverse("psk_company", args=[kept.pk])
    assert client.get(reverse("psk_history", args=["perusahaan", pk])).status_code == 200
    assert name in client.get(reverse("psk_company", args=[kept.pk])).content.decode()
    assert name in client.get(reverse("psk_penggabungan_modeladmin_index")).content.decode()


def test_the_companys_own_people_follow_its_old_address(client, kabid):
    kept, gone = pair()
    me, pk = owner_of(gone), gone.pk
    client.post(page(kept, gone), form(kept, gone))
    client.force_login(me)
    assert client.get(reverse("psk:company_detail", args=[pk]), follow=True).status_code == 200
    assert Membership.objects.get(user=me).company_id == kept.pk


def test_pressed_twice_the_second_is_led_to_the_company_that_stayed(client, kabid):
    kept, gone = pair()
    sent = form(kept, gone)
    client.post(page(kept, gone), sent)
    again = client.post(page(kept, gone), sent)
    assert (again.status_code, again.url) == (302, reverse("psk_company", args=[kept.pk]))


def test_what_stands_against_it_is_said_before_anybody_presses(client, kabid):
    kept, gone = pair()
    number = in_force(company=kept).decree_number
    in_force(company=gone)
    html = client.get(page(kept, gone)).content.decode()
    assert number in html
    assert 'type="radio"' not in html


def test_two_companies_are_remembered_as_two(client, kabid):
    kept, gone = pair()
    address = reverse("psk_double_apart", args=[kept.pk, gone.pk])
    assert client.post(address, {"alasan": ""}).url == page(kept, gone)
    assert client.post(address, {"alasan": "Beda pemilik."}).url == reverse("psk_doubles")
    assert CompanyPair.objects.get().by == kabid
    assert client.get(LIST).content.decode().count(">Bandingkan") == 0
    assert "Beda pemilik." in client.get(page(kept, gone)).content.decode()


def test_a_double_with_another_name_is_found_by_hand(client, kabid):
    company = CompanyFactory(name="PT Satu")
    other = CompanyFactory(name="PT Sama Sekali Lain")
    address = reverse("psk_company_doubles", args=[company.pk])
    assert page(company, other) not in client.get(address).content.decode()
    assert page(company, other) in client.get(f"{address}?q=sekali lain").content.decode()
    assert page(company, company) not in client.get(f"{address}?q=satu").content.decode()


def test_one_company_is_no_pair(client, kabid):
    company = CompanyFactory()
    assert client.get(page(company, company)).status_code == 404
    assert client.get(reverse("psk_double", args=[company.pk, 999])).status_code == 404


def test_a_wrong_version_in_the_form_is_told(client, kabid):
    kept, gone = pair()
    for wrong in ("", "x-y", "9" * 30 + "-1"):
        assert client.post(page(kept, gone), form(kept, gone, versi=wrong)).status_code == 422
    assert factories.Company.objects.count() == 2
