"""Marking a company as looked after."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.merged import FOR_OFFICE, held
from ..companies.models import Company
from ..submissions.errors import Impossible
from .models import SignMark

#: Days for which somebody may say at most that a company is looked after: longer would be forgotten.
MOST_DAYS = 366


@transaction.atomic
def mark(company: Company, user: Any, *, until: dt.date, note: str, codes: set[str]) -> SignMark:
    """The company leaves the list until the day has passed or a sign comes that is not among `codes`.

    Raises `Impossible` where the day has passed, lies too far ahead, or the note is missing.
    """
    today = timezone.localdate()
    if until < today:
        raise Impossible(_("This day has passed. Please choose today or a later day."))
    if until > today + dt.timedelta(days=MOST_DAYS):
        raise Impossible(_("This day lies more than a year ahead. Please choose an earlier one."))
    note = " ".join(note.replace("\x00", "").split())
    if not note:
        raise Impossible(_("Please write what is being done, in a sentence."))
    if len(note) > 500:
        raise Impossible(_("Please say it in at most 500 characters."))
    if held(company.pk) is None:
        raise Impossible(str(FOR_OFFICE))
    return SignMark.objects.create(company=company, until=until, note=note, codes=sorted(codes), by=user)
