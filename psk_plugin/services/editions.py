"""Freezing a service: the definition that an application keeps while the service goes on changing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from .models import Asked, Condition, Service, ServiceEdition

#: What an edition keeps of a document and of a question.
DOCUMENT = (
    *("code", "title", "help_text", "condition", "condition_field", "condition_value", "allowed_types", "max_mb"),
    *("is_regulation_text", "union_reads"),
    *("has_personal_data", "original_shown", "legal_basis", "template_id"),
)
QUESTION = (
    *("code", "step", "label", "help_text", "label_en", "help_text_en", "kind", "choices", "required", "role"),
    *("asked", "condition_field", "condition_value"),
)
STAGE = ("id", "code", "kind", "title", "public_title", "target_days", "send_back")


def rows(objects, *names: str) -> list[dict]:
    """The named attributes of each object."""
    return [{name: getattr(row, name) for name in names} for row in objects]


def define_questions(service: Service) -> dict:
    """Only what the form asks, for those who read it before they sign in: one query."""
    return {"fields": rows(service.fields.all(), *QUESTION)}


def define(service: Service) -> dict:
    """The service's form, documents, stages, clocks and decree text as plain data."""
    return {
        "code": service.code,
        "title": service.title,
        "kind": service.kind,
        "filing_type": service.filing_type,
        "days": {
            "examination": service.examination_days,
            "decree": service.decree_days,
            "statutory": service.statutory_days,
            "repair": service.repair_days,
        },
        "max_validity_months": service.max_validity_months,
        "allow_same_decider": service.allow_same_decider,
        "needs_union_confirmation": service.needs_union_confirmation,
        "has_survey": service.has_survey,
        "kind_code": service.kind_code,
        "outcome": service.outcome,
        "decree_heading": service.decree_heading,
        "decree_title": service.decree_title,
        "documents": rows(service.documents.all(), *DOCUMENT),
        "fields": rows(service.fields.all(), *QUESTION),
        "stages": rows(service.active_stages(), *STAGE),
        "clauses": rows(service.clauses.all(), "section", "text"),
        "mails": rows(service.mails.all(), "moment", "subject", "text"),
    }


def current_edition(service: Service) -> ServiceEdition:
    """The edition that equals the service as it is now; made if the service has changed since the last."""
    definition = json.loads(json.dumps(define(service), default=str))
    digest = hashlib.sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()
    for _attempt in range(5):
        edition = ServiceEdition.objects.filter(service=service, digest=digest).first()
        if edition:
            return edition
        newest = ServiceEdition.objects.filter(service=service).order_by("-number").first()
        try:
            with transaction.atomic():
                return ServiceEdition.objects.create(
                    service=service, digest=digest, definition=definition, number=newest.number + 1 if newest else 1
                )
        except IntegrityError:  # somebody else made it between the look and the write
            continue
    raise RuntimeError("The edition of a service could not be written.")


@dataclass(frozen=True)
class CompanyFacts:
    """What decides which documents a company owes and which questions it is asked."""

    has_union: bool
    has_branches: bool
    #: Whether the office knows the regulation that a renewal, extension or amendment starts from.
    knows_old: bool = False
    #: Whether it also has that regulation's decree and text, so that nobody need file them again.
    holds_old: bool = False


def is_needed(row: Mapping[str, Any], facts: CompanyFacts, answers: Mapping[str, Any]) -> bool | None:
    """Whether a document of a definition is required (True), optional (None) or out of place (False).

    `answers`: what was answered so far, by code of the question.
    """
    condition = Condition(row["condition"])
    if condition == Condition.IF_ANSWER:
        return _is_answered(row, answers)
    return {
        Condition.REQUIRED: True,
        Condition.OPTIONAL: None,
        Condition.IF_UNION: facts.has_union,
        Condition.IF_NO_UNION: not facts.has_union,
        Condition.IF_BRANCHES: facts.has_branches,
        Condition.IF_UNRECORDED: not facts.holds_old,
    }[condition]


def is_asked(row: Mapping[str, Any], facts: CompanyFacts, answers: Mapping[str, Any]) -> bool:
    """Whether a question of a definition concerns this company, given what was answered before it."""
    asked = Asked(row.get("asked") or Asked.ALWAYS)
    if asked == Asked.IF_ANSWER:
        return _is_answered(row, answers)
    return {
        Asked.ALWAYS: True,
        Asked.IF_UNION: facts.has_union,
        Asked.IF_NO_UNION: not facts.has_union,
        Asked.IF_BRANCHES: facts.has_branches,
        Asked.IF_UNRECORDED: not facts.knows_old,
    }[asked]


def _is_answered(row: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    given = answers.get(row["condition_field"])
    given = given if isinstance(given, list) else [given]
    return row["condition_value"].strip().casefold() in {str(value or "").strip().casefold() for value in given}
