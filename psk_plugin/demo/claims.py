"""A person who says that a company of the census is theirs; the office has not decided yet."""

from typing import Any

from django.http import QueryDict

from ..companies import claims
from ..companies.claim_models import Claim
from ..companies.matching import claimable
from ..companies.models import Company
from ..records import intake
from .small_papers import paper


def load(people: dict[str, Any]) -> None:
    """One claim, unless there is one already or no census was taken in."""
    known = claimable().filter(nib__isnull=False, regulations__isnull=True)
    company = known.order_by("-nib").first()
    if company is None or Claim.objects.exists():
        return
    data = paper("NOMOR INDUK BERUSAHA", company.snapshot(), [f"NIB {company.nib}", company.name])
    kept = intake.keep(data, intake.look(data, claims.KINDS, claims.MAX_MB))
    claims.ask(company.pk, people["pemohon2"], _typed(company), (kept, "nib-oss.pdf"))


def _typed(company: Company) -> QueryDict:
    """The form as the person fills it in; what the census does not know is invented."""
    typed = QueryDict(mutable=True)
    typed.update(
        {
            "name": company.name,
            "legal_form": company.legal_form or "pt",
            "nib": company.nib,
            "npwp": company.npwp or "0000000001900001",
            "kbli_code": "28110",
            "kbli_edition": "2020",
            "business": "Industri mesin",
            "investment": "pmdn",
            "address": "Jl. Contoh Raya No. 9",
            "kecamatan": company.kecamatan,
            "kelurahan": company.kelurahan or "Kayuringin Jaya",
            "phone": "(021) 0000-1900",
            "email": "hrd@perusahaan.example",
            "male_permanent": "21",
            "female_permanent": "14",
            "male_contract": "6",
            "female_contract": "3",
            "has_unions": "no",
            "has_branches": "no",
            "unions-TOTAL_FORMS": "0",
            "unions-INITIAL_FORMS": "0",
            "branches-TOTAL_FORMS": "0",
            "branches-INITIAL_FORMS": "0",
        }
    )
    return typed
