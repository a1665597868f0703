"""Redlines that are kept: made once for two texts, then read from the database; long ones are made in a task."""

import datetime as dt
import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from .. import conf
from ..background import after_commit, task
from ..marks import Mark, Op
from . import redline
from .models import Comparison, RegulationText
from .outline import Unit, UnitKind
from .redline import Change, Entry, Redline

#: Days after which a kept redline is forgotten; nobody works on one application for longer without opening it.
KEPT_DAYS = 120

_OPS = {Op.EQUAL: "=", Op.INSERT: "+", Op.DELETE: "-"}
_NAMES = {sign: op for op, sign in _OPS.items()}


def text_hash(words: str) -> str:
    """SHA-256 of a text's words. Not that of its file: recognising a scan gives the same file other words."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def compared(old: RegulationText, new: RegulationText) -> Redline | None:
    """The redline of two texts that have words. `None` where it is so long that a task has been started for it."""
    pair = text_hash(old.words), text_hash(new.words)
    kept = Comparison.objects.filter(old_sha256=pair[0], new_sha256=pair[1], engine=redline.ENGINE).first()
    if kept is not None:
        return from_data(kept.data)
    if old.words.count(" ") + new.words.count(" ") > conf.REDLINE_WORDS_AT_ONCE:
        after_commit(compare_later, old.pk, new.pk)
        # A site without a worker runs tasks at once: then it is there already.
        kept = Comparison.objects.filter(old_sha256=pair[0], new_sha256=pair[1], engine=redline.ENGINE).first()
        return from_data(kept.data) if kept is not None else None
    made = redline.compare(old.words, new.words)
    _keep(pair, made)
    return made


@task()
def compare_later(old_pk: int, new_pk: int) -> None:
    """Compare two long texts and keep the redline; nothing to do where it is kept already."""
    texts = RegulationText.objects.in_bulk([old_pk, new_pk])
    old, new = texts[old_pk], texts[new_pk]
    pair = text_hash(old.words), text_hash(new.words)
    if Comparison.objects.filter(old_sha256=pair[0], new_sha256=pair[1], engine=redline.ENGINE).exists():
        return
    _keep(pair, redline.compare(old.words, new.words))


def forget_old() -> int:
    """Delete redlines that were made long ago. Returns how many."""
    before = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    return Comparison.objects.filter(made_at__lt=before).delete()[0]


def _keep(pair: tuple[str, str], made: Redline) -> None:
    with transaction.atomic():
        Comparison.objects.update_or_create(
            old_sha256=pair[0], new_sha256=pair[1], defaults={"engine": redline.ENGINE, "data": to_data(made)}
        )


def to_data(made: Redline) -> list[dict[str, Any]]:
    """A redline as plain data: units without their words, which stand in the marks."""
    return [
        {
            "change": entry.change.value,
            "old": _unit_data(entry.old),
            "new": _unit_data(entry.new),
            "places": [entry.old_place, entry.new_place],
            "moved": entry.is_moved,
            "follows": entry.follows_numbering,
            "kin": entry.kin,
            "marks": [_mark_data(mark) for mark in entry.marks],
        }
        for entry in made.entries
    ]


def from_data(rows: list[dict[str, Any]]) -> Redline:
    """The redline that `to_data` wrote."""
    return Redline(
        [
            Entry(
                change=Change(row["change"]),
                old=_unit(row["old"]),
                new=_unit(row["new"]),
                old_place=row["places"][0],
                new_place=row["places"][1],
                is_moved=row["moved"],
                marks=[_mark(mark) for mark in row["marks"]],
                follows_numbering=row["follows"],
                kin=row["kin"],
            )
            for row in rows
        ]
    )


def _unit_data(unit: Unit | None) -> list[Any] | None:
    return None if unit is None else [unit.kind.value, unit.number, unit.title, unit.page]


def _unit(row: list[Any] | None) -> Unit | None:
    return None if row is None else Unit(UnitKind(row[0]), row[1], row[2], page=row[3])


def _mark_data(mark: Mark) -> list[str]:
    if mark.op == Op.EQUAL and mark.old != mark.new:
        return [_OPS[mark.op], mark.old, mark.new]
    return [_OPS[mark.op], mark.text]


def _mark(row: list[str]) -> Mark:
    op, text = _NAMES[row[0]], row[1]
    if op == Op.EQUAL:
        return Mark(op, text, row[-1])
    return Mark(op, text, "") if op == Op.DELETE else Mark(op, "", text)
