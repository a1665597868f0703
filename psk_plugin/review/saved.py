"""Filters that people keep by name: whose they are, who sees them, keeping, renaming, removing."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from ..office.acting import groups_of
from .access import REVIEW, SEE_ALL
from .models import Place, SavedFilter
from .timeline import name_of

#: Permission that opens each list.
OPENS = {Place.INBOX: REVIEW, Place.ALL: SEE_ALL}
#: Filters one person keeps for one list: more is no help.
MOST = 30


class NameTaken(Exception):
    """The person has a filter of that name in that list."""


class TooMany(Exception):
    """The person keeps `MOST` filters already."""


@dataclass(frozen=True)
class Kept:
    """A filter as its list offers it. `by` names the colleague who shares it, empty for one's own."""

    filter: SavedFilter
    by: str
    is_chosen: bool

    @property
    def address(self) -> str:
        return f"?{self.filter.query}"


def seen_by(user, place: str) -> QuerySet[SavedFilter]:
    """One's own, and those that colleagues share with a group one works in today."""
    return SavedFilter.objects.filter(Q(owner=user) | Q(group__in=groups_of(user)), place=place)


def kept_for(user, place: str, query: str) -> list[Kept]:
    """The filters offered to the person: own ones first; chosen is the one whose address the list has now."""
    rows = list(seen_by(user, place).select_related("owner"))
    rows.sort(key=lambda row: (row.owner_id != user.pk, row.name.lower()))
    return [Kept(row, "" if row.owner_id == user.pk else name_of(row.owner), row.query == query) for row in rows]


def own(user) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(owner=user)


def groups_to_share_with(user) -> QuerySet[Group]:
    """Groups the person belongs to in the person's own right."""
    return user.groups.order_by("name")


def keep(row: SavedFilter) -> SavedFilter:
    """Write a filter, new or changed.

    Raises `NameTaken`, also where a second window was faster, and `TooMany`.
    """
    if row.pk is None and SavedFilter.objects.filter(owner=row.owner, place=row.place).count() >= MOST:
        raise TooMany
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NameTaken from error
    return row
