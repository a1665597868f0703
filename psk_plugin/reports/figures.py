"""What a period of the service looked like: numbers, times, returns, norms, people, compliance, satisfaction, usage.

Everything is computed from rows when it is asked for, in a number of queries that does not grow with them. Days are
working days of the office; the days in which the company had the file are counted apart (Permenaker 28/2014 Ps 9).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from statistics import median
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from ..calendar import WorkingCalendar, office_calendar
from ..companies.choices import Kecamatan, Sector
from ..companies.models import Company, Membership
from ..compliance.days import quarter_ends
from ..compliance.standing import COMPLIES, Size, Standing, rate, standings, totals, totals_of
from ..norms.models import Norm
from ..outreach.models import Mail
from ..persons import full_name
from ..review.models import LACKING, NormAnswer
from ..services.models import Stage
from ..submissions.models import Status, Submission
from ..submissions.notices import RepairNotice
from ..surveys.index import Index, answers_between, index_of
from .period import Period
from .sets import FIGURED, filed
from .worked import Decided, PassedOn, Stay, decided_in, passed_on_in, stays_in

#: Norms told of, those missed most often first.
MOST_NORMS = 10


@dataclass(frozen=True)
class Spans:
    """Working days over the decrees of the period. `limited`: those whose service sets days, which `on_time` kept."""

    count: int
    median: Decimal | None
    p90: int | None
    paused_median: Decimal | None
    paused_p90: int | None
    limited: int
    on_time: int

    @property
    def late(self) -> int:
        return self.limited - self.on_time

    @property
    def on_time_rate(self) -> Decimal | None:
        return rate(self.on_time, self.limited)


@dataclass(frozen=True)
class StageSpan:
    """Stays that ended at desks of one code."""

    code: str
    title: str
    count: int
    median: Decimal | None
    p90: int | None
    on_time: int

    @property
    def late(self) -> int:
        return self.count - self.on_time

    @property
    def on_time_rate(self) -> Decimal | None:
        return rate(self.on_time, self.count)


@dataclass(frozen=True)
class PersonLoad:
    """What one person passed on in the period, and what lies in the person's hands now."""

    pk: int
    name: str
    done: int
    on_time: int
    in_hand: int

    @property
    def late(self) -> int:
        return self.done - self.on_time


@dataclass(frozen=True)
class Part:
    """Compliance of one part of the companies. `code` names it in addresses."""

    code: str
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
    """The figures of one period; each is computed when it is first asked for, and once."""

    def __init__(self, period: Period, calendar: WorkingCalendar | None = None) -> None:
        self.period = period
        self._calendar = calendar

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return self._calendar or office_calendar()

    # Applications

    @cached_property
    def counts(self) -> dict[str, int]:
        """Figure -> number of applications. One query."""
        wanted = {code: Count("pk", filter=figured.condition(self.period)) for code, figured in FIGURED.items()}
        return filed(self.period).order_by().aggregate(**wanted)

    @cached_property
    def decided(self) -> list[Decided]:
        return decided_in(self.period, self.calendar)

    @cached_property
    def stays(self) -> list[Stay]:
        return stays_in(self.period, self.calendar)

    @cached_property
    def passed_on(self) -> list[PassedOn]:
        return passed_on_in(self.period, self.calendar)

    @cached_property
    def spans(self) -> Spans:
        """How long the applications took whose decree was issued, from filing to the decree."""
        used, paused = [row.used for row in self.decided], [row.paused for row in self.decided]
        limited = [row for row in self.decided if row.allowed is not None]
        return Spans(
            len(used),
            middle(used),
            percentile(used, 90),
            middle(paused),
            percentile(paused, 90),
            len(limited),
            sum(1 for row in limited if row.is_on_time),
        )

    @cached_property
    def desks(self) -> dict[int, tuple[str, str]]:
        """Stage -> code and title, in the order of the way; one code in several services is one desk. One query."""
        rows = list(Stage.objects.order_by("sort_order", "pk").values_list("pk", "code", "title"))
        titles: dict[str, str] = {}
        for _pk, code, title in rows:
            titles.setdefault(code, title)
        return {pk: (code, titles[code]) for pk, code, _title in rows}

    @cached_property
    def stages(self) -> list[StageSpan]:
        """Stays that ended in the period, by desk, in the order of the way."""
        by_code: dict[str, list[PassedOn]] = defaultdict(list)
        for row in self.passed_on:
            by_code[self.desks[row.stage_id][0]].append(row)
        order = dict(self.desks.values())
        found = []
        for code, title in order.items():
            if rows := by_code.get(code):
                days = [row.days for row in rows for _stay in range(row.count)]
                on_time = sum(row.count for row in rows if row.is_on_time)
                found.append(StageSpan(code, title, len(days), middle(days), percentile(days, 90), on_time))
        return found

    @cached_property
    def monthly(self) -> list[tuple[str, dt.date, int, int]]:
        """Month ("2026-03"), its first day in the period, applications filed, applications closed. Two queries."""
        filed_in = self._by_month("masuk", "filed_at")
        closed_in = self._by_month("selesai", "closed_at")
        months = [(f"{part.first:%Y-%m}", part.first) for part in self.period.months()]
        return [(key, first, filed_in[key], closed_in[key]) for key, first in months]

    def _by_month(self, code: str, name: str) -> Counter[str]:
        months = FIGURED[code].applications(self.period).order_by().values_list(TruncMonth(name)).annotate(Count("pk"))
        return Counter({f"{month:%Y-%m}": number for month, number in months})

    # Repairs and norms

    def notices(self) -> QuerySet[RepairNotice]:
        """Notices for repair of the applications that were closed in the period."""
        closed = FIGURED["selesai"].applications(self.period).order_by()
        return RepairNotice.objects.filter(submission__in=closed.values("pk"))

    @cached_property
    def returned(self) -> int:
        return self.notices().count()

    @property
    def returns(self) -> Decimal | None:
        """Notices for repair per closed application, two decimals; none without applications."""
        closed = self.counts["selesai"]
        return (Decimal(self.returned) / closed).quantize(Decimal("0.01"), ROUND_HALF_UP) if closed else None

    def missing(self) -> QuerySet:
        """Answers, as they were at any time, that found the text of an application filed in the period wanting.

        An answer that was changed after a repair counts: it is what the company had to be told.
        """
        filed_then = FIGURED["masuk"].applications(self.period).order_by().values("pk")
        answers = NormAnswer.history.filter(submission__in=filed_then, verdict__in=LACKING)
        return answers.exclude(history_type="-").order_by()

    @cached_property
    def norms(self) -> list[tuple[Norm, int]]:
        """The norms most often missed, each application once. Two queries."""
        rows = self.missing().values("norm").annotate(total=Count("submission", distinct=True))
        found = {row["norm"]: row["total"] for row in rows.order_by("-total", "norm")[:MOST_NORMS]}
        norms = Norm.objects.in_bulk(found)
        return [(norms[pk], total) for pk, total in found.items() if pk in norms]

    # People

    def in_hand(self) -> QuerySet[Submission]:
        """Applications under examination that somebody has in hand now."""
        return filed(self.period).filter(status=Status.IN_REVIEW, assignee__isnull=False)

    @cached_property
    def people(self) -> list[PersonLoad]:
        """Who passed on how many applications and has how many in hand: most first. Two queries beside the stays."""
        done: Counter[int] = Counter()
        on_time: Counter[int] = Counter()
        for row in self.passed_on:
            if row.person_id is not None:
                done[row.person_id] += row.count
                on_time[row.person_id] += row.count * row.is_on_time
        rows = self.in_hand().order_by().values("assignee").annotate(total=Count("pk"))
        hands = {row["assignee"]: row["total"] for row in rows}
        users = get_user_model().objects.in_bulk({*done, *hands})
        # A company that withdraws leaves a desk as well; the load is the office's.
        outsiders = self._people_of_companies(users)
        found = [
            PersonLoad(pk, full_name(user) or user.get_username(), done[pk], on_time[pk], hands.get(pk, 0))
            for pk, user in users.items()
            if pk not in outsiders
        ]
        return sorted(found, key=lambda row: (-row.done, -row.in_hand, row.name))

    @staticmethod
    def _people_of_companies(users: Iterable[int]) -> set[int]:
        return set(Membership.objects.filter(user__in=list(users)).values_list("user", flat=True))

    # Compliance: of all companies, whatever service the report is narrowed to

    @cached_property
    def standings(self) -> list[tuple[int, str, str, int, Standing]]:
        """Company, kecamatan, sector, workers and standing of each company on the last day. One query."""
        found = standings(self.period.companies(), self.period.last_day, "pk", "kecamatan", "sector", "headcount")
        return [(*company, standing) for standing, company in found]

    @cached_property
    def compliance(self) -> dict[str, Any]:
        """What `compliance.totals` gives, on the last day of the period."""
        return totals_of(Counter(standing for *_company, standing in self.standings))

    @cached_property
    def over_time(self) -> list[tuple[dt.date, dict[str, Any]]]:
        """Compliance at the ends of the last quarters and on the last day, oldest first. One query for each day."""
        last = self.period.last_day
        days = [day for day in reversed(quarter_ends(last)) if day.year >= last.year - 2]
        return [*((day, totals(self.period.companies(day), day)) for day in days), (last, self.compliance)]

    def parts(self, by: str) -> list[Part]:
        """Compliance by "kecamatan", "sektor" or "ukuran" on the last day."""
        comply: Counter[str] = Counter()
        counted: Counter[str] = Counter()
        of, labels = PARTS[by]
        for row in self.standings:
            code = of(row)
            comply[code] += row[4] in COMPLIES
            counted[code] += row[4] != Standing.FREE
        return [Part(code, str(label), comply[code], counted[code]) for code, label in labels if code in counted]

    # Satisfaction and usage

    @cached_property
    def satisfaction(self) -> Index | None:
        """The index of the period and the service. Never by part of the city: few answers would tell who gave them."""
        return index_of(answers_between(self.period.first, self.period.last, self.period.service_id))

    def registered(self) -> QuerySet[Company]:
        """Companies whose first person got an account for them in the period."""
        first = Membership.objects.order_by().values("company").annotate(since=Min("created_at"))
        return self.period.companies().filter(pk__in=first.filter(self.period.within("since")).values("company"))

    def signed_in(self) -> QuerySet[Company]:
        """Companies one of whose people signed in last within the period: only the last time is recorded."""
        people = Membership.objects.filter(self.period.within("user__last_login"), state=Membership.State.ACTIVE)
        return self.period.companies().filter(pk__in=people.values("company"))

    def filed_online(self) -> QuerySet[Company]:
        """Companies that filed at least one application in the period."""
        return self.period.companies().filter(
            pk__in=FIGURED["masuk"].applications(self.period).order_by().values("company")
        )

    def drafts(self) -> QuerySet[Submission]:
        """Applications begun in the period and not filed until now."""
        return Submission.objects.filter(self.period.narrowed(), self.period.within("created_at"), status=Status.DRAFT)

    def mails(self) -> QuerySet[Mail]:
        """Mails sent in the period; those of an application only where the report is narrowed."""
        rows = Mail.objects.filter(self.period.within("sent_at"), state=Mail.State.SENT)
        narrowed = self.period.narrowed("submission__")
        return rows.filter(narrowed) if narrowed else rows

    @cached_property
    def usage(self) -> dict[str, int | None]:
        """What is recorded of the use of the system. Five queries.

        Who signed in is told only while the period runs: of older visits nothing but the last is recorded.
        """
        return {
            "terdaftar": self.registered().count(),
            "masuk-akun": self.signed_in().count() if self.period.is_running else None,
            "mengajukan": self.filed_online().count(),
            "draf": self.drafts().count(),
            "surel": self.mails().count(),
        }

    def usage_labels(self) -> dict[str, str]:
        return {
            "terdaftar": _("Companies whose first account was made"),
            "masuk-akun": _("Companies whose people last signed in within the period"),
            "mengajukan": _("Companies that filed on-line"),
            "draf": _("Applications begun and not filed yet"),
            "surel": _("Mails sent"),
        }


def size_of(workers: int) -> str:
    """The class of size by workers."""
    for size in Size:
        first, last = size.bounds
        if workers >= first and (last is None or workers <= last):
            return size.value
    return Size.UNDER_10.value


#: How companies are divided: what a row of `standings` belongs to, and the parts in order with their names.
PARTS: Mapping[str, tuple[Callable[[tuple], str], Sequence[tuple[str, Any]]]] = {
    "kecamatan": (lambda row: row[1], Kecamatan.choices),
    "sektor": (lambda row: row[2], Sector.choices),
    "ukuran": (lambda row: size_of(row[3]), Size.choices),
}
