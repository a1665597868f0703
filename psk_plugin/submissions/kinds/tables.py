"""A table whose rows the company fills in: by keyboard, with a button for a new row, or pasted from a spreadsheet."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .base import MAX_TEXT, AnswerKind, as_text, plain
from .choices import lines_of

#: Rows of a right answer, and rows that are kept of a wrong one.
MAX_ROWS, MOST_KEPT = 200, 1000
#: Cells up to which a table is asked cell by cell. A larger one is asked as one text with tabs: a server takes only so
#: many fields at once (Django: 1000), and two hundred rows are easier to handle in a spreadsheet.
MAX_CELLS = 300

Row = dict[str, str]


def is_blank(row: Mapping[str, Any]) -> bool:
    return not any(as_text(value).strip() for value in row.values())


def without_blank(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not is_blank(row)]


def from_text(text: str, columns: list[str]) -> list[Row]:
    """Rows out of text as a spreadsheet copies it: a line for each row, tabs between the cells.

    A first line that repeats the names of the columns is left out. Cells beyond the last column go into it, so that
    nothing pasted is lost.
    """
    rows = []
    for line in text.splitlines()[: MOST_KEPT + 1]:
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(columns):
            cells = [*cells[: len(columns) - 1], " ".join(cells[len(columns) - 1 :]).strip()]
        row = {column: plain(cell, 2 * MAX_TEXT) for column, cell in zip(columns, cells, strict=False)}
        if not is_blank(row):
            rows.append(row)
    heading = [column.casefold() for column in columns]
    if rows and [value.casefold() for value in rows[0].values()] == heading[: len(rows[0])]:
        rows.pop(0)
    return rows[:MOST_KEPT]


def to_text(rows: list[Row], columns: list[str]) -> str:
    """The other way round."""
    return "\n".join("\t".join(row.get(column, "").replace("\n", " ") for column in columns) for row in rows)


class TableWidget(forms.Widget):
    """Cells named `<name>_<row>_<column>`; besides them `<name>_paste`, whose rows are added; or `<name>_text`, which
    is the whole table.
    """

    template_name = "psk_plugin/widgets/table.html"
    use_fieldset = True

    def __init__(self, columns: list[str], attrs=None) -> None:
        super().__init__(attrs)
        self.columns = columns

    def value_from_datadict(self, data: Mapping, files: Mapping, name: str) -> list[Row]:
        if isinstance(kept := data.get(name), list):
            return kept
        if (text := data.get(f"{name}_text")) is not None:
            rows = from_text(plain(text, 10 * MAX_ROWS * MAX_TEXT), self.columns)
        else:
            rows = self._from_cells(data, name)
        pasted = from_text(plain(data.get(f"{name}_paste"), 10 * MAX_ROWS * MAX_TEXT), self.columns)
        return ([*without_blank(rows), *pasted] if pasted else rows)[:MOST_KEPT]

    def _from_cells(self, data: Mapping, name: str) -> list[Row]:
        cells: dict[int, Row] = {}
        pattern = re.compile(rf"{re.escape(name)}_(\d{{1,4}})_(\d{{1,3}})\Z", re.ASCII)
        for key in data:
            match = pattern.match(key)
            if match and int(match[2]) < len(self.columns):
                cells.setdefault(int(match[1]), {})[self.columns[int(match[2])]] = plain(data.get(key), 2 * MAX_TEXT)
        return [
            {column: cells[number].get(column, "") for column in self.columns} for number in sorted(cells)[:MOST_KEPT]
        ]

    def value_omitted_from_data(self, data: Mapping, files: Mapping, name: str) -> bool:
        return not any(key.startswith(f"{name}_") for key in data)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [row for row in value or [] if isinstance(row, Mapping)]
        as_one_text = len(rows) * len(self.columns) > MAX_CELLS
        context["widget"] |= {
            "columns": self.columns,
            "code": name.removeprefix("field-"),
            "is_text": as_one_text,
            "text": to_text(rows, self.columns) if as_one_text else "",
            "lines": [self._line(name, number, row) for number, row in enumerate(rows or [{}])],
            "count": len(without_blank(rows)),
            "max_rows": MAX_ROWS,
            "max_cells": MAX_CELLS,
            "max_length": MAX_TEXT,
            "paste_rows": min(12, max(3, len(rows))),
        }
        return context

    def _line(self, name: str, number: int, row: Mapping[str, Any]) -> list[dict[str, str]]:
        return [
            {"name": f"{name}_{number}_{place}", "column": column, "value": as_text(row.get(column))}
            for place, column in enumerate(self.columns)
        ]


class TableField(forms.Field):
    def __init__(self, columns: list[str], **kwargs: Any) -> None:
        self.columns = columns
        super().__init__(widget=TableWidget(columns), **kwargs)

    def clean(self, value: Any) -> list[Row]:
        rows = without_blank([row for row in value or [] if isinstance(row, Mapping)])
        if not rows and self.required:
            raise ValidationError(_("Please fill in at least one row."), code="required")
        if len(rows) > MAX_ROWS:
            raise ValidationError(
                _("There are %(rows)d rows; at most %(limit)d are accepted. Please attach a longer list as a file."),
                code="rows",
                params={"rows": len(rows), "limit": MAX_ROWS},
            )
        for number, row in enumerate(rows, start=1):
            for column in self.columns:
                if len(as_text(row.get(column))) > MAX_TEXT:
                    raise ValidationError(
                        _("Row %(row)d, “%(column)s”: at most %(limit)d letters fit. Please shorten it."),
                        code="cell",
                        params={"row": number, "column": column, "limit": MAX_TEXT},
                    )
        return rows


class TableKind(AnswerKind):
    """Kept as a list of rows, each a mapping from column to text."""

    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        return TableField(lines_of(row), **common)

    def typed(self, field: forms.Field, data: Mapping, files: Mapping, name: str) -> list[Row]:
        rows = field.widget.value_from_datadict(data, files, name)
        while rows and is_blank(rows[-1]):
            rows = rows[:-1]
        return rows

    def posted(self, row: Mapping[str, Any], name: str, kept: Any) -> dict[str, Any]:
        return {name: [line for line in kept if isinstance(line, Mapping)] if isinstance(kept, list) else []}

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        return "; ".join(", ".join(filter(None, cells)) for cells in self.rows_of(row, kept))

    def rows_of(self, row: Mapping[str, Any], kept: Any) -> list[list[str]]:
        lines = without_blank(self.posted(row, "kept", kept)["kept"])
        return [[as_text(line.get(column)).strip() for column in lines_of(row)] for line in lines]


def with_row(field: TableField, data: Mapping, name: str) -> list[Row]:
    """The rows that were posted, blank ones too, and one more."""
    rows = field.widget.value_from_datadict(data, {}, name)
    return [*rows, dict.fromkeys(field.columns, "")] if len(rows) < MAX_ROWS else rows


def without_row(field: TableField, data: Mapping, name: str, position: int) -> list[Row]:
    """The rows that were posted, without the one at `position` (from 0)."""
    rows = field.widget.value_from_datadict(data, {}, name)
    return [row for number, row in enumerate(rows) if number != position]
