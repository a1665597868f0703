"""What differs between two definitions of a service, as a short list of sentences for its editor."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from .models import DecreeClause, DocumentRequirement, Service, ServiceField, ServiceMail, Stage

#: Relation of a definition -> model, and what a row of it is known by.
ROWS = {
    "documents": (DocumentRequirement, ("code",), "title"),
    "fields": (ServiceField, ("code",), "label"),
    "stages": (Stage, ("id", "code"), "title"),
    "mails": (ServiceMail, ("moment",), "moment"),
}
#: Key of a definition -> column of the service.
COLUMNS = {
    "examination": "examination_days",
    "decree": "decree_days",
    "statutory": "statutory_days",
    "repair": "repair_days",
}
#: Not told: made from others.
SILENT = ("kind_code",)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """One sentence for each thing that differs, in the order of the tabs."""
    found = []
    for name in [name for name in after if name not in ("days", "clauses", *ROWS, *SILENT)]:
        found += _value(Service, name, before.get(name), after[name])
    for name, days in after["days"].items():
        found += _value(Service, COLUMNS[name], before["days"].get(name), days)
    for relation, (model, key, title) in ROWS.items():
        found += _rows(model, key, title, before.get(relation, []), after.get(relation, []))
    return found + _clauses(before["clauses"], after["clauses"])


def is_same(one: Any, other: Any) -> bool:
    """Whether two values say the same: browsers send the ends of lines in their own way."""
    both = [value.replace("\r\n", "\n") if isinstance(value, str) else value for value in (one, other)]
    return both[0] == both[1]


def _value(model, name: str, before: Any, after: Any, where: str = "") -> list[str]:
    if is_same(before, after):
        return []
    field = model._meta.get_field(name.removesuffix("_id"))
    label = capfirst(str(field.verbose_name))
    return [f"{where}{label}: {words_of(field, before)} → {words_of(field, after)}"]


def words_of(field, value: Any) -> str:
    """A value of a model's field as its editor reads it, shortened."""
    if value in (None, "", []):
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, str):
        return f"“{Truncator(str(dict(field.flatchoices).get(value, value))).chars(80)}”"
    return str(value)


def _rows(model, key: tuple[str, ...], title: str, before: list[dict], after: list[dict]) -> list[str]:
    def keyed(rows: list[dict]) -> dict:
        return {row.get(key[0]) or row[key[-1]]: row for row in rows}

    def named(row: dict) -> str:
        words = words_of(model._meta.get_field(title), row[title])
        return f"{capfirst(str(model._meta.verbose_name))} {words}"

    old, new = keyed(before), keyed(after)
    found = [_("%s: added") % named(row) for name, row in new.items() if name not in old]
    found += [_("%s: taken away") % named(row) for name, row in old.items() if name not in new]
    for name, row in new.items():
        if name not in old:
            continue
        for column, value in row.items():
            if column != "id":
                found += _value(model, column, old[name].get(column, value), value, f"{named(row)}, ")
    stayed = [name for name in new if name in old]
    if stayed != [name for name in old if name in new]:
        found.append(_("%s: other order") % capfirst(str(model._meta.verbose_name_plural)))
    return found


def _clauses(before: list[dict], after: list[dict]) -> list[str]:
    label = capfirst(str(DecreeClause._meta.verbose_name))
    found = [f"{label} “{_short(row)}”: " + _("added or changed") for row in after if row not in before]
    found += [f"{label} “{_short(row)}”: " + _("taken away or changed") for row in before if row not in after]
    if not found and before != after:
        found.append(_("%s: other order") % label)
    return found


def _short(row: dict) -> str:
    return Truncator(f"{row['section'].capitalize()}: {row['text']}").chars(70)
