"""The limit of law after which a PP counts as approved (UU 13/2003 Ps 112(2)): who comes near it.

Nothing is counted up: how many working days are left is computed from dates each time it is asked, so that a run that
was missed, or made twice, changes nothing.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..calendar import WorkingCalendar, office_calendar
from ..services.models import Kind, ServiceEdition
from .clocks import Clock, statutory_clock
from .models import Status, Submission

#: Working days left at which the heads are told.
STEPS = (10, 5, 2)


def legal_limit(submission: Submission, calendar: WorkingCalendar, today: dt.date) -> Clock | None:
    """The running clock of law of a PP; `None` where there is none, it is done, or the company has the file."""
    if submission.status != Status.IN_REVIEW or submission.definition.get("kind") != Kind.PP:
        return None
    return statutory_clock(submission, calendar, today)


def could_be_near(calendar: WorkingCalendar, today: dt.date) -> QuerySet[Submission]:
    """Applications under examination that were filed long enough ago to be near the limit.

    More than those that are: days with the company do not count, and they are not looked at here.
    """
    under_way = Submission.objects.filter(status=Status.IN_REVIEW)
    editions = ServiceEdition.objects.filter(pk__in=under_way.values("edition"), definition__kind=Kind.PP)
    by_days: dict[int, list[int]] = {}
    for pk, days in editions.values_list("pk", "definition__days__statutory"):
        if days:
            by_days.setdefault(days, []).append(pk)
    near = Q(pk__in=[])
    for days, pks in by_days.items():
        last = calendar.add(today, max(STEPS) - days) if days > max(STEPS) else today
        end_of_day = timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min))
        near |= Q(edition__in=pks, filed_at__lt=end_of_day)
    return under_way.filter(near)


def step_of(left: int) -> int | None:
    """The step that `left` working days have reached, the most urgent one; `None` before the first."""
    return min((step for step in STEPS if left <= step), default=None)


def near_limit(
    rows: QuerySet[Submission], calendar: WorkingCalendar | None = None, today: dt.date | None = None
) -> Iterator[tuple[Submission, Clock]]:
    """Of `rows`, each that has reached a step and was not told of it, with its clock."""
    calendar, today = calendar or office_calendar(), today or timezone.localdate()
    rows = rows.select_related("edition", "company", "stage").prefetch_related("notices", "limit_warnings")
    for submission in rows.order_by("pk").iterator(chunk_size=200):
        clock = legal_limit(submission, calendar, today)
        step = step_of(clock.left) if clock else None
        told = min((warning.step for warning in submission.limit_warnings.all()), default=None)
        if step is not None and (told is None or step < told):
            yield submission, clock
