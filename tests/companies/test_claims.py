"""A company of the census is taken over by its real people: asked at sign-up, proved, decided by the office."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin.companies import claims, people
from psk_plugin.companies.claim_models import Claim
from psk_plugin.companies.claim_views import TOLD
from psk_plugin.companies.merge_models import CompanyPair
from psk_plugin.companies.models import Company, Membership
from psk_plugin.companies.people import Refused
from psk_plugin.records import intake
from tests.factories import CompanyFactory, pdf_bytes, staff, upload

from .helpers import BRANCH, owner_of, person, profile
from .test_at_once import at_once

pytestmark = pytest.mark.django_db
CREATE = "/psk/perusahaan/baru/"
#: What a census often knows, and no more.
BLANK = {
    **{"nib": None, "npwp": "", "phone": "", "email": "", "address": "", "kelurahan": "", "kbli_code": ""},
    **{"kbli_edition": "", "business": "", "investment": "", "legal_form": "", "source": "census"},
    **{"male_permanent": 0, "female_permanent": 0, "male_contract": 0, "female_contract": 0, "counted_workers": 70},
}


def census(**values) -> Company:
    return CompanyFactory(**{"name": "MAJU CONTOH, PT", **BLANK, **values})


def proof():
    data = pdf_bytes("NIB")
    return intake.keep(data, intake.look(data, ["pdf"], 5)), "nib.pdf"


def sent(**changes) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(profile(**changes))
    return data


def claim_of(company: Company, user=None, **changes) -> Claim:
    return claims.ask(company.pk, user or person(), sent(**changes), proof())


@pytest.fixture(autouse=True)
def no_brake():
    """All of these ask from one address."""
    cache.clear()


@pytest.fixture
def me(client):
    user = person()
    client.force_login(user)
    return user


def claimed_by_form(client, company: Company, **changes):
    data = profile(**changes) | {"klaim": str(company.pk), "bukti": upload("nib.pdf")}
    return client.post(CREATE, data)


# --- what the office knows is told, and no more ----------------------------------------------------------------


@pytest.mark.parametrize(
    "known",
    [
        {"nib": "9120001234567", "name": "PT Nama Lain"},
        {"npwp": "0912345678901234", "name": "PT Nama Lain", "kecamatan": "jatiasih"},
        {"name": "PT. MAJU-CONTOH Tbk"},
        {"name": "Maju Contohh"},
    ],
)
def test_who_registers_what_the_census_knows_is_asked(client, me, known):
    company = census(**known, phone="021 7654321")
    answer = client.post(CREATE, profile())
    html = answer.content.decode()
    assert answer.status_code == 409
    assert company.name in html
    assert "021 7654321" not in html
    assert Company.objects.count() == 1


@pytest.mark.parametrize(
    "known",
    [
        {"kecamatan": "jatiasih"},
        {"nib": "9999999999999"},
        {"name": "PT Lain Sekali"},
    ],
)
def test_what_only_resembles_it_from_afar_is_not_asked_about(client, me, known):
    census(**known)
    assert client.post(CREATE, profile()).status_code == 302
    assert Membership.objects.get(user=me).role == "owner"


def test_a_company_that_signed_up_itself_is_not_asked_about(client, me):
    CompanyFactory(name="PT Maju Contoh")
    assert client.post(CREATE, profile()).status_code == 302


def test_a_census_company_with_people_is_joined_as_any_other(client, me):
    owner_of(census(nib="9120001234567"))
    answer = client.post(CREATE, profile())
    assert answer.status_code == 422
    assert answer.context["nib_taken"]


def test_with_the_nib_of_a_known_company_there_is_no_second_one(client, me):
    census(nib="9120001234567")
    answer = client.post(CREATE, profile() | {"bukan": "1"})
    assert answer.status_code == 409
    assert 'name="bukan"' not in answer.content.decode()
    assert Company.objects.count() == 1


def test_who_says_no_goes_on_and_the_office_hears_of_the_pair(client, me):
    known = census()
    assert client.post(CREATE, profile() | {"bukan": "1"}).status_code == 302
    registered = Membership.objects.get(user=me).company
    pair = CompanyPair.objects.get()
    assert {pair.first_id, pair.second_id} == {known.pk, registered.pk}
    assert (pair.state, pair.by) == ("reported", me)


def test_a_wrong_form_is_told_first(client, me):
    census()
    answer = client.post(CREATE, profile(phone=""))
    assert answer.status_code == 422
    assert "klaim" not in answer.content.decode()


def test_names_are_not_told_without_end(client, me):
    census()
    for _time in range(TOLD.limit):
        assert client.post(CREATE, profile()).status_code == 409
    answer = client.post(CREATE, profile())
    assert answer.status_code == 429 and "sepuluh menit" in answer.content.decode()
    assert profile()["address"] in answer.content.decode()


# --- claiming --------------------------------------------------------------------------------------------------


def test_yes_with_a_proof_keeps_everything_that_was_typed(client, me):
    company = census()
    answer = claimed_by_form(client, company, branches=[BRANCH], has_branches="yes")
    assert answer.status_code == 302
    claim = Claim.objects.get()
    assert (claim.company, claim.user, claim.state, claim.nib) == (company, me, "waiting", "9120001234567")
    assert claim.typed["branches-0-regency"] == ["kab. karawang"]
    assert "csrfmiddlewaretoken" not in claim.typed
    assert not me.psk_memberships.exists()
    assert "PT Maju Contoh" in client.get(reverse("psk:company_list")).content.decode()


@pytest.mark.parametrize("file", [None, upload("nib.pdf", b"bukan pdf"), upload("nib.pdf", b"")])
def test_without_a_proof_that_can_be_read_nothing_is_asked(client, me, file):
    company = census()
    data = profile() | {"klaim": str(company.pk)} | ({"bukti": file} if file else {})
    answer = client.post(CREATE, data)
    assert answer.status_code == 422
    assert not Claim.objects.exists()
    assert "PT Maju Contoh" in answer.content.decode()


def test_a_company_that_nobody_was_asked_about_cannot_be_claimed(client, me):
    other = census(name="PT Lain Sekali")
    assert claimed_by_form(client, other).status_code == 302
    assert not Claim.objects.exists()


def test_the_second_is_told_that_somebody_has_asked(client, me):
    company = census()
    claim_of(company)
    html = client.post(CREATE, profile()).content.decode()
    assert "Orang lain sudah menyatakan" in html
    claimed_by_form(client, company)
    assert company.claims.filter(state="waiting").count() == 2


def test_one_person_asks_once_and_for_few_companies():
    user = person()
    first = census()
    claim_of(first, user)
    with pytest.raises(Refused):
        claim_of(first, user)
    for number in range(claims.MAX_CLAIMS - 1):
        claim_of(census(name=f"PT Nomor {number}"), user)
    with pytest.raises(Refused):
        claim_of(census(name="PT Terlalu Banyak"), user)


def test_after_a_refusal_one_waits_before_asking_again():
    user, company = person(), census()
    claims.refuse(claim_of(company, user).pk, staff("kabid"), "Buktinya milik perusahaan lain.")
    with pytest.raises(Refused, match="Buktinya"):
        claim_of(company, user)


def test_who_asks_to_join_a_census_company_is_sent_to_register_it(client, me):
    census(nib="9120001234567")
    answer = client.post(reverse("psk:company_join"), {"nib": "9120001234567"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert CREATE in html
    assert "sensus" in html
    assert not Membership.objects.exists()


def test_too_large_a_proof_is_not_even_read():
    class Large:
        size, name = claims.MAX_MB * 1024 * 1024 + 1, "nib.pdf"

        def read(self):
            raise AssertionError

    with pytest.raises(ValidationError):
        claims.take_in_proof(Large())


# --- deciding --------------------------------------------------------------------------------------------------


def test_accepted_the_person_manages_a_complete_profile(django_capture_on_commit_callbacks):
    company = census()
    claim = claim_of(company, branches=[BRANCH], has_branches="yes")
    officer = staff("registrasi")
    with django_capture_on_commit_callbacks(execute=True):
        claims.accept(claim.pk, officer)
    company.refresh_from_db()
    assert company.is_complete
    assert (company.name, company.nib, company.source) == ("PT Maju Contoh", "9120001234567", "census")
    assert company.workers == 25
    assert company.branches.get().regency == "Kabupaten Karawang"
    membership = company.memberships.get()
    assert (membership.user, membership.role, membership.state) == (claim.user, "owner", "active")
    newest = company.history.first()
    assert (newest.history_user, bool(newest.history_change_reason)) == (officer, True)
    claim.refresh_from_db()
    assert (claim.state, claim.decided_by) == ("accepted", officer)
    assert mail.outbox[0].to == [claim.user.email]
    assert "PT Maju Contoh" in mail.outbox[0].subject


def test_accepting_one_refuses_the_others_and_tells_them(django_capture_on_commit_callbacks):
    company = census()
    first, second = claim_of(company), claim_of(company)
    with django_capture_on_commit_callbacks(execute=True):
        claims.accept(second.pk, staff("kabid"))
    first.refresh_from_db()
    assert first.state == "refused"
    assert {tuple(letter.to) for letter in mail.outbox} == {(first.user.email,), (second.user.email,)}
    # Whoever came second can ask to join now.
    membership, has_owner = people.ask_to_join("9120001234567", first.user)
    assert has_owner
    assert membership.state == "requested"


def test_refused_the_person_reads_why_and_goes_on_from_what_was_typed(client, django_capture_on_commit_callbacks):
    me = person()
    claim = claim_of(census(), me, address="Jl. Ketikan Panjang 9")
    with django_capture_on_commit_callbacks(execute=True):
        claims.refuse(claim.pk, staff("kabid"), "NIB pada bukti berbeda.")
    assert "NIB pada bukti berbeda." in mail.outbox[0].body
    client.force_login(me)
    assert "NIB pada bukti berbeda." in client.get(reverse("psk:company_list")).content.decode()
    html = client.get(f"{CREATE}?dari={claim.pk}").content.decode()
    assert "Jl. Ketikan Panjang 9" in html
    client.force_login(person())
    assert "Jl. Ketikan Panjang 9" not in client.get(f"{CREATE}?dari={claim.pk}").content.decode()


@pytest.mark.parametrize("reason", ["", " \x00 ", "x" * 501])
def test_a_refusal_has_a_reason_of_bearable_length(reason):
    with pytest.raises(Refused):
        claims.refuse(claim_of(census()).pk, staff("kabid"), reason)


def test_a_nib_that_another_company_has_by_now_is_said():
    claim = claim_of(census())
    CompanyFactory(nib="9120001234567")
    with pytest.raises(Refused):
        claims.accept(claim.pk, staff("kabid"))
    claim.refresh_from_db()
    assert claim.is_waiting


def test_nobody_decides_their_own_claim_and_nobody_twice():
    company = census()
    officer = staff("kabid")
    person_too = officer
    claim = Claim.objects.create(company=company, user=person_too, name="x", proof=proof()[0])
    with pytest.raises(Refused):
        claims.accept(claim.pk, officer)
    claims.refuse(claim.pk, staff("kabid"), "Tidak.")
    with pytest.raises(Refused):
        claims.refuse(claim.pk, staff("kabid"), "Tidak.")


def test_a_company_managed_by_now_is_not_taken_over():
    company = census()
    claim = claim_of(company)
    owner_of(company)
    with pytest.raises(Refused):
        claims.accept(claim.pk, staff("kabid"))


# --- the office's pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "status"), [("registrasi", 200), ("kabid", 200), ("korektor", 302), ("kadis", 302)])
def test_who_decides_sees_the_claims_and_nobody_else(client, role, status):
    claim = claim_of(census())
    client.force_login(staff(role))
    assert client.get(reverse("psk_klaim_modeladmin_index")).status_code == status
    for name in ("psk_claim", "psk_claim_proof"):
        assert client.get(reverse(name, args=[claim.pk])).status_code == status
    assert client.post(reverse("psk_claim_accept", args=[claim.pk])).status_code == 302
    claim.refresh_from_db()
    assert claim.is_waiting == (status == 302)


def test_the_page_shows_what_differs_and_the_others(client):
    company = census(phone="021 1111111")
    claim, other = claim_of(company), claim_of(company)
    client.force_login(staff("kabid"))
    html = client.get(reverse("psk_claim", args=[claim.pk])).content.decode()
    for words in ("021 1111111", "021 8000000", other.user.email, "nib.pdf"):
        assert words in html
    assert (
        reverse("psk_claim", args=[claim.pk]) in client.get(reverse("psk_company", args=[company.pk])).content.decode()
    )
    refused = client.post(reverse("psk_claim_refuse", args=[claim.pk]), {"alasan": ""})
    assert refused.status_code == 422


def test_the_list_costs_the_same_however_many_and_can_be_taken_along(client):
    client.force_login(staff("kabid"))
    address = reverse("psk_klaim_modeladmin_index")
    claim_of(census())
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(4):
        claim_of(census(name=f"PT Nomor {number}"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)
    assert b"9120001234567" in b"".join(client.get(f"{address}?export=csv").streaming_content)
    assert client.get(f"{address}?state__exact=waiting&q=contoh").status_code == 200


def test_the_first_page_says_that_claims_wait(client):
    claim = claim_of(census())
    client.force_login(staff("registrasi"))
    assert reverse("psk_claim", args=[claim.pk]) in client.get("/admin/").content.decode()
    claims.refuse(claim.pk, staff("kabid"), "Tidak.")
    assert reverse("psk_claim", args=[claim.pk]) not in client.get("/admin/").content.decode()


# --- two at once -----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_claims_accepted_at_once_make_one_manager():
    company = census()
    first, second = claim_of(company), claim_of(company)
    one, other = staff("kabid"), staff("kabid")
    outcomes = at_once(lambda: claims.accept(first.pk, one), lambda: claims.accept(second.pk, other))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Claim", "Refused"]
    assert company.memberships.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_claim_pressed_twice_is_one():
    company, me = census(), person()

    def press():
        client = Client()
        client.force_login(me)
        return claimed_by_form(client, company).status_code

    assert sorted(at_once(press, press)) == [302, 422]
    assert company.claims.count() == 1
