"""The companies of a sent campaign as a table for spreadsheet programs, with what a label for an envelope needs."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..compliance.standing import Standing
from ..sheets import Cell
from .models import Addressee


def headings() -> list[str]:
    return [
        _("Number of the letter"),
        _("Company"),
        _("Address"),
        _("Kelurahan"),
        _("Kecamatan"),
        _("Postcode"),
        _("Standing"),
        _("Workers"),
        pgettext("campaign", "Group"),
        _("Reason"),
        _("Mails"),
        _("Follow-up"),
        _("Registered for the meeting"),
        _("Came to the meeting"),
        _("First filed on"),
    ]


def rows_of(rows: QuerySet[Addressee], *, has_meeting: bool) -> Iterator[list[Cell | None]]:
    """Cells of rows that carry `with_first_filing` and `with_attendance`."""
    language = translation.get_language()
    for row in rows.iterator(chunk_size=1000):
        # A stream runs on after the view has ended, and with it the language of the person.
        with translation.override(language):
            cells = [
                row.number,
                row.name,
                row.address,
                row.kelurahan,
                row.kecamatan,
                row.postcode,
                str(Standing(row.standing).label),
                row.headcount,
                str(row.get_group_display()),
                row.reason,
                row.mails,
                str(row.get_follow_up_display()) if row.number else "",
                _yes(row.has_registered) if has_meeting else "",
                _yes(row.has_attended) if has_meeting else "",
                timezone.localdate(row.first_filed_at) if row.first_filed_at else None,
            ]
        yield cells


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
