"""Every state x every action x every role: what the lifecycle allows, and that the desk's address says the same."""

import datetime as dt

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psk_plugin.review import views
from psk_plugin.review.desk import Desk
from psk_plugin.submissions import repairs
from psk_plugin.submissions.actions import ACTIONS, By
from psk_plugin.submissions.errors import Forbidden, Impossible, LifecycleError
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Status, Submission

from .. import factories

pytestmark = pytest.mark.django_db

#: Situation -> action -> the one role that may do it there. Whatever is not named here, nobody may do.
TABLE: dict[str, dict[str, str]] = {
    "draft": {"file": "member"},
    "at registration": {"receive": "registrasi", "reject": "registrasi", "withdraw": "member"},
    "at verification": {"declare_complete": "verifikator", "return": "verifikator", "withdraw": "member"},
    "at correction": {
        "declare_in_order": "korektor",
        "return": "korektor",
        "send_back": "korektor",
        "withdraw": "member",
    },
    "at kasi": {"endorse": "kasi", "send_back": "kasi", "withdraw": "member"},
    "at kabid": {"endorse": "kabid", "send_back": "kabid", "withdraw": "member"},
    "at kadis": {"sign": "kadis", "send_back": "kadis", "withdraw": "member"},
    "returned": {"repair": "member", "withdraw": "member"},
    "returned, too late": {"repair": "member", "withdraw": "member", "lapse": "verifikator"},
    "issued": {},
    "rejected": {},
    "withdrawn": {},
    "lapsed": {},
}
#: Situations in which the office may still have something to do.
OPEN = [name for name in TABLE if name.startswith(("at ", "returned"))]
REVIEWERS = tuple(factories.STAFF)
ROLES = ("member", "stranger", *REVIEWERS, "admin")


def people_of(office, submission: Submission) -> dict:
    """One person per role. The stranger acts for another company; the administrator is in no group."""
    return {
        "member": submission.applicant,
        "stranger": factories.member_of(factories.CompanyFactory()),
        "admin": factories.UserFactory(is_superuser=True, is_staff=True),
        **{role: getattr(office, role) for role in REVIEWERS},
    }


def returned(office, *, too_late: bool = False) -> Submission:
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    if too_late:
        notice = repairs.open_notice(submission)
        notice.first_read_at = timezone.now() - dt.timedelta(days=60)
        notice.save()
    return submission


def arrange(situation: str, office) -> Submission:
    match situation:
        case "draft":
            return factories.draft()
        case "returned":
            return returned(office)
        case "returned, too late":
            return returned(office, too_late=True)
        case "lapsed":
            return perform(returned(office, too_late=True), "lapse", office.verifikator)
        case "rejected":
            submission = factories.filed(office)
            return perform(submission, "reject", office.registrasi, reason="Ganda.", data={"ground": "duplicate"})
        case "withdrawn":
            submission = factories.filed(office, steps=1)
            return perform(submission, "withdraw", submission.applicant, reason="Salah unggah.")
        case _:
            return factories.filed(office, steps=list(TABLE).index(situation) - 1)


def prepare(submission: Submission, action: str, role: str, person) -> dict:
    """What the action needs besides the button, so that only person and state decide."""
    if action == "return" and submission.stage_id:
        factories.finding(submission, person)
    if action == "repair":
        submission.workspace = {"answers": {str(f.pk): "Sudah." for f in submission.findings.all()}}
        submission.save()
    earlier = submission.route[1]["id"] if submission.route else ""
    return {"stage": earlier, "ground": "duplicate", "reason": "Alasannya begini.", "message": ""}


def test_table_names_every_state():
    named = {"draft", "issued", "rejected", "withdrawn", "lapsed", "returned"}
    assert {status.value for status in Status} - {Status.IN_REVIEW.value} == named
    assert named <= set(TABLE)


@pytest.mark.parametrize("situation", TABLE)
def test_lifecycle_allows_exactly_what_the_table_says(situation, office):
    submission = arrange(situation, office)
    people = people_of(office, submission)
    for action in ACTIONS.values():
        for role in ROLES:
            fresh = Submission.objects.select_related("stage", "edition").get(pk=submission.pk)
            case = f"{situation}: {action.code} by {role}"
            allowed = TABLE[situation].get(action.code) == role
            with transaction.atomic():
                data = prepare(fresh, action.code, role, people[role])
                try:
                    done = perform(fresh, action.code, people[role], reason=data.pop("reason"), data=data)
                except LifecycleError as error:
                    assert not allowed, f"{case}: {error}"
                    if action.by == By.COMPANY:
                        expected = Impossible if role == "member" else Forbidden
                    else:
                        expected = LifecycleError if situation in OPEN else Impossible
                    assert isinstance(error, expected), f"{case}: {type(error).__name__}"
                    assert str(error), case
                else:
                    assert allowed, case
                    assert (done.status, done.stage_id) != (submission.status, submission.stage_id), case
                transaction.set_rollback(True)


@pytest.mark.parametrize("situation", TABLE)
def test_desk_address_says_the_same_as_the_table(situation, office, monkeypatch):
    # The page itself is shown by other tests; here only who gets which answer counts.
    monkeypatch.setattr(views, "show", lambda request, submission, *, status=200, **kw: HttpResponse(status=status))
    submission = arrange(situation, office)
    people = people_of(office, submission) | {"editor": factories.service_editor(), "anonymous": None}
    clients = {}
    for role, person in people.items():
        clients[role] = Client()
        if person:
            clients[role].force_login(person)
    for action in ACTIONS.values():
        url = reverse("psk_desk:decide", args=[submission.pk, action.code])
        for role, client in clients.items():
            fresh = Submission.objects.select_related("stage", "edition").get(pk=submission.pk)
            case = f"{situation}: {action.code} by {role}"
            with transaction.atomic():
                data = prepare(fresh, action.code, role, people[role])
                answer = client.post(url, data | {"revision": submission.revision})
                changed = Submission.objects.get(pk=submission.pk)
                transaction.set_rollback(True)
            allowed = action.by == By.STAFF and TABLE[situation].get(action.code) == role
            moved = (changed.status, changed.stage_id) != (submission.status, submission.stage_id)
            assert moved == allowed, case
            if role in ("member", "stranger", "anonymous"):
                assert answer.status_code == 302 and "/login/" in answer["Location"], case
            elif role == "editor":
                assert answer.status_code == 403, case
            elif situation == "draft" or action.by == By.COMPANY:
                assert answer.status_code == 404, case
            elif allowed:
                assert answer.status_code == 302 and "kotak-masuk" in answer["Location"], case
            else:
                assert answer.status_code in (403, 409), case


@pytest.mark.parametrize("situation", [name for name in TABLE if name != "draft"])
def test_desk_shows_exactly_the_buttons_of_the_table(situation, office, rf):
    submission = arrange(situation, office)
    people = people_of(office, submission)
    for role in (*REVIEWERS, "admin"):
        request = rf.get("/")
        request.user = people[role]
        shown = {action.code for action in Desk(request, submission).actions}
        assert shown == {a for a, who in TABLE[situation].items() if who == role and ACTIONS[a].by == By.STAFF}, role


def test_buttons_stand_on_the_page_of_the_one_who_decides_and_on_no_other(office, client):
    submission = factories.filed(office, steps=2)
    url = reverse("psk_desk:desk", args=[submission.pk])
    client.force_login(office.korektor)
    page = client.get(url).content.decode()
    assert "Nyatakan Sesuai" in page and "Kembalikan untuk Perbaikan" in page
    for other in (office.verifikator, office.kadis, factories.UserFactory(is_superuser=True)):
        client.force_login(other)
        page = client.get(url).content.decode()
        assert "Nyatakan Sesuai" not in page
        assert "Permohonan ini menunggu petugas lain: Koreksi materi." in page
        assert "temuan-baru" not in page
