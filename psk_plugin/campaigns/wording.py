"""The words of a campaign's letter: which words in braces it may use, and what each stands for."""

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..compliance.standing import Standing
from ..meetings.letters import when
from ..meetings.models import Meeting
from ..outreach.letter import public_url
from ..services.placeholders import answer_code, fill, placeholder_problem, unknown_placeholders, used_placeholders

#: Word in braces -> what the writer is told.
PLACEHOLDERS = {
    "perusahaan": _("name of the company"),
    "alamat": _("address of the company"),
    "kelurahan": _("kelurahan"),
    "kecamatan": _("kecamatan"),
    "pekerja": _("number of workers"),
    "status": _("how the company stands, in words"),
    "nomor": _("number of the letter"),
    "tanggal": _("date of the letter"),
    "tautan": _("address of the form, or of the registration for the meeting"),
}
#: Only where the campaign invites to a meeting.
OF_MEETING = {
    "acara": _("title of the meeting"),
    "waktu": _("day and hours of the meeting"),
    "tempat": _("place of the meeting"),
}
PARAGRAPHS = re.compile(r"\n\s*\n")


def check_words(text: str, *, with_meeting: bool) -> None:
    """Raises `ValidationError` with a sentence for a word in braces that nothing fills."""
    known = {**PLACEHOLDERS, **OF_MEETING}
    unknown = set(unknown_placeholders(text, known)) | {n for n in used_placeholders(text) if answer_code(n)}
    if unknown:
        raise ValidationError(placeholder_problem(sorted(unknown)))
    if not with_meeting and (lost := sorted(set(OF_MEETING) & used_placeholders(text))):
        names = ", ".join(f"{{{name}}}" for name in lost)
        raise ValidationError(
            gettext("%s can only be used where the campaign invites to a meeting. Please choose the meeting.") % names
        )


def standing_words(standing: str, ended_on: dt.date | None) -> str:
    """How a company stands, as a part of a sentence about it."""
    day = date_format(ended_on, "j F Y") if ended_on else ""
    match standing:
        case Standing.NEVER:
            return gettext("has not filed a PP or PKB yet")
        case Standing.EXPIRED:
            return gettext("has a PP or PKB that ended on %s") % day if day else gettext("has a PP or PKB that ended")
        case Standing.EXPIRING:
            return gettext("has a PP or PKB that ends soon")
        case Standing.IN_PROCESS:
            return gettext("has an application under examination")
        case Standing.IN_FORCE:
            return gettext("has a PP or PKB in force")
    return gettext("need not have a PP")


def link_of(meeting: Meeting | None) -> str:
    """Where a company goes: the meeting's page with its registration, else the services."""
    return public_url(meeting.get_absolute_url() if meeting else reverse("psk:service_list"))


def meeting_facts(meeting: Meeting | None) -> dict[str, str]:
    """The meeting as it stands in the letter; empty where there is none."""
    return {"acara": meeting.title, "waktu": when(meeting), "tempat": meeting.place} if meeting else {}


def values_for(row: Any, content: dict[str, Any]) -> dict[str, str]:
    """What each word stands for. `row`: an `Addressee`; `content`: what is frozen with its campaign."""
    return {
        "perusahaan": row.name,
        "alamat": row.address,
        "kelurahan": row.kelurahan,
        "kecamatan": row.kecamatan,
        "pekerja": str(row.headcount),
        "status": standing_words(row.standing, row.ended_on),
        "nomor": row.number,
        "tanggal": content["date"],
        "tautan": content["link"],
        **content["meeting"],
    }


def paragraphs(text: str, values: dict[str, str]) -> list[str]:
    """The text filled, one string per paragraph. Raises `KeyError` or `ValueError` as `fill`."""
    return [" ".join(part.split()) for part in PARAGRAPHS.split(fill(text, values).strip()) if part.strip()]
