"""The company as it was when it filed, beside what its profile says now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..companies.models import Company
from ..submissions import answers
from ..submissions.models import Submission


@dataclass(frozen=True)
class Line:
    """A fact about the company as filed, and as it is now where that differs."""

    label: str
    filed: str
    now: str | None = None


def company_lines(submission: Submission) -> list[Line]:
    """Every fact about the company as filed; with the present one where that differs."""
    filed, now = submission.company_data, submission.company.snapshot()
    lines = []
    for name, label in _company_labels():
        then, today = _words(name, filed), _words(name, now)
        lines.append(Line(label, then, today if today != then else None))
    return lines


def _company_labels() -> list[tuple[str, str]]:
    names = [
        "name",
        "legal_form_label",
        "nib",
        "npwp",
        "address",
        "kelurahan",
        "kecamatan_label",
        "postcode",
        "phone",
        "email",
        "website",
        "kbli_code",
        "kbli_edition",
        "business",
        "investment_label",
        "male_permanent",
        "female_permanent",
        "male_contract",
        "female_contract",
        "wlkp_number",
        "wlkp_valid_until",
    ]
    labels = [
        (name, capfirst(str(Company._meta.get_field(name.removesuffix("_label")).verbose_name))) for name in names
    ]
    return [*labels, ("unions", _("Unions")), ("branches", _("Branches"))]


def _words(name: str, snapshot: Mapping[str, Any]) -> str:
    value = snapshot.get(name)
    if name == "unions":
        return "; ".join(f"{row['name']} ({row['registration'] or '–'}, {row['members']})" for row in value or [])
    if name == "branches":
        return "; ".join(f"{row['name']}, {row['address']}, {row['regency']}" for row in value or [])
    if name == "wlkp_valid_until":
        day = answers.parse_safe(value)
        return date_format(day, "j F Y") if day else ""
    return "" if value is None else str(value)
