"""A service in words for everyone: what it asks for, which way it goes, what it costs. Read before anyone signs in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Condition, DocumentRequirement, FilingType, Kind, Service, Stage
from .where import addresses_of

#: Condition of a document -> in words for the public; required ones need none.
CONDITION_WORDS: dict[str, Promise | str] = {
    Condition.REQUIRED: "",
    Condition.IF_NO_UNION: gettext_lazy("only if the company has no union"),
    Condition.IF_UNION: gettext_lazy("only if the company has a union"),
    Condition.IF_BRANCHES: gettext_lazy("only if the company has branches"),
    Condition.IF_ANSWER: gettext_lazy("only where an answer in the form asks for it"),
    Condition.IF_UNRECORDED: gettext_lazy("only if the office does not have it yet"),
    Condition.OPTIONAL: gettext_lazy("optional"),
}


def type_names(kinds: list[str]) -> str:
    """Accepted kinds of file as people read them: PDF, DOCX."""
    return ", ".join(kind.upper() for kind in kinds)


def described_documents(service: Service) -> list[dict[str, Any]]:
    """Documents asked for, in order, each with its condition and accepted kinds in words. One query."""
    return [
        {"row": row, "when": CONDITION_WORDS[row.condition], "types": type_names(row.allowed_types)}
        for row in service.documents.select_related("template")
    ]


def catalogue(services: Iterable[Service]) -> list[dict[str, Any]]:
    """Services with the address under which the public finds each. Two queries for all of them."""
    services = list(services)
    addresses = addresses_of(services)
    return [{"service": service, "address": addresses[service.pk]} for service in services]


def published_services() -> models.QuerySet[Service]:
    """What the public sees: PP before PKB before others, a first application before what follows it."""
    return Service.objects.filter(is_published=True).order_by(
        _rank("kind", Kind), _rank("filing_type", FilingType), "title"
    )


def _rank(field: str, choices: type[models.TextChoices]) -> Case:
    """The place of a row's value in a closed list, for ordering."""
    places = (When(**{field: value, "then": Value(place)}) for place, value in enumerate(choices.values))
    return Case(*places, default=Value(len(choices.values)), output_field=IntegerField())


def templates_of(service: Service) -> list[DocumentRequirement]:
    """Documents that have a template to download."""
    return [row for row in service.documents.select_related("template") if row.template_id]


@dataclass(frozen=True)
class Station:
    """One stop on the way of an application. `days`: working days, `None` where no limit is counted."""

    title: str
    people: str
    days: int | None
    is_company: bool = False
    can_return: bool = False


def people_of(stage: Stage) -> str:
    """Who works at a stage, as the public may read it: names of groups without our prefix."""
    return ", ".join(group.name.removeprefix("PSK ") for group in stage.groups.all())


def stations(service: Service) -> list[Station]:
    """The way of an application from the company's filing to what it receives. Two queries."""
    stages = service.stages.filter(is_active=True).prefetch_related("groups")
    return [
        Station(_("Application filed online"), _("Company"), None, is_company=True),
        *(
            Station(stage.title, people_of(stage), stage.target_days, can_return=stage.returns_to_company)
            for stage in stages
        ),
        Station(service.product, _("Company"), None, is_company=True),
    ]
