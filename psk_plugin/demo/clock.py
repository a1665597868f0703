"""A clock for telling stories of the past. Only for the demo: nothing else may import this."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone

from ..calendar import WorkingCalendar, office_calendar


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Within it, `timezone.now()` is `moment`.

    The lifecycle takes the time from the clock and nowhere else, so that nobody can date a decision back; the demo,
    which needs decrees of two years ago, therefore sets the clock of this process and not the rows.
    """

    class Stopped(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return moment.astimezone(tz)

    # Below `timezone.now`, not that function itself: fields that have it as their default hold on to it.
    with mock.patch.object(timezone, "datetime", Stopped):
        yield


class Story:
    """Moments of a story, in working days counted from today or from its first day."""

    def __init__(self, start: dt.date, calendar: WorkingCalendar | None = None) -> None:
        self.calendar = calendar or office_calendar()
        self.start = start if self.calendar.is_working_day(start) else self.calendar.add(start, 1)

    @classmethod
    def ago(cls, working_days: int) -> "Story":
        """Begins so many working days before today."""
        calendar = office_calendar()
        return cls(calendar.add(timezone.localdate(), -working_days), calendar)

    def on(self, working_day: int, time: str = "10:00") -> dt.datetime:
        """The moment `working_day` working days after the first day, local time; never later than now."""
        day = self.calendar.add(self.start, working_day)
        moment = timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(time)))
        return min(moment, timezone.now())
