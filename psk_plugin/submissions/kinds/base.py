"""One kind of answer: how it is asked, how what was typed is kept, how it is judged, and how it reads."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms

#: Longest right answers, in letters.
MAX_TEXT, MAX_LONG_TEXT = 250, 5000
#: What is kept of a wrong one, so that the person can shorten it instead of typing it again.
MAX_KEPT = 20_000


def plain(value: Any, limit: int = MAX_KEPT) -> str:
    """Text as it is kept: one kind of line break, no invisible control characters, at most `limit` letters."""
    text = "" if value is None else str(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n")[:limit]
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def as_text(kept: Any) -> str:
    """A kept answer of any shape as one line: the editor may have changed the kind of the question meanwhile."""
    if isinstance(kept, Mapping):
        kept = list(kept.values())
    if isinstance(kept, list):
        return "; ".join(filter(None, (as_text(part) for part in kept)))
    return "" if kept is None else str(kept)


class AnswerKind:
    """Text on one line, and what the other kinds build on. `row` is a question of a service's definition."""

    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        """The form field that asks and judges. `max_months`: the longest period of validity, 0 where not limited."""
        return forms.CharField(max_length=MAX_TEXT, **common)

    def typed(self, field: forms.Field, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        """What the person typed, right or wrong, ready to keep as JSON."""
        return plain(field.widget.value_from_datadict(data, files, name))

    def posted(self, row: Mapping[str, Any], name: str, kept: Any) -> dict[str, Any]:
        """What is kept, as the browser would send it: for showing and judging it."""
        return {name: as_text(kept)}

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        """The answer in words for people; empty where nothing was answered."""
        return as_text(kept).strip()

    def rows_of(self, row: Mapping[str, Any], kept: Any) -> list[list[str]]:
        """The cells of a table's rows; other kinds have none."""
        return []
