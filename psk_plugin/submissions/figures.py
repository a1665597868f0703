"""Figures of the service for everyone: how many applications, how fast, how many companies comply."""

import datetime as dt
from dataclasses import dataclass
from statistics import median

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from ..calendar import office_calendar
from ..regulations.public import totals
from .clocks import pauses
from .models import Status, Submission

#: Seconds for which the public's figures stand: a page full of visitors asks the database once.
KEEP = 600
#: Decided applications that the median looks back on, newest first.
LOOK_BACK = 500


@dataclass(frozen=True)
class Figures:
    """`median_days`: working days from filing to decree without the company's own repairs; `None` without decrees."""

    year: int
    filed: int
    issued: int
    median_days: int | None
    companies: int


def working_days(submission: Submission, calendar=None) -> int:
    """Working days the office had a decided application: filing to close, repairs by the company left out."""
    closed = timezone.localdate(submission.closed_at)
    spans = pauses(list(submission.notices.all()), closed)
    return (calendar or office_calendar()).count_outside(timezone.localdate(submission.filed_at), closed, spans)


def compute(day: dt.date) -> Figures:
    """The figures of the year of `day`, read from the rows. Four queries."""
    counted = Submission.objects.filter(filed_at__year=day.year).aggregate(
        filed=Count("pk"), issued=Count("pk", filter=Q(status=Status.ISSUED))
    )
    calendar = office_calendar()
    decided = (
        Submission.objects.filter(status=Status.ISSUED, closed_at__date__gt=day - dt.timedelta(days=365))
        .prefetch_related("notices")
        .order_by("-closed_at")[:LOOK_BACK]
    )
    spans = [working_days(submission, calendar) for submission in decided]
    return Figures(
        year=day.year,
        filed=counted["filed"],
        issued=counted["issued"],
        median_days=round(median(spans)) if spans else None,
        companies=totals(day)["companies"],
    )


def public_figures() -> Figures:
    """The figures of today, at most ten minutes old."""
    day = timezone.localdate()
    return cache.get_or_set(f"psk-figures-{day.isoformat()}", lambda: compute(day), KEEP)
