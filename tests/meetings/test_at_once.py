"""The last seat, wanted by two at the same moment, on real connections."""

import pytest

from psk_plugin.meetings import verbs
from psk_plugin.meetings.models import Registration
from psk_plugin.submissions.errors import Impossible

from .. import factories
from ..companies.test_at_once import at_once
from . import making

pytestmark = pytest.mark.django_db(transaction=True)
S = Registration.State


def test_the_last_seat_goes_to_one_and_the_other_waits():
    meeting = making.meeting(capacity=2)
    making.registration(meeting)
    people = [making.person() for _n in range(4)]
    outcomes = at_once(*(lambda p=p: verbs.register(meeting, p) for p in people))
    assert sorted(row.state for row in outcomes) == sorted([S.REGISTERED, S.WAITING, S.WAITING, S.WAITING])
    assert meeting.registrations.seated().count() == 2


def test_one_address_pressed_three_times_registers_once():
    meeting, person = making.meeting(), making.person()
    outcomes = at_once(*(lambda: verbs.register(meeting, person) for _n in range(3)))
    assert meeting.registrations.count() == 1
    assert sum(isinstance(outcome, verbs.AlreadyRegistered) for outcome in outcomes) == 2


def test_two_who_cancel_at_once_let_two_move_up():
    meeting = making.meeting(capacity=2)
    seated = [making.registration(meeting) for _n in range(2)]
    waiting = [making.registration(meeting) for _n in range(3)]
    at_once(*(lambda r=r: verbs.cancel(r) for r in seated))
    states = [Registration.objects.get(pk=row.pk).state for row in waiting]
    assert states == [S.REGISTERED, S.REGISTERED, S.WAITING]


def test_cancelling_and_registering_at_once_never_overfills():
    meeting = making.meeting(capacity=1)
    seated = making.registration(meeting)
    people = [making.person() for _n in range(3)]
    at_once(lambda: verbs.cancel(seated), *(lambda p=p: verbs.register(meeting, p) for p in people))
    assert meeting.registrations.seated().count() == 1
    assert meeting.registrations.in_line().count() == 2


def test_one_message_pressed_twice_at_once_is_one_message():
    meeting, user = making.meeting(), factories.UserFactory()
    making.registration(meeting)
    words = {"subject": "Ruang", "text": "Pindah.", "audience": "seated", "form_key": "k"}
    outcomes = at_once(*(lambda: verbs.write_to_all(meeting, user, **words) for _n in range(2)))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Impossible)]
    assert meeting.messages.count() == 1
