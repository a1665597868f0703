"""How a number of the office looks: a pattern with named fields, checked when it is written."""

import string

from django.utils.translation import gettext as _

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
#: Names a pattern may use; `sequence` must stand in it, or two numbers would be equal.
PATTERN_FIELDS = ("code", "sequence", "kind", "roman_month", "month", "year")


def check_pattern(pattern: str) -> str | None:
    """What is wrong with `pattern`, as a sentence; `None` where nothing is."""
    try:
        names = [name for _text, name, _spec, _conv in string.Formatter().parse(pattern) if name is not None]
        sample = render(pattern, sequence=1, year=2026, month=1)
    except (ValueError, KeyError, IndexError, AttributeError):
        return _("Unknown field in the pattern. Available: %s.") % ", ".join(PATTERN_FIELDS)
    if "sequence" not in names:
        return _("The pattern must contain {sequence}, or two numbers would be the same.")
    if len(sample) > 70:
        return _("The pattern makes numbers that are too long.")
    return None


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
