"""Asking to join, inviting, and who may decide about whom."""

import datetime as dt
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from psk_plugin.companies import mails, people
from psk_plugin.companies.models import Invitation, Membership
from tests.factories import CompanyFactory, UserFactory

from .helpers import owner_of, person, plain_member_of, verified

pytestmark = pytest.mark.django_db
Role, State = Membership.Role, Membership.State
JOIN = "/psk/perusahaan/gabung/"


@pytest.fixture
def company():
    return CompanyFactory(name="PT Roti Contoh", nib="9120001234567")


@pytest.fixture
def owner(company):
    return owner_of(company)


@pytest.fixture(autouse=True)
def mails_after_commit(django_capture_on_commit_callbacks):
    """Mails go out when a transaction commits; the test's own never does."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """Press a button as a person."""

    def press(user, name, *args, **data):
        client.force_login(user)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(f"psk:{name}", args=args), data)

    return press


def said(response) -> str:
    from django.contrib.messages import get_messages

    return " ".join(str(m) for m in get_messages(response.wsgi_request))


# --- asking to join --------------------------------------------------------------------------------------------


def test_a_request_reaches_every_owner_and_no_member(company, owner, post):
    second, member, me = owner_of(company), plain_member_of(company), person()
    post(me, "company_join", nib="9120001234567")
    assert Membership.objects.get(user=me).state == State.REQUESTED
    assert sorted(m.to[0] for m in mail.outbox) == sorted([owner.email, second.email])
    assert member.email not in str([m.to for m in mail.outbox])
    letter = mail.outbox[0]
    assert me.email in letter.body
    assert letter.alternatives[0][1] == "text/html"
    assert f"/psk/perusahaan/{company.pk}/orang/" in letter.body
    for text in (letter.body, letter.alternatives[0][0]):
        assert "Yang perlu diperbaiki" not in text


def test_a_request_gives_no_access_before_consent(company, owner, post, client):
    me = person()
    post(me, "company_join", nib=company.nib)
    assert client.get(reverse("psk:company_detail", args=[company.pk])).status_code == 404
    page = client.get(reverse("psk:company_list")).content.decode()
    assert company.nib in page
    assert company.name not in page


def test_consent_lets_the_person_in_as_a_member_and_tells_them(company, owner, post):
    me = person()
    membership, _has_owner = people.ask_to_join(company.nib, me)
    post(owner, "request_approve", company.pk, membership.pk)
    membership.refresh_from_db()
    assert (membership.state, membership.role, membership.decided_by) == (State.ACTIVE, Role.MEMBER, owner)
    assert mail.outbox[-1].to == [me.email]
    assert company.name in mail.outbox[-1].subject


def test_a_refusal_ends_it_tells_nothing_of_the_company_and_cannot_be_repeated_at_once(company, owner, post):
    me = person()
    membership, _has_owner = people.ask_to_join(company.nib, me)
    post(owner, "request_decline", company.pk, membership.pk)
    assert mail.outbox[-1].to == [me.email]
    assert company.name not in mail.outbox[-1].subject + mail.outbox[-1].body
    assert owner.email not in mail.outbox[-1].body
    response = post(me, "company_join", nib=company.nib)
    assert "tidak menyetujui" in response.context["refused"]
    Membership.objects.filter(pk=membership.pk).update(decided_at=timezone.now() - dt.timedelta(days=8))
    assert people.ask_to_join(company.nib, me)[0].state == State.REQUESTED


def test_deciding_twice_is_a_sentence(company, owner, post):
    membership, _has_owner = people.ask_to_join(company.nib, person())
    post(owner, "request_approve", company.pk, membership.pk)
    assert "sudah diselesaikan" in said(post(owner, "request_decline", company.pk, membership.pk))
    membership.refresh_from_db()
    assert membership.state == State.ACTIVE


def test_a_company_without_an_active_owner_sends_the_person_to_the_office(company, post):
    owner_of(company, is_active=False)
    response = post(person(), "company_join", nib=company.nib)
    assert "Dinas Tenaga Kerja Kota Bekasi" in said(response)
    assert mail.outbox == []


@pytest.mark.parametrize("nib", ["", "12", "91200012345678", "abc", "\x00", "9" * 20_000])
def test_a_wrong_nib_gets_a_sentence(client, nib):
    client.force_login(person())
    response = client.post(JOIN, {"nib": nib})
    assert response.status_code == 422
    assert response.context["form"].errors["nib"]


def test_an_unknown_nib_offers_to_register(client):
    client.force_login(person())
    response = client.post(JOIN, {"nib": "9999999999999"})
    assert response.context["unknown"]
    assert reverse("psk:company_create") in response.content.decode()


def test_nobody_tries_out_nibs_by_the_hundred(owner):
    me = person()
    for other in CompanyFactory.create_batch(people.MAX_REQUESTS):
        people.ask_to_join(other.nib, me)
    with pytest.raises(people.Refused):
        people.ask_to_join(CompanyFactory().nib, me)


def test_asking_twice_and_asking_as_a_member_are_sentences(company, owner):
    me = person()
    people.ask_to_join(company.nib, me)
    for user in (me, owner):
        with pytest.raises(people.Refused):
            people.ask_to_join(company.nib, user)


def test_a_request_can_be_taken_back_by_its_person_only(company, owner, post):
    me, other = person(), person()
    membership, _has_owner = people.ask_to_join(company.nib, me)
    post(other, "request_cancel", membership.pk)
    assert Membership.objects.filter(pk=membership.pk).exists()
    post(me, "request_cancel", membership.pk)
    assert not Membership.objects.filter(pk=membership.pk).exists()


# --- inviting --------------------------------------------------------------------------------------------------


def test_an_invitation_is_mailed_opened_and_accepted(company, owner, post, client):
    response = post(owner, "company_people", company.pk, email="Baru@Contoh.test", role="member")
    assert response.status_code == 302
    invitation = Invitation.objects.get()
    assert mail.outbox[0].to == ["baru@contoh.test"]
    link = reverse("psk:invitation", args=[invitation.token])
    assert f"http://testserver{link}" in mail.outbox[0].body
    me = person(email="baru@contoh.test")
    client.force_login(me)
    assert company.name in client.get(link).content.decode()
    assert client.post(link).url == reverse("psk:company_detail", args=[company.pk])
    membership = Membership.objects.get(user=me)
    assert (membership.state, membership.role) == (State.ACTIVE, Role.MEMBER)
    # The link is good once; opened again it leads on.
    assert client.get(link).url == reverse("psk:company_detail", args=[company.pk])


def test_an_invitation_opens_only_for_the_address_it_was_sent_to(company, owner, client):
    invitation = people.invite(company.pk, owner, "rahasia@contoh.test", "owner")
    link = reverse("psk:invitation", args=[invitation.token])
    client.force_login(person())
    for response in (client.get(link), client.post(link)):
        assert response.status_code == 403
        assert "rahasia@contoh.test" not in response.content.decode()
        assert company.name not in response.content.decode()
    assert company.memberships.count() == 1
    claimed = UserFactory(email="rahasia@contoh.test")  # an address nobody has confirmed
    client.force_login(claimed)
    assert client.post(link).status_code == 403
    verified(claimed)
    assert client.post(link).status_code == 302


@pytest.mark.parametrize("ending", ["lapsed", "withdrawn"])
def test_an_invitation_that_is_over_opens_nothing(company, owner, client, ending):
    invitation = people.invite(company.pk, owner, "baru@contoh.test", "member")
    if ending == "lapsed":
        Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    else:
        people.withdraw(company.pk, owner, invitation.pk)
    client.force_login(person(email="baru@contoh.test"))
    response = client.post(reverse("psk:invitation", args=[invitation.token]))
    assert "sudah tidak berlaku" in response.content.decode()
    assert company.memberships.count() == 1


def test_inviting_the_same_address_again_renews_the_one_invitation(company, owner):
    first = people.invite(company.pk, owner, "baru@contoh.test", "member")
    second = people.invite(company.pk, owner, "BARU@contoh.test", "owner")
    assert first.pk == second.pk
    assert Invitation.objects.get().role == Role.OWNER


def test_somebody_who_is_in_is_not_invited(company, owner, post):
    member = plain_member_of(company)
    response = post(owner, "company_people", company.pk, email=member.email.upper(), role="member")
    assert response.status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("", "member"),
        ("bukan", "member"),
        ("a@b.test\x00", "member"),
        ("x" * 300 + "@b.test", "member"),
        ("a@b.test", ""),
        ("a@b.test", "raja"),
    ],
)
def test_a_wrong_invitation_gets_a_sentence_and_keeps_the_address(company, owner, post, email, role):
    response = post(owner, "company_people", company.pk, email=email, role=role)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_fails_costs_the_mail_and_nothing_else(company, owner, post, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise SMTPServerDisconnected("baru@contoh.test")

    monkeypatch.setattr(mails, "send_mail", broken)
    response = post(owner, "company_people", company.pk, email="baru@contoh.test", role="member")
    assert response.status_code == 302
    assert "Kirim ulang" in said(response)
    invitation = Invitation.objects.get()
    assert invitation.mail_failed
    assert "baru@contoh.test" not in caplog.text
    monkeypatch.undo()
    post(owner, "invitation_resend", company.pk, invitation.pk)
    invitation.refresh_from_db()
    assert not invitation.mail_failed
    assert mail.outbox[0].to == ["baru@contoh.test"]


def test_an_invitation_is_not_sent_twice_in_a_minute(company, owner, post):
    post(owner, "company_people", company.pk, email="baru@contoh.test", role="member")
    invitation = Invitation.objects.get()
    assert "tunggu satu menit" in said(post(owner, "invitation_resend", company.pk, invitation.pk))
    assert len(mail.outbox) == 1


def test_a_company_name_with_a_line_break_makes_no_second_header(owner, company, post):
    company.name = "PT Roti\r\nBcc: semua@contoh.test"
    company.save()
    post(owner, "company_people", company.pk, email="baru@contoh.test", role="member")
    assert mail.outbox[0].to == ["baru@contoh.test"]
    assert "\n" not in mail.outbox[0].subject


# --- roles -----------------------------------------------------------------------------------------------------


def test_an_owner_changes_roles_and_ends_access(company, owner, post):
    member = Membership.objects.get(user=plain_member_of(company))
    post(owner, "member_role", company.pk, member.pk, role="owner")
    member.refresh_from_db()
    assert member.role == Role.OWNER
    post(owner, "member_end", company.pk, member.pk)
    member.refresh_from_db()
    assert member.state == State.ENDED
    assert [h.role for h in member.history.order_by("history_id")] == ["member", "owner", "owner"]


@pytest.mark.parametrize("role", ["", "raja", "\x00", "x" * 20_000])
def test_a_role_that_does_not_exist_changes_nothing(company, owner, post, role):
    member = Membership.objects.get(user=plain_member_of(company))
    assert post(owner, "member_role", company.pk, member.pk, role=role).status_code == 302
    member.refresh_from_db()
    assert member.role == Role.MEMBER


def test_the_only_owner_stays(company, owner, post):
    mine = Membership.objects.get(user=owner)
    for press in (
        lambda: post(owner, "member_role", company.pk, mine.pk, role="member"),
        lambda: post(owner, "member_end", company.pk, mine.pk),
        lambda: post(owner, "company_leave", company.pk),
    ):
        assert "paling sedikit satu pengelola" in said(press())
        mine.refresh_from_db()
        assert (mine.role, mine.state) == (Role.OWNER, State.ACTIVE)


def test_an_owner_whose_account_is_closed_does_not_count(company, owner):
    owner_of(company, is_active=False)
    with pytest.raises(people.Refused):
        people.leave(company.pk, owner)


def test_two_owners_who_remove_each_other_leave_one(company, owner):
    """Both press; the lock puts one first, and the second is judged by what the first has done."""
    second = owner_of(company)
    mine, theirs = (Membership.objects.get(user=u) for u in (owner, second))
    people.end(company.pk, owner, theirs.pk)
    with pytest.raises(PermissionDenied):
        people.end(company.pk, second, mine.pk)
    assert [m.user for m in Membership.objects.owners()] == [owner]


def test_two_owners_who_leave_at_once_leave_one(company, owner):
    second = owner_of(company)
    people.leave(company.pk, owner)
    with pytest.raises(people.Refused):
        people.leave(company.pk, second)


def test_every_verb_locks_the_company_before_it_asks(company, owner, django_assert_num_queries):
    """Without the lock the two tests above would prove nothing on a server with many connections."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    member = Membership.objects.get(user=plain_member_of(company))
    asked, _has_owner = people.ask_to_join(company.nib, person())
    invitation = people.invite(company.pk, owner, "baru@contoh.test", "member")
    verbs = [
        lambda: people.approve(company.pk, owner, asked.pk),
        lambda: people.change_role(company.pk, owner, member.pk, "owner"),
        lambda: people.change_role(company.pk, owner, member.pk, "member"),
        lambda: people.end(company.pk, owner, member.pk),
        lambda: people.withdraw(company.pk, owner, invitation.pk),
    ]
    for verb in verbs:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            verb()
        first = next(q["sql"] for q in queries if q["sql"].startswith("SELECT"))
        assert 'FROM "psk_plugin_company"' in first


def test_a_member_who_left_can_be_invited_back(company, owner):
    member = plain_member_of(company)
    people.leave(company.pk, member)
    invitation = people.invite(company.pk, owner, member.email, "member")
    people.accept(invitation.token, member)
    assert Membership.objects.get(user=member).state == State.ACTIVE


def test_an_invitation_never_lowers_an_owner(company, owner):
    invitation = people.invite(company.pk, owner, "dua@contoh.test", "member")
    second = owner_of(company, email="dua@contoh.test")
    people.accept(invitation.token, second)
    assert Membership.objects.get(user=second).role == Role.OWNER
