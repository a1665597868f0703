"""How a number of the office looks: a pattern with named fields, checked when it is written."""

import re
import string

from django.utils.translation import gettext as _

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
#: Names a pattern may use; `sequence` must stand in it, or two numbers would be equal.
PATTERN_FIELDS = ("code", "sequence", "kind", "roman_month", "month", "year")
#: Those that may be filled up with zeros, as in {sequence:04}.
FIGURES = ("sequence", "month", "year")
WIDTH = re.compile(r"0?[1-9]\Z|0?1[0-2]\Z")


def check_pattern(pattern: str) -> str | None:
    """What is wrong with `pattern`, as a sentence; `None` where nothing is.

    Only plain names, and for figures a width of one or two digits: anything more that Python's formatting knows would
    let a pattern reach into the program or fill the memory.
    """
    try:
        parts = [
            (name, spec, conversion)
            for _text, name, spec, conversion in string.Formatter().parse(pattern)
            if name is not None
        ]
    except ValueError:
        return _("A brace is opened and not closed, or the other way round.")
    for name, spec, conversion in parts:
        if name not in PATTERN_FIELDS or conversion or not (spec == "" or (name in FIGURES and WIDTH.match(spec))):
            return _("Unknown field in the pattern. Available: %s.") % ", ".join(PATTERN_FIELDS)
    if not any(name == "sequence" for name, _spec, _conversion in parts):
        return _("The pattern must contain {sequence}, or two numbers would be the same.")
    if len(render(pattern, sequence=1, year=2026, month=1)) > 70:
        return _("The pattern makes numbers that are too long.")
    return None


#: A running number that no pattern contains.
_STAND_IN = 987654321


def outline(pattern: str, *, year: int, month: int, code: str = "", kind: str = "") -> str:
    """How a number will look before it is given: an ellipsis where the running number will stand."""
    number = render(pattern, sequence=_STAND_IN, year=year, month=month, code=code, kind=kind)
    return number.replace(str(_STAND_IN), "…")


def render(pattern: str, *, sequence: int, year: int, month: int, code: str = "", kind: str = "") -> str:
    """The number that `pattern` gives. Raises `KeyError` or `ValueError` for a pattern that names other fields."""
    return string.Formatter().vformat(
        pattern,
        (),
        {
            "code": code,
            "sequence": sequence,
            "kind": kind,
            "roman_month": ROMAN_MONTHS[month - 1],
            "month": month,
            "year": year,
        },
    )
