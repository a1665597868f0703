"""How regulations move when two companies are merged: one row of each kind, with the versions of both."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.merging import Merge, refuse_if, register
from ..companies.models import Company
from ..services.models import Kind
from .models import CompanyRegulation
from .verbs import held_until, take_place_of_pp

#: Takes the row that goes and the row that stays: what points to the first moves to the second.
Follower = Callable[[CompanyRegulation, CompanyRegulation], Any]
#: (label of the model, name of its foreign key to a regulation) -> what moves it; upper rooms enter theirs.
FOLLOWERS: dict[tuple[str, str], Follower] = {}


def follow(model, field: str, follower: Follower | None = None) -> None:
    """Enter how rows of `model` follow a regulation that becomes an earlier version of another one.

    Called before the versions of the one that stays are counted on: what names a version by its number does the same.
    """
    FOLLOWERS[model._meta.label_lower, field] = follower or (
        lambda gone, kept: model._default_manager.filter(**{field: gone}).update(**{field: kept})
    )


def _last_day(row: CompanyRegulation) -> dt.date:
    return min(row.valid_until, row.replaced_from - dt.timedelta(1)) if row.replaced_from else row.valid_until


def obstacles(kept: Company, gone: Company) -> list[str]:
    """Two regulations of one kind cannot both be in force, today or later."""
    sentences = []
    theirs = {row.kind: row for row in gone.regulations.filter(revoked_on=None)}
    for own in kept.regulations.filter(revoked_on=None):
        other = theirs.get(own.kind)
        if other is None:
            continue
        first, last = max(own.valid_from, other.valid_from), min(_last_day(own), _last_day(other))
        if first <= last and last >= timezone.localdate():
            sentences.append(
                _(
                    "Both companies have a %(kind)s in force at the same time, by the decrees %(one)s and %(other)s. "
                    "Please revoke the decree that does not count first."
                )
                % {"kind": own.kind.upper(), "one": own.decree_number, "other": other.decree_number}
            )
    return sentences


def move_regulations(merge: Merge) -> None:
    """Of two rows of one kind the one that holds longer stays; the other's versions become its earlier ones."""
    own = {row.kind: row for row in merge.kept.regulations.select_for_update()}
    for row in merge.gone.regulations.select_for_update():
        other = own.get(row.kind)
        if other is not None:
            older, newer = sorted((row, other), key=lambda r: (r.revoked_on is None, r.valid_from, r.pk))
            _absorb(older, newer, merge)
            row = newer
        row.company = merge.kept
        merge.sign(row)
        row.save()
        own[row.kind] = row
        merge.count(CompanyRegulation, 1)
    pp, pkb = own.get(Kind.PP), own.get(Kind.PKB)
    if pp and pkb and pkb.revoked_on is None and pp.valid_from <= pkb.valid_from <= pp.valid_until:
        take_place_of_pp(pkb, merge.user)


def _absorb(older: CompanyRegulation, newer: CompanyRegulation, merge: Merge) -> None:
    """The versions of `older` come before those of `newer`; its row goes."""
    for move in FOLLOWERS.values():
        move(older, newer)
    rows = CompanyRegulation.history.model.objects
    rows.filter(id=newer.pk).update(version=F("version") + older.version)
    rows.filter(id=older.pk).update(id=newer.pk)
    newer.version += older.version
    today = timezone.localdate()
    if newer.valid_from > today and newer.previous_until is None:
        newer.previous_until = held_until(older, today)
    merge.notes.append(
        _("The %(kind)s by the decree %(older)s is now an earlier version of the one by the decree %(newer)s.")
        % {"kind": older.kind.upper(), "older": older.decree_number, "newer": newer.decree_number}
    )
    merge.sign(older)
    older.delete()


register(CompanyRegulation, move_regulations)
refuse_if(obstacles)
