"""Buttons inside a question: a row more, a row less, a code chosen from a list. Each keeps what was typed.

The value of such a button is `<what>:<code of the question>[:<argument>]`.
"""

from typing import Any

from ..services.models import FieldKind
from .answers import AnswersForm
from .kinds.tables import with_row, without_row

ADD_ROW, REMOVE_ROW, CHOOSE_CODE, LOOK_UP = "baris", "hapus-baris", "pilih", "cari"


def press(form: AnswersForm, action: str, typed: dict[str, Any]) -> str | None:
    """Do to `typed` what the button `action` says. Returns the id of what to show then; `None` for another button."""
    what, _colon, rest = action.partition(":")
    code, _colon, argument = rest.partition(":")
    row = next((row for row in form.rows if row["code"] == code), None)
    if what not in (ADD_ROW, REMOVE_ROW, CHOOSE_CODE, LOOK_UP):
        return None
    if row is None:
        return "formulir"
    name = form.name_of(row)
    if row["kind"] == FieldKind.TABLE:
        if what == ADD_ROW:
            typed[code] = with_row(form.fields[name], form.data, name)
            return f"id_{name}_{len(typed[code]) - 1}_0"
        if what == REMOVE_ROW and argument.isascii() and argument.isdigit() and len(argument) < 5:
            typed[code] = without_row(form.fields[name], form.data, name, int(argument))
    if row["kind"] == FieldKind.KBLI and what == CHOOSE_CODE:
        typed[code] = {**typed[code], "code": argument[:5]}
        return f"id_{name}_code"
    return f"id_{name}"
