"""Counts that stop early: nobody needs to know whether it is 48,211 or 48,212, and counting them all takes time."""

from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connections
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import cached_property

#: Where counting stops.
MOST = 1_000


class Bounded(int):
    """A count that stopped at `most`; one more stands for "more than that" and reads "1.000+"."""

    most: int

    def __new__(cls, number: int, most: int | None = None) -> "Bounded":
        made = super().__new__(cls, number)
        made.most = MOST if most is None else most
        return made

    @property
    def is_more(self) -> bool:
        return self > self.most

    @property
    def within(self) -> int:
        """How many rows may be relied on."""
        return min(int(self), self.most)

    def __str__(self) -> str:
        text = number_format(self.within, use_l10n=True, force_grouping=True)
        return f"{text}+" if self.is_more else text


def bounded_counts(sets: Sequence[tuple[QuerySet, int]]) -> list[Bounded]:
    """How many rows each of the sets has, all in one query.

    Beside each set stands how far it is counted; no more rows than one beyond that are read.
    """
    parts, values, places = [], [], []
    for place, (rows, most) in enumerate(sets):
        try:
            sql, params = rows.order_by().values("pk")[: most + 1].query.get_compiler(rows.db).as_sql()
        except EmptyResultSet:
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) c{place})")  # noqa: S608 - compiled by Django, values apart
        values += params
        places.append(place)
    found = [Bounded(0, most) for _rows, most in sets]
    if parts:
        with connections[sets[0][0].db].cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", values)
            for place, count in zip(places, cursor.fetchone(), strict=True):
                found[place] = Bounded(count, found[place].most)
    return found


def bounded_count(rows: QuerySet) -> Bounded:
    return bounded_counts([(rows, MOST)])[0]


class BoundedPaginator(Paginator):
    """Pages of the rows that are counted; `found` says whether there are more."""

    @cached_property
    def found(self) -> Bounded:
        return bounded_count(self.object_list)

    @cached_property
    def count(self) -> int:
        return self.found.within


class KeyedPaginator(BoundedPaginator):
    """For rows that take long to find: they are found once, as keys in their order, for the count and for every page.

    `keys` gives no more than are counted and one; `rows` is what they are fetched from.
    """

    def __init__(self, keys: QuerySet, per_page: int, *, rows: QuerySet) -> None:
        super().__init__(keys, per_page)
        self.rows = rows

    @cached_property
    def keys(self) -> list[int]:
        return list(self.object_list)

    @cached_property
    def found(self) -> Bounded:
        return Bounded(len(self.keys))

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.keys[first : min(first + self.per_page, self.count)]
        fetched = self.rows.in_bulk(keys)
        return Page([fetched[key] for key in keys if key in fetched], number, self)
