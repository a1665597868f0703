"""Registering, cancelling, moving up, ticking attendance, calling off: each under the lock of the meeting's row.

Whoever holds the row decides about seats, so two people who press for the last one get one seat and one place in line.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.merged import standing_for
from ..companies.models import Company
from ..outreach import outbox
from ..outreach.models import Mail, Occasion
from ..records import intake
from ..submissions.errors import Impossible
from . import letters
from .calendar_file import NAME, calendar_file
from .models import SEATED, Meeting, MeetingMessage, Registration

_S = Registration.State
#: How long before a meeting its participants are reminded.
REMIND_BEFORE = dt.timedelta(hours=48)


class AlreadyRegistered(Impossible):
    """The address has a place at this meeting; its link has been sent again."""


@dataclass(frozen=True)
class Person:
    """Who registers."""

    name: str
    email: str
    company_name: str
    position: str = ""
    phone: str = ""
    company: Company | None = None


def register(meeting: Meeting, person: Person, *, user=None) -> Registration:
    """A seat, or a place in the waiting list. Raises `Impossible` where registration is closed, and
    `AlreadyRegistered` where the address has a place already.
    """
    try:
        return _register(meeting, person, user)
    except AlreadyRegistered:
        # Outside the transaction that was undone.
        _send_link_again(meeting, person.email)
        raise


@transaction.atomic
def _register(meeting: Meeting, person: Person, user) -> Registration:
    locked = _lock(meeting)
    if not locked.is_registration_open:
        raise Impossible(_("Registration for this meeting is closed."))
    row = Registration.objects.filter(meeting=locked, email__iexact=person.email).first()
    if row is not None and row.state != _S.CANCELLED:
        raise AlreadyRegistered(
            _("This e-mail address is registered already. We have sent the link to the registration there again.")
        )
    row = row or Registration(meeting=locked, email=person.email)
    row.name, row.company_name, row.company = person.name, person.company_name, standing_for(person.company)
    row.position, row.phone = person.position, person.phone
    row.user = user if user is not None and user.is_authenticated else None
    row.state = _S.REGISTERED if _free_seats(locked) > 0 else _S.WAITING
    row.queued_at = timezone.now()
    row._change_reason = "Mendaftar"
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # a second click that slipped past the lock
        raise AlreadyRegistered(
            _("This e-mail address is registered already. We have sent the link to the registration there again.")
        ) from error
    row.meeting = locked
    if row.state == _S.REGISTERED:
        _mail(row, letters.registered, Occasion.MEETING_REGISTERED)
    else:
        _mail(row, letters.waiting, Occasion.MEETING_WAITING)
    return row


@transaction.atomic
def cancel(registration: Registration) -> Registration:
    """Give the place back; the first in line moves up. Raises `Impossible` once the meeting has begun."""
    meeting = _lock(registration.meeting)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    row.meeting = meeting
    if row.state == _S.CANCELLED:
        return row
    if meeting.starts_at <= timezone.now() or row.state == _S.ATTENDED:
        raise Impossible(_("The meeting has begun; the registration can no longer be cancelled."))
    row.state = _S.CANCELLED
    row._change_reason = "Dibatalkan peserta"
    row.save()
    _mail(row, letters.cancelled, Occasion.MEETING_CANCELLED)
    _fill(meeting)
    return row


@transaction.atomic
def fill_seats(meeting: Meeting) -> int:
    """Let the waiting list move up into free seats, as after more seats were added. Returns how many moved."""
    return _fill(_lock(meeting))


def _fill(meeting: Meeting) -> int:
    if meeting.is_called_off or meeting.starts_at <= timezone.now():
        return 0
    free = _free_seats(meeting)
    rows = list(Registration.objects.filter(meeting=meeting).in_line()[:free]) if free > 0 else []
    for row in rows:
        row.meeting, row.state = meeting, _S.REGISTERED
        row._change_reason = "Naik dari daftar tunggu"
        row.save()
        _mail(row, letters.moved_up, Occasion.MEETING_MOVED_UP)
    return len(rows)


@transaction.atomic
def tick_attendance(meeting: Meeting, came: Iterable[int], shown: Iterable[int]) -> tuple[int, int]:
    """Record who came. `shown`: keys of the rows on the page; `came`: those ticked.

    Rows not shown stay as they are, so that two people can tick different pages at once. Only people with a seat can
    have come, and people of the waiting list who were let in. Returns how many were marked and unmarked.
    """
    locked = _lock(meeting)
    if locked.starts_at > timezone.now():
        raise Impossible(_("Attendance can be ticked once the meeting has begun."))
    ticked = set(came)
    rows = Registration.objects.select_for_update().filter(meeting=locked, pk__in=set(shown))
    marked = unmarked = 0
    for row in rows.exclude(state=_S.CANCELLED):
        if row.pk in ticked and row.state != _S.ATTENDED:
            row.state, row._change_reason = _S.ATTENDED, "Hadir"
            marked += 1
        elif row.pk not in ticked and row.state == _S.ATTENDED:
            row.state, row._change_reason = _S.REGISTERED, "Tanda hadir dicabut"
            unmarked += 1
        else:
            continue
        row.save()
    return marked, unmarked


@transaction.atomic
def call_off(meeting: Meeting) -> Meeting:
    """The meeting does not take place; everybody with a place is told. Raises `Impossible` once it has begun."""
    locked = _lock(meeting)
    if locked.is_called_off:
        return locked
    if locked.starts_at <= timezone.now():
        raise Impossible(_("The meeting has begun already."))
    locked.called_off_at = timezone.now()
    locked._change_reason = "Pertemuan dibatalkan"
    locked.save()
    for row in locked.registrations.exclude(state=_S.CANCELLED):
        row.meeting = locked
        _mail(row, letters.called_off, Occasion.MEETING_CALLED_OFF)
    return locked


def audience_of(meeting: Meeting, audience: str):
    """Registrations that a message goes to."""
    rows = meeting.registrations.order_by("queued_at", "pk")
    if audience == MeetingMessage.Audience.ALL:
        return rows.exclude(state=_S.CANCELLED)
    if audience == MeetingMessage.Audience.ATTENDED:
        return rows.attended()
    return rows.seated()


@transaction.atomic
def write_to_all(meeting: Meeting, user, *, subject: str, text: str, audience: str, form_key: str) -> MeetingMessage:
    """A mail to each participant of the chosen audience, once: the same form pressed twice writes nothing new."""
    locked = _lock(meeting)
    if existing := MeetingMessage.objects.filter(form_key=form_key).first():
        return existing
    rows = list(audience_of(locked, audience))
    if not rows:
        raise Impossible(_("Nobody would get this message: choose another audience."))
    message = MeetingMessage.objects.create(
        meeting=locked,
        subject=subject,
        text=text,
        audience=audience,
        form_key=form_key,
        written_by=user,
        recipients=len(rows),
    )
    for row in rows:
        row.meeting = locked
        with outbox.in_our_language():
            letter = letters.message(row, message)
        outbox.post(
            letter,
            Occasion.MEETING_MESSAGE,
            {row.email: row.user_id},
            key=f"meeting-message:{message.pk}",
            about=locked.title,
        )
    return message


def remind() -> int:
    """Mails to people with a seat at a meeting that is near; run any number of times, each gets one.

    Returns how many were written.
    """
    now = timezone.now()
    near = Meeting.objects.published().filter(
        starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE, called_off_at__isnull=True
    )
    written = 0
    for meeting in near:
        key = f"meeting:{meeting.pk}:reminder"
        told = Mail.objects.filter(key=key).values("recipient")
        with transaction.atomic():
            # Whoever registered within the last days has just had a mail with the date.
            rows = meeting.registrations.filter(state=_S.REGISTERED, queued_at__lt=meeting.starts_at - REMIND_BEFORE)
            for row in rows.exclude(email__in=told):
                row.meeting = meeting
                written += _mail(row, letters.reminder, Occasion.MEETING_REMINDER, key=key)
    return written


def attendances_of(company: Company):
    """Meetings that people of the company attended, latest first: for the company's page and for campaigns."""
    return (
        Registration.objects.attended()
        .filter(company=company)
        .select_related("meeting")
        .order_by("-meeting__starts_at")
    )


def _lock(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _free_seats(meeting: Meeting) -> int:
    return meeting.capacity - meeting.registrations.filter(state__in=SEATED).count()


def _send_link_again(meeting: Meeting, email: str) -> None:
    """The registration's link once more, at most once an hour: whoever asks may not be the person."""
    row = Registration.objects.select_related("meeting").filter(meeting=meeting, email__iexact=email).first()
    if row is None or row.state == _S.CANCELLED:
        return
    compose, occasion = (
        (letters.registered, Occasion.MEETING_REGISTERED)
        if row.has_seat
        else (letters.waiting, Occasion.MEETING_WAITING)
    )
    with transaction.atomic():
        _mail(row, compose, occasion, key=f"registration:{row.pk}:again:{timezone.now():%Y%m%d%H}")


def _mail(row: Registration, compose, occasion: Occasion, key: str = "") -> int:
    with outbox.in_our_language():
        letter = compose(row)
    attachments = []
    if row.has_seat and occasion not in (Occasion.MEETING_CALLED_OFF, Occasion.MEETING_REMINDER):
        data = calendar_file(row.meeting, with_online_link=True)
        attachments = [(intake.keep(data, intake.Looked("text/calendar")), NAME)]
    moment = f"{row.queued_at:%Y%m%d%H%M%S%f}"
    return outbox.post(
        letter,
        occasion,
        {row.email: row.user_id},
        key=key or f"registration:{row.pk}:{occasion}:{moment}",
        about=row.meeting.title,
        attachments=attachments,
    )
