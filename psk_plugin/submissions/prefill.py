"""What a new application is filled in with: from the regulation it starts from, the old application and the profile."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta

from ..companies.models import Company
from ..regulations.models import CompanyRegulation
from ..services.models import FieldKind, FieldRole, FilingType, Kind, Service
from .origin import next_in_sequence

#: Answers that belong to one application: never carried over into the next.
OF_ONE_APPLICATION = (
    *(FieldRole.LETTER_NUMBER, FieldRole.LETTER_DATE, FieldRole.PERIOD, FieldRole.SEQUENCE, FieldRole.AMENDED),
    *(FieldRole.NEGOTIATING, FieldRole.TALKS_START),
    *(FieldRole.PREVIOUS_NUMBER, FieldRole.PREVIOUS_DATE, FieldRole.PREVIOUS_PERIOD),
)
#: Kinds of question whose answers stay true from one application to the next.
LASTING_KINDS = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.CHOICE, FieldKind.PHONE, FieldKind.EMAIL)


def prefilled(service: Service, company: Company, regulation: CompanyRegulation | None) -> dict[str, Any]:
    """Answers the office knows already, by code of the question: from old application, register and profile."""
    fields = list(service.fields.all())
    given = _of_old_application(fields, regulation) | _of_union(service, fields, company)
    if regulation is None:
        return given
    last = regulation.valid_until
    change = service.filing_type
    known: dict[str, Any] = {FieldRole.TITLE: regulation.title}
    if change in (FilingType.RENEWAL, FilingType.AMENDMENT):
        known[FieldRole.SEQUENCE] = str(next_in_sequence(regulation, change))
    match change:
        case FilingType.RENEWAL:
            first = last + dt.timedelta(days=1)
            until = first + relativedelta(months=service.max_validity_months) - dt.timedelta(days=1)
            known[FieldRole.PERIOD] = {"from": first.isoformat(), "until": until.isoformat()}
        case FilingType.EXTENSION:
            # How long it is extended is the company's to say.
            known[FieldRole.PERIOD] = {"from": (last + dt.timedelta(days=1)).isoformat(), "until": ""}
        case FilingType.AMENDMENT:
            known[FieldRole.PERIOD] = {"from": "", "until": last.isoformat()}
    return given | {row.code: known[row.role] for row in fields if row.role in known}


def _of_old_application(fields: list, regulation: CompanyRegulation | None) -> dict[str, Any]:
    """Answers of the application behind the regulation to questions with the same code and kind."""
    decree = regulation.decree if regulation is not None else None
    if decree is None:
        return {}
    before = decree.submission
    kinds = {row["code"]: row["kind"] for row in before.definition.get("fields", [])}
    return {
        row.code: before.data[row.code]
        for row in fields
        if kinds.get(row.code) == row.kind
        and row.kind in LASTING_KINDS
        and row.role not in OF_ONE_APPLICATION
        and before.data.get(row.code)
    }


def _of_union(service: Service, fields: list, company: Company) -> dict[str, Any]:
    """The union as the company's profile has it."""
    union = company.unions.first() if service.kind == Kind.PKB else None
    if union is None:
        return {}
    known = {
        FieldRole.UNION: union.name,
        FieldRole.UNION_NUMBER: union.registration_number,
        FieldRole.UNION_DATE: union.registered_on.isoformat() if union.registered_on else "",
        FieldRole.UNION_MEMBERS: str(union.members or ""),
        FieldRole.WORKERS: str(company.workers or ""),
    }
    return {row.code: known[row.role] for row in fields if known.get(row.role)}
