"""Two companies side by side: the parts of their profiles of which one value stays."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Company

WORKERS = ("male_permanent", "female_permanent", "male_contract", "female_contract")


@dataclass(frozen=True)
class Part:
    """Fields that make sense together only: nobody wants the street of one and the kecamatan of the other."""

    code: str
    label: str | Promise
    fields: tuple[str, ...]
    #: Those that tell something; the others always have a value. Empty: all of them.
    tells: tuple[str, ...] = ()

    def is_told(self, company: Company) -> bool:
        return any(getattr(company, name) for name in (self.tells or self.fields))

    def words(self, company: Company) -> str:
        """As people read it; empty where nothing is told."""
        if self.code == "workers":
            return _workers(company) if self.is_told(company) else ""
        return ", ".join(word for name in self.fields if (word := _shown(company, name)))


PARTS = (
    Part("name", gettext_lazy("name of the company"), ("name",)),
    Part("legal_form", gettext_lazy("legal form"), ("legal_form",)),
    Part("nib", "NIB", ("nib",)),
    Part("npwp", "NPWP", ("npwp",)),
    # The sector follows from the code; a census may know it without one.
    Part("kbli", gettext_lazy("KBLI and sector"), ("kbli_code", "kbli_edition", "sector"), ("kbli_code",)),
    Part("business", gettext_lazy("line of business"), ("business",)),
    Part("investment", gettext_lazy("investment status"), ("investment",)),
    Part("place", gettext_lazy("address"), ("address", "kelurahan", "kecamatan", "postcode"), ("address",)),
    Part("phone", gettext_lazy("telephone"), ("phone",)),
    Part("email", gettext_lazy("company e-mail"), ("email",)),
    Part("website", gettext_lazy("website"), ("website",)),
    Part("workers", gettext_lazy("workers"), (*WORKERS, "counted_workers")),
    Part("wlkp", "WLKP", ("wlkp_number", "wlkp_valid_until")),
)
BY_CODE = {part.code: part for part in PARTS}


@dataclass(frozen=True)
class Line:
    """One part of both. Somebody has to choose only where both say something and it is not the same."""

    part: Part
    kept: str
    gone: str
    is_same: bool
    must_choose: bool
    comes_from_gone: bool


def compare(kept: Company, gone: Company) -> list[Line]:
    """Every part of the two profiles, in the order of the page."""
    lines = []
    for part in PARTS:
        words = part.words(kept), part.words(gone)
        is_same = words[0] == words[1]
        told = part.is_told(kept), part.is_told(gone)
        lines.append(
            Line(
                part=part,
                kept=words[0],
                gone=words[1],
                is_same=is_same,
                must_choose=not is_same and told[0] == told[1],
                comes_from_gone=not is_same and told == (False, True),
            )
        )
    return lines


def everything(company: Company) -> dict[str, Any]:
    """All that the company says of itself, as plain data to keep."""
    extra = {
        "source": company.source,
        "counted_workers": company.counted_workers,
        "created_at": company.created_at.isoformat(),
        "readable": {part.code: part.words(company) for part in PARTS},
    }
    return company.snapshot() | extra


def _workers(company: Company) -> str:
    if not any(getattr(company, name) for name in WORKERS):
        return _("%d by the census") % company.counted_workers
    return _("%(total)d (men %(men)d, women %(women)d; permanent %(permanent)d, fixed-term %(contract)d)") % {
        "total": company.workers,
        "men": company.workers_male,
        "women": company.workers_female,
        "permanent": company.workers_permanent,
        "contract": company.workers_contract,
    }


def _shown(company: Company, name: str) -> str:
    field, value = Company._meta.get_field(name), getattr(company, name)
    if not value:
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return date_format(value, "j F Y") if hasattr(value, "year") else str(value)
