"""What changed in a company's profile, field by field, with who and when: read from the histories of its rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Branch, Company, Membership, Union
from .people import name_of

#: Kept for the machinery, or told in other words already.
_SILENT = {"id", "company", "user", "sector", "created_at", "updated_at", "decided_at", "decided_by"}


@dataclass(frozen=True)
class Line:
    """One field: from what to what. `what` says whose field it is; empty texts mean that there was nothing."""

    what: str
    before: str
    after: str


@dataclass
class Change:
    """Everything that was saved at one moment by one person."""

    moment: dt.datetime
    who: str
    reason: str
    is_first: bool = False
    lines: list[Line] = field(default_factory=list)


def changes_of(company: Company, limit: int = 10) -> list[Change]:
    """The newest `limit` changes of the profile and of its people, newest first; the number of queries is constant."""
    found: dict[dt.datetime, Change] = {}
    lines: dict[dt.datetime, list[Line]] = defaultdict(list)
    for model, title in _SOURCES:
        key = "id" if model is Company else "company_id"
        own = model.history.filter(**{key: company.pk}).select_related("history_user")
        if model is Membership:
            own = own.select_related("history_user", "user")
        newest = list(own.order_by("-history_date", "-history_id")[:limit])
        for row, before in _with_predecessors(own, newest):
            change = found.get(row.history_date)
            if change is None:
                change = found[row.history_date] = Change(
                    row.history_date,
                    name_of(row.history_user) if row.history_user else "",
                    row.history_change_reason or (_("People changed") if model is Membership else ""),
                )
            change.is_first |= model is Company and before is None
            # Everything is new in a profile that begins: the reader sees it above.
            if not (model is Company and before is None):
                lines[row.history_date] += _lines(model, title(row), before, row)
    for moment, change in found.items():
        if not change.is_first:
            change.lines = lines[moment]
    told = [change for change in found.values() if change.lines or change.is_first]
    return sorted(told, key=lambda change: change.moment, reverse=True)[:limit]


def _with_predecessors(own: models.QuerySet, newest: list[Any]) -> list[tuple[Any, Any]]:
    """Each row of history with the one before it: from the same list, or read in one further query."""
    if not newest:
        return []
    oldest = newest[-1]
    earlier = own.filter(id__in={row.id for row in newest}, history_date__lte=oldest.history_date).exclude(
        history_id__in=[row.history_id for row in newest]
    )
    last: dict[int, Any] = {row.id: row for row in earlier.order_by("history_date", "history_id")}
    pairs = []
    for row in reversed(newest):
        pairs.append((row, last.get(row.id)))
        last[row.id] = row
    return pairs


def _lines(model: type[models.Model], title: str, before: Any, after: Any) -> list[Line]:
    if model is Membership:
        return [Line(title, _standing(before), _standing(after))]
    if after.history_type == "-":
        return [Line(title, after.name, _("deleted"))]
    if before is None or before.history_type == "-":
        return [Line(title, "", after.name)]
    prefix = f"{title} {before.name}: " if title else ""
    return [
        Line(prefix + (capfirst(str(f.verbose_name)) if not prefix else str(f.verbose_name)), old, new)
        for f in model._meta.concrete_fields
        if f.name not in _SILENT
        for old, new in [(_shown(f, before), _shown(f, after))]
        if old != new
    ]


def _shown(f: models.Field, row: Any) -> str:
    value = getattr(row, f.attname)
    if f.choices:
        return str(dict(f.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    return "" if value is None else str(value)


def _standing(row: Any) -> str:
    """How a person stands to the company, in words."""
    if row is None or row.history_type == "-":
        return ""
    state = Membership.State(row.state)
    return str(Membership.Role(row.role).label if state == Membership.State.ACTIVE else state.label)


_SOURCES: tuple[tuple[type[models.Model], Callable[[Any], str]], ...] = (
    (Company, lambda row: ""),
    (Union, lambda row: _("Union")),
    (Branch, lambda row: _("Branch")),
    (Membership, lambda row: name_of(row.user) if row.user else _("A former account")),
)
