"""Early signs, computed: each rule is one query over all companies, each company stands once with all its reasons."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..compliance.standing import Standing, companies_on
from ..helpdesk.models import Ticket
from ..regulations.models import CompanyRegulation
from ..services.models import REGULATION_KINDS, FilingType, Kind
from ..submissions.models import CLOSED, RUNNING, Status, Submission
from ..submissions.trail import Event
from .models import Sign, SignMark, SignRule, rules


@dataclass(frozen=True)
class Reason:
    """One sign of one company, in words with its numbers. `row`: what it rests on, by kind and key."""

    sign: Sign
    words: str
    #: "submission", "ticket", "regulation" or nothing; see `links`.
    kind: str = ""
    pk: int | None = None


@dataclass
class Found:
    """A company with all its reasons and the newest mark of it."""

    company_id: int
    reasons: list[Reason] = field(default_factory=list)
    mark: SignMark | None = None

    @property
    def codes(self) -> set[str]:
        return {reason.sign.value for reason in self.reasons}

    def is_looked_after(self, today: dt.date) -> bool:
        """Marked until a day that has not passed, and nothing new has come since."""
        return self.mark is not None and self.mark.until >= today and self.codes <= set(self.mark.codes)


def signs(today: dt.date | None = None) -> dict[int, Found]:
    """Company -> what there is to see, for every company with at least one sign by the rules that are on.

    One query per rule, one for the rules, one for the marks, however many companies there are.
    """
    today = today or timezone.localdate()
    found: dict[int, Found] = {}
    for rule in rules():
        if rule.is_on:
            for company_id, reason in FINDERS[Sign(rule.code)](rule, today):
                found.setdefault(company_id, Found(company_id)).reasons.append(reason)
    for mark in SignMark.objects.select_related("by").order_by("pk"):
        if mark.company_id in found:
            found[mark.company_id].mark = mark
    return found


Pairs = Iterator[tuple[int, Reason]]


def _since(rule: SignRule, today: dt.date) -> dt.datetime:
    """The first moment of the rule's months; the day so many months ago still counts."""
    first = today - relativedelta(months=rule.months or 1)
    return timezone.make_aware(dt.datetime.combine(first, dt.time()))


def _talks(rule: SignRule, today: dt.date) -> Pairs:
    """A PKB, or a PP extended for talks, that has ended with nothing after it and no application for a PKB under way.

    Talks end in a registered PKB or in none (UU 13/2003 Ps 123; Permenaker 28/2014 Ps 27 to 29).
    """
    under_way = Submission.objects.filter(company_id=OuterRef("company_id"), service__kind=Kind.PKB, status__in=RUNNING)
    holds = CompanyRegulation.objects.filter(
        Q(valid_until__gte=today) | Q(previous_until__gte=today),
        company_id=OuterRef("company_id"),
        revoked_on__isnull=True,
        replaced_from__isnull=True,
    )
    rows = (
        CompanyRegulation.objects.filter(
            Q(kind=Kind.PKB) | Q(change=FilingType.EXTENSION),
            valid_until__lt=today - dt.timedelta(days=rule.threshold),
            revoked_on__isnull=True,
            replaced_from__isnull=True,
        )
        .exclude(Exists(under_way))
        .exclude(Exists(holds))
        .order_by("company_id", "valid_until", "pk")
    )
    ended: dict[int, CompanyRegulation] = {row.company_id: row for row in rows}
    for company_id, row in ended.items():
        days = (today - row.valid_until).days
        day = date_format(row.valid_until, "j M Y")
        words = (
            _("The PKB %(number)s ended on %(day)s, %(days)d days ago, and no new one has been filed.")
            if row.kind == Kind.PKB
            else _("The PP extended for the talks (%(number)s) ended on %(day)s, %(days)d days ago, without a PKB.")
        )
        words %= {"number": row.decree_number, "day": day, "days": days}
        yield company_id, Reason(Sign.TALKS, words, "regulation", row.pk)


def _returns(rule: SignRule, today: dt.date) -> Pairs:
    rows = (
        Event.objects.filter(action="return", at__gte=_since(rule, today))
        .order_by()
        .values(company=F("submission__company_id"))
        .annotate(total=Count("pk"), last=Max("submission_id"), files=Count("submission_id", distinct=True))
        .filter(total__gte=max(rule.threshold, 1))
    )
    for row in rows:
        words = ngettext(
            "Returned %(total)d times within %(months)d months, in %(files)d application.",
            "Returned %(total)d times within %(months)d months, in %(files)d applications.",
            row["files"],
        ) % {"total": row["total"], "months": rule.months or 1, "files": row["files"]}
        yield row["company"], Reason(Sign.RETURNS, words, "submission", row["last"])


def _complaints(rule: SignRule, today: dt.date) -> Pairs:
    rows = (
        Ticket.objects.complaints()
        .filter(company__isnull=False, created_at__gte=_since(rule, today))
        .order_by()
        .values("company")
        .annotate(total=Count("pk"), last=Max("pk"))
        .filter(total__gte=max(rule.threshold, 1))
    )
    for row in rows:
        words = ngettext(
            "%(total)d complaint within %(months)d months.",
            "%(total)d complaints within %(months)d months.",
            row["total"],
        ) % {"total": row["total"], "months": rule.months or 1}
        yield row["company"], Reason(Sign.COMPLAINTS, words, "ticket", row["last"])


def _unfiled(rule: SignRule, today: dt.date) -> Pairs:
    rows = companies_on(today).filter(standing=Standing.NEVER, headcount__gte=max(rule.threshold, 1))
    for pk, workers in rows.order_by("pk").values_list("pk", "headcount"):
        told = number_format(workers, force_grouping=True)
        yield pk, Reason(Sign.UNFILED, _("%s workers, and nothing has been filed.") % told)


def _gave_up(rule: SignRule, today: dt.date) -> Pairs:
    """A regulation that has ended, and the newest application after its beginning was withdrawn, lapsed or rejected."""
    filed = (
        Submission.objects.filter(company_id=OuterRef("pk"), service__kind__in=REGULATION_KINDS)
        .exclude(status=Status.DRAFT)
        .order_by("-filed_at", "-pk")
    )
    rows = (
        companies_on(today)
        .filter(standing=Standing.EXPIRED, ended_on__lt=today - dt.timedelta(days=rule.threshold))
        .annotate(
            last_pk=Subquery(filed.values("pk")[:1]),
            last_status=Subquery(filed.values("status")[:1]),
            last_number=Subquery(filed.values("number")[:1]),
        )
        .filter(last_status__in=CLOSED)
    )
    labels = dict(Status.choices)
    columns = ("pk", "ended_on", "last_pk", "last_status", "last_number")
    for pk, ended_on, last_pk, status, number in rows.order_by("pk").values_list(*columns):
        words = _("Ended on %(day)s, %(days)d days ago; application %(number)s: %(state)s.") % {
            "day": date_format(ended_on, "j M Y"),
            "days": (today - ended_on).days,
            "number": number,
            "state": labels[status],
        }
        yield pk, Reason(Sign.GAVE_UP, words, "submission", last_pk)


FINDERS: dict[Sign, Callable[[SignRule, dt.date], Pairs]] = {
    Sign.TALKS: _talks,
    Sign.RETURNS: _returns,
    Sign.COMPLAINTS: _complaints,
    Sign.UNFILED: _unfiled,
    Sign.GAVE_UP: _gave_up,
}
