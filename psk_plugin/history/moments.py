"""When a thing was changed, by whom and why; how it was at a moment; what differs between two of them."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import BooleanField, DateField, DateTimeField, Field, ForeignKey, JSONField, TextField
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from ..marks import Mark, marks_between, words_of
from .registry import Child, Kept, Row

#: Rows of history by one person so close together are one press of a button.
ONE_PRESS = dt.timedelta(seconds=2)
#: A value longer than this is compared word by word.
LONG = 80
EMPTY = "–"


@dataclass
class Moment:
    """One change: a press of a button, which may have written several rows."""

    key: str
    at: dt.datetime
    user_id: Any
    reason: str
    kind: str
    who: str = ""
    #: Key of the change before.
    earlier_key: str = ""

    @property
    def kind_words(self) -> str:
        return {"+": _("made"), "-": _("deleted")}.get(self.kind, _("changed"))

    @property
    def label(self) -> str:
        """In one line, for a list to choose from."""
        told = f"{date_format(timezone.localtime(self.at), 'j M Y, H.i')} · {self.who}"
        return f"{told} · {Truncator(self.reason).chars(60)}" if self.reason else told


@dataclass(frozen=True)
class Difference:
    """One field, or one row, before and after; `marks` where it is compared word by word."""

    label: str
    before: str
    after: str
    group: str = ""
    marks: list[Mark] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def moments_of(kept: Kept, pk: int) -> list[Moment]:
    """Every change of the thing and of the rows that belong to it, newest first. Two queries and one per child."""
    rows = [(row, 0) for row in _rows(kept.model, id=pk)]
    for number, child in enumerate(kept.children, 1):
        rows += [(row, number) for row in _rows(child.model, **{f"{child.parent}_id": pk})]
    rows.sort(key=lambda pair: (pair[0]["history_date"], pair[1], pair[0]["history_id"]))
    found: list[Moment] = []
    for row, number in rows:
        reason = row["history_change_reason"] or ""
        last = found[-1] if found else None
        if last is not None and last.user_id == row["history_user_id"] and row["history_date"] - last.at <= ONE_PRESS:
            last.key, last.at = f"{number}-{row['history_id']}", row["history_date"]
            last.reason = last.reason or reason
            if number == 0 and row["history_type"] != "~":
                last.kind = row["history_type"]
            continue
        kind = row["history_type"] if number == 0 else "~"
        found.append(Moment(f"{number}-{row['history_id']}", row["history_date"], row["history_user_id"], reason, kind))
    users = get_user_model().objects.in_bulk({moment.user_id for moment in found if moment.user_id})
    for moment in found:
        user = users.get(moment.user_id)
        moment.who = (user.get_full_name() or user.get_username()) if user else _("the system")
    for earlier, moment in pairwise(found):
        moment.earlier_key = earlier.key
    return found[::-1]


def _rows(model: Any, **which: Any) -> list[dict[str, Any]]:
    names = ("history_id", "history_date", "history_user_id", "history_change_reason", "history_type")
    return list(model.history.filter(**which).values(*names))


class State:
    """The thing as it was at a moment."""

    def __init__(self, kept: Kept, instance: Any, at: dt.datetime, *, sees_private: bool) -> None:
        self.kept, self.instance, self.at, self.sees_private = kept, instance, at, sees_private

    @cached_property
    def row(self) -> Any:
        """The row of history that held then."""
        history = self.kept.model.history.filter(id=self.instance.pk, history_date__lte=self.at)
        return history.order_by("-history_date", "-history_id").first()

    def value(self, name: str) -> str:
        """A field in words, as a person reads it."""
        if self.row is None:
            return EMPTY
        if name in self.kept.private and not self.sees_private:
            return _("hidden from your account")
        return in_words(self.kept.model._meta.get_field(name), self.row)

    @cached_property
    def rows(self) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for child in self.kept.children:
            found |= {row.key: row for row in self._children(child)}
        if self.kept.rows is not None:
            found |= {row.key: row for row in self.kept.rows(self.instance, self.at)}
        return found

    def _children(self, child: Child) -> list[Row]:
        history = child.model.history.filter(**{f"{child.parent}_id": self.instance.pk}, history_date__lte=self.at)
        newest: dict[Any, Any] = {}
        for row in history.order_by("history_date", "history_id"):
            newest[row.id] = row
        group = capfirst(child.model._meta.verbose_name)
        return [
            Row(f"{child.model.__name__}-{row.id}", group, str(row.instance), child.words(row))
            for row in newest.values()
            if row.history_type != "-"
        ]


def in_words(model_field: Field, row: Any) -> str:
    """The value of one field of a row of history: choices, days and references as people read them."""
    if isinstance(model_field, ForeignKey):
        if getattr(row, model_field.attname) is None:
            return EMPTY
        try:
            return str(getattr(row, model_field.name))
        except ObjectDoesNotExist:
            return _("no longer exists")
    value = getattr(row, model_field.attname)
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value)) or EMPTY
    if value is None or value == "":
        return EMPTY
    if isinstance(model_field, BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(model_field, DateTimeField):
        return date_format(timezone.localtime(value), "j F Y, H.i")
    if isinstance(model_field, DateField):
        return date_format(value, "j F Y")
    if isinstance(model_field, JSONField):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return value if isinstance(value, str) else localize(value, use_l10n=True)


def compare(before: State, after: State) -> list[Difference]:
    """Every field of two states, then the rows that belong to them; `is_changed` says which differ."""
    kept, told = before.kept, []
    for name in kept.fields:
        model_field = kept.model._meta.get_field(name)
        label = capfirst(str(kept.labels.get(name, model_field.verbose_name)))
        is_long = isinstance(model_field, TextField)
        told.append(_difference(label, before.value(name), after.value(name), is_long=is_long))
    for key in dict.fromkeys([*before.rows, *after.rows]):
        old, new = before.rows.get(key), after.rows.get(key)
        row = new or old
        texts = [(found.text if found else EMPTY) for found in (old, new)]
        if old and new and old.title != new.title:
            texts = [f"{found.title}\n{found.text}" for found in (old, new)]
        told.append(_difference(row.title, *texts, group=str(row.group), is_long=True))
    return told


def _difference(label: str, before: str, after: str, *, group: str = "", is_long: bool = False) -> Difference:
    long = (is_long or max(len(before), len(after)) > LONG) and EMPTY not in (before, after)
    marks = marks_between(words_of(before), words_of(after)) if long and before != after else []
    return Difference(label, before, after, group, marks)
