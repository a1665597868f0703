"""Evidence of the trial: what applicants did with the system in a period, without what names a person.

Nothing that a person typed goes in: no names, numbers, addresses, comments or reasons. A company is a code that stays
the same from one file to the next and that nobody can undo without the site's secret key; its name only where somebody
of the office asks for it and says why. Answers to the survey stand apart from the applications and in no order of time.
"""

import base64
import datetime as dt
import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..calendar import office_calendar
from ..companies.choices import Kecamatan, Sector
from ..companies.models import Membership
from ..compliance.standing import Size
from ..decrees.models import Decree
from ..helpdesk.models import Ticket, TicketKind, TicketState
from ..outreach.models import Mail
from ..services.models import Service, Stage
from ..sheets import Cell
from ..submissions.models import Status, Submission
from ..submissions.notices import RepairNotice
from ..submissions.trail import Movement
from ..surveys.index import answers_between
from ..surveys.questions import CODES, ELEMENTS
from . import tables
from .figures import Monitoring, size_of
from .period import Period
from .sets import filed
from .worked import CountedDays, allowed_days

Part = tuple[str, Sequence[str], Any]
Told = Callable[[int], None]


def code_of(letter: str, pk: int) -> str:
    """A code that is always the same for a row and says nothing about it, such as P-7KQ2M4XA."""
    mark = hmac.new(settings.SECRET_KEY.encode(), f"psk-evidence-{letter}-{pk}".encode(), hashlib.sha256).digest()
    return f"{letter}-{base64.b32encode(mark).decode()[:8]}"


def applications_of(period: Period) -> QuerySet[Submission]:
    """Applications that were under way on any day of the period."""
    return (
        filed(period)
        .filter(filed_at__lt=period.ends)
        .filter(Q(closed_at__isnull=True) | Q(closed_at__gte=period.begins))
    )


@dataclass
class _Known:
    """What several sheets need, read once."""

    period: Period
    days: CountedDays
    services: dict[int, str]
    stages: dict[int, str]
    companies: dict[int, str]
    with_names: bool

    def company(self, pk: int) -> list[Cell]:
        """The cells that say which company it is."""
        return [code_of("P", pk), self.companies.get(pk, "")] if self.with_names else [code_of("P", pk)]

    @property
    def company_headings(self) -> list[str]:
        return [_("Company (code)"), *([_("Company")] if self.with_names else [])]


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def workbook(period: Period, told: Told, *, with_names: bool = False, reason: str = "") -> bytes:
    """The whole evidence as one workbook. Raises `ValueError` where names are asked for without a reason."""
    from .papers import workbook_of

    if with_names and not reason.strip():
        raise ValueError("Company names need a reason.")
    return workbook_of(list(parts(period, told, with_names=with_names)))


def parts(period: Period, told: Told, *, with_names: bool = False) -> Iterator[Part]:
    """The sheets: title, headings, rows."""
    applications = applications_of(period)
    first = applications.order_by("filed_at").values_list("filed_at", flat=True).first()
    known = _Known(
        period,
        CountedDays(office_calendar(), min(_day(first) or period.first, period.first), period.last_day),
        dict(Service.objects.values_list("pk", "title")),
        dict(Stage.objects.values_list("pk", "title")),
        dict(period.companies().order_by().values_list("pk", "name")) if with_names else {},
        with_names,
    )
    yield _about(known)
    monitoring = Monitoring(period)
    for table in tables.tables(monitoring):
        # Who of the office did how much is no evidence of the trial.
        if table.code in ("jumlah", "waktu", "tahap", "perbaikan", "pemakaian"):
            yield table.title, table.headings, [[value.plain for value in row] for row in table.rows]
    told(25)
    notices = _notices(applications)
    yield _applications(known, applications, notices)
    told(45)
    yield _stays(known, applications)
    told(60)
    yield _returns(known, applications)
    yield _decrees(known, applications)
    told(75)
    yield _companies(known, applications)
    yield _answers(known)
    yield _complaints(known)
    told(90)


def _about(known: _Known) -> Part:
    names = _("Companies by name") if known.with_names else _("Companies by a code, without names")
    rows = [
        (pgettext("report", "Period"), known.period.days_in_words()),
        *known.period.narrowing(),
        (_("Made on"), date_format(timezone.localdate(), "j F Y")),
        (_("Companies"), names),
        (_("Persons"), _("No name, NIK, e-mail address or telephone number of a person is in this file.")),
        (_("Applications"), _("Those under way on any day of the period. Days are working days of the office.")),
        (_("Survey"), _("Answers without comments, apart from the applications, by month.")),
    ]
    return _("About"), (_("Figure"), _("Value")), rows


def _notices(applications: QuerySet[Submission]) -> dict[int, list[tuple[dt.date, dt.date | None]]]:
    found = defaultdict(list)
    rows = RepairNotice.objects.filter(submission__in=applications.order_by().values("pk")).order_by("sent_at")
    for pk, sent, closed in rows.values_list("submission_id", "sent_at", "closed_at"):
        found[pk].append((_day(sent), _day(closed)))
    return found


def _applications(known: _Known, applications: QuerySet[Submission], notices: dict) -> Part:
    headings = [
        *(
            _("Application (code)"),
            *known.company_headings,
            _("Service"),
            _("Filed"),
            pgettext("application", "Closed"),
        ),
        *(_("Status"), _("Working days of the office"), _("Working days of the company"), _("Days allowed")),
        *(pgettext("stage", "In time"), _("Returns")),
    ]
    allowed, labels = allowed_days(), dict(Status.choices)

    def rows() -> Iterator[list[Cell | None]]:
        wanted = ("pk", "company_id", "service_id", "filed_at", "closed_at", "status", "edition_id")
        for pk, company, service, filed_at, closed_at, status, edition in applications.order_by(
            "filed_at", "pk"
        ).values_list(*wanted):
            first, last = _day(filed_at), min(_day(closed_at) or known.period.last_day, known.period.last_day)
            breaks = [(sent, min(closed or last, last)) for sent, closed in notices.get(pk, ()) if sent <= last]
            used, limit = known.days.count_outside(first, last, breaks), allowed.get(edition)
            is_issued = status == Status.ISSUED and closed_at < known.period.ends
            in_time = (_("yes") if used <= limit else _("no")) if is_issued and limit is not None else ""
            # What came after the period is no part of it.
            shown = labels[status] if closed_at is None or closed_at < known.period.ends else labels[Status.IN_REVIEW]
            ended = _day(closed_at) if closed_at and closed_at < known.period.ends else None
            yield [
                *(code_of("M", pk), *known.company(company), known.services[service], first, ended, str(shown)),
                *(used, known.days.count(first, last) - used, limit, in_time, len(breaks)),
            ]

    return _("Each application"), headings, rows()


def _stays(known: _Known, applications: QuerySet[Submission]) -> Part:
    headings = [
        *(_("Application (code)"), _("Stage"), _("Came in"), _("Passed on"), _("Working days"), _("Target")),
        pgettext("stage", "In time"),
    ]

    def rows() -> Iterator[list[Cell | None]]:
        stays = Movement.objects.filter(submission__in=applications.order_by().values("pk"), left_at__isnull=False)
        stays = stays.filter(left_at__lt=known.period.ends).order_by("submission__filed_at", "submission", "entered_at")
        for pk, stage, entered, left, target in stays.values_list(
            "submission_id", "stage_id", "entered_at", "left_at", "target_days"
        ).iterator(chunk_size=2_000):
            first, last = _day(entered), _day(left)
            days = known.days.count(first, last)
            in_time = _("yes") if days <= target else _("no")
            yield [code_of("M", pk), known.stages[stage], first, last, days, target, in_time]

    return _("Each stay at a stage"), headings, rows()


def _returns(known: _Known, applications: QuerySet[Submission]) -> Part:
    headings = [_("Application (code)"), _("Stage"), _("Sent"), pgettext("notice", "Closed"), _("Findings")]

    def rows() -> Iterator[list[Cell | None]]:
        sent = RepairNotice.objects.filter(
            submission__in=applications.order_by().values("pk"), sent_at__lt=known.period.ends
        )
        sent = sent.annotate(total=Count("findings")).order_by("sent_at", "pk")
        for pk, stage, sent_at, closed_at, total in sent.values_list(
            "submission_id", "stage_id", "sent_at", "closed_at", "total"
        ):
            yield [code_of("M", pk), known.stages[stage], _day(sent_at), _day(closed_at), total]

    return _("Each return"), headings, rows()


def _decrees(known: _Known, applications: QuerySet[Submission]) -> Part:
    headings = [_("Application (code)"), _("Issued"), _("Valid from"), _("Valid until")]

    def rows() -> Iterator[list[Cell | None]]:
        issued = Decree.objects.filter(
            submission__in=applications.order_by().values("pk"), signed_at__lt=known.period.ends
        )
        for pk, issued_on, first, last in issued.order_by("issued_on", "pk").values_list(
            "submission_id", "issued_on", "valid_from", "valid_until"
        ):
            yield [code_of("M", pk), issued_on, first, last]

    return _("Each decree"), headings, rows()


def _companies(known: _Known, applications: QuerySet[Submission]) -> Part:
    """Companies with an application under way, a first account or a sign-in in the period, and what they did."""
    headings = [
        *(*known.company_headings, _("Kecamatan"), _("Sector"), _("Size"), _("People with an account")),
        *(_("Last sign-in"), _("Applications"), _("Mails sent")),
    ]
    filed_by = Counter(applications.order_by().values_list("company_id", flat=True))
    mails = Mail.objects.filter(known.period.within("sent_at"), state=Mail.State.SENT, submission__isnull=False)
    mailed = Counter(mails.order_by().values_list("submission__company_id", flat=True))
    monitoring = Monitoring(known.period)
    wanted = {*filed_by, *monitoring.registered().values_list("pk", flat=True)}
    wanted |= set(monitoring.signed_in().values_list("pk", flat=True))
    people = {
        row["company"]: row
        for row in Membership.objects.filter(state=Membership.State.ACTIVE)
        .order_by()
        .values("company")
        .annotate(total=Count("pk"), last=Max("user__last_login"))
    }
    places, sectors, sizes = dict(Kecamatan.choices), dict(Sector.choices), dict(Size.choices)

    def rows() -> Iterator[list[Cell | None]]:
        found = (row for row in monitoring.standings if row[0] in wanted)
        # By code: the order of keys would tell who came first.
        for pk, kecamatan, sector, workers, _standing in sorted(found, key=lambda row: code_of("P", row[0])):
            theirs = people.get(pk, {"total": 0, "last": None})
            last = theirs["last"]
            yield [
                *(*known.company(pk), str(places.get(kecamatan, "")), str(sectors.get(sector, ""))),
                *(str(sizes[size_of(workers)]), theirs["total"]),
                _day(last) if last and last < known.period.ends else None,
                *(filed_by[pk], mailed[pk]),
            ]

    return _("Each company"), headings, rows()


def _answers(known: _Known) -> Part:
    headings = [_("Service"), _("Month"), *(element.name for element in ELEMENTS)]
    answers = answers_between(known.period.first, known.period.last, known.period.service_id)
    rows = sorted(
        [known.services[service], f"{day:%Y-%m}", *scores]
        for service, day, *scores in answers.order_by().values_list("service_id", "answered_on", *CODES)
    )
    return _("Each answer to the survey"), headings, rows


def _complaints(known: _Known) -> Part:
    headings = [_("Category"), _("Kind"), pgettext("how many", "Number"), _("Of these closed")]
    found = (
        Ticket.objects.filter(known.period.within("created_at"))
        .order_by()
        .values("category__title", "kind")
        .annotate(total=Count("pk"), closed=Count("pk", filter=Q(state=TicketState.CLOSED)))
    )
    kinds = dict(TicketKind.choices)
    rows = sorted([row["category__title"], str(kinds[row["kind"]]), row["total"], row["closed"]] for row in found)
    return _("Reports by category"), headings, rows
