"""Answers out of a list: yes or no, one of several, several of several, kecamatan."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ...companies.choices import Kecamatan
from .base import MAX_TEXT, AnswerKind, as_text, plain

#: More ticks than any list of an editor has.
MOST_TICKS = 100


def lines_of(row: Mapping[str, Any]) -> list[str]:
    """Choices, or columns of a table, as the editor wrote them."""
    return [line.strip() for line in (row.get("choices") or "").splitlines() if line.strip()]


def _messages(common: dict[str, Any]) -> dict[str, Any]:
    """A sentence of ours for an answer that is not in the list (the editor may have changed the list)."""
    wrong = _("“%(value)s” is not one of the choices any more. Please choose again.")
    return {**common, "error_messages": {**common.get("error_messages", {}), "invalid_choice": wrong}}


class ChoiceKind(AnswerKind):
    """One of several."""

    def choices(self, row: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [(line, line) for line in lines_of(row)]

    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        return forms.ChoiceField(choices=self.choices(row), widget=forms.RadioSelect, **_messages(common))

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        text = as_text(kept).strip()
        return dict(self.choices(row)).get(text, text)


class YesNoKind(ChoiceKind):
    def choices(self, row: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [("ya", _("Yes")), ("tidak", _("No"))]


class KecamatanKind(ChoiceKind):
    """A district of the city; nothing is chosen beforehand."""

    def choices(self, row: Mapping[str, Any]) -> list[tuple[str, str]]:
        return list(Kecamatan.choices)

    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        choices = [("", _("Choose a kecamatan")), *self.choices(row)]
        return forms.ChoiceField(choices=choices, **_messages(common))


class SeveralKind(ChoiceKind):
    """Several of several, kept as a list."""

    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.choices(row), widget=forms.CheckboxSelectMultiple, **_messages(common)
        )

    def typed(self, field: forms.Field, data: Mapping, files: Mapping, name: str) -> list[str]:
        ticked = field.widget.value_from_datadict(data, files, name) or []
        ticked = ticked if isinstance(ticked, list | tuple) else [ticked]
        return [plain(value, MAX_TEXT) for value in ticked[:MOST_TICKS]]

    def posted(self, row: Mapping[str, Any], name: str, kept: Any) -> dict[str, Any]:
        kept = kept if isinstance(kept, list) else [kept] if kept else []
        return {name: [as_text(value) for value in kept]}

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        return "; ".join(self.posted(row, "kept", kept)["kept"])
