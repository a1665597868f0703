"""Every state x every step x every kind of person: what is written here is what happens, and nothing else changes."""

import pytest

from psk_plugin.helpdesk import verbs
from psk_plugin.helpdesk.actions import ACTIONS, CloseReason
from psk_plugin.helpdesk.models import TicketEntry, TicketState
from psk_plugin.submissions.errors import Forbidden, Impossible

from .. import factories
from . import making

pytestmark = pytest.mark.django_db

STATES = ("new", "open", "waiting", "answered", "closed")
#: Step -> state it leads to from each state in the order of `STATES`; "-": refused.
STAFF = {
    "answer": ("answered", "answered", "answered", "answered", "-"),
    "ask": ("waiting", "waiting", "-", "waiting", "-"),
    "take": ("open", "open", "waiting", "answered", "-"),
    "forward": ("open", "open", "waiting", "answered", "-"),
    "classify": ("new", "open", "waiting", "answered", "-"),
    "note": ("new", "open", "waiting", "answered", "closed"),
    "close": ("closed", "closed", "closed", "closed", "-"),
    "reopen_by_staff": ("-", "-", "-", "-", "open"),
}
REPORTER = {
    "reply": ("new", "open", "open", "open", "-"),
    "reopen": ("-", "-", "-", "-", "open"),
    "accept": ("-", "-", "-", "closed", "-"),
}


def given_for(code: str, row) -> verbs.Given:
    return {
        "forward": verbs.Given(to_user=making.officer()),
        "classify": verbs.Given(kind="question", category=row.category),
        "close": verbs.Given(reason=CloseReason.SETTLED),
    }.get(code, verbs.Given())


def outcome(step) -> str:
    try:
        step()
    except Impossible:
        return "-"
    return "done"


def test_the_table_names_every_step():
    assert set(STAFF) | set(REPORTER) | {"file"} == set(ACTIONS)
    assert set(STATES) == set(TicketState.values)


@pytest.mark.parametrize("code", STAFF)
def test_steps_of_the_office(code):
    for state, leads_to in zip(STATES, STAFF[code], strict=True):
        row, user = making.in_state(state), making.officer()
        entries = row.entries.count()
        found = outcome(lambda: verbs.act(row, code, user, text="Tertulis.", given=given_for(code, row)))  # noqa: B023
        row.refresh_from_db()
        assert found == ("-" if leads_to == "-" else "done"), state
        assert row.state == (state if leads_to == "-" else leads_to), state
        assert row.entries.count() == entries + (leads_to != "-"), state


@pytest.mark.parametrize("code", REPORTER)
def test_steps_of_the_reporter(code):
    for state, leads_to in zip(STATES, REPORTER[code], strict=True):
        row = making.in_state(state)
        found = outcome(lambda: verbs.write(row, code, text="Masih belum jelas."))  # noqa: B023
        row.refresh_from_db()
        assert found == ("-" if leads_to == "-" else "done"), state
        assert row.state == (state if leads_to == "-" else leads_to), state


@pytest.mark.parametrize("role", [*factories.STAFF, "pengaduan", "member", "admin"])
def test_only_those_who_may_answer_take_a_step(role):
    user = {
        "pengaduan": making.officer,
        "member": lambda: factories.member_of(factories.CompanyFactory()),
        "admin": lambda: factories.UserFactory(is_superuser=True),
    }.get(role, lambda: factories.staff(role))()
    may = role in ("registrasi", "kabid", "pengaduan", "admin")
    for state in STATES:
        row = making.in_state(state)
        count = row.entries.count()
        if may:
            verbs.act(row, "note", user, text="Catatan.")
        else:
            with pytest.raises(Forbidden):
                verbs.act(row, "note", user, text="Catatan.")
        assert row.entries.count() == count + may


def test_nobody_takes_the_reporters_steps_in_the_reporters_name():
    row = making.ticket()
    for code in ("reply", "accept", "reopen", "file", "tidak-ada"):
        with pytest.raises(Impossible):
            verbs.act(row, code, making.officer(), text="x")
    for code in ("answer", "close", "take", "tidak-ada"):
        with pytest.raises(Impossible):
            verbs.write(row, code, text="x")
    assert TicketEntry.objects.filter(ticket=row).count() == 1


@pytest.mark.parametrize("code", ["answer", "ask", "note", "close"])
def test_an_empty_text_is_refused(code):
    row = making.ticket()
    with pytest.raises(Impossible, match="Tulis dahulu isinya"):
        verbs.act(row, code, making.officer(), text="  \n ", given=given_for(code, row))


def test_forwarding_needs_one_target_and_closing_a_reason():
    row, user = making.ticket(), making.officer()
    group = user.groups.get()
    for given in (verbs.Given(), verbs.Given(to_user=user, to_group=group)):
        with pytest.raises(Impossible, match="Pilih rekan atau grup"):
            verbs.act(row, "forward", user, given=given)
    with pytest.raises(Impossible, match="alasan"):
        verbs.act(row, "close", user, text="Selesai.", given=verbs.Given(reason="bosan"))
    row.refresh_from_db()
    assert row.state == "new"


def test_whoever_answers_first_handles_it_and_forwarding_hands_it_over():
    row, first, second = making.ticket(), making.officer(), making.officer()
    verbs.act(row, "answer", first, text="Sudah.")
    row.refresh_from_db()
    assert row.assigned_to == first
    verbs.act(row, "forward", first, given=verbs.Given(to_user=second), text="Mohon dilanjutkan.")
    row.refresh_from_db()
    assert row.assigned_to == second and row.assigned_group is None
    verbs.act(row, "forward", second, given=verbs.Given(to_group=second.groups.get()))
    row.refresh_from_db()
    assert row.assigned_to is None and row.assigned_group.name == "PSK Pengaduan"
    told = row.entries.filter(action="forward").last()
    assert told.details == {"to": "PSK Pengaduan"}
