"""What stands in a file: CSV or XLSX, judged by its content, read row by row so that memory does not grow with it.

Cells come out as plain values: text, whole or broken numbers, days, or a `Fault` where the file holds something that is
no value. Nothing here knows what the columns mean.
"""

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .. import conf
from ..sheets import XLSX

#: A cell longer than this is cut; what is cut off no field takes.
MAX_CELL = 500
MAX_COLUMNS = 100
#: What a workbook may hold unpacked, and of it the words that are read into memory in one piece.
MAX_UNPACKED, MAX_WORDS = 600 * 1024 * 1024, 120 * 1024 * 1024
#: Merged areas that are told row by row; a file with more is no list.
MAX_MERGED = 2_000
CSV = "text/csv"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')


@dataclass(frozen=True)
class Fault:
    """A cell without a value of its own: `code` is "formula" or "error"; `text` is what stands there."""

    code: str
    text: str

    def __str__(self) -> str:
        return self.text


#: What a cell can be.
Value = str | int | float | dt.date | Fault | None


@dataclass
class Table:
    """A file that can be read: how it is written, its sheets, and the line ranges of merged cells."""

    content_type: str
    written_as: str
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ","
    #: Lines of the file, empty ones too; for the progress only.
    lines: int = 0

    def is_merged(self, line: int) -> bool:
        """Whether a merged area lies in or reaches into the line."""
        return any(first <= line <= last for first, last in self.merged)


def judge(handle: IO[bytes], sheet: str = "") -> Table:
    """Look into a file and say how to read it. Raises `ValidationError` with one sentence where it cannot be read."""
    handle.seek(0, io.SEEK_END)
    size = handle.tell()
    handle.seek(0)
    if not size:
        raise ValidationError(_("The file is empty. Please choose the file again."), code="empty")
    if size > conf.CENSUS_MAX_MB * 1024 * 1024:
        raise ValidationError(
            _("The file is larger than %d MB. Please divide the list into several files.") % conf.CENSUS_MAX_MB,
            code="size",
        )
    head = handle.read(8192)
    handle.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _judge_workbook(handle, sheet)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            _(
                "This is an old Excel file (.xls) or a file with a password. Please open it, take the password away, "
                "and save it as “Excel Workbook (.xlsx)”."
            ),
            code="old",
        )
    import filetype

    if filetype.guess(head) is not None or head.startswith((b"%PDF", b"{\\rtf", b"<!DOCTYPE", b"<html")):
        raise ValidationError(
            _("This is neither XLSX nor CSV, whatever its name says. Please save the list as XLSX or CSV."), code="kind"
        )
    return _judge_text(handle, head)


def _judge_workbook(handle: IO[bytes], sheet: str) -> Table:
    damaged = ValidationError(
        _("This workbook is damaged. Please open it in its program, save it again and upload the new file."),
        code="damaged",
    )
    try:
        with zipfile.ZipFile(handle) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            if "xl/workbook.xml" not in names:
                raise ValidationError(_("This is no Excel workbook. Please save the list as XLSX or CSV."), code="kind")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise ValidationError(
                    _("This workbook contains macros. Please save it as a plain .xlsx without macros."), code="active"
                )
            words = sum(info.file_size for info in infos if "sharedStrings" in info.filename)
            if sum(info.file_size for info in infos) > MAX_UNPACKED or words > MAX_WORDS:
                raise ValidationError(
                    _("This workbook is far too large inside. Please copy the list alone into a new workbook."),
                    code="bomb",
                )
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    with archive.open(info) as part:
                        if b"<!DOCTYPE" in part.read(1024):
                            raise damaged
            return _judge_sheets(archive, sheet)
    except ValidationError:
        raise
    except Exception as error:  # a damaged workbook raises whatever the part of the library meets first
        raise damaged from error


def _judge_sheets(archive: zipfile.ZipFile, wanted: str) -> Table:
    """The sheet that is read: the wanted one, else the first that is shown and has rows.

    Looked up in the archive itself: the library would go through every sheet to the end to learn its size.
    """
    found = _sheets_in(archive)
    shown = [(title, place) for title, place, is_shown in found if is_shown] or [each[:2] for each in found]
    if not shown:
        raise ValidationError(_("This workbook has no sheet with rows."), code="nothing")
    chosen, looked = next((each for each in shown if each[0] == wanted), None), None
    if chosen is None:
        for each in shown:
            chosen, looked = each, _look_through(archive, each[1])
            if looked[0]:
                break
    lines, merged = looked or _look_through(archive, chosen[1])
    return Table(XLSX, "XLSX", chosen[0], [title for title, _place in shown], merged, lines=lines)


def _sheets_in(archive: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """Title, place in the archive and whether it is shown, of each sheet in their order."""
    from openpyxl.xml.functions import fromstring

    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    places = {each.get("Id"): each.get("Target", "") for each in relations}
    found = []
    for each in fromstring(archive.read("xl/workbook.xml")).iter():
        if str(each.tag).rpartition("}")[2] != "sheet":
            continue
        key = next((value for name, value in each.attrib.items() if name.endswith("}id")), "")
        place = places.get(key, "")
        place = place.lstrip("/") if place.startswith("/") else f"xl/{place}"
        if "worksheets/" in place and place in archive.namelist():
            found.append((each.get("name", "")[:100], place, each.get("state", "visible") == "visible"))
    return found


def _look_through(archive: zipfile.ZipFile, place: str) -> tuple[int, list[tuple[int, int]]]:
    """How many rows a sheet has, and the lines of merged areas: a sheet that is read row by row says neither."""
    found: list[tuple[int, int]] = []
    rows = 0
    with archive.open(place) as part:
        rest = b""
        while chunk := part.read(1 << 20):
            data = rest + chunk
            rows += data.count(b"<row ") - rest.count(b"<row ")
            end = 0
            for match in _MERGED.finditer(data):
                found.append((int(match[2]), int(match[4])))
                end = match.end()
            if len(found) > MAX_MERGED:
                raise ValidationError(
                    _("This sheet has very many merged cells. Please undo the merging: each row needs its own cells."),
                    code="merged",
                )
            rest = data[max(end, len(data) - 200) :]
    return rows, found


def _judge_text(handle: IO[bytes], head: bytes) -> Table:
    encoding, words, lines = _encoding(handle, head)
    handle.seek(0)
    text = handle.read(64 * 1024).decode(encoding, errors="ignore")
    sample = [line for line in text.splitlines() if line.strip()][:20]
    if not sample:
        raise ValidationError(_("There is nothing written in this file."), code="empty")
    # The sign that divides most lines into equally many cells, and into the most of them.
    delimiter = max(";,\t|", key=lambda sign: _evenness(sample, sign))
    names = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": "|"}
    return Table(CSV, f"CSV, {words}, {names[delimiter]}", encoding=encoding, delimiter=delimiter, lines=lines)


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
    most = max(counts, key=counts.count)
    return (counts.count(most) if most > 1 else 0, most)


def _encoding(handle: IO[bytes], head: bytes) -> tuple[str, str, int]:
    """The encoding, for Python and in words, and the number of lines.

    Windows letters where it is no Unicode: that is what Excel writes here.
    """
    name, words = "utf-8", "UTF-8"
    zeros = head[:400].count(b"\x00")
    if head.startswith(b"\xef\xbb\xbf"):
        name = "utf-8-sig"
    elif head.startswith((b"\xff\xfe", b"\xfe\xff")):
        name, words = "utf-16", "UTF-16"
    elif zeros > len(head[:400]) // 4:
        name, words = ("utf-16-le" if head[1:2] == b"\x00" else "utf-16-be"), "UTF-16"
    elif zeros:
        raise ValidationError(
            _("This is neither XLSX nor CSV, whatever its name says. Please save the list as XLSX or CSV."), code="kind"
        )
    lines = 0
    decoder = codecs.getincrementaldecoder(name)()
    handle.seek(0)
    try:
        while chunk := handle.read(1 << 20):
            lines += decoder.decode(chunk).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if words == "UTF-16":
            raise ValidationError(
                _("The letters of this file are mixed up. Please save it again as “CSV UTF-8”."), code="encoding"
            ) from None
        handle.seek(0)
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: handle.read(1 << 20), b""))
        name, words = "cp1252", "Windows-1252"
    return name, words, lines + 1


def lines_of(handle: IO[bytes], table: Table) -> Iterator[tuple[int, list[Value]]]:
    """Each line that has something in it, with its number from 1. The file stays open as long as this runs."""
    handle.seek(0)
    yield from _of_workbook(handle, table) if table.content_type == XLSX else _of_text(handle, table)


def _of_text(handle: IO[bytes], table: Table) -> Iterator[tuple[int, list[Value]]]:
    # A letter that Windows does not know becomes a mark that is seen, and no reason to refuse a whole list.
    text = io.TextIOWrapper(handle, encoding=table.encoding, errors="replace", newline="")
    reader = csv.reader((line.replace("\x00", "") for line in text), delimiter=table.delimiter)
    try:
        for number, row in enumerate(reader, 1):
            cells = [_plain(cell) for cell in row[:MAX_COLUMNS]]
            if any(cell is not None for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise ValidationError(
            _(
                "Near line %d the file cannot be read on: a quotation mark is not closed, or one cell is endless. "
                "Please look at that line."
            )
            % reader.line_num,
            code="csv",
        ) from error
    finally:
        text.detach()


def _of_workbook(handle: IO[bytes], table: Table) -> Iterator[tuple[int, list[Value]]]:
    from openpyxl import load_workbook

    book = load_workbook(handle, read_only=True, data_only=False)
    try:
        sheet = book[table.sheet] if table.sheet in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
            cells = [_plain(value) for value in row]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield number, cells
    except ValidationError:
        raise
    except Exception as error:
        raise ValidationError(
            _("This workbook is damaged. Please open it in its program, save it again and upload the new file."),
            code="damaged",
        ) from error
    finally:
        book.close()


def _plain(value: object) -> Value:
    """A cell's value as plain data."""
    if value is None or isinstance(value, bool):
        return None if value is None else str(value)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, (int, float, dt.date)):
        return value
    if isinstance(value, (dt.time, dt.timedelta)):
        return str(value)
    if not isinstance(value, str):  # formulas over several cells are objects of the library
        return Fault("formula", f"={getattr(value, 'text', '') or ''}"[:MAX_CELL])
    text = value.replace("\x00", "").strip()
    if not text:
        return None
    if text[:1] == "=" and len(text) > 1:
        return Fault("formula", text[:MAX_CELL])
    if text in ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"):
        return Fault("error", text)
    return text if len(text) <= MAX_CELL else f"{text[:MAX_CELL]}…"


def shown(value: Value) -> str | int | float:
    """A value as it is kept with the row and written into the file of refused rows."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, (int, float)) else str(value)
