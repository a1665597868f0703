"""What a period of the service looked like: numbers, times, returns, norms, people, compliance, satisfaction.

Everything is computed from rows when it is asked for. Days are working days of the office; the days in which the company
had the file are counted apart (Permenaker 28/2014 Ps 9).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.utils import timezone

from ..calendar import WorkingCalendar, office_calendar
from ..companies.choices import Kecamatan, Sector
from ..companies.models import Company
from ..compliance.days import quarter_ends
from ..compliance.standing import Size, companies_on, of_size, rate, totals
from ..norms.models import Norm
from ..persons import full_name
from ..review.models import NormAnswer, NormVerdict
from ..submissions.clocks import pauses
from ..submissions.models import Status, Submission
from ..submissions.notices import RepairNotice
from ..submissions.trail import Movement
from ..surveys.index import Index, answers_between, index_of
from .sets import FIGURED, Period

#: Norms told of, those missed most often first.
MOST_NORMS = 10
#: Answers that say that the text falls short of the norm.
MISSED = (NormVerdict.BELOW, NormVerdict.MISSING)


@dataclass(frozen=True)
class Spans:
    """Working days of the office over decided applications, and of the companies' repairs; none without applications."""

    count: int
    median: Decimal | None
    p90: int | None
    paused_median: Decimal | None
    on_time: int

    @property
    def on_time_rate(self) -> Decimal | None:
        return rate(self.on_time, self.count)


@dataclass(frozen=True)
class StageSpan:
    """Stays that ended at one kind of desk."""

    title: str
    count: int
    median: Decimal | None
    on_time: int

    @property
    def on_time_rate(self) -> Decimal | None:
        return rate(self.on_time, self.count)


@dataclass(frozen=True)
class Part:
    """Compliance of one part of the companies."""

    label: str
    comply: int
    counted: int

    @property
    def rate(self) -> Decimal | None:
        return rate(self.comply, self.counted)


def percentile(values: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least `percent` of 100 of the values do not exceed (nearest rank)."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def middle(values: Sequence[int]) -> Decimal | None:
    """The median with one decimal."""
    return Decimal(str(median(values))).quantize(Decimal("0.1"), ROUND_HALF_UP) if values else None


class Monitoring:
    """The figures of one period; each is computed when it is first asked for, with a constant number of queries."""

    def __init__(self, period: Period, calendar: WorkingCalendar | None = None) -> None:
        self.period = period
        self.calendar = calendar or office_calendar()

    def counts(self) -> dict[str, int]:
        """Figure -> number of applications. One query for each."""
        return {code: figured.applications(self.period).count() for code, figured in FIGURED.items()}

    def spans(self) -> Spans:
        """How long the decided applications took, from filing to the decree."""
        decided = FIGURED["terbit"].applications(self.period).select_related("edition").prefetch_related("notices")
        used, paused, on_time = [], [], 0
        for submission in decided.iterator(chunk_size=500):
            first, last = timezone.localdate(submission.filed_at), timezone.localdate(submission.closed_at)
            breaks = pauses(list(submission.notices.all()), last)
            days = self.calendar.count_outside(first, last, breaks)
            used.append(days)
            paused.append(self.calendar.count(first, last) - days)
            allowed = submission.definition["days"]
            limit = allowed["examination"] + allowed["decree"]
            on_time += not limit or days <= limit
        return Spans(len(used), middle(used), percentile(used, 90), middle(paused), on_time)

    def stages(self) -> list[StageSpan]:
        """Stays that ended in the period, by the name of the desk, in the order of the way. One query."""
        stays = Movement.objects.filter(self.period.within("left_at"), self.period.narrowed("submission__"))
        rows = stays.order_by("stage__sort_order").values_list("stage__title", "entered_at", "left_at", "target_days")
        days: dict[str, list[int]] = defaultdict(list)
        on_time: dict[str, int] = defaultdict(int)
        for title, entered, left, target in rows.iterator():
            spent = self.calendar.count(timezone.localdate(entered), timezone.localdate(left))
            days[title].append(spent)
            on_time[title] += spent <= target
        return [StageSpan(title, len(spent), middle(spent), on_time[title]) for title, spent in days.items()]

    def returns(self) -> Decimal | None:
        """Notices for repair per closed application, two decimals; none without applications."""
        closed = FIGURED["selesai"].applications(self.period)
        total = closed.count()
        if not total:
            return None
        notices = RepairNotice.objects.filter(submission__in=closed.values("pk")).count()
        return (Decimal(notices) / total).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def norms(self) -> list[tuple[Norm, int]]:
        """The norms most often missed by applications filed in the period, each application once.

        An answer that was changed after a repair counts: it is what the company had to be told. Two queries.
        """
        filed = FIGURED["masuk"].applications(self.period).values("pk")
        missed = (
            NormAnswer.history.filter(submission__in=filed, verdict__in=MISSED)
            .exclude(history_type="-")
            .order_by()
            .values("norm")
            .annotate(total=Count("submission", distinct=True))
            .order_by("-total", "norm")[:MOST_NORMS]
        )
        found = {row["norm"]: row["total"] for row in missed}
        norms = Norm.objects.in_bulk(found)
        return [(norms[pk], total) for pk, total in found.items() if pk in norms]

    def people(self) -> list[tuple[str, int, int]]:
        """Who passed on how many applications, and how many of them in time: most first. Two queries."""
        stays = Movement.objects.filter(self.period.within("left_at"), self.period.narrowed("submission__"))
        done: dict[int, int] = defaultdict(int)
        on_time: dict[int, int] = defaultdict(int)
        rows = stays.exclude(left_by=None).values_list("left_by", "entered_at", "left_at", "target_days")
        for person, entered, left, target in rows.iterator():
            done[person] += 1
            on_time[person] += (
                self.calendar.count(timezone.localdate(entered), timezone.localdate(left)) <= target
            )
        users = get_user_model().objects.in_bulk(done)
        named = [
            (full_name(users[pk]) or users[pk].get_username(), total, on_time[pk])
            for pk, total in done.items()
            if pk in users
        ]
        return sorted(named, key=lambda row: (-row[1], row[0]))

    # Compliance: of all companies, whatever service the report is narrowed to

    def _companies(self):
        wanted = {"kecamatan": self.period.kecamatan, "sector": self.period.sector}
        return Company.objects.filter(**{name: value for name, value in wanted.items() if value})

    def compliance(self, day: dt.date | None = None) -> dict[str, Any]:
        """`compliance.totals` on the last day of the period, or on another."""
        return totals(companies_on(day or self.last_day, self._companies()))

    @property
    def last_day(self) -> dt.date:
        return min(self.period.last, timezone.localdate())

    def over_time(self) -> list[tuple[dt.date, dict[str, Any]]]:
        """Compliance at the ends of the last quarters and on the last day, oldest first."""
        days = [*reversed(quarter_ends(self.last_day)), self.last_day]
        return [(day, self.compliance(day)) for day in days]

    def parts(self, by: str) -> list[Part]:
        """Compliance by "kecamatan", "sector" or "size" on the last day. One query, one for each size."""
        companies = companies_on(self.last_day, self._companies())
        if by == "size":
            return [_part(str(size.label), totals(of_size(companies, size))) for size in Size]
        labels = dict((Kecamatan if by == "kecamatan" else Sector).choices)
        covers = Q(covered_until__isnull=False)
        rows = companies.order_by().values(by).annotate(
            comply=Count("pk", filter=covers), counted=Count("pk", filter=~Q(standing="free"))
        )
        found = {row[by]: row for row in rows}
        return [
            Part(str(label), found[code]["comply"], found[code]["counted"])
            for code, label in labels.items()
            if code in found
        ]

    def satisfaction(self) -> Index | None:
        return index_of(answers_between(self.period.first, self.period.last, self.period.service_id))

    def usage(self) -> dict[str, int]:
        """Companies that filed in the period, and those known in all."""
        filed = FIGURED["masuk"].applications(self.period)
        return {
            "companies_filed": filed.order_by().values("company").distinct().count(),
            "companies_known": self._companies().count(),
            "drafts": Submission.objects.filter(
                self.period.narrowed(), self.period.within("created_at"), status=Status.DRAFT
            ).count(),
        }


def _part(label: str, counted: dict[str, Any]) -> Part:
    return Part(label, counted["comply"], counted["counted"])


def shown(value: Iterable[Any] | Decimal | int | None) -> str:
    """A figure in words for a table; a dash where there is none."""
    return "–" if value is None else str(value)
