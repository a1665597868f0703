"""A meeting as a calendar file (RFC 5545)."""

import datetime as dt

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from ..office.models import OfficeSettings
from ..outreach.letter import public_url
from .models import Meeting

CONTENT_TYPE = "text/calendar; charset=utf-8"
NAME = "agenda.ics"


def calendar_file(meeting: Meeting, *, with_online_link: bool = False) -> bytes:
    """One event in UTC, so that no program has to know our time zone. A called-off meeting is marked as such.

    `with_online_link`: only for people who have a seat.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//PSK//Sosialisasi//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"sosialisasi-{meeting.pk}@{public_url('').split('//')[-1] or 'psk'}")
    event.add("dtstamp", meeting.updated_at.astimezone(dt.UTC))
    event.add("last-modified", meeting.updated_at.astimezone(dt.UTC))
    # A calendar takes a changed event over only where its number has grown: seconds since the meeting was made.
    event.add("sequence", max(0, int((meeting.updated_at - meeting.created_at).total_seconds())))
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    event.add("summary", meeting.title)
    online = meeting.online_url if with_online_link else ""
    event.add("location", f"{meeting.place} {online}".strip())
    words = strip_tags(meeting.description.replace("</p>", "\n").replace("</li>", "\n")).strip()
    if online:
        words += "\n\n" + _("Take part online") + f": {online}"
    event.add("description", words)
    event.add("url", public_url(meeting.get_absolute_url()))
    event.add("status", "CANCELLED" if meeting.is_called_off else "CONFIRMED")
    event.add("categories", [str(OfficeSettings.load().name)])
    if not meeting.is_called_off and meeting.starts_at > timezone.now():
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", meeting.title)
        alarm.add("trigger", dt.timedelta(days=-1))
        event.add_component(alarm)
    calendar.add_component(event)
    return calendar.to_ical()
