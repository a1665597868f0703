"""Lists as CSV or XLSX: rows in the order they come, dates as dates, no cell that a program takes for a formula."""

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import capfirst

Cell = str | int | float | Decimal | dt.date
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What XML cannot say: a name with such a character would make a file that no program opens.
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

#: What the name of a sheet cannot hold.
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠") else text


def cell(value: Cell | None) -> Cell | None:
    """A value fit for both kinds of file."""
    return safe_cell(_UNSPEAKABLE.sub("", value)) if isinstance(value, str) else value


class _Echo:
    """A file that gives back what is written to it, so that the writer of rows can be streamed."""

    def write(self, line: str) -> str:
        return line


def as_csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell | None]]) -> HttpResponse:
    """CSV (UTF-8 with mark, comma, RFC 4180), streamed."""

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        # The mark tells spreadsheet programs that this is UTF-8.
        yield "\ufeff" + writer.writerow([capfirst(heading) for heading in headings])
        for row in rows:
            plain = (cell(value) for value in row)
            yield writer.writerow([value.isoformat() if isinstance(value, dt.date) else value for value in plain])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(name)}.csv"'
    return response


def as_xlsx(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell | None]]) -> HttpResponse:
    """A workbook of one sheet, written row by row into a temporary file, which goes when it has been sent."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_workbook(out, [("PSK", headings, rows)])
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{_file_name(name)}.xlsx", content_type=XLSX)


def write_workbook(out: IO[bytes], parts: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell | None]]]]) -> None:
    """Write a workbook: a sheet for each part, which is a title, headings and rows."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for title, headings, rows in parts:
        sheet = book.create_sheet(_SHEET_NAME.sub(" ", title)[:31])
        sheet.freeze_panes = "A2"
        for position in range(1, len(headings) + 1):
            sheet.column_dimensions[get_column_letter(position)].width = 24
        head = [WriteOnlyCell(sheet, capfirst(heading)) for heading in headings]
        for heading in head:
            heading.font = Font(bold=True)
        sheet.append(head)
        for row in rows:
            plain = (cell(value) for value in row)
            sheet.append([_dated(WriteOnlyCell(sheet, v)) if isinstance(v, dt.date) else v for v in plain])
    book.save(out)


def _dated(dated):
    dated.number_format = "dd/mm/yyyy"
    return dated


def _file_name(name: str) -> str:
    return f"{name}-{timezone.localdate():%Y-%m-%d}"


#: Ending of the file's name -> what makes it.
FORMATS: dict[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_xlsx}
