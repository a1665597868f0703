"""Regulations for tests, put in force by the verb that decrees use."""

import datetime as dt

from django.utils import timezone

from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.regulations.verbs import put_in_force

from .. import factories


def in_force(company=None, *, first: int = -10, last: int = 700, number: str = "", kind: str = "PP", **more):
    """A company's regulation valid from `first` to `last` days from today."""
    company = company or factories.CompanyFactory()
    today = timezone.localdate()
    values = {
        "title": "Peraturan Perusahaan",
        "valid_from": today + dt.timedelta(days=first),
        "valid_until": today + dt.timedelta(days=last),
        "decree_id": None,
        "decree_number": number or f"SK/{company.pk}/{CompanyRegulation.objects.count() + 1}",
        "decree_date": today,
        "text_file": None,
        "user": None,
        "reason": "Disahkan",
    }
    return put_in_force(company_id=company.pk, kind=kind, **values | more)
