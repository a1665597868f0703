"""The company's regulation that a renewal, extension or amendment starts from, as the office knows it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..companies.models import Company
from ..regulations.models import CompanyRegulation, RegulationState
from ..services.models import FieldRole, FilingType, Service
from .answers import parse_safe
from .models import Status, Submission

#: States in which a regulation holds, or will.
STANDING = (RegulationState.IN_FORCE, RegulationState.EXPIRING, RegulationState.UPCOMING)
#: States in which something can be begun from a regulation; from one that has ended, an extension of the PP at most.
STARTING = (*STANDING, RegulationState.EXPIRED)


@dataclass(frozen=True)
class Old:
    """The regulation an application starts from. Dates are `None` where the company has not said them yet."""

    decree_number: str
    decree_date: dt.date | None
    first: dt.date | None
    last: dt.date | None
    #: Last day before any extension: a year of extension counts from it.
    base_last: dt.date | None
    is_recorded: bool
    version: int = 0


def snapshot(regulation: CompanyRegulation | None) -> dict[str, Any]:
    """How the regulation stands now, as plain data to keep with an application; empty where there is none."""
    if regulation is None:
        return {}
    base_last, is_extended = base_of(regulation)
    return {
        "version": regulation.version,
        "decree_number": regulation.decree_number,
        "decree_date": regulation.decree_date.isoformat(),
        "title": regulation.title,
        "valid_from": regulation.valid_from.isoformat(),
        "valid_until": regulation.valid_until.isoformat(),
        "base_until": base_last.isoformat(),
        "is_extended": is_extended,
        "has_decree": regulation.decree_id is not None,
        "text_file": regulation.text_file_id,
    }


def _versions(regulation: CompanyRegulation) -> list[Any]:
    """One row of history per decree, newest first."""
    rows: dict[Any, Any] = {}
    for row in regulation.history.order_by("-version", "history_id"):
        rows.setdefault(row.decree_id or row.decree_number, row)
    return list(rows.values())


def base_of(regulation: CompanyRegulation) -> tuple[dt.date, bool]:
    """Last day before any extension, and whether there was one since the regulation was last made anew."""
    is_extended = False
    for row in _versions(regulation):
        if row.change in (FilingType.NEW, FilingType.RENEWAL):
            return row.valid_until, is_extended
        is_extended = is_extended or row.change == FilingType.EXTENSION
    return regulation.valid_until, is_extended


def next_in_sequence(regulation: CompanyRegulation, change: str) -> int:
    """Renewals count from the first regulation, amendments from the last one made anew."""
    number = 1
    for row in _versions(regulation):
        if row.change == change:
            number += 1
        elif change == FilingType.AMENDMENT and row.change in (FilingType.NEW, FilingType.RENEWAL):
            break
    return number


def old_of(submission: Submission) -> Old | None:
    """What the application starts from: by the office's records, else by the company's answers."""
    if submission.definition.get("filing_type", FilingType.NEW) == FilingType.NEW:
        return None
    if kept := submission.origin_data:
        return Old(
            decree_number=kept["decree_number"],
            decree_date=parse_safe(kept["decree_date"]),
            first=parse_safe(kept["valid_from"]),
            last=parse_safe(kept["valid_until"]),
            base_last=parse_safe(kept["base_until"]),
            is_recorded=True,
            version=kept["version"],
        )
    period = submission.answer_for(FieldRole.PREVIOUS_PERIOD)
    period = period if isinstance(period, Mapping) else {}
    last = parse_safe(period.get("until"))
    return Old(
        decree_number=str(submission.answer_for(FieldRole.PREVIOUS_NUMBER) or "").strip(),
        decree_date=parse_safe(submission.answer_for(FieldRole.PREVIOUS_DATE)),
        first=parse_safe(period.get("from")),
        last=last,
        base_last=last,
        is_recorded=False,
    )


def regulation_for(service: Service, company: Company) -> CompanyRegulation | None:
    """The company's regulation that an application for the service starts from, if the office has a record of it."""
    if not service.starts_from_regulation:
        return None
    return CompanyRegulation.objects.filter(company=company, kind=service.kind).first()


def locked_regulation(submission: Submission) -> CompanyRegulation | None:
    """The company's regulation that the application is about, as it stands now, under its lock."""
    kind = submission.definition.get("kind")
    return CompanyRegulation.objects.select_for_update().filter(company_id=submission.company_id, kind=kind).first()


def follow(draft: Submission) -> Submission:
    """A draft always starts from the regulation as it stands now; only filing freezes it."""
    regulation = regulation_for(draft.service, draft.company)
    kept = snapshot(regulation)
    if (draft.origin_id, draft.origin_data) != (regulation.pk if regulation else None, kept):
        draft.origin, draft.origin_data = regulation, kept
        Submission.objects.filter(pk=draft.pk, status=Status.DRAFT).update(origin=regulation, origin_data=kept)
    return draft
