"""The history of a company's profile, with its unions and branches, as the office may read it."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..history.registry import Child, Kept
from .models import Branch, Company, Union


def _union(row: Any) -> str:
    registered = date_format(row.registered_on, "j F Y") if row.registered_on else "–"
    return _("Registration %(number)s of %(day)s, %(members)d members") % {
        "number": row.registration_number or "–",
        "day": registered,
        "members": row.members,
    }


def _branch(row: Any) -> str:
    return _("%(address)s, %(regency)s, %(province)s, %(workers)d workers") % {
        "address": row.address,
        "regency": row.regency,
        "province": row.get_province_display(),
        "workers": row.workers,
    }


ENTRY = Kept(
    key="perusahaan",
    model=Company,
    permission="psk_plugin.view_company",
    icon="group",
    fields=(
        *("name", "legal_form", "nib", "npwp", "address", "kecamatan", "kelurahan", "postcode", "phone", "email"),
        *("website", "kbli_code", "kbli_edition", "business", "sector", "investment", "male_permanent"),
        *("female_permanent", "male_contract", "female_contract", "wlkp_number", "wlkp_valid_until"),
        *("counted_workers", "source"),
    ),
    # A sole owner's NPWP, telephone and e-mail are those of a person.
    private=frozenset({"npwp", "phone", "email"}),
    private_permission="psk_plugin.review_submission",
    children=(Child(Union, "company", _union), Child(Branch, "company", _branch)),
    home=lambda company, _user: reverse("psk_company", args=[company.pk]),
)
