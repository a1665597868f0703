"""Whether a company complies with UU 13/2003 Ps 108 on a given day: computed from dates and facts, never stored.

A duty to have a regulation begins with ten workers (Ps 108(1)); a PKB takes the place of the PP (Ps 108(2)). What held
on a day is read from the versions of the company's regulations, so that the same rule answers for today and the past.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import conf
from ..companies.models import Company, headcount
from ..regulations.models import CompanyRegulation
from ..services.models import REGULATION_KINDS, Kind
from ..submissions.models import Status, Submission

#: Workers from which a company must have a regulation (UU 13/2003 Ps 108(1)).
OBLIGED_FROM = 10
#: Stands for "no such day" where dates are compared in the database.
LONG_AGO = dt.date(1900, 1, 1)


class Standing(TextChoices):
    """How a company stands on a day."""

    IN_FORCE = "in_force", _("In force")
    EXPIRING = "expiring", _("Expires soon")
    IN_PROCESS = "in_process", _("In process")
    EXPIRED = "expired", _("Expired")
    NEVER = "never", _("Never filed")
    FREE = "free", _("Not obliged")


#: A company that stands so complies.
COMPLIES = (Standing.IN_FORCE, Standing.EXPIRING)


class Size(TextChoices):
    """Classes of size by workers."""

    UNDER_10 = "0-9", _("under 10 workers")
    UNDER_50 = "10-49", _("10 to 49 workers")
    UNDER_100 = "50-99", _("50 to 99 workers")
    UNDER_500 = "100-499", _("100 to 499 workers")
    OVER_500 = "500", _("500 workers and more")

    @property
    def bounds(self) -> tuple[int, int | None]:
        """Fewest and most workers of the class."""
        first, _dash, last = self.value.partition("-")
        return int(first), int(last) if last else None


def companies_on(day: dt.date | None = None, companies: QuerySet[Company] | None = None) -> QuerySet[Company]:
    """Companies as they stood on `day` (today where none is given).

    Adds `headcount`, `pp_until`, `pkb_until` (last day of what holds on the day, none where nothing does),
    `covered_until`, `ended_on` (last day of what held before), `is_obliged`, `is_in_process` and `standing`, a code of
    `Standing`. All of them can be filtered and ordered by. Companies that the office came to know only later count as
    well: they existed, and their duty did.
    """
    day = day or timezone.localdate()
    is_past = day < timezone.localdate()
    after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
    soon = day + dt.timedelta(days=conf.EXPIRING_DAYS)
    rows = Company.objects.all() if companies is None else companies
    rows = rows.annotate(
        headcount=_headcount(after if is_past else None),
        pp_last=_last_day(Kind.PP, day),
        pkb_last=_last_day(Kind.PKB, day),
        is_in_process=Exists(_under_way(after)),
    )
    rows = rows.annotate(
        pp_until=Case(When(pp_last__gte=day, then=F("pp_last"))),
        pkb_until=Case(When(pkb_last__gte=day, then=F("pkb_last"))),
        last_day=Greatest(Coalesce("pp_last", Value(LONG_AGO)), Coalesce("pkb_last", Value(LONG_AGO))),
    )
    rows = rows.annotate(
        covered_until=Case(When(last_day__gte=day, then=F("last_day")), output_field=DateField()),
        ended_on=Case(When(last_day__lt=day, last_day__gt=LONG_AGO, then=F("last_day")), output_field=DateField()),
        is_obliged=Case(When(headcount__gte=OBLIGED_FROM, pkb_until__isnull=True, then=True), default=False),
    )
    return rows.annotate(
        standing=Case(
            When(last_day__gt=soon, then=Value(Standing.IN_FORCE.value)),
            When(last_day__gte=day, then=Value(Standing.EXPIRING.value)),
            When(is_in_process=True, then=Value(Standing.IN_PROCESS.value)),
            When(headcount__lt=OBLIGED_FROM, then=Value(Standing.FREE.value)),
            When(last_day__gt=LONG_AGO, then=Value(Standing.EXPIRED.value)),
            default=Value(Standing.NEVER.value),
            output_field=CharField(),
        )
    )


def of_size(companies: QuerySet[Company], size: Size) -> QuerySet[Company]:
    """Of companies with their `headcount` those of one class."""
    first, last = size.bounds
    companies = companies.filter(headcount__gte=first)
    return companies if last is None else companies.filter(headcount__lte=last)


def standing_of(last_day: dt.date | None, workers: int, is_in_process: bool, day: dt.date) -> Standing:
    """The rule of `companies_on` for one company: `last_day` is the last one that its PP or PKB holds or held."""
    if last_day is not None and last_day >= day:
        return Standing.IN_FORCE if last_day > day + dt.timedelta(days=conf.EXPIRING_DAYS) else Standing.EXPIRING
    if is_in_process:
        return Standing.IN_PROCESS
    if workers < OBLIGED_FROM:
        return Standing.FREE
    return Standing.NEVER if last_day in (None, LONG_AGO) else Standing.EXPIRED


def standings(companies: QuerySet[Company], day: dt.date, *more: str) -> Iterator[tuple[Standing, tuple[Any, ...]]]:
    """Standing and the fields `more` of each of `companies_on(day)`. One query.

    The database repeats what an annotation is made of wherever it is used; here each part is asked for once.
    """
    rows = companies.order_by().values_list("last_day", "headcount", "is_in_process", *more)
    for last_day, workers, is_in_process, *rest in rows.iterator(chunk_size=5_000):
        yield standing_of(last_day, workers, is_in_process, day), tuple(rest)


def totals(companies: QuerySet[Company], day: dt.date) -> dict[str, Any]:
    """Companies of `companies_on(day)` in each standing, how many count for the rate, how many of those comply, `rate`.

    The rate is taken over companies that must have a regulation and those that have one although they need not.
    One query.
    """
    return totals_of(Counter(standing for standing, _more in standings(companies, day)))


def totals_of(found: Counter[Standing]) -> dict[str, Any]:
    """What `totals` gives, from how many companies stand how."""
    comply = sum(found[standing] for standing in COMPLIES)
    everyone = found.total()
    counted = everyone - found[Standing.FREE]
    named = {standing.value: found[standing] for standing in Standing}
    return named | {"all": everyone, "counted": counted, "comply": comply, "rate": rate(comply, counted)}


def rate(comply: int, counted: int) -> Decimal | None:
    """Percent with one decimal; none where there is nobody to count."""
    return round(Decimal(100 * comply) / counted, 1) if counted else None


def _headcount(before: dt.datetime | None):
    """Workers now, or as the company had said by a moment; what it said first where it was not known yet."""
    own = headcount()
    if before is None:
        return own
    said = Company.history.model.objects.filter(id=OuterRef("pk")).exclude(history_type="-").annotate(total=own)
    then = said.filter(history_date__lt=before).order_by("-history_date", "-history_id").values("total")[:1]
    first = said.order_by("history_date", "history_id").values("total")[:1]
    return Coalesce(Subquery(then), Subquery(first), own, output_field=IntegerField())


def _last_day(kind: str, day: dt.date) -> Subquery:
    """Last day of the newest version of a kind that had begun by `day` and was not revoked by then."""
    versions = CompanyRegulation.history.model.objects.exclude(history_type="-")
    later = versions.filter(id=OuterRef("id"), version=OuterRef("version"), history_id__gt=OuterRef("history_id"))
    begun = versions.filter(company_id=OuterRef("pk"), kind=kind, valid_from__lte=day).filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=day),
        Q(decree__isnull=True) | Q(decree__revoked_on__isnull=True) | Q(decree__revoked_on__gt=day),
        ~Exists(later),
    )
    held_until = Case(
        When(replaced_from__lte=day, replaced_from__lt=F("valid_until"), then=F("replaced_from")),
        default=F("valid_until"),
    )
    newest = begun.annotate(held_until=held_until).order_by("-version").values("held_until")[:1]
    return Subquery(newest, output_field=DateField())


def _under_way(before: dt.datetime) -> QuerySet[Submission]:
    """Applications for a regulation that had been filed by a moment and had not come to an end."""
    return (
        Submission.objects.filter(company_id=OuterRef("pk"), service__kind__in=REGULATION_KINDS, filed_at__lt=before)
        .filter(Q(closed_at__isnull=True) | Q(closed_at__gte=before))
        .exclude(status=Status.DRAFT)
    )
