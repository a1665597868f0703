"""How many working days what took, over thousands of applications: plain tuples, few queries, days looked up."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from ..calendar import WorkingCalendar, unite
from ..services.models import ServiceEdition
from ..submissions.notices import RepairNotice
from ..submissions.trail import Movement
from .period import Period
from .sets import FIGURED

Date = dt.date


class CountedDays:
    """Working days between any two days of a span, which are counted through once. Gives what the calendar gives."""

    def __init__(self, calendar: WorkingCalendar, first: Date, last: Date) -> None:
        self.calendar = calendar
        self.first, self.last = first.toordinal(), last.toordinal()
        total, self.passed = 0, []
        for ordinal in range(self.first, self.last + 1):
            total += calendar.is_working_day(Date.fromordinal(ordinal))
            self.passed.append(total)

    def count(self, start: Date, end: Date) -> int:
        """As `WorkingCalendar.count`."""
        first, last = start.toordinal(), end.toordinal()
        if first < self.first or last > self.last or last < first:
            return self.calendar.count(start, end)
        return self.passed[last - self.first] - self.passed[first - self.first]

    def count_outside(self, start: Date, end: Date, pauses: Iterable[tuple[Date, Date]]) -> int:
        """As `WorkingCalendar.count_outside`."""
        paused = sum(
            self.count(max(first, start), min(last, end))
            for first, last in unite(pauses)
            if max(first, start) < min(last, end)
        )
        return self.count(start, end) - paused


@dataclass(frozen=True, slots=True)
class Decided:
    """An application with its decree: working days of the office, of the company's repairs, and the days allowed.

    `allowed` is what examination and decree may take together by the service as filed; none where it sets no days.
    """

    pk: int
    used: int
    paused: int
    allowed: int | None

    @property
    def is_on_time(self) -> bool | None:
        return None if self.allowed is None else self.used <= self.allowed


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay at a desk that has ended: `days` working days of `target`; who passed it on."""

    pk: int
    stage_id: int
    days: int
    target: int
    person_id: int | None

    @property
    def is_on_time(self) -> bool:
        return self.days <= self.target


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Stays that took equally long at one desk and were passed on by one person, as far as a figure needs them."""

    stage_id: int
    days: int
    target: int
    person_id: int | None
    count: int

    @property
    def is_on_time(self) -> bool:
        return self.days <= self.target


def allowed_days() -> dict[int, int | None]:
    """Edition -> working days that examination and decree may take together. One query; few rows."""
    found = {}
    for pk, days in ServiceEdition.objects.values_list("pk", "definition__days"):
        total = (days or {}).get("examination", 0) + (days or {}).get("decree", 0)
        found[pk] = total or None
    return found


def decided_in(period: Period, calendar: WorkingCalendar) -> list[Decided]:
    """The applications whose decree was issued in the period, oldest first. Three queries."""
    decided = FIGURED["terbit"].applications(period).order_by("closed_at", "pk")
    rows = list(decided.values_list("pk", "filed_at", "closed_at", "edition_id"))
    if not rows:
        return []
    notices = RepairNotice.objects.filter(submission__in=decided.order_by().values("pk"))
    breaks: dict[int, list[tuple[Date, Date | None]]] = defaultdict(list)
    zone = timezone.get_current_timezone()
    for pk, sent, closed in notices.values_list("submission_id", "sent_at", "closed_at"):
        breaks[pk].append((sent.astimezone(zone).date(), closed.astimezone(zone).date() if closed else None))
    allowed = allowed_days()
    spans = [
        (pk, filed.astimezone(zone).date(), closed.astimezone(zone).date(), edition)
        for pk, filed, closed, edition in rows
    ]
    days = CountedDays(calendar, min(first for _pk, first, _last, _edition in spans), period.last)
    found = []
    for pk, first, last, edition in spans:
        pauses = [(sent, closed or last) for sent, closed in breaks.get(pk, ())]
        used = days.count_outside(first, last, pauses)
        found.append(Decided(pk, used, days.count(first, last) - used, allowed.get(edition)))
    return found


def _stays(period: Period) -> QuerySet[Movement]:
    return Movement.objects.filter(period.within("left_at"), period.narrowed("submission__"))


def stays_in(period: Period, calendar: WorkingCalendar) -> list[Stay]:
    """The stays at desks that ended in the period, oldest first, one by one for lists. One query."""
    stays = _stays(period).order_by("left_at", "pk")
    rows = stays.values_list("pk", "stage_id", "entered_at", "left_at", "target_days", "left_by_id")
    zone = timezone.get_current_timezone()
    spans = [
        (pk, stage, entered.astimezone(zone).date(), left.astimezone(zone).date(), target, person)
        for pk, stage, entered, left, target, person in rows.iterator(chunk_size=5_000)
    ]
    if not spans:
        return []
    days = CountedDays(calendar, min(span[2] for span in spans), period.last)
    return [
        Stay(pk, stage, days.count(first, last), target, person) for pk, stage, first, last, target, person in spans
    ]


def passed_on_in(period: Period, calendar: WorkingCalendar) -> list[PassedOn]:
    """The stays of `stays_in`, counted by the database where they are alike: figures need no more. One query."""
    stays = _stays(period).annotate(entered=TruncDate("entered_at"), left=TruncDate("left_at")).order_by()
    alike = stays.values_list("stage_id", "entered", "left", "target_days", "left_by_id")
    rows = list(alike.annotate(count=Count("pk")))
    if not rows:
        return []
    days = CountedDays(calendar, min(entered for _stage, entered, *_more in rows), period.last)
    return [
        PassedOn(stage, days.count(entered, left), target, person, count)
        for stage, entered, left, target, person, count in rows
    ]
