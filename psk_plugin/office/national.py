"""The national list of a year: whether it is known, and how the office enters it itself from the joint decree.

The package `holidays` knows the list up to `PSK_LAST_HOLIDAY_YEAR`. The joint decree (SKB 3 Menteri) of a year comes
out in the autumn before, often sooner than a new version of the package reaches the server; so the office can fill in
a year by itself, from a list that is prepared for it.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from ..calendar import WorkingCalendar, office_calendar
from .models import CalendarException
from .signals import calendar_filled

#: From this month on the list of next year is missed: the joint decree is out by then.
MISSED_FROM_MONTH = 11


def missing_year(today: dt.date, calendar: WorkingCalendar | None = None) -> int | None:
    """The year whose national list is needed and not known: this year's, or next year's from November on."""
    calendar = calendar or office_calendar()
    years = [today.year, *([today.year + 1] if today.month >= MISSED_FROM_MONTH else [])]
    return next((year for year in years if not calendar.is_certain(dt.date(year, 1, 1))), None)


def years_to_fill(today: dt.date, calendar: WorkingCalendar | None = None) -> list[int]:
    """Of this year and the next, those whose list the office has not entered itself."""
    calendar = calendar or office_calendar()
    return [year for year in (today.year, today.year + 1) if year not in calendar.kept_years]


@transaction.atomic
def fill_year(decree: str, days: Mapping[dt.date, str]) -> int:
    """Enter the closed weekdays of one year as the joint decree `decree` names them: date -> name.

    A day for which the office has a row of its own keeps it. From now on the package's list of that year does not
    count. Returns how many days are new. Run twice, it adds nothing.
    """
    there = set(CalendarException.objects.filter(date__in=days).values_list("date", flat=True))
    rows = [
        CalendarException(date=day, reason=name, legal_basis=decree, is_national=True)
        for day, name in sorted(days.items())
        if day not in there
    ]
    # Two people may press at once: the day is unique, and the second row is left out.
    CalendarException.objects.bulk_create(rows, ignore_conflicts=True)
    calendar_filled.send(sender=CalendarException)
    return len(rows)
