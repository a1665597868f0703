"""The day for which compliance is shown: today, or one of the past."""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date

#: Name of the day in addresses.
PARAMETER = "pada"
#: How many ends of quarters a person is offered.
QUARTERS = 8


def day_of(request: HttpRequest) -> dt.date:
    """The day that the address asks for, today where it names none; never one to come."""
    today = timezone.localdate()
    try:
        day = parse_date(request.GET.get(PARAMETER, ""))
    except ValueError:  # A date that no calendar has.
        day = None
    return min(day, today) if day is not None and day.year >= 2000 else today


def quarter_ends(today: dt.date) -> list[dt.date]:
    """The last days of the quarters before today, newest first."""
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    ends = []
    for _quarter in range(QUARTERS):
        ends.append(first - dt.timedelta(days=1))
        first = (first - dt.timedelta(days=80)).replace(day=1)
    return ends
