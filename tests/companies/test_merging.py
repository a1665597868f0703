"""Two rows of one company become one: everything moves, nothing is lost, and what cannot be is said beforehand."""

import datetime as dt

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone

from psk_plugin.campaigns.models import Addressee, Exclusion, FollowUp, Group, Reply
from psk_plugin.checks import check_movers
from psk_plugin.companies import doubles, merging
from psk_plugin.companies.merge_models import CompanyMerge, CompanyPair, moved_to
from psk_plugin.companies.models import Branch, Company, Invitation, Membership, Union
from psk_plugin.companies.people import Refused
from psk_plugin.companies.profile import latest_version
from psk_plugin.decrees.models import Decree
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.regulations.movers import FOLLOWERS
from psk_plugin.regulations.versions import versions_of
from psk_plugin.reminders.models import RenewalReminder
from psk_plugin.signs.models import SignMark
from psk_plugin.submissions.models import Submission
from tests import factories
from tests.campaigns import making as campaigns
from tests.helpdesk import making as tickets
from tests.meetings import making as meetings
from tests.regulations.making import in_force

TODAY = timezone.localdate()
db = pytest.mark.django_db


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def pair(**gone) -> tuple[Company, Company]:
    """Two companies that differ in name, NIB, NPWP and e-mail at most."""
    return factories.CompanyFactory(name="PT Satu Contoh"), factories.CompanyFactory(name="PT Dua Contoh", **gone)


def choices(**other: str) -> dict[str, str]:
    return {"name": "kept", "nib": "kept", "npwp": "kept", "email": "kept", "place": "kept"} | other


def merge(kept: Company, gone: Company, user=None, **values) -> CompanyMerge:
    base = {
        "choices": choices(),
        "reason": "Alamat dan pengurus sama, dicek lewat telepon.",
        "seen": (latest_version(kept.pk), latest_version(gone.pk)),
    }
    return merging.merge(kept.pk, gone.pk, user or factories.staff("kabid"), **base | values)


# --- no room is forgotten --------------------------------------------------------------------------------------


def test_every_key_to_a_company_has_a_mover():
    """A new room that points to a company must say how its rows move: `companies.merging.register`."""
    assert merging.without_mover() == []


def test_a_site_is_told_of_its_own_key_to_a_company_that_has_no_mover(monkeypatch):
    monkeypatch.setattr(
        merging, "_movers", {k: v for k, v in merging._movers.items() if k[0] != "psk_plugin.addressee"}
    )
    (warning,) = check_movers(None)
    assert warning.id == "psk_plugin.W020" and "psk_plugin.addressee.company" in warning.msg


def test_every_key_to_a_regulation_has_a_follower():
    """As above, for `regulations.movers.follow`: of two regulations of one kind one becomes the other's past."""
    assert [key for key in merging.keys_to(CompanyRegulation) if key not in FOLLOWERS] == []


def test_the_walk_sees_the_keys_of_every_room():
    keys = set(merging.keys_to(Company))
    assert {("psk_plugin.submission", "company"), ("psk_plugin.addressee", "company")} <= keys
    assert not any(apps.get_model(label).__name__.startswith("Historical") for label, _name in keys)


@db
def test_without_a_mover_nothing_is_merged_at_all(monkeypatch):
    kept, gone = pair()
    movers = dict(merging._movers)
    del movers["psk_plugin.signmark", "company"]
    monkeypatch.setattr(merging, "_movers", movers)
    with pytest.raises(RuntimeError, match="signmark"):
        merge(kept, gone)
    assert Company.objects.count() == 2


# --- everything moves ------------------------------------------------------------------------------------------


@db
def test_what_points_to_the_company_that_goes_points_to_the_one_that_stays():
    kept, gone = pair()
    office = factories.Office()
    submission = factories.filed(office, steps=6, company=gone)
    draft = factories.draft(gone)
    rows = [
        Union.objects.create(company=gone, name="SP Contoh"),
        Branch.objects.create(company=gone, name="Gudang", address="Jl. 2", in_city=True, regency="x", province="Bali"),
        Invitation.objects.create(company=gone, email="baru@contoh.test", expires_at=timezone.now()),
        SignMark.objects.create(company=gone, until=TODAY, note="Ditelepon."),
        tickets.ticket(company=gone),
        meetings.registration(meetings.meeting(), company=gone),
    ]
    regulation, decree = CompanyRegulation.objects.get(company=gone), Decree.objects.get(company=gone)
    applicant = submission.applicant
    record = merge(kept, gone, people_confirmed=True)
    assert not Company.objects.filter(pk=record.gone_pk).exists()
    for row in (submission, draft, regulation, decree, *rows):
        row = type(row).objects.get(pk=row.pk)
        assert row.company_id == kept.pk, row
    assert Membership.objects.get(user=applicant).company_id == kept.pk
    assert record.moved["psk_plugin.submission"] == 2
    assert record.moved["psk_plugin.decree"] == record.moved["psk_plugin.companyregulation"] == 1
    reasons = set(Decree.history.values_list("history_change_reason", flat=True))
    assert any("PT Dua Contoh" in (reason or "") for reason in reasons)


@db
def test_the_record_and_the_history_say_everything():
    kept, gone = pair(npwp="0999999999999999", phone="021 777777")
    nib, pk, by = gone.nib, gone.pk, factories.staff("kabid")
    record = merge(kept, gone, by, choices=choices(name="gone", phone="gone"))
    kept.refresh_from_db()
    assert (kept.name, kept.phone, kept.nib != nib) == ("PT Dua Contoh", "021 777777", True)
    assert record.taken == ["name", "phone"]
    assert (record.gone_name, record.gone_nib, record.by, record.kept_name) == ("PT Dua Contoh", nib, by, kept.name)
    assert record.gone_data["npwp"] == "0999999999999999"
    assert record.kept_data["name"] == "PT Satu Contoh"
    last = Company.history.filter(id=pk).first()
    assert (last.history_type, last.history_user) == ("-", by)
    assert "PT Dua Contoh" in kept.history.first().history_change_reason
    assert moved_to(pk) == kept.pk


@db
def test_the_nib_can_come_from_the_company_that_goes():
    kept, gone = pair()
    nib = gone.nib
    merge(kept, gone, choices=choices(nib="gone"))
    kept.refresh_from_db()
    assert kept.nib == nib


@db
def test_what_only_one_says_is_taken_and_need_not_be_chosen():
    kept = factories.CompanyFactory(
        **{"name": "PT Sensus", "source": "census", "nib": None, "npwp": "", "phone": "", "email": "", "address": ""}
    )
    gone = factories.CompanyFactory(name="PT Sensus", phone="021 888888")
    nib = gone.nib
    record = merge(kept, gone, choices={})
    kept.refresh_from_db()
    assert (kept.nib, kept.phone, kept.source) == (nib, "021 888888", "census")
    assert kept.is_complete
    assert {"nib", "npwp", "phone", "email", "place"} <= set(record.taken)


@db
@pytest.mark.parametrize("stronger", ["kept", "gone"])
def test_a_person_in_both_keeps_the_stronger_place(stronger):
    kept, gone = pair()
    user = factories.UserFactory()
    for company in (kept, gone):
        is_strong = (company is kept) == (stronger == "kept")
        role, state = ("owner", "active") if is_strong else ("member", "requested")
        Membership.objects.create(company=company, user=user, role=role, state=state)
    merge(kept, gone)
    row = Membership.objects.get(user=user)
    assert (row.company_id, row.role, row.state) == (kept.pk, "owner", "active")


@db
def test_a_union_and_a_branch_that_both_name_stay_once():
    kept, gone = pair()
    for company, name in ((kept, "SP Contoh"), (gone, "sp  contoh"), (gone, "SP Lain")):
        Union.objects.create(company=company, name=name)
    record = merge(kept, gone)
    assert sorted(kept.unions.values_list("name", flat=True)) == ["SP Contoh", "SP Lain"]
    assert any("sp  contoh" in note for note in record.notes)


@db
def test_of_two_open_invitations_to_one_address_one_stays_open():
    kept, gone = pair()
    for company in (kept, gone):
        Invitation.objects.create(company=company, email="a@contoh.test", expires_at=timezone.now())
    merge(kept, gone)
    assert kept.invitations.filter(withdrawn_at=None).count() == 1
    assert kept.invitations.count() == 2


@db
def test_a_campaign_that_wrote_to_both_keeps_one_with_both_numbers_and_all_answers():
    kept, gone = pair()
    row = campaigns.send(campaigns.campaign())
    own, other = (Addressee.objects.get(company=company) for company in (kept, gone))
    for addressee in (own, other):
        Reply.objects.create(
            addressee=addressee,
            way="phone",
            said_on=TODAY,
            text="Ya.",
            follow_up="promised",
            form_key=f"k{addressee.pk}",
        )
    Addressee.objects.filter(pk=other.pk).update(follow_up=FollowUp.PROMISED)
    merge(kept, gone)
    stays = row.addressees.get(company=kept)
    assert (stays.number, stays.double_number) == (own.number, other.number)
    assert stays.replies.count() == 2
    assert stays.follow_up == FollowUp.PROMISED


@db
def test_a_company_that_got_a_letter_counts_as_written_to():
    kept, gone = pair()
    row = campaigns.send(campaigns.campaign())
    Addressee.objects.filter(company=kept).update(group=Group.HELD_BACK, number="", sequence=None)
    Exclusion.objects.create(campaign=row, company=kept, reason="x")
    Exclusion.objects.create(campaign=row, company=gone, reason="y")
    number = Addressee.objects.get(company=gone).number
    merge(kept, gone)
    stays = row.addressees.get(company=kept)
    assert (stays.group, stays.number) == (Group.ADDRESSED, number)
    assert row.exclusions.get().company_id == kept.pk


@db
def test_the_people_of_the_company_that_goes_are_told(django_capture_on_commit_callbacks):
    kept, gone = pair()
    own, theirs = factories.member_of(kept), factories.member_of(gone)
    with django_capture_on_commit_callbacks(execute=True):
        merge(kept, gone, people_confirmed=True)
    assert [letter.to for letter in mail.outbox] == [[theirs.email]]
    assert own.email != theirs.email
    assert "PT Dua Contoh" in mail.outbox[0].body


@db
def test_merging_further_leads_on_to_the_one_that_stays_last():
    first, second = pair()
    third = factories.CompanyFactory(name="PT Tiga Contoh")
    gone_pk = second.pk
    merge(first, second)
    merge(third, first)
    assert moved_to(gone_pk) == moved_to(first.pk) == third.pk


@db
def test_what_was_said_of_a_pair_holds_for_the_one_that_stays():
    kept, gone = pair()
    third = factories.CompanyFactory()
    doubles.keep_apart(gone.pk, third.pk, None, "Beda.")
    doubles.report(kept.pk, gone.pk, None)
    merge(kept, gone)
    assert list(CompanyPair.objects.values_list("first_id", "second_id")) == [(kept.pk, third.pk)]


# --- regulations -----------------------------------------------------------------------------------------------


@db
@pytest.mark.parametrize("older_is", ["kept", "gone"])
def test_regulations_one_after_the_other_become_versions_of_one(older_is):
    kept, gone = pair()
    older, newer = (kept, gone) if older_is == "kept" else (gone, kept)
    past = in_force(company=older, first=-800, last=-70)
    now = in_force(company=newer, first=-60, last=600)
    RenewalReminder.objects.create(regulation=past, valid_until=past.valid_until, step="90", due_on=day(-160))
    merge(kept, gone)
    row = CompanyRegulation.objects.get(company=kept)
    assert row.pk == now.pk
    versions = versions_of(row)
    assert [version.number for version in versions] == [2, 1]
    assert [version.decree_number for version in versions] == [now.decree_number, past.decree_number]
    assert row.reminders.get().state == RenewalReminder.State.PASSED


@db
def test_two_regulations_in_force_at_once_are_refused_until_one_is_revoked():
    kept, gone = pair()
    one, other = in_force(company=kept, last=300), in_force(company=gone, last=400)
    with pytest.raises(Refused, match=one.decree_number):
        merge(kept, gone)
    CompanyRegulation.objects.filter(pk=other.pk).update(revoked_on=TODAY)
    merge(kept, gone)
    assert CompanyRegulation.objects.get(company=kept).pk == one.pk


@db
def test_a_pkb_of_the_one_takes_the_place_of_the_pp_of_the_other():
    kept, gone = pair()
    pp = in_force(company=kept, first=-200, last=300)
    pkb = in_force(company=gone, first=-20, last=400, kind="PKB")
    merge(kept, gone)
    pp.refresh_from_db()
    assert pp.replaced_from == pkb.valid_from


@db
def test_what_began_from_the_regulation_that_stays_goes_on_from_it():
    kept, gone = pair()
    past, now = in_force(company=kept, first=-800, last=-70), in_force(company=gone, first=-60, last=600)
    draft = factories.draft(gone)
    Submission.objects.filter(pk=draft.pk).update(origin=now, origin_data={"version": now.version})
    merge(kept, gone)
    draft = Submission.objects.get(pk=draft.pk)
    assert (draft.origin_id, draft.origin_data["version"]) == (now.pk, 2)
    assert not CompanyRegulation.objects.filter(pk=past.pk).exists()


# --- refused ---------------------------------------------------------------------------------------------------


@db
def test_applications_for_the_same_under_way_in_both_are_refused():
    kept, gone = pair()
    office = factories.Office()
    numbers = [factories.filed(office, company=company).number for company in (kept, gone)]
    with pytest.raises(Refused) as refused:
        merge(kept, gone, people_confirmed=True)
    assert all(number in str(refused.value) for number in numbers)
    assert Submission.objects.filter(company=gone).exists()


@db
def test_drafts_of_one_service_in_both_are_refused():
    kept, gone = pair()
    factories.draft(kept), factories.draft(gone)
    with pytest.raises(Refused):
        merge(kept, gone, people_confirmed=True)


@db
def test_an_application_that_moves_is_looked_at_again_before_it_is_decided():
    kept, gone = pair()
    submission = factories.filed(company=gone)
    before = submission.revision
    merge(kept, gone)
    submission = Submission.objects.get(pk=submission.pk)
    assert submission.revision == before + 1


@db
def test_the_sector_goes_with_the_code_it_follows_from():
    kept = factories.CompanyFactory(name="PT Sensus", source="census", kbli_code="", kbli_edition="")
    gone = factories.CompanyFactory(name="PT Sensus")
    assert kept.sector != gone.sector
    merge(kept, gone, choices=choices(nib="gone", npwp="gone", email="gone"))
    kept.refresh_from_db()
    assert (kept.kbli_code, kept.sector) == (gone.kbli_code, gone.sector)
