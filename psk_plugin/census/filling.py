"""What a census may say about a company that is known already.

What a company says of itself is never overwritten: only blanks are filled. A company that nobody acts for yet, and that
a census made, follows the newer census.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef

from ..companies.models import Company, Membership

#: Fields that a census can tell.
TOLD = (
    *("name", "legal_form", "nib", "npwp", "address", "kecamatan", "kelurahan", "postcode", "phone", "email"),
    *("kbli_code", "business", "sector", "investment", "wlkp_number", "counted_workers"),
)
#: Never changed by a census once they are there: they say which company it is.
IDENTITY = ("nib", "npwp")


def known_companies(keys: Collection[int], *, lock: bool = False) -> dict[int, Company]:
    """Companies by key, each with `has_people`: whether somebody acts for it."""
    if not keys:
        return {}
    people = Exists(Membership.objects.filter(company=OuterRef("pk")))
    rows = Company.objects.filter(pk__in=keys).annotate(has_people=people).order_by("pk")
    if lock:
        rows = rows.select_for_update(of=("self",))
    return {company.pk: company for company in rows}


def filled(company: Company, values: dict[str, Any]) -> dict[str, Any]:
    """Field -> value that the row adds to the company; empty where it adds nothing."""
    follows = company.source == Company.Source.CENSUS and not company.has_people
    changes = {}
    for name in TOLD:
        value = values.get(name)
        if value in (None, "") or value == getattr(company, name):
            continue
        is_blank = not getattr(company, name)
        if name == "counted_workers":
            # Counts only while the company has told no numbers of its own.
            told = company.workers_male + company.workers_female
            is_blank = company.counted_workers is None and not told
        if name == "sector":
            # Goes with the code; a sector alone fills nothing where there is a code.
            is_blank = not company.kbli_code and not values.get("kbli_code") and company.sector == "other"
        if is_blank or (follows and name not in IDENTITY):
            changes[name] = value
    if "sector" in changes and company.kbli_code and not values.get("kbli_code"):
        del changes["sector"]
    if changes.get("kbli_code") and values.get("sector") and values["sector"] != company.sector:
        changes["sector"] = values["sector"]
    return changes
