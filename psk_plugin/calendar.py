"""Working days of the office.

A working day is Monday to Friday, without national holidays and joint leave (SKB 3 Menteri, which binds the civil
service), without the office's own closed days, plus the Saturdays or Sundays on which it opens by exception. Every
function is pure in its arguments except for the office's exceptions, which are rows read through
`office_calendar()`. The first day is not counted ("sejak").
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import holidays

from . import conf

Date = dt.date
ONE_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=64)
def _national(year: int) -> frozenset[Date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


@dataclass(frozen=True)
class WorkingCalendar:
    """National holidays plus the office's exceptions: date -> whether the office is open.

    In `kept_years` the office has entered the whole list itself, so that the package's list does not count there.
    """

    exceptions: Mapping[Date, bool] = field(default_factory=dict)
    kept_years: frozenset[int] = frozenset()

    def is_working_day(self, day: Date) -> bool:
        if day in self.exceptions:
            return self.exceptions[day]
        return day.weekday() < 5 and (day.year in self.kept_years or day not in _national(day.year))

    def add(self, start: Date, working_days: int) -> Date:
        """The day on which `working_days` working days have passed since `start`, itself not counted.

        Zero gives `start`; a negative number counts backwards.
        """
        step = ONE_DAY if working_days >= 0 else -ONE_DAY
        day = start
        left = abs(working_days)
        while left:
            day += step
            if self.is_working_day(day):
                left -= 1
        return day

    def count(self, start: Date, end: Date) -> int:
        """Working days after `start` up to and including `end`; negative where `end` lies before."""
        if end < start:
            return -self.count(end, start)
        day, total = start, 0
        while day < end:
            day += ONE_DAY
            total += self.is_working_day(day)
        return total

    def count_outside(self, start: Date, end: Date, pauses: Iterable[tuple[Date, Date]]) -> int:
        """Working days from `start` to `end` that fall into no pause; pauses may overlap and touch.

        A pause (a, b) covers the days after a up to and including b, as a count of its own would.
        """
        paused = sum(
            self.count(max(first, start), min(last, end))
            for first, last in unite(pauses)
            if max(first, start) < min(last, end)
        )
        return self.count(start, end) - paused

    def due(self, start: Date, working_days: int, pauses: Iterable[tuple[Date, Date]] = ()) -> Date:
        """The day on which `working_days` have passed since `start`, days inside pauses not counted."""
        spans = unite(pauses)
        day, left = start, working_days
        while left > 0:
            day += ONE_DAY
            if self.is_working_day(day) and not any(first < day <= last for first, last in spans):
                left -= 1
        return day

    def is_certain(self, day: Date) -> bool:
        """Whether the joint decree for that year is known; beyond it religious holidays are estimates."""
        return day.year <= conf.LAST_HOLIDAY_YEAR or day.year in self.kept_years


def unite(spans: Iterable[tuple[Date, Date]]) -> list[tuple[Date, Date]]:
    """Overlapping and touching spans as few spans, in order; empty spans fall away."""
    united: list[tuple[Date, Date]] = []
    for first, last in sorted(span for span in spans if span[0] < span[1]):
        if united and first <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], last))
        else:
            united.append((first, last))
    return united


def office_calendar() -> WorkingCalendar:
    """The calendar with the office's exceptions of today: one query."""
    from .office.models import CalendarException

    rows = list(CalendarException.objects.values_list("date", "is_open", "is_national"))
    return WorkingCalendar(
        {day: is_open for day, is_open, _is_national in rows},
        frozenset(day.year for day, _is_open, is_national in rows if is_national),
    )


def national_days(year: int) -> dict[Date, str]:
    """What the package knows of a year, on weekdays: date -> name in Indonesian, in order of date.

    For a year whose joint decree is not known these are estimates; joint leave may be missing.
    """
    days = holidays.country_holidays("ID", years=year, categories=("public", "government"), language="id")
    return {day: days[day] for day in sorted(days) if day.weekday() < 5}
