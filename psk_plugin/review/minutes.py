"""The minutes of one application for the file (berita acara): its facts and its whole timeline, as PDF."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import pdf
from ..calendar import office_calendar
from ..office import letterhead
from ..office.models import OfficeSettings
from ..submissions.models import Submission
from .moment import in_halves, name_of
from .timeline import timeline_of

TEMPLATE = "psk_plugin/pdf/minutes.html"


def draw(submission: Submission, user, at: dt.datetime | None = None) -> bytes:
    """The minutes as they stand at `at`, drawn for `user`, whose name stands in the foot. Nothing is kept: the same
    rows give the same minutes.
    """
    at = at or timezone.now()
    office = OfficeSettings.load()
    # A paper of the office is Indonesian whatever language the screen has.
    with translation.override(settings.LANGUAGE_CODE):
        return pdf.render(
            TEMPLATE,
            {
                "letterhead": letterhead.of_today(office),
                "title": f"Berita acara permohonan {submission.number}",
                "author": office.name,
                "submission": submission,
                "facts": facts_of(submission),
                "moments": list(reversed(timeline_of(submission, office_calendar()))),
                "printed_at": timezone.localtime(at),
                "printed_by": name_of(user),
            },
            at=at,
        )


def facts_of(submission: Submission) -> list[tuple[str, str]]:
    """What the application is, in the order of a file's cover."""
    filed = submission.company_data
    rows: list[tuple[str, Any]] = [
        (_("Application number"), submission.number),
        (_("Number of registration"), submission.registration_number),
        (_("Service"), submission.definition["title"]),
        (_("Company"), filed.get("name") or submission.company.name),
        ("NIB", filed.get("nib")),
        (_("Filed"), _moment(submission.filed_at)),
        (_("Applicant"), name_of(submission.applicant)),
        (_("State"), submission.get_status_display()),
        (_("Stage"), submission.stage.title if submission.stage and not submission.is_final else ""),
        (_("Closed on"), _moment(submission.closed_at)),
        (_("Continues the closed application"), submission.follows.number if submission.follows_id else ""),
    ]
    decree = getattr(submission, "decree", None)
    if decree is not None:
        rows += [
            (_("Decree number"), decree.number),
            (_("Date of the decree"), date_format(decree.issued_on, "j F Y")),
            (
                _("Hash of the decree's PDF (SHA-256)"),
                in_halves(decree.file.sha256) if decree.file_id else _("not made yet"),
            ),
            (_("Verification code"), decree.code_in_groups),
        ]
    return [(label, str(value)) for label, value in rows if value]


def _moment(moment: dt.datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H.i") + " WIB" if moment else ""


def file_name(submission: Submission) -> str:
    return f"berita-acara-{submission.number}.pdf"
