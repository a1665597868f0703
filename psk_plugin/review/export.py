"""A list as CSV or XLSX: the same rows in the same order under the same columns, dates as dates."""

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.text import capfirst

from ..regulations.public import safe_cell
from ..submissions.models import Submission
from .columns import Cell, Column

#: Rows that are read and prepared at a time: no more lie in memory, however long the list.
BATCH = 1_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What XML cannot say: a name with such a character would make a file that no program opens.
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

#: Gives the rows of a batch what their cells need.
Prepare = Callable[[list[Submission]], None]


def values(rows: QuerySet[Submission], columns: Sequence[Column], prepare: Prepare) -> Iterator[list[Cell | None]]:
    """The list's cells, row by row. A word that could be taken for a formula is marked as a word."""
    language = translation.get_language()
    found = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        # A stream runs on after the view has ended, and with it the language of the person.
        with translation.override(language):
            prepare(batch)
            cells = [[_cell(column.plain(row)) for column in columns] for row in batch]
        yield from cells


def _cell(value: Cell | None) -> Cell | None:
    return safe_cell(_UNSPEAKABLE.sub("", value)) if isinstance(value, str) else value


class _Echo:
    def write(self, line: str) -> str:
        return line


def as_csv(name: str, headings: Sequence[str], cells: Iterator[list[Cell | None]]) -> HttpResponse:
    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        # The mark tells spreadsheet programs that this is UTF-8.
        yield "\ufeff" + writer.writerow([capfirst(heading) for heading in headings])
        for row in cells:
            yield writer.writerow([cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(name)}.csv"'
    return response


def as_xlsx(name: str, headings: Sequence[str], cells: Iterator[list[Cell | None]]) -> HttpResponse:
    """Written row by row into a temporary file, which goes when it has been sent."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("PSK")
    sheet.freeze_panes = "A2"
    for position in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(position)].width = 24
    head = [WriteOnlyCell(sheet, capfirst(heading)) for heading in headings]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in cells:
        sheet.append([_date_cell(WriteOnlyCell(sheet, v)) if isinstance(v, dt.date) else v for v in row])
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{_file_name(name)}.xlsx", content_type=XLSX)


def _date_cell(cell):
    cell.number_format = "dd/mm/yyyy"
    return cell


def _file_name(name: str) -> str:
    return f"{name}-{timezone.localdate():%Y-%m-%d}"


FORMATS = {"csv": as_csv, "xlsx": as_xlsx}
