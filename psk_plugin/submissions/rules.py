"""Every rule of law about starting an application and about what it starts from, said as a sentence.

Told in the form, enforced again when it is filed and when it is signed.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import conf
from ..calendar import office_calendar
from ..companies.models import Company
from ..regulations.models import CompanyRegulation, RegulationState
from ..services.models import FieldRole, FilingType, Kind, Service
from .answers import parse_safe, period_of
from .models import RUNNING, Submission
from .origin import STANDING, Old, base_of, old_of, regulation_for


def _shown(day: dt.date) -> str:
    return date_format(day, "j F Y")


def why_not(service: Service, company: Company, today: dt.date | None = None, apart: int | None = None) -> str | None:
    """What of law or record stands against such an application of the company, as a sentence; `None` where nothing.

    `apart`: an application that does not count as being under way, because it is the one asked about.
    """
    if not company.is_complete:
        return _(
            "The company's profile is not complete yet, because the office knows it from its census only. Please fill "
            "in the profile first."
        )
    if not service.makes_regulation:
        return None
    today = today or timezone.localdate()
    held = {row.kind: row for row in CompanyRegulation.objects.filter(company=company)}
    if (service.kind == Kind.PKB or service.filing_type == FilingType.EXTENSION) and not company.has_union:
        return _(
            "A PKB is made with a union, and the company's profile names none. Please add the union to the profile "
            "first."
        )
    if service.filing_type == FilingType.NEW:
        return _why_not_new(service, company, held.get(Kind.PKB), today)
    regulation = held.get(service.kind)
    return _why_not_from(service, regulation, today, apart) if regulation else None


def _why_not_new(service: Service, company: Company, pkb: CompanyRegulation | None, today: dt.date) -> str | None:
    if pkb is None or pkb.state_on(today) not in STANDING:
        return None
    if service.kind == Kind.PKB:
        return _(
            "The company has a PKB until %s, and a company has only one. Please use the service for renewal, extension "
            "or addendum."
        ) % _shown(pkb.valid_until)
    if company.has_union:
        return _(
            "The company has a PKB until %s. A PP may not take its place while there is a union (UU 13/2003 Ps 129). "
            "Please use the service for renewal of the PKB."
        ) % _shown(pkb.valid_until)
    return None


def _why_not_from(service: Service, regulation: CompanyRegulation, today: dt.date, apart: int | None) -> str | None:
    kind, number = regulation.kind, regulation.decree_number
    running = Submission.objects.filter(origin=regulation, status__in=RUNNING).exclude(pk=apart).first()
    if running is not None:
        return (
            _(
                "The application %s about the same regulation is still under way. Please wait for its end, or "
                "withdraw it."
            )
            % running.number
        )
    base_last, is_extended = base_of(regulation)
    match regulation.state_on(today):
        case RegulationState.REVOKED:
            return _(
                "The decree number %(number)s of the %(kind)s is revoked. Please use the service for a new %(kind)s."
            ) % {"number": number, "kind": kind}
        case RegulationState.REPLACED:
            return (
                _(
                    "The company's PP is replaced by the PKB with the decree number %s. Please use a service for the "
                    "PKB."
                )
                % regulation.replaced_by
            )
        case RegulationState.EXPIRED if not (
            kind == Kind.PP
            and service.filing_type == FilingType.EXTENSION
            and today < base_last + relativedelta(months=service.max_validity_months)
        ):
            return _(
                "The %(kind)s ended on %(day)s, so there is none in force to start from. Please use the service for a "
                "new %(kind)s."
            ) % {"kind": kind, "day": _shown(regulation.valid_until)}
    if service.filing_type == FilingType.EXTENSION and is_extended:
        if kind == Kind.PKB:
            return _(
                "The PKB has been extended already, which is possible only once (UU 13/2003 Ps 123(2)). Please use the "
                "service for renewal of the PKB."
            )
        if regulation.valid_until >= base_last + relativedelta(months=service.max_validity_months):
            return _(
                "The PP has been extended for the whole year that is possible (Permenaker 28/2014 Ps 11). Please use "
                "the service for renewal of the PP."
            )
    return None


def unrecorded_sentence(service: Service) -> str:
    """What a company without a recorded regulation is told before it starts from one."""
    return _(
        "The office's records hold no %(kind)s of this company. If it was approved or registered before this system "
        "was used, say so and attach the old decree and text. If there was none, please use the service for a new "
        "%(kind)s."
    ) % {"kind": service.kind}


def standing(service: Service, company: Company) -> dict[str, Any]:
    """How a company stands before it begins: what it would start from, what is in the way. For the service's page."""
    if not service.makes_regulation:
        return {}
    regulation = regulation_for(service, company)
    obstacle = why_not(service, company)
    is_unrecorded = service.starts_from_regulation and regulation is None and not obstacle
    return {
        "regulation": regulation,
        "obstacle": obstacle,
        "unrecorded": unrecorded_sentence(service) if is_unrecorded else "",
    }


def problems(submission: Submission, today: dt.date | None = None) -> dict[str, str]:
    """What of law or sense is wrong with the answers: code of the question -> sentence."""
    today = today or timezone.localdate()
    definition = submission.definition
    codes = {row["role"]: row["code"] for row in definition.get("fields", []) if row["role"]}
    found: dict[str, str] = {}
    old = old_of(submission)
    if old is not None:
        found |= {FieldRole.PERIOD: _period_problem(submission, old, today)}
        if not old.is_recorded:
            found |= {FieldRole.PREVIOUS_PERIOD: _unrecorded_problem(definition, old, today)}
        found |= {FieldRole.TALKS_START: _talks_problem(submission, old)}
    if submission.answer_for(FieldRole.NEGOTIATING) == "tidak":
        found[FieldRole.NEGOTIATING] = _(
            "A PP can be extended only while a PKB is being negotiated (Permenaker 28/2014 Ps 11). Otherwise please "
            "use the service for renewal of the PP."
        )
    found |= _union_problems(submission)
    return {codes[role]: sentence for role, sentence in found.items() if sentence and role in codes}


def _period_problem(submission: Submission, old: Old, today: dt.date) -> str:
    period = period_of(submission)
    if period is None or old.last is None:
        return ""
    first, last = period
    following = old.last + dt.timedelta(days=1)
    match submission.definition["filing_type"]:
        case FilingType.RENEWAL if old.first is not None and first <= old.first:
            return _("The new period must begin after the first day of the old one, %s.") % _shown(old.first)
        case FilingType.EXTENSION if first != following:
            return _("The extension begins on the day after the old period: %s.") % _shown(following)
        case FilingType.EXTENSION:
            limit = (old.base_last or old.last) + relativedelta(
                months=submission.definition["max_validity_months"] or 12
            )
            if last > limit:
                return _("The extension can last at most one year, until %s.") % _shown(limit)
            if last < today:
                return _("The extension would be over already. Please check the last day.")
        case FilingType.AMENDMENT if last != old.last:
            return _("An amendment leaves the last day as it is: %s.") % _shown(old.last)
        case FilingType.AMENDMENT if old.first is not None and first < old.first:
            return _("The amendment cannot begin before the regulation itself, %s.") % _shown(old.first)
    return ""


def _unrecorded_problem(definition: Mapping[str, Any], old: Old, today: dt.date) -> str:
    """The old regulation by the company's own answers must still hold, or have ended within the year of extension."""
    if old.last is None:
        return ""
    limit = old.last
    if definition["kind"] == Kind.PP and definition["filing_type"] == FilingType.EXTENSION:
        limit += relativedelta(months=definition["max_validity_months"] or 12)
    if limit < today:
        return _(
            "The %(kind)s ended on %(day)s, so there is none in force to start from. Please use the service for a new "
            "%(kind)s."
        ) % {"kind": definition["kind"], "day": _shown(old.last)}
    return ""


def _talks_problem(submission: Submission, old: Old) -> str:
    started = parse_safe(submission.answer_for(FieldRole.TALKS_START))
    if started is None or old.last is None:
        return ""
    earliest = old.last - relativedelta(months=conf.PKB_TALKS_MONTHS)
    if started < earliest:
        return _(
            "Talks on the next PKB may begin at the earliest %(months)d months before the end of the old one: on "
            "%(day)s (UU 13/2003 Ps 123(3))."
        ) % {"months": conf.PKB_TALKS_MONTHS, "day": _shown(earliest)}
    return ""


def _union_problems(submission: Submission) -> dict[str, str]:
    found: dict[str, str] = {}
    email = str(submission.answer_for(FieldRole.UNION_EMAIL) or "").strip().casefold()
    if email and email in _addresses_of_company(submission.company):
        found[FieldRole.UNION_EMAIL] = _(
            "This address belongs to the company. Please give one of the union itself: the union confirms the text "
            "by it."
        )
    members, workers = (_number(submission.answer_for(role)) for role in (FieldRole.UNION_MEMBERS, FieldRole.WORKERS))
    if members is not None and workers is not None and members > workers:
        found[FieldRole.UNION_MEMBERS] = _("There are more members than workers. Please check both numbers.")
    return found


def _addresses_of_company(company: Company) -> set[str]:
    people = company.memberships.filter(state="active").values_list("user__email", flat=True)
    return {address.strip().casefold() for address in (company.email, *people) if address}


def _number(answer: Any) -> int | None:
    text = str(answer or "").strip().replace(".", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def warnings(submission: Submission, today: dt.date | None = None) -> list[str]:
    """What the company should know although nothing stands against filing."""
    today = today or timezone.localdate()
    old = old_of(submission)
    definition = submission.definition
    if old is None:
        return _warnings_of_new(submission, today)
    if old.last is None or definition["filing_type"] != FilingType.RENEWAL or definition["kind"] != Kind.PP:
        return []
    latest = office_calendar().add(old.last, -conf.RENEWAL_WORKING_DAYS)
    if today <= latest:
        return []
    return [
        _(
            "The renewal should have been asked for by %(day)s, %(count)d working days before the PP ends (Permenaker "
            "28/2014 Ps 13(1)). It is still accepted: please file as soon as you can."
        )
        % {"day": _shown(latest), "count": conf.RENEWAL_WORKING_DAYS}
    ]


def _warnings_of_new(submission: Submission, today: dt.date) -> list[str]:
    if submission.definition.get("kind") != Kind.PP:
        return []
    regulation = CompanyRegulation.objects.filter(company_id=submission.company_id, kind=Kind.PP).first()
    if regulation is None or regulation.state_on(today) not in STANDING:
        return []
    return [
        _(
            "The company has a PP until %s. For its renewal or amendment there are services of their own, which take "
            "the old data over."
        )
        % _shown(regulation.valid_until)
    ]
