"""The demo's companies: three with whole regulations, and a background so that lists and the register have rows."""

import csv
import datetime as dt
from pathlib import Path

from ..companies.models import Branch, Company, Membership, Union
from .samples.make_samples import COMPANIES, company_data

FILLERS = Path(__file__).parent / "data" / "fillers.csv"
#: Companies in the background that have a union, by code.
UNIONS = {
    "cakra": {
        "name": "Serikat Pekerja Cakra Logam Contoh",
        "registration_number": "560/SP/CONTOH/2019",
        "registered_on": dt.date(2019, 5, 2),
        "members": 96,
    },
    "pandawa": {
        "name": "Serikat Buruh Pandawa Contoh",
        "registration_number": "560/SB/CONTOH/2017",
        "registered_on": dt.date(2017, 8, 21),
        "members": 24,
    },
}
_PLAIN = (
    *("name", "legal_form", "npwp", "address", "kelurahan", "kecamatan", "postcode", "phone", "email", "website"),
    *("kbli_code", "kbli_edition", "business", "investment", "wlkp_number", "wlkp_valid_until"),
    *("male_permanent", "female_permanent", "male_contract", "female_contract"),
)


def make_company(data: dict) -> Company:
    """The company with this NIB. One that exists stays as somebody may have changed it."""
    company = Company.objects.filter(nib=data["nib"]).first()
    if company is None:
        company = Company(nib=data["nib"], **{name: data[name] for name in _PLAIN})
        company.full_clean()
        company._change_reason = "Data contoh"
        company.save()
        for row in data["unions"]:
            Union.objects.create(company=company, **row)
        for row in data["branches"]:
            Branch.objects.create(company=company, **row)
    return company


def sample_companies() -> dict[str, Company]:
    """The companies of `samples`, by slug.

    What they keep quiet is left out of their data: PT Gudang Layang Sembilan does not name its depot outside the city,
    which only its list of branches shows. An honest profile would be turned away before it is filed.
    """
    made = {}
    for slug in COMPANIES:
        data = company_data(slug)
        data["branches"] = [branch for branch in data["branches"] if branch["in_city"]]
        data["website"] = data.get("website", "")
        made[slug] = make_company(data)
    return made


def filler_companies() -> dict[str, Company]:
    """The companies in the background, by code."""
    made = {}
    with FILLERS.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 1):
            code = row.pop("code")
            data = row | {
                "nib": f"00000001{number:05d}",
                "npwp": f"0000000001{number:06d}",
                "postcode": "",
                "phone": f"(021) 0000-1{number:03d}",
                "email": f"{code}@perusahaan.example",
                "website": "",
                "kbli_edition": "2020",
                "wlkp_number": f"CONTOH.{number:04d}",
                "wlkp_valid_until": None,
                "unions": [UNIONS[code]] if code in UNIONS else [],
                "branches": [],
            }
            made[code] = make_company(data)
    return made


def join(company: Company, user, role: str = Membership.Role.OWNER) -> None:
    """`user` acts for the company, unless that was decided otherwise before."""
    Membership.objects.get_or_create(company=company, user=user, defaults={"role": role})
