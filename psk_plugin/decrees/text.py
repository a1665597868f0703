"""The words of a decree: every placeholder filled, everything that the page shows frozen as plain data.

Written in Indonesian whatever language the signer's screen has: the decree is an Indonesian document.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import conf
from ..office.models import OfficeSettings
from ..services.models import ClauseSection, FieldRole
from ..services.placeholders import (
    ANSWER,
    PLACEHOLDERS,
    answer_code,
    fill,
    unknown_placeholders,
    used_placeholders,
)
from ..submissions.answers import parse_safe, readable
from ..submissions.errors import Impossible
from ..submissions.models import Submission
from ..submissions.origin import old_of

#: Placeholders that are known only once the numbers are taken.
NUMBERED = ("decree_number", "register_number")

_ONES = ["SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN"]


def in_indonesian():
    return translation.override("id")


def long_date(day: dt.date | None) -> str:
    """A date as a decree writes it: 24 November 2026."""
    with in_indonesian():
        return date_format(day, "j F Y") if day else ""


def ordinal(number: int) -> str:
    """The word that counts a decree's dictum: KESATU, KEDUA ... KESEPULUH, KESEBELAS ... KEDUA PULUH SATU."""
    return "KE" + _spelled(number)


def _spelled(number: int) -> str:
    if number < 10:
        return _ONES[number - 1]
    if number == 10:
        return "SEPULUH"
    if number == 11:
        return "SEBELAS"
    if number < 20:
        return f"{_ONES[number - 11]} BELAS"
    tens, rest = divmod(number, 10)
    return f"{_ONES[tens - 1]} PULUH" + (f" {_ONES[rest - 1]}" if rest else "")


def known_values(submission: Submission, office: OfficeSettings, day: dt.date) -> dict[str, str]:
    """What stands for each placeholder before the numbers are taken; empty where the application does not say.

    A service that makes no regulation may do without a question for the title: its own title stands in.
    """
    definition = submission.definition
    title = str(submission.answer_for(FieldRole.TITLE) or "").strip()
    company = submission.company_data
    period = submission.answer_for(FieldRole.PERIOD) or {}
    old = old_of(submission)
    sequence = str(submission.answer_for(FieldRole.SEQUENCE) or "").strip()
    parts = [company.get("address", "").strip().rstrip(",")]
    if company.get("kelurahan"):
        parts.append(f"Kelurahan {company['kelurahan']}")
    if company.get("kecamatan_label"):
        parts.append(f"Kecamatan {company['kecamatan_label']}")
    if conf.CITY.casefold() not in parts[0].casefold():
        parts.append(conf.CITY)
    return {
        "company": company.get("name", ""),
        "address": ", ".join(part for part in parts if part),
        "business": company.get("business", ""),
        "kecamatan": company.get("kecamatan_label", ""),
        "nib": company.get("nib", ""),
        "service": definition["title"],
        "regulation_title": title or ("" if submission.makes_regulation else definition["title"]),
        "valid_from": long_date(parse_safe(period.get("from"))),
        "valid_until": long_date(parse_safe(period.get("until"))),
        "letter_number": str(submission.answer_for(FieldRole.LETTER_NUMBER) or "").strip(),
        "letter_date": long_date(parse_safe(submission.answer_for(FieldRole.LETTER_DATE))),
        "responsible": _said(submission, FieldRole.RESPONSIBLE),
        "responsible_position": _said(submission, FieldRole.RESPONSIBLE_POSITION),
        "union": _said(submission, FieldRole.UNION),
        "union_number": _said(submission, FieldRole.UNION_NUMBER),
        "union_date": long_date(parse_safe(submission.answer_for(FieldRole.UNION_DATE))),
        "previous_decree": old.decree_number if old else "",
        "previous_date": long_date(old.decree_date) if old else "",
        "previous_from": long_date(old.first) if old else "",
        "previous_until": long_date(old.last) if old else "",
        "sequence": f"KE-{sequence}" if sequence else "",
        "amended": _said(submission, FieldRole.AMENDED),
        "submission_number": submission.number or "",
        "filed_on": long_date(timezone.localdate(submission.filed_at) if submission.filed_at else None),
        "issued_on": long_date(day),
        "year": str(day.year),
        "signer_title": office.signer_title,
        **_answers(definition, submission.data),
    }


def _said(submission: Submission, role: str) -> str:
    """The answer that plays `role`, as written."""
    return str(submission.answer_for(role) or "").strip()


def _answers(definition: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, str]:
    """What stands for `{jawaban.<code>}`: each answer in words."""
    with in_indonesian():
        return {f"{ANSWER}{row['code']}": readable(row, data.get(row["code"])) for row in definition["fields"]}


def check(submission: Submission, values: dict[str, str]) -> None:
    """Raise `Impossible` where the decree's text asks for something that nobody has given."""
    definition = submission.definition
    texts = texts_of(definition)
    if not any(clause["section"] == ClauseSection.DECIDING for clause in definition["clauses"]):
        raise Impossible(_("The service has no text of the decree yet. Please ask the editor of the service."))
    used: set[str] = set()
    for text in texts:
        if unknown := unknown_placeholders(text):
            raise Impossible(
                _("The text of the decree has an unknown placeholder: %s. Please ask the editor of the service.")
                % ", ".join(unknown)
            )
        used |= used_placeholders(text)
    labels = {f"{ANSWER}{row['code']}": row["label"] for row in definition["fields"]}
    if gone := [name for name in sorted(used) if answer_code(name) and name not in labels]:
        raise Impossible(
            _("The text of the decree has an unknown placeholder: %s. Please ask the editor of the service.")
            % ", ".join(gone)
        )
    missing = [
        str(label)
        for name, label in (PLACEHOLDERS | labels).items()
        if name in used and name not in NUMBERED and not values.get(name)
    ]
    if missing:
        raise Impossible(
            _("The decree cannot be made because this is missing in the application: %s. Please send it back.")
            % ", ".join(missing)
        )


def texts_of(definition: Mapping[str, Any]) -> list[str]:
    """Everything of a decree's wording that may use placeholders."""
    heading = definition.get("decree_heading", "")
    return [heading, definition["decree_title"], *(clause["text"] for clause in definition["clauses"])]


def compose(submission: Submission, office: OfficeSettings, values: dict[str, str]) -> dict[str, Any]:
    """Everything the decree's page shows, as plain data. `values` must be complete.

    Without a heading of its own it is a decree in the form of the office: KEPUTUSAN, MEMUTUSKAN, KESATU. With one it is
    a letter or certificate that calls itself so: plain paragraphs.
    """
    definition = submission.definition
    heading = fill(definition.get("decree_heading", ""), values).strip()
    name = heading.title()
    clauses: dict[str, list[str]] = {section: [] for section in ClauseSection.values}
    for clause in definition["clauses"]:
        clauses[clause["section"]].append(fill(clause["text"], values).strip())
    region = office.government.upper().removeprefix("PEMERINTAH ").strip()
    authority = office.signer_title.upper()
    if region not in authority:
        authority = f"{authority} {region}"
    return {
        "layout": 1,
        "letterhead": {
            "government": office.government,
            "name": office.name,
            "address": office.address,
            "contact": office.contact,
        },
        "style": "certificate" if heading else "decree",
        "heading": heading or f"KEPUTUSAN {authority}",
        "document_name": name,
        "document_title": f"{name or f'Keputusan {office.signer_title}'} Nomor {values['decree_number']}",
        "service": definition["title"],
        "outcome": definition.get("outcome", ""),
        "number": values["decree_number"],
        "subject": fill(definition["decree_title"], values).strip().upper(),
        "authority": authority,
        "reading": _marked(clauses[ClauseSection.READING], str),
        "considering": _marked(clauses[ClauseSection.CONSIDERING], _letter),
        "recalling": _marked(clauses[ClauseSection.RECALLING], str),
        "deciding": [[ordinal(n), text] for n, text in enumerate(clauses[ClauseSection.DECIDING], start=1)],
        "copies": clauses[ClauseSection.COPIES],
        "notes": [line.strip() for line in submission.decree_notes.splitlines() if line.strip()],
        "place": office.place,
        "date": values["issued_on"],
        "signer": {
            "title": authority,
            "name": office.signer_name,
            "rank": office.signer_rank,
            "nip": office.signer_nip,
        },
        "signature_note": office.electronic_signature_note.strip(),
    }


def _marked(paragraphs: list[str], mark: Callable[[int], str]) -> list[list[str]]:
    """Each paragraph with its "1." or "a."; a single one stands without."""
    if len(paragraphs) == 1:
        return [["", paragraphs[0]]]
    return [[f"{mark(number)}.", paragraph] for number, paragraph in enumerate(paragraphs, start=1)]


def _letter(number: int) -> str:
    """a to z, then aa, bb."""
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turns + 1)
