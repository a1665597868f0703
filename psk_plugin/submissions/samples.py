"""An application that nobody filed, for previews: a company and answers that say of themselves that they are examples.

Nothing here is ever saved.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from ..companies.models import Company
from ..services.models import FieldKind, FieldRole, FilingType, Service, ServiceEdition
from .models import Status, Submission

COMPANY: dict[str, Any] = {
    "name": "PT Contoh Sejahtera",
    "legal_form": "pt",
    "nib": "9100000000000",
    "npwp": "0900000000000000",
    "address": "Jl. Contoh Raya No. 1",
    "kecamatan": "bekasi-selatan",
    "kecamatan_label": "Bekasi Selatan",
    "kelurahan": "Kayuringin Jaya",
    "postcode": "17144",
    "phone": "021 0000000",
    "email": "hrd@contoh.test",
    "website": "",
    "kbli_code": "28110",
    "kbli_edition": "2020",
    "business": "Industri mesin",
    "sector": "C",
    "investment": "pmdn",
    "investment_label": "PMDN",
    "legal_form_label": "PT",
    "male_permanent": 40,
    "female_permanent": 25,
    "male_contract": 10,
    "female_contract": 5,
    "workers": 80,
    "wlkp_number": "WLKP-CONTOH",
    "wlkp_valid_until": None,
    "unions": [],
    "branches": [],
}
ROLES = {
    FieldRole.TITLE: "Peraturan PT Contoh Sejahtera",
    FieldRole.LETTER_NUMBER: "001/CONTOH/2026",
    FieldRole.RESPONSIBLE: "Nama Penanggung Jawab",
    FieldRole.RESPONSIBLE_POSITION: "Direktur",
    FieldRole.SEQUENCE: "1",
    FieldRole.AMENDED: "Pasal 12 dan Pasal 15 ayat (2)",
    FieldRole.UNION: "Serikat Pekerja Contoh",
    FieldRole.UNION_NUMBER: "250/CONTOH/2019",
}


def sample_submission(service: Service, edition: ServiceEdition) -> Submission:
    """An application for the service as `edition` has it, filed now by an invented company."""
    now = timezone.now()
    return Submission(
        number=f"PSK-{now.year}-CONTOH",
        service=service,
        edition=edition,
        company=Company(name=COMPANY["name"]),
        status=Status.IN_REVIEW,
        company_data=dict(COMPANY),
        origin_data=_origin(edition.definition),
        data={row["code"]: _answer(row, edition.definition) for row in edition.definition["fields"]},
        filed_at=now,
    )


def _origin(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The regulation that an application for a renewal, extension or amendment starts from."""
    if definition["filing_type"] == FilingType.NEW:
        return {}
    today = timezone.localdate()
    return {
        "version": 1,
        "decree_number": "560/CONTOH/2024",
        "decree_date": (today - relativedelta(years=2)).isoformat(),
        "title": ROLES[FieldRole.TITLE],
        "valid_from": (today - relativedelta(years=2)).isoformat(),
        "valid_until": (today + relativedelta(days=60)).isoformat(),
        "base_until": (today + relativedelta(days=60)).isoformat(),
        "is_extended": False,
        "has_decree": True,
        "text_file": None,
    }


def _answer(row: Mapping[str, Any], definition: Mapping[str, Any]) -> Any:
    """An answer of the right kind; `None` for kinds that a sentence can do without."""
    today = timezone.localdate()
    if row["role"] in ROLES:
        return ROLES[row["role"]]
    match row["kind"]:
        case FieldKind.PERIOD:
            until = today + relativedelta(months=definition["max_validity_months"] or 24) - dt.timedelta(days=1)
            return {"from": today.isoformat(), "until": until.isoformat()}
        case FieldKind.DATE:
            return today.isoformat()
        case FieldKind.NUMBER:
            return "12"
        case FieldKind.MONEY:
            return "5000000"
        case FieldKind.YES_NO:
            return "ya"
        case FieldKind.CHOICE:
            return next((line.strip() for line in row["choices"].splitlines() if line.strip()), "")
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return f"[{row['label']}]"
    return None
