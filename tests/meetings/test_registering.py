"""Seats and the waiting list, and what each person hears by mail."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from psk_plugin.meetings import verbs
from psk_plugin.meetings.models import Registration
from psk_plugin.outreach.models import Mail
from psk_plugin.submissions.errors import Impossible

from .. import factories
from . import making

pytestmark = pytest.mark.django_db
S = Registration.State


def occasions(row: Registration) -> list[str]:
    return list(Mail.objects.filter(recipient=row.email).order_by("pk").values_list("code", flat=True))


def test_first_come_first_seated_then_the_waiting_list():
    meeting = making.meeting(capacity=2)
    rows = [making.registration(meeting) for _n in range(4)]
    assert [row.state for row in rows] == [S.REGISTERED, S.REGISTERED, S.WAITING, S.WAITING]
    assert occasions(rows[0]) == ["meeting_registered"] and occasions(rows[2]) == ["meeting_waiting"]


def test_cancelling_lets_the_first_in_line_move_up():
    meeting = making.meeting(capacity=1)
    seated, first, second = (making.registration(meeting) for _n in range(3))
    verbs.cancel(seated)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (S.REGISTERED, S.WAITING)
    assert occasions(first) == ["meeting_waiting", "meeting_moved_up"]
    assert occasions(seated) == ["meeting_registered", "meeting_cancelled"]


def test_cancelling_from_the_waiting_list_moves_nobody():
    meeting = making.meeting(capacity=1)
    _seated, first, second = (making.registration(meeting) for _n in range(3))
    verbs.cancel(first)
    second.refresh_from_db()
    assert second.state == S.WAITING


def test_cancelling_twice_changes_nothing_more():
    meeting = making.meeting(capacity=1)
    seated, first = making.registration(meeting), making.registration(meeting)
    verbs.cancel(seated)
    verbs.cancel(seated)
    assert meeting.registrations.seated().count() == 1
    first.refresh_from_db()
    assert first.state == S.REGISTERED and len(occasions(seated)) == 2


def test_whoever_comes_back_after_cancelling_stands_at_the_end():
    meeting = making.meeting(capacity=1)
    seated, first = making.registration(meeting, email="a@contoh.test"), making.registration(meeting)
    verbs.cancel(seated)
    again = making.registration(meeting, email="A@contoh.test")
    assert again.pk == seated.pk and again.state == S.WAITING
    assert list(meeting.registrations.in_line()) == [again]
    first.refresh_from_db()
    assert first.state == S.REGISTERED


def test_an_address_registers_once_and_gets_its_link_again_at_most_once_an_hour():
    meeting = making.meeting()
    row = making.registration(meeting, email="a@contoh.test")
    for _n in range(3):
        with pytest.raises(verbs.AlreadyRegistered, match="sudah terdaftar"):
            making.registration(meeting, email="A@CONTOH.test")
    assert meeting.registrations.count() == 1
    assert occasions(row) == ["meeting_registered", "meeting_registered"]


def test_the_database_itself_refuses_a_second_row_of_one_address():
    meeting = making.meeting()
    making.registration(meeting, email="a@contoh.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(meeting=meeting, name="x", company_name="x", email="A@contoh.test", state=S.WAITING)


@pytest.mark.parametrize(
    "values",
    [
        {"is_published": False},
        {"registration_opens_at": timezone.now() + dt.timedelta(days=1)},
        {"registration_closes_at": timezone.now() - dt.timedelta(minutes=1)},
        {"days": -0.1},
        {"called_off_at": timezone.now()},
    ],
    ids=["draft", "not open yet", "closed", "begun", "called off"],
)
def test_registration_that_is_not_open_is_refused(values):
    meeting = making.meeting(**values)
    with pytest.raises(Impossible, match="sudah ditutup"):
        making.registration(meeting)
    assert not meeting.registrations.exists() and not Mail.objects.exists()


def test_nobody_cancels_or_moves_up_once_it_has_begun():
    meeting = making.meeting(capacity=1)
    seated, waiting = making.registration(meeting), making.registration(meeting)
    making.begin(meeting)
    with pytest.raises(Impossible, match="sudah dimulai"):
        verbs.cancel(seated)
    meeting.capacity = 5
    meeting.save()
    assert verbs.fill_seats(meeting) == 0
    waiting.refresh_from_db()
    assert waiting.state == S.WAITING


def test_more_seats_let_as_many_move_up():
    meeting = making.meeting(capacity=1)
    rows = [making.registration(meeting) for _n in range(4)]
    meeting.capacity = 3
    meeting.save()
    assert verbs.fill_seats(meeting) == 2
    states = [Registration.objects.get(pk=row.pk).state for row in rows]
    assert states == [S.REGISTERED, S.REGISTERED, S.REGISTERED, S.WAITING]


def test_fewer_seats_throw_nobody_out():
    meeting = making.meeting(capacity=3)
    for _n in range(3):
        making.registration(meeting)
    meeting.capacity = 1
    meeting.save()
    assert verbs.fill_seats(meeting) == 0
    assert meeting.registrations.seated().count() == 3
    assert making.registration(meeting).state == S.WAITING


def test_attendance_of_several_at_once_leaves_other_pages_alone():
    meeting = making.meeting(capacity=3)
    a, b, c = (making.registration(meeting) for _n in range(3))
    waiting = making.registration(meeting)
    with pytest.raises(Impossible, match="setelah pertemuan dimulai"):
        verbs.tick_attendance(meeting, [a.pk], [a.pk])
    making.begin(meeting)
    assert verbs.tick_attendance(meeting, [a.pk, b.pk], [a.pk, b.pk]) == (2, 0)
    assert verbs.tick_attendance(meeting, [b.pk, c.pk, waiting.pk], [b.pk, c.pk, waiting.pk]) == (2, 0)
    assert verbs.tick_attendance(meeting, [], [b.pk]) == (0, 1)
    states = [Registration.objects.get(pk=row.pk).state for row in (a, b, c, waiting)]
    assert states == [S.ATTENDED, S.REGISTERED, S.ATTENDED, S.ATTENDED]
    assert a.history.first().history_change_reason == "Hadir"


def test_attendance_of_another_meeting_or_of_cancelled_people_is_not_touched():
    meeting, other = making.meeting(), making.meeting()
    row, gone, foreign = making.registration(meeting), making.registration(meeting), making.registration(other)
    verbs.cancel(gone)
    making.begin(meeting)
    keys = [row.pk, gone.pk, foreign.pk]
    assert verbs.tick_attendance(meeting, keys, keys) == (1, 0)


def test_calling_off_tells_everybody_once_and_closes_registration():
    meeting = making.meeting(capacity=1)
    seated, waiting, gone = (making.registration(meeting) for _n in range(3))
    verbs.cancel(gone)
    verbs.call_off(meeting)
    verbs.call_off(meeting)
    assert Mail.objects.filter(code="meeting_called_off").count() == 2
    assert occasions(waiting)[-1] == occasions(seated)[-1] == "meeting_called_off"
    with pytest.raises(Impossible):
        making.registration(meeting)


def test_a_message_reaches_its_audience_once_however_often_it_is_pressed():
    meeting, user = making.meeting(capacity=1), factories.UserFactory()
    seated, waiting = making.registration(meeting), making.registration(meeting)
    words = {"subject": "Perubahan ruang", "text": "Kita pindah ke lantai dua.", "form_key": "k1"}
    for _n in range(2):
        message = verbs.write_to_all(meeting, user, audience="seated", **words)
    assert message.recipients == 1
    assert list(Mail.objects.filter(code="meeting_message").values_list("recipient", flat=True)) == [seated.email]
    verbs.write_to_all(meeting, user, audience="all", **words | {"form_key": "k2"})
    assert Mail.objects.filter(code="meeting_message", recipient=waiting.email).count() == 1
    with pytest.raises(Impossible, match="pilih penerima lain"):
        verbs.write_to_all(meeting, user, audience="attended", **words | {"form_key": "k3"})


def test_reminders_go_out_once_in_the_last_two_days_to_people_with_a_seat():
    meeting = making.meeting(capacity=2, days=10)
    seated, gone, waiting = (making.registration(meeting) for _n in range(3))
    assert verbs.remind() == 0
    meeting.starts_at = timezone.now() + dt.timedelta(hours=40)
    meeting.ends_at = meeting.starts_at + dt.timedelta(hours=2)
    meeting.save()
    Registration.objects.update(queued_at=timezone.now() - dt.timedelta(days=5))
    verbs.cancel(gone)
    late = making.registration(making.meeting(days=1))
    assert verbs.remind() == 2
    assert verbs.remind() == 0
    assert occasions(seated)[-1] == "meeting_reminder"
    assert "meeting_reminder" not in occasions(late), "the confirmation of today said it already"
    assert occasions(waiting)[-2:] == ["meeting_moved_up", "meeting_reminder"]
    assert Mail.objects.filter(code="meeting_reminder").count() == 2


def test_mails_carry_the_calendar_file_only_for_people_with_a_seat(django_capture_on_commit_callbacks):
    meeting = making.meeting(capacity=1, online_url="https://rapat.contoh.test/x")
    with django_capture_on_commit_callbacks(execute=True):
        making.registration(meeting)
        making.registration(meeting)
    first, second = mail.outbox
    name, data, kind = first.attachments[0]
    assert (name, kind) == ("agenda.ics", "text/calendar") and "rapat.contoh.test" in str(data)
    assert "rapat.contoh.test" in first.body and "/sosialisasi/pendaftaran/" in first.body
    assert not second.attachments and "rapat.contoh.test" not in second.body


def test_meetings_that_a_company_attended():
    company, meeting = factories.CompanyFactory(), making.meeting()
    row = making.registration(meeting, company=company)
    assert not verbs.attendances_of(company).exists()
    making.begin(meeting)
    verbs.tick_attendance(meeting, [row.pk], [row.pk])
    assert [found.meeting for found in verbs.attendances_of(company)] == [meeting]
