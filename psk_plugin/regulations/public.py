"""What the public may know of a company's regulation: one list, used by the page, the CSV and the JSON.

Nothing that points to a person stands here: no names of people, telephone numbers, e-mails, NPWP, street addresses,
documents, reasons, or who decided.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Choices, Count
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import conf
from ..companies.choices import Kecamatan, Sector
from ..services.models import Kind
from ..sheets import Cell
from .models import CompanyRegulation, RegulationQuerySet, RegulationState, state_condition


@dataclass(frozen=True)
class PublicField:
    """One fact for everyone: its name in JSON and CSV, its heading, how it is read off a regulation."""

    name: str
    label: Promise | str
    value: Callable[[CompanyRegulation], Any]
    #: In words for people, where the value itself is a code.
    display: Callable[[CompanyRegulation], str] | None = None


def _in_words(choices: type[Choices], code: str) -> str:
    """A code of a closed list in words. Django's `get_..._display` translates the whole list for each row."""
    try:
        return str(choices(code).label)
    except ValueError:
        return code


PUBLIC_FIELDS = (
    PublicField("company", _("Company"), lambda r: r.company.name),
    PublicField(
        "kecamatan", _("Kecamatan"), lambda r: r.company.kecamatan, lambda r: _in_words(Kecamatan, r.company.kecamatan)
    ),
    PublicField("sector", _("Sector"), lambda r: r.company.sector, lambda r: _in_words(Sector, r.company.sector)),
    PublicField("kind", _("Kind"), lambda r: r.kind, lambda r: _in_words(Kind, r.kind)),
    PublicField("title", _("Title"), lambda r: r.title),
    PublicField("decree_number", _("Decree number"), lambda r: r.decree_number),
    PublicField("decree_date", _("Date of the decree"), lambda r: r.decree_date),
    PublicField("valid_from", _("Valid from"), lambda r: r.valid_from),
    PublicField("valid_until", _("Valid until"), lambda r: r.valid_until),
    PublicField("state", _("State"), lambda r: r.state.value, lambda r: str(r.state.label)),
)

_TOTALS = "psk-register-totals-%s"

#: State -> modifier of its badge. The state is always said in words as well.
TONES = {
    "upcoming": "info",
    "in_force": "ok",
    "expiring": "warn",
    "expired": "bad",
    "revoked": "bad",
    "replaced": "neutral",
    "amended": "info",
}


def as_json(regulation: CompanyRegulation) -> dict[str, Any]:
    """The public facts by name: codes, dates as ISO text, and `<name>_label` in words beside each code."""
    facts: dict[str, Any] = {}
    for field in PUBLIC_FIELDS:
        value = field.value(regulation)
        facts[field.name] = value.isoformat() if isinstance(value, dt.date) else value
        if field.display is not None:
            facts[f"{field.name}_label"] = str(field.display(regulation))
    return facts


def as_row(regulation: CompanyRegulation) -> list[Cell]:
    """The public facts as cells: codes in words, dates as dates."""
    return [field.display(regulation) if field.display else field.value(regulation) for field in PUBLIC_FIELDS]


def heading_row() -> list[str]:
    return [str(field.label) for field in PUBLIC_FIELDS]


def rows() -> RegulationQuerySet:
    """Every regulation that is not held back, with what its public facts need and nothing else, by name of company."""
    shown = CompanyRegulation.objects.filter(held_back="")
    regulations = shown.select_related("company").order_by("company__name", "kind", "pk")
    company = (f"company__{name}" for name in ("name", "kecamatan", "sector"))
    return regulations.only(
        *("kind", "title", "version", "decree_number", "decree_date", "valid_from", "valid_until"),
        *("previous_until", "revoked_on", "replaced_from", "replaced_by", "change", *company),
    )


def totals(day: dt.date | None = None) -> dict[str, int]:
    """How many companies have a regulation in force, and how many regulations stand in which state.

    One query over all of them, whose answer is kept for a while: every search shows it.
    """
    day = day or timezone.localdate()
    key = _TOTALS % day.isoformat()
    found = cache.get(key)
    if found is None:
        found = _counted(day)
        if conf.FIGURES_SECONDS:
            cache.set(key, found, conf.FIGURES_SECONDS)
    return found


def forget_totals(**_signal: Any) -> None:
    """A regulation has changed: today's totals are counted anew once that stands."""
    key = _TOTALS % timezone.localdate().isoformat()
    transaction.on_commit(lambda: cache.delete(key))


def _counted(day: dt.date) -> dict[str, int]:
    in_force = state_condition(RegulationState.IN_FORCE, day) | state_condition(RegulationState.EXPIRING, day)
    return CompanyRegulation.objects.aggregate(
        companies=Count("company", filter=in_force, distinct=True),
        in_force=Count("pk", filter=in_force),
        expiring=Count("pk", filter=state_condition(RegulationState.EXPIRING, day)),
        expired=Count("pk", filter=state_condition(RegulationState.EXPIRED, day)),
    )
