"""Who gets which answer, and lists whose cost does not grow."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin.companies import people
from psk_plugin.companies.models import Branch, Membership, Union
from tests.factories import CompanyFactory, UserFactory, staff

from .helpers import owner_of, person, plain_member_of

pytestmark = pytest.mark.django_db

#: Name, arguments besides the company, method, answers to: a stranger, a member, an owner.
OF_A_COMPANY = [
    ("company_detail", [], "get", 404, 200, 200),
    ("company_edit", [], "get", 404, 403, 200),
    ("company_edit", [], "post", 404, 403, 422),
    ("company_people", [], "get", 404, 200, 200),
    ("company_people", [], "post", 404, 403, 422),
    ("request_approve", [1], "post", 404, 403, 302),
    ("request_decline", [1], "post", 404, 403, 302),
    ("member_role", [1], "post", 404, 403, 302),
    ("member_end", [1], "post", 404, 403, 302),
    ("invitation_resend", [1], "post", 404, 403, 302),
    ("invitation_withdraw", [1], "post", 404, 403, 302),
    ("company_leave", [], "post", 404, 302, 302),
]
IDS = [f"{name}-{method}" for name, _a, method, *_rest in OF_A_COMPANY]


@pytest.mark.parametrize(("name", "args", "method", "stranger", "member", "owner"), OF_A_COMPANY, ids=IDS)
def test_each_person_gets_the_answer_of_their_place(client, name, args, method, stranger, member, owner):
    company = CompanyFactory()
    people_of = {
        stranger: person(),
        "reviewer": staff("kadis"),
        "boss": UserFactory(is_superuser=True, is_staff=True),
    }
    owner_user, member_user = owner_of(company), plain_member_of(company)
    address = reverse(f"psk:{name}", args=[company.pk, *args])
    for user in people_of.values():
        client.force_login(user)
        assert getattr(client, method)(address).status_code == stranger
    client.force_login(member_user)
    assert getattr(client, method)(address).status_code == member
    client.force_login(owner_user)
    assert getattr(client, method)(address).status_code == owner


@pytest.mark.parametrize(("name", "args", "method", "_s", "_m", "_o"), OF_A_COMPANY, ids=IDS)
def test_whoever_is_not_signed_in_is_asked_to_and_comes_back_to_a_page(client, name, args, method, _s, _m, _o):
    company = CompanyFactory()
    response = getattr(client, method)(reverse(f"psk:{name}", args=[company.pk, *args]))
    assert response.status_code == 302
    path, _sign, back = response.url.partition("?next=")
    assert path == reverse("account_login")
    client.force_login(owner_of(company))
    assert client.get(unquote(back)).status_code == 200


@pytest.mark.parametrize("name", ["company_list", "company_create", "company_join"])
def test_pages_of_no_company_ask_for_signing_in_too(client, name):
    address = reverse(f"psk:{name}")
    assert unquote(client.get(address).url) == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize(("name", "args", "method", "_s", "_m", "_o"), OF_A_COMPANY, ids=IDS)
def test_nothing_is_changed_by_a_link(client, name, args, method, _s, _m, _o):
    company = CompanyFactory()
    client.force_login(owner_of(company))
    if method == "post" and name not in ("company_edit", "company_people"):
        assert client.get(reverse(f"psk:{name}", args=[company.pk, *args])).status_code == 405


def test_a_button_needs_its_token():
    from django.test import Client

    company = CompanyFactory()
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner_of(company))
    assert client.post(reverse("psk:company_leave", args=[company.pk])).status_code == 403


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999999", "1" * 300])
def test_odd_numbers_in_addresses_are_not_found(client, pk):
    client.force_login(person())
    for tail in ("", "ubah/", "orang/"):
        assert client.get(f"/psk/perusahaan/{pk}/{tail}").status_code == 404
    assert client.get("/psk/undangan/tidak-ada/").status_code == 404
    assert client.get("/psk/undangan/" + "a" * 5000 + "/").status_code == 404


def test_a_person_of_another_company_touches_nothing_by_mixing_numbers(client):
    mine, theirs = CompanyFactory(), CompanyFactory()
    owner = owner_of(mine)
    victim = Membership.objects.get(user=plain_member_of(theirs))
    invitation = people.invite(theirs.pk, owner_of(theirs), "baru@contoh.test", "member")
    client.force_login(owner)
    client.post(reverse("psk:member_end", args=[mine.pk, victim.pk]))
    client.post(reverse("psk:member_role", args=[mine.pk, victim.pk]), {"role": "owner"})
    client.post(reverse("psk:invitation_withdraw", args=[mine.pk, invitation.pk]))
    victim.refresh_from_db()
    invitation.refresh_from_db()
    assert (victim.state, victim.role) == (Membership.State.ACTIVE, Membership.Role.MEMBER)
    assert invitation.is_open


def test_an_empty_list_explains_itself_and_offers_the_way(client):
    client.force_login(person())
    page = client.get(reverse("psk:company_list"), {"next": "/layanan/"}).content.decode()
    assert "Daftarkan Perusahaan" in page
    assert f"{reverse('psk:company_create')}?next=%2Flayanan%2F" in page


@pytest.mark.parametrize("number", ["abc", "-1", "99999", "\x00"])
def test_an_odd_page_number_shows_a_page(client, number):
    client.force_login(owner_of(CompanyFactory()))
    assert client.get(reverse("psk:company_list"), {"hal": number}).status_code == 200


# --- constant queries ------------------------------------------------------------------------------------------


def _count(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def _fill(company, owner) -> None:
    """More of everything that a page of the company shows."""
    for number in range(4):
        plain_member_of(company)
        Union.objects.create(company=company, name=f"SP {number}")
        place = {"in_city": False, "regency": "Kota Depok", "province": "Jawa Barat"}
        Branch.objects.create(company=company, name=f"Cabang {number}", address="Jl. 1", **place)
        people.ask_to_join(company.nib, person())
        people.invite(company.pk, owner, f"baru{number}-{company.invitations.count()}@contoh.test", "member")


def test_the_list_of_companies_costs_the_same_for_twice_as_many(client):
    me = person()
    client.force_login(me)

    def more():
        for company in CompanyFactory.create_batch(5):
            Membership.objects.create(company=company, user=me, role=Membership.Role.OWNER)
            _fill(company, me)
        Membership.objects.create(company=CompanyFactory(), user=me, state=Membership.State.REQUESTED)

    more()
    before = _count(client, reverse("psk:company_list"))
    more()
    assert _count(client, reverse("psk:company_list")) == before


@pytest.mark.parametrize("name", ["company_detail", "company_people", "company_edit"])
def test_the_pages_of_a_company_cost_the_same_for_twice_as_much(client, name):
    company = CompanyFactory()
    owner = owner_of(company)
    client.force_login(owner)
    _fill(company, owner)
    before = _count(client, reverse(f"psk:{name}", args=[company.pk]))
    _fill(company, owner)
    assert _count(client, reverse(f"psk:{name}", args=[company.pk])) == before
