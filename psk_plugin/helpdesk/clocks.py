"""How long the office may take: pure functions of the days on which things happened, no counter anywhere.

Two clocks run beside each other: the first response, from receipt; and the handling, whose length depends on what the
ticket is. Days while the office waits for the reporter do not count. A reopened ticket begins its handling anew.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..calendar import WorkingCalendar, office_calendar
from .actions import ACTIONS
from .models import OFFICE_TURN, DayUnit, HelpdeskSettings, Ticket, TicketEntry, TicketKind, TicketState

LABELS: dict[str, Promise] = {
    "response": _("First response"),
    "question": _("Answer to a question"),
    "complaint": _("Handling without a check on the spot"),
    "field": _("Handling with a check on the spot"),
}
DONE = (TicketState.ANSWERED, TicketState.CLOSED)


class EveryDay(WorkingCalendar):
    """Counts calendar days."""

    def is_working_day(self, day: dt.date) -> bool:
        return True


@dataclass(frozen=True)
class Clock:
    """One time limit: `days` of `unit` from `start` to `due`; `ended_on` once the office has done its part."""

    code: str
    days: int
    unit: str
    source: str
    start: dt.date
    due: dt.date
    ended_on: dt.date | None = None
    is_paused: bool = False

    @property
    def label(self) -> str:
        return str(LABELS[self.code])

    @property
    def unit_words(self) -> str:
        return str(DayUnit(self.unit).label)

    @property
    def is_running(self) -> bool:
        return self.ended_on is None and not self.is_paused

    def is_late(self, today: dt.date) -> bool:
        return (self.ended_on or today) > self.due


def clocks_of(
    ticket: Ticket, entries: Sequence[TicketEntry], rules: HelpdeskSettings, calendar: WorkingCalendar
) -> list[Clock]:
    """First response and handling of a ticket, from its entries in order."""
    first = next((_day(e) for e in entries if ACTIONS[e.action].is_response), None)
    if first is None:
        first = next((_day(e) for e in entries if e.to_state == TicketState.CLOSED), None)
    received = _local(ticket.created_at)
    handled = _handling(entries)
    code = handling_code(ticket)
    return [
        _clock("response", rules, calendar, received, ended_on=first),
        _clock(
            code, rules, calendar, handled.start or received, handled.pauses, handled.ended_on, handled.paused_since
        ),
    ]


def handling_code(ticket: Ticket) -> str:
    """Which length holds for this ticket."""
    if ticket.kind == TicketKind.QUESTION:
        return "question"
    return "field" if ticket.needs_field_check and ticket.kind == TicketKind.COMPLAINT else "complaint"


def due_on(
    ticket: Ticket, entries: Sequence[TicketEntry], rules: HelpdeskSettings, calendar: WorkingCalendar
) -> dt.date | None:
    """The nearest day by which the office has to do something; `None` where nothing is asked of it now."""
    if ticket.state not in OFFICE_TURN:
        return None
    return min((c.due for c in clocks_of(ticket, entries, rules, calendar) if c.is_running), default=None)


@dataclass
class _Handling:
    start: dt.date | None = None
    ended_on: dt.date | None = None
    paused_since: dt.date | None = None
    pauses: tuple[tuple[dt.date, dt.date], ...] = ()


def _handling(entries: Iterable[TicketEntry]) -> _Handling:
    """What became of the handling since the ticket was received or last reopened."""
    found = _Handling()
    for entry in entries:
        if entry.from_state == entry.to_state:
            continue
        day = _day(entry)
        if entry.to_state == TicketState.OPEN and entry.from_state in DONE:
            found = _Handling(start=day)
        elif entry.to_state == TicketState.WAITING:
            found.paused_since, found.ended_on = day, None
        elif found.paused_since:
            found.pauses, found.paused_since = (*found.pauses, (found.paused_since, day)), None
        if entry.to_state in DONE:
            # The first answer is what counts; closing it afterwards is tidying up.
            found.ended_on = found.ended_on or day
    return found


def _clock(
    code: str,
    rules: HelpdeskSettings,
    calendar: WorkingCalendar,
    start: dt.date,
    pauses: Sequence[tuple[dt.date, dt.date]] = (),
    ended_on: dt.date | None = None,
    paused_since: dt.date | None = None,
) -> Clock:
    days, unit = getattr(rules, f"{code}_days"), getattr(rules, f"{code}_unit")
    counted = EveryDay() if unit == DayUnit.CALENDAR else calendar
    return Clock(
        code=code,
        days=days,
        unit=unit,
        source=getattr(rules, f"{code}_source"),
        start=start,
        due=counted.due(start, days, pauses),
        ended_on=ended_on,
        is_paused=paused_since is not None,
    )


def _day(entry: TicketEntry) -> dt.date:
    return _local(entry.at)


def _local(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def refresh_due_days() -> int:
    """Recompute the copy of the due day of every ticket on the office's side, after a rule or the calendar changed.

    Returns how many moved.
    """
    calendar, rules = office_calendar(), HelpdeskSettings.load()
    moved = []
    for ticket in Ticket.objects.on_our_side().prefetch_related("entries").iterator(chunk_size=500):
        due = due_on(ticket, list(ticket.entries.all()), rules, calendar)
        if ticket.due_on != due:
            ticket.due_on = due
            moved.append(ticket)
    Ticket.objects.bulk_update(moved, ["due_on"], batch_size=500)
    return len(moved)
