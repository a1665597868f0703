"""Papers of a meeting: the letter of invitation and the list to sign, as PDF; the list of participants as a table."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy, pgettext_lazy

from .. import pdf
from ..office.models import OfficeSettings
from ..outreach.letter import public_url
from ..sheets import safe_cell
from . import letters
from .models import Meeting, Registration

#: Heading and value of each column of the participants' table.
COLUMNS = (
    (gettext_lazy("No."), None),
    (gettext_lazy("Name"), lambda r: r.name),
    (gettext_lazy("Company"), lambda r: r.company_words),
    (gettext_lazy("Position"), lambda r: r.position),
    (gettext_lazy("E-mail"), lambda r: r.email),
    (gettext_lazy("Telephone"), lambda r: r.phone),
    (gettext_lazy("State"), lambda r: str(r.get_state_display())),
    (pgettext_lazy("meeting", "Registered on"), lambda r: date_format(localtime(r.created_at), "d-m-Y H.i")),
)


def table_rows(registrations: Iterable[Registration]) -> Iterable[list[str | int]]:
    """Rows for CSV and XLSX, heading first; no cell that a spreadsheet program takes for a formula."""
    yield [str(heading) for heading, _value in COLUMNS]
    for number, row in enumerate(registrations, 1):
        yield [number, *(safe_cell(value(row)) for _heading, value in COLUMNS if value)]


def as_xlsx(registrations: Iterable[Registration]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Peserta"
    for number, row in enumerate(table_rows(registrations), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in zip("ABCDEFGH", (5, 30, 36, 24, 32, 18, 16, 18), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def invitation_pdf(meeting: Meeting, addressee: str = "") -> bytes:
    """The letter of invitation. `addressee`: a company's name; without it, it is open to all."""
    # A letter of the office is Indonesian whatever language the screen has.
    with translation.override("id"):
        return pdf.render(
            "psk_plugin/pdf/invitation.html",
            _frame(meeting, f"Undangan {meeting.title}")
            | {
                "addressee": addressee,
                "date": date_format(localdate(), "j F Y"),
                "when": letters.when(meeting),
                "address": public_url(meeting.get_absolute_url()),
                "qr": pdf.qr_uri(public_url(meeting.get_absolute_url()), scale=5) if meeting.is_published else "",
            },
        )


def attendance_pdf(meeting: Meeting) -> bytes:
    """The list of everybody with a seat, by name, with an empty column to sign in and some empty rows."""
    with translation.override("id"):
        rows = meeting.registrations.seated().select_related("company").order_by("name", "pk")
        return pdf.render(
            "psk_plugin/pdf/attendance.html",
            _frame(meeting, f"Daftar hadir {meeting.title}")
            | {"rows": rows, "spare": range(EMPTY_ROWS), "when": letters.when(meeting)},
        )


#: Rows for people who come without having registered.
EMPTY_ROWS = 8


def _frame(meeting: Meeting, title: str) -> dict[str, Any]:
    office = OfficeSettings.load()
    letterhead = {name: getattr(office, name) for name in ("government", "name", "address", "contact")}
    return {
        "title": title,
        "author": office.name,
        "meeting": meeting,
        "office": office,
        "letterhead": letterhead | {"emblem": _emblem(office)},
    }


def _emblem(office: OfficeSettings) -> str:
    """The office's emblem for the markup; nothing where there is none or its file is gone."""
    if office.emblem is None:
        return ""
    try:
        with office.emblem.get_rendition("max-400x400|format-png").file.open("rb") as handle:
            return pdf.png_uri(handle.read())
    except (OSError, ValueError):
        return ""
