"""3, 5, 14 and 60 days: computed from the days on which things happened."""

import datetime as dt

import pytest

from psk_plugin.calendar import WorkingCalendar
from psk_plugin.demo.clock import at
from psk_plugin.helpdesk import verbs
from psk_plugin.helpdesk.clocks import clocks_of
from psk_plugin.helpdesk.models import HelpdeskSettings, Ticket
from psk_plugin.office.models import CalendarException

from . import making

pytestmark = pytest.mark.django_db

#: A Monday without holidays near it.
MONDAY = dt.date(2026, 7, 6)


def received(kind: str, day: dt.date = MONDAY, **values) -> Ticket:
    with at(making.at(day)):
        return making.ticket(kind=kind, **values)


def clocks(row: Ticket) -> dict:
    row.refresh_from_db()
    found = clocks_of(row, list(row.entries.all()), HelpdeskSettings.load(), WorkingCalendar())
    return {clock.code: clock for clock in found}


@pytest.mark.parametrize(
    ("kind", "code", "due"),
    [
        ("question", "question", dt.date(2026, 7, 13)),
        ("complaint", "complaint", dt.date(2026, 7, 24)),
        ("suggestion", "complaint", dt.date(2026, 7, 24)),
    ],
)
def test_each_kind_has_its_days_and_the_first_response_three(kind, code, due):
    found = clocks(received(kind))
    assert set(found) == {"response", code}
    assert found["response"].due == dt.date(2026, 7, 9)
    assert found[code].due == due


def test_a_check_on_the_spot_gives_a_complaint_sixty_working_days():
    row, user = received("complaint"), making.officer()
    with at(making.at(MONDAY + dt.timedelta(days=1))):
        verbs.act(
            row,
            "classify",
            user,
            given=verbs.Given(kind="complaint", category=row.category, needs_field_check=True),
        )
    clock = clocks(row)["field"]
    assert clock.days == 60
    assert WorkingCalendar().count(MONDAY, clock.due) == 60


def test_only_complaints_get_the_longer_time():
    row = received("question")
    with pytest.raises(verbs.Impossible, match="Tidak ada yang diubah"):
        verbs.act(
            row,
            "classify",
            making.officer(),
            given=verbs.Given(kind="question", category=row.category, needs_field_check=True),
        )


def test_due_day_of_the_list_is_the_first_response_until_somebody_responds():
    row, user = received("complaint"), making.officer()
    row.refresh_from_db()
    assert row.due_on == dt.date(2026, 7, 9)
    with at(making.at(dt.date(2026, 7, 7))):
        verbs.act(row, "take", user)
    row.refresh_from_db()
    assert row.due_on == dt.date(2026, 7, 24)
    with at(making.at(dt.date(2026, 7, 8))):
        verbs.act(row, "answer", user, text="Sudah.")
    row.refresh_from_db()
    assert row.due_on is None


def test_a_note_is_no_response():
    row = received("complaint")
    with at(making.at(dt.date(2026, 7, 7))):
        verbs.act(row, "note", making.officer(), text="Saya lihat besok.")
    assert clocks(row)["response"].ended_on is None


def test_days_in_which_the_office_waits_for_the_reporter_do_not_count():
    row, user = received("question"), making.officer()
    with at(making.at(dt.date(2026, 7, 7))):
        verbs.act(row, "ask", user, text="Nomor berapa?")
    assert clocks(row)["question"].is_paused
    row.refresh_from_db()
    assert row.due_on is None
    with at(making.at(dt.date(2026, 7, 14))):
        verbs.write(row, "reply", text="PSK-2026-00001")
    clock = clocks(row)["question"]
    # One day had gone; the four that are left begin after the reply.
    assert clock.due == dt.date(2026, 7, 20) and clock.is_running
    row.refresh_from_db()
    assert row.due_on == clock.due


def test_reopening_begins_the_handling_anew_and_keeps_the_first_response():
    row, user = received("question"), making.officer()
    with at(making.at(dt.date(2026, 7, 7))):
        verbs.act(row, "answer", user, text="Ya.")
        verbs.act(row, "close", user, text="Selesai.", given=verbs.Given(reason="settled"))
    with at(making.at(dt.date(2026, 7, 20))):
        verbs.write(row, "reopen", text="Ternyata belum.")
    found = clocks(row)
    assert found["response"].ended_on == dt.date(2026, 7, 7)
    assert found["question"].start == dt.date(2026, 7, 20)
    assert found["question"].due == dt.date(2026, 7, 27)


def test_a_further_question_after_the_answer_begins_a_new_time():
    row, user = received("question"), making.officer()
    with at(making.at(dt.date(2026, 7, 7))):
        verbs.act(row, "answer", user, text="Ya.")
    with at(making.at(dt.date(2026, 7, 8))):
        verbs.write(row, "reply", text="Bagaimana bila cabang di luar kota?")
    clock = clocks(row)["question"]
    assert clock.start == dt.date(2026, 7, 8) and clock.is_running


def test_closing_after_the_answer_does_not_make_it_late():
    row, user = received("question"), making.officer()
    with at(making.at(dt.date(2026, 7, 8))):
        verbs.act(row, "answer", user, text="Ya.")
    with at(making.at(dt.date(2026, 8, 20))):
        verbs.act(row, "close", user, text="Selesai.", given=verbs.Given(reason="settled"))
    clock = clocks(row)["question"]
    assert clock.ended_on == dt.date(2026, 7, 8)
    assert not clock.is_late(dt.date(2026, 9, 1))


def test_an_answer_after_the_due_day_stays_late():
    row, user = received("question"), making.officer()
    with at(making.at(dt.date(2026, 7, 15))):
        verbs.act(row, "answer", user, text="Maaf terlambat.")
    found = clocks(row)
    assert found["question"].is_late(dt.date(2026, 7, 15)) and found["response"].is_late(dt.date(2026, 7, 15))


def test_calendar_days_can_be_chosen():
    rules = HelpdeskSettings.load()
    rules.question_unit, rules.question_days = "calendar", 5
    rules.save()
    assert clocks(received("question"))["question"].due == dt.date(2026, 7, 11)


def test_a_holiday_moves_the_due_day():
    # 17 August is a national holiday.
    assert clocks(received("question", dt.date(2026, 8, 13)))["question"].due == dt.date(2026, 8, 21)


def test_another_rule_or_a_closed_day_moves_what_is_running_at_once():
    row = received("complaint")
    row.refresh_from_db()
    assert row.due_on == dt.date(2026, 7, 9)
    CalendarException.objects.create(date=dt.date(2026, 7, 8), reason="Pemadaman listrik")
    row.refresh_from_db()
    assert row.due_on == dt.date(2026, 7, 10)
    rules = HelpdeskSettings.load()
    rules.response_days = 1
    rules.save()
    row.refresh_from_db()
    assert row.due_on == dt.date(2026, 7, 7)


def test_a_report_of_sunday_night_counts_from_sunday_local_time():
    with at(dt.datetime(2026, 7, 5, 18, 30, tzinfo=dt.UTC)):  # Monday 01.30 in Jakarta
        row = making.ticket(kind="question")
    assert clocks(row)["question"].start == MONDAY
