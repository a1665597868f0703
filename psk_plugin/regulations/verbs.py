"""What happens to a company's regulation: put in force by a decree, revoked with it. Only upper rooms call these."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..companies.models import Company
from ..records.models import StoredFile
from .models import CompanyRegulation

#: What makes a version; everything else on the row belongs to the company or to the row itself.
VERSION_FIELDS = (
    "title",
    "valid_from",
    "valid_until",
    "decree_id",
    "decree_number",
    "decree_date",
    "text_file_id",
)


@transaction.atomic
def put_in_force(
    *,
    company_id: int,
    kind: str,
    title: str,
    valid_from: dt.date,
    valid_until: dt.date,
    decree_id: int | None,
    decree_number: str,
    decree_date: dt.date,
    text_file: StoredFile | None,
    user: Any,
    reason: str,
) -> CompanyRegulation:
    """Make the decree's regulation the company's newest version of its kind, and return it.

    The row is made with the first decree; every later one raises `version`, and the history keeps what was. A version
    that still holds when the new one is decreed holds on until it ends (`previous_until`).
    """
    # The company's row, because the regulation's may not exist yet: two first decrees must queue somewhere.
    Company.objects.select_for_update(no_key=True).get(pk=company_id)
    regulation = CompanyRegulation.objects.filter(company_id=company_id, kind=kind).first()
    if regulation is None:
        regulation = CompanyRegulation(company_id=company_id, kind=kind, version=1)
    else:
        regulation.previous_until = _held_until(regulation, timezone.localdate())
        regulation.version += 1
    regulation.title = title
    regulation.valid_from, regulation.valid_until = valid_from, valid_until
    regulation.decree_id, regulation.decree_number, regulation.decree_date = (
        decree_id,
        decree_number,
        decree_date,
    )
    regulation.text_file = text_file
    regulation.revoked_on = None
    return _save(regulation, user, reason)


@transaction.atomic
def revoke(*, company_id: int, kind: str, decree_id: int, day: dt.date, user: Any, reason: str) -> None:
    """The decree no longer counts from `day`: take its version out of force.

    The newest version is marked as revoked, unless it had not begun while the version before it still holds: then
    that one comes back. An earlier version's decree changes nothing but what still holds because of it.
    """
    regulation = CompanyRegulation.objects.select_for_update().filter(company_id=company_id, kind=kind).first()
    if regulation is None:
        return
    if regulation.decree_id == decree_id:
        before = regulation.history.filter(version=regulation.version - 1).first()
        if regulation.is_renewed_ahead(day) and before is not None:
            for name in VERSION_FIELDS:
                setattr(regulation, name, getattr(before, name))
            regulation.version += 1
            regulation.previous_until = None
        else:
            regulation.revoked_on = day
        _save(regulation, user, reason)
    elif regulation.previous_until is not None and _is_version_before(regulation, decree_id):
        regulation.previous_until = None
        _save(regulation, user, reason)


def _held_until(regulation: CompanyRegulation, day: dt.date) -> dt.date | None:
    """Last day on which the company is covered by what holds on `day`; `None` where nothing does."""
    if regulation.revoked_on is not None:
        return None
    if regulation.valid_from <= day <= regulation.valid_until:
        return regulation.valid_until
    return regulation.previous_until if regulation.is_renewed_ahead(day) else None


def _is_version_before(regulation: CompanyRegulation, decree_id: int) -> bool:
    before = regulation.history.filter(version=regulation.version - 1).first()
    return before is not None and before.decree_id == decree_id


def _save(regulation: CompanyRegulation, user: Any, reason: str) -> CompanyRegulation:
    regulation._change_reason = reason
    regulation._history_user = user
    regulation.save()
    return regulation
