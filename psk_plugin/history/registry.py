"""Which models' histories people may read, and how; each room above enters its own, this room knows none of them."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Row:
    """One row that belongs to a kept thing (a branch, a required document) as it was at a moment, in words."""

    key: str
    group: Words
    title: str
    text: str


@dataclass(frozen=True)
class Child:
    """A model of rows that belong to the kept one and have a history of their own.

    `parent`: name of the foreign key. `words`: a row of its history in words.
    """

    model: type[Model]
    parent: str
    words: Callable[[Any], str]


@dataclass(frozen=True)
class Kept:
    """One model with a history that people may read."""

    #: In the address of the page.
    key: str
    model: type[Model]
    #: Permission that opens the page.
    permission: str
    #: Fields shown, in order. Nothing else of the model is ever shown.
    fields: tuple[str, ...]
    icon: str = "history"
    #: Labels that read better than the field's own.
    labels: Mapping[str, Words] = field(default_factory=dict)
    #: Fields about persons, or by which they are reached, and the permission without which they stay hidden.
    private: frozenset[str] = frozenset()
    private_permission: str = ""
    children: tuple[Child, ...] = ()
    #: Further rows as they were at a moment, where they have no history of their own: (instance, moment) -> rows.
    rows: Callable[[Any, dt.datetime], list[Row]] | None = None
    #: Whether this person may see this one, where the permission alone does not say.
    may_see: Callable[[Any, Any], bool] | None = None
    #: Address of the thing's own page: (instance, user) -> address or "".
    home: Callable[[Any, Any], str] = lambda _instance, _user: ""
    #: Address that compares the texts of two states: (instance, before, after, user) -> address or "".
    texts: Callable[[Any, Any, Any, Any], str] | None = None


_kept: dict[str, Kept] = {}


def keep(entry: Kept) -> None:
    """Enter a model. Called once when the room's admin module is imported."""
    _kept[entry.key] = entry


def find(key: str) -> Kept | None:
    return _kept.get(key)


def entries() -> list[Kept]:
    return list(_kept.values())
