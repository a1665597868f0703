"""One press that meets a merging: it is done for the company that stays, or answered with a sentence."""

import datetime as dt
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from psk_plugin.campaigns import verbs as campaign_verbs
from psk_plugin.campaigns.models import Addressee, Reply
from psk_plugin.companies import merging
from psk_plugin.companies.models import Company
from psk_plugin.companies.people import Refused
from psk_plugin.companies.profile import latest_version
from psk_plugin.helpdesk.models import Ticket
from psk_plugin.meetings import verbs as meetings
from psk_plugin.meetings.models import Meeting, Registration
from psk_plugin.norms.models import Norm
from psk_plugin.regulations import verbs as regulation_verbs
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.reminders import verbs as reminder_verbs
from psk_plugin.reminders.models import RenewalReminder
from psk_plugin.review import checklist, handling
from psk_plugin.review import verbs as review
from psk_plugin.signs import verbs as signs
from psk_plugin.submissions import again, drafts, union
from psk_plugin.submissions.errors import LifecycleError
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Status, Submission
from psk_plugin.talk import verbs as talk
from tests import factories
from tests.campaigns import making as campaigns
from tests.helpdesk import making as helpdesk
from tests.meetings import making as meeting_making
from tests.services import seeded

from .test_at_once import at_once
from .test_merging import merge, pair

committed = pytest.mark.django_db(transaction=True)
db = pytest.mark.django_db


def until_somebody_waits(seconds: float = 10) -> None:
    """PostgreSQL: until another connection waits for what this one has locked. SQLite lets nobody begin meanwhile."""
    if connection.vendor != "postgresql":
        return
    deadline = time.monotonic() + seconds
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone():
                return
            time.sleep(0.01)
    pytest.fail("The press did not wait for the merging.")


def met(monkeypatch, kept: Company, gone: Company, press: Callable[[], object]) -> object:
    """What a press gives or raises that comes while the merging holds its locks, and goes on after it."""
    holds, really = threading.Event(), merging._merge

    def slowly(*args):
        holds.set()
        until_somebody_waits()
        return really(*args)

    monkeypatch.setattr(merging, "_merge", slowly)
    by, seen = factories.staff("kabid"), (latest_version(kept.pk), latest_version(gone.pk))

    def pressed():
        assert holds.wait(timeout=20)
        return press()

    merged, given = at_once(lambda: merge(kept, gone, by, seen=seen, people_confirmed=True), pressed)
    assert type(merged).__name__ == "CompanyMerge", merged
    assert not Company.objects.filter(pk=gone.pk).exists()
    return given


def drafted(gone: Company, _office):
    draft = factories.draft(gone)
    return draft, draft.applicant


def withdrawn(gone: Company, office):
    submission = factories.filed(office, company=gone)
    return perform(submission, "withdraw", submission.applicant, reason="Salah berkas."), submission.applicant


def at_the_corrector(gone: Company, office):
    Norm.objects.create(
        code="D1",
        chapter="D",
        topic="Cuti tahunan",
        minimum="12 hari.",
        legal_basis="UU",
        valid_from=timezone.localdate().replace(year=2020),
    )
    return factories.filed(office, steps=2, company=gone), office.korektor


def by_the_company(gone: Company, office):
    submission = factories.filed(office, steps=1, company=gone)
    return submission, submission.applicant


def asking_the_union(gone: Company, office):
    draft = seeded.draft("pkb-baru", company=seeded.with_union(gone))
    submission = perform(perform(draft, "file", draft.applicant), "receive", office.registrasi)
    submission.union_confirmations.update(asked_at=timezone.now() - dt.timedelta(hours=1))
    return submission, draft.applicant


#: What is pressed: the application and who presses, and the press.
PRESSES = {
    "keep an answer": (drafted, lambda s, user: drafts.keep_answers(s, user, {"title": "Baru"})),
    "attach": (drafted, lambda s, user: drafts.attach(s, user, "naskah-pp", factories.upload("lain.pdf"))),
    "detach": (drafted, lambda s, user: drafts.detach(s, user, "naskah-pp")),
    "discard": (drafted, lambda s, user: drafts.discard(s, user)),
    "file": (drafted, lambda s, user: perform(s, "file", user)),
    "apply again": (withdrawn, lambda s, user: again.apply_again(s, user)),
    "write to the office": (by_the_company, lambda s, user: talk.write(s, user, "Halo.", by_company=True)),
    "write to the company": (at_the_corrector, lambda s, user: talk.write(s, user, "Halo.", by_company=False)),
    "take": (at_the_corrector, lambda s, user: handling.take(s, user)),
    "find": (
        at_the_corrector,
        lambda s, user: review.add_finding(s, user, dict.fromkeys(review.WRITTEN, "") | {"is_mandatory": True}),
    ),
    "answer a norm": (
        at_the_corrector,
        lambda s, user: checklist.answer_norm(s, user, Norm.objects.get(code="D1").pk, "sesuai"),
    ),
    "ask the union again": (asking_the_union, lambda s, user: union.ask_again(s, user)),
    "the union answers": (
        asking_the_union,
        lambda s, _user: union.answer(union.current(s), agrees=True, name="Budi", position="Ketua", reason=""),
    ),
}


@committed
@pytest.mark.parametrize("name", PRESSES)
def test_a_press_about_an_application_is_done_for_the_company_that_stays(monkeypatch, name):
    kept, gone = pair()
    make, press = PRESSES[name]
    submission, user = make(gone, factories.Office())
    given = met(monkeypatch, kept, gone, lambda: press(submission, user))
    assert not isinstance(given, Exception), given
    assert set(Submission.objects.values_list("company", flat=True)) <= {kept.pk}


@committed
def test_a_decision_on_the_page_of_the_company_that_goes_is_asked_for_again(monkeypatch):
    """It is another company to decide about: the page that was looked at is stale."""
    kept, gone = pair()
    submission, user = at_the_corrector(gone, factories.Office())
    given = met(monkeypatch, kept, gone, lambda: perform(submission, "declare_in_order", user, revision=1))
    assert isinstance(given, LifecycleError), given


@committed
def test_who_begins_a_draft_for_a_company_that_is_just_merged_is_told(monkeypatch):
    kept, gone = pair()
    user, service = factories.member_of(gone), factories.service()
    given = met(monkeypatch, kept, gone, lambda: drafts.open_draft(service, gone, user))
    assert isinstance(given, LifecycleError) and "digabung" in str(given)
    assert not Submission.objects.exists()


@committed
def test_who_marks_a_company_that_is_just_merged_is_told(monkeypatch):
    kept, gone = pair()
    by = factories.staff("kabid")
    given = met(
        monkeypatch,
        kept,
        gone,
        lambda: signs.mark(gone, by, until=timezone.localdate(), note="Ditelepon.", codes=set()),
    )
    assert isinstance(given, LifecycleError) and "digabung" in str(given)


def reported(company: Company, _meeting) -> Ticket:
    return helpdesk.ticket(company=company)


def registered(company: Company, meeting: Meeting) -> Registration:
    person = meetings.Person("Sari Contoh", "sari@contoh.test", company.name, company=company)
    return meetings.register(meeting, person)


@committed
@pytest.mark.parametrize("press", [reported, registered])
def test_what_is_written_about_a_company_that_is_just_merged_goes_to_the_one_that_stays(monkeypatch, press):
    kept, gone = pair()
    meeting = meeting_making.meeting()
    given = met(monkeypatch, kept, gone, lambda: press(gone, meeting))
    assert not isinstance(given, Exception), given
    assert type(given).objects.get(pk=given.pk).company == kept


@committed
def test_two_tabs_that_begin_at_once_get_one_draft():
    company, service = factories.CompanyFactory(), factories.service()
    user = factories.member_of(company)
    begun = at_once(*[lambda: drafts.open_draft(service, company, user)] * 2)
    assert sorted(is_new for _draft, is_new in begun) == [False, True]
    assert Submission.objects.count() == 1


@committed
def test_who_waited_for_a_colleague_sees_the_stage_and_the_hands_it_is_in_now():
    """A lock that joins other tables showed them as they were: an application in hand seemed to be in nobody's."""
    office = factories.Office()
    submission = factories.filed(office, steps=1)
    first, second = office.verifikator, factories.staff("verifikator")
    given = at_once(lambda: handling.take(submission, first), lambda: handling.take(submission, second))
    assert sorted(isinstance(each, LifecycleError) for each in given) == [False, True], given
    refused = next(each for each in given if isinstance(each, LifecycleError))
    assert Submission.objects.get().assignee.get_username() in (first.get_username(), second.get_username())
    assert "None" not in str(refused)


@db
def test_what_is_begun_between_the_locks_of_a_merging_stops_it(monkeypatch):
    kept, gone = pair()
    user, service = factories.member_of(gone), factories.service()
    really, begun = Company.objects.select_for_update, []

    def meanwhile(*args, **kwargs):
        if not begun:
            begun.append(True)
            drafts.open_draft(service, gone, user)
        return really(*args, **kwargs)

    by, seen = factories.staff("kabid"), (latest_version(kept.pk), latest_version(gone.pk))
    monkeypatch.setattr(Company.objects, "select_for_update", meanwhile)
    with pytest.raises(Refused):
        merge(kept, gone, by, seen=seen, people_confirmed=True)
    assert begun and Company.objects.count() == 2


@db
def test_a_page_of_a_company_that_was_merged_meanwhile_keeps_what_was_typed(client, monkeypatch):
    from psk_plugin.companies import profile

    from .helpers import owner_of
    from .helpers import profile as typed

    company = factories.CompanyFactory(nib="9120001234567")
    client.force_login(owner_of(company))
    monkeypatch.setattr(profile, "held", lambda pk: None)
    data = typed(name="PT Nama Baru") | {"seen": latest_version(company.pk), "reason": "Ganti nama"}
    answer = client.post(reverse("psk:company_edit", args=[company.pk]), data)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "digabung" in page and "PT Nama Baru" in page


@db
def test_a_draft_that_a_colleague_deleted_meanwhile_is_answered(monkeypatch):
    draft = factories.draft()
    Submission.objects.filter(pk=draft.pk).delete()
    with pytest.raises(LifecycleError):
        drafts.keep_answers(draft, draft.applicant, {})
    assert draft.status == Status.DRAFT


@db
def test_rows_that_went_with_a_merging_are_answered():
    by, _company = factories.staff("kabid"), factories.CompanyFactory()
    sent = campaigns.send(campaigns.campaign())
    addressee = sent.addressees.filter(group="addressed").first()
    Addressee.objects.filter(pk=addressee.pk).delete()
    reply = Reply(said_on=timezone.localdate(), text="Ya", form_key="x")
    with pytest.raises(LifecycleError):
        campaign_verbs.note(addressee, by, reply)

    regulation = seeded.in_force(factories.CompanyFactory(), "pp")
    reminder = RenewalReminder.objects.create(
        regulation=regulation, valid_until=regulation.valid_until, step="90", due_on=timezone.localdate()
    )
    RenewalReminder.objects.filter(pk=reminder.pk).delete()
    for verb in (lambda: reminder_verbs.stop(reminder, by, "x"), lambda: reminder_verbs.resume(reminder, by)):
        with pytest.raises(LifecycleError):
            verb()
    CompanyRegulation.objects.filter(pk=regulation.pk).delete()
    with pytest.raises(ValueError, match="digabung"):
        regulation_verbs.hold_back(regulation, by, "Rahasia dagang.")
    regulation_verbs.show_again(regulation, by)
