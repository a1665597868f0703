"""How much time is left, in words: the same sentence in the inbox, on the home page and on the desk."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..calendar import WorkingCalendar, office_calendar
from ..submissions.clocks import days_left

#: Working days from which on a due day counts as near.
SOON_DAYS = 2


@dataclass(frozen=True)
class DueLabel:
    """`tone` colours it, `icon` and `text` say the same without colour. `left` is in working days."""

    text: str
    tone: str
    icon: str
    left: int


def due_label(due: dt.date | None, today: dt.date, calendar: WorkingCalendar) -> DueLabel | None:
    """The words for a due day; `None` where nothing is due."""
    left = days_left(due, today, calendar)
    if left is None:
        return None
    # A due day on which the office was closed afterwards can lie in the past without a working day in between.
    if due < today:
        text = ngettext("%d working day late", "%d working days late", abs(left)) % abs(left)
        return DueLabel(text if left else _("Late"), "late", "warning", left)
    if left == 0:
        return DueLabel(_("Due today"), "today", "time", 0)
    text = ngettext("%d working day left", "%d working days left", left) % left
    return DueLabel(text, "soon" if left <= SOON_DAYS else "calm", "time" if left <= SOON_DAYS else "calendar", left)


def calendar_for(request: HttpRequest) -> WorkingCalendar:
    """The office's calendar, read once a request."""
    if not hasattr(request, "_psk_calendar"):
        request._psk_calendar = office_calendar()
    return request._psk_calendar


def soon_day(request: HttpRequest, today: dt.date | None = None) -> dt.date:
    """The last day that counts as near."""
    return calendar_for(request).add(today or timezone.localdate(), SOON_DAYS)
