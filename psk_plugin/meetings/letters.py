"""What the office writes to people who register for a meeting. Each function gives a `Letter`; nothing is sent here."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..outreach.letter import Letter, Link, one_line, public_url
from .models import Meeting, MeetingMessage, Registration


def when(meeting: Meeting) -> str:
    """Day and hours in words, local time."""
    begins, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    first = date_format(begins, "l, j F Y")
    if begins.date() == ends.date():
        return _("%(day)s, %(begins)s to %(ends)s") % {
            "day": first,
            "begins": date_format(begins, "H.i"),
            "ends": date_format(ends, "H.i"),
        }
    return _("%(first)s, %(begins)s to %(last)s, %(ends)s") % {
        "first": first,
        "begins": date_format(begins, "H.i"),
        "last": date_format(ends, "l, j F Y"),
        "ends": date_format(ends, "H.i"),
    }


def _facts(registration: Registration) -> list[tuple[str, str]]:
    meeting = registration.meeting
    return [
        (_("Meeting"), meeting.title),
        (_("Day and time"), when(meeting)),
        (_("Place"), meeting.place),
        (_("Registered for"), f"{registration.name}, {registration.company_words}"),
    ]


def _links(meeting: Meeting, *, with_seat: bool) -> list[Link]:
    links = []
    if meeting.map_url:
        links.append(Link(_("Map"), meeting.map_url))
    if meeting.online_url and with_seat:
        links.append(Link(_("Take part online"), meeting.online_url))
    return links


def _letter(registration: Registration, occasion: str, happened: list[str], to_do: list[str], **more) -> Letter:
    return Letter(
        subject=one_line(f"{occasion}: {registration.meeting.title}"),
        happened=happened,
        facts=_facts(registration),
        to_do=to_do,
        button=Link(_("Open or cancel the registration"), public_url(registration.get_absolute_url())),
        links=_links(registration.meeting, with_seat=registration.has_seat),
        **more,
    )


def registered(registration: Registration) -> Letter:
    return _letter(
        registration,
        _("You are registered"),
        [_("You have a seat at the meeting.")],
        [
            _("The attached file puts the meeting into your calendar."),
            _("If you cannot come, please cancel with the button below, so that somebody else gets the seat."),
        ],
    )


def waiting(registration: Registration) -> Letter:
    return _letter(
        registration,
        _("You are on the waiting list"),
        [_("All seats are taken. You are on the waiting list and get a mail as soon as a seat is free.")],
        [_("If you no longer want to come, please cancel with the button below.")],
    )


def moved_up(registration: Registration) -> Letter:
    return _letter(
        registration,
        _("A seat is free for you"),
        [_("A seat has become free, and it is yours.")],
        [_("If you cannot come any more, please cancel below, so that the next in line gets the seat.")],
    )


def cancelled(registration: Registration) -> Letter:
    return _letter(
        registration,
        _("Registration cancelled"),
        [_("Your registration has been cancelled.")],
        [_("If this was a mistake, please register again on the page of the meeting.")],
    )


def called_off(registration: Registration) -> Letter:
    return _letter(
        registration,
        _("The meeting is called off"),
        [_("We are sorry: the meeting does not take place.")],
        [_("You need not do anything. New dates stand on our page.")],
    )


def reminder(registration: Registration) -> Letter:
    return _letter(
        registration,
        _("Reminder"),
        [_("The meeting for which you are registered is near.")],
        [_("If you cannot come, please cancel with the button below, so that somebody else gets the seat.")],
    )


def message(registration: Registration, written: MeetingMessage) -> Letter:
    return Letter(
        subject=one_line(written.subject),
        happened=[line for line in written.text.split("\n") if line.strip()],
        facts=_facts(registration),
        button=Link(_("Open or cancel the registration"), public_url(registration.get_absolute_url())),
        links=_links(registration.meeting, with_seat=registration.has_seat),
    )
