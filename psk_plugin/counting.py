"""Counts that stop early: nobody needs to know whether it is 48,211 or 48,212, and counting them all takes time."""

from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.utils.formats import number_format

#: Where counting stops.
MOST = 1_000


class Bounded(int):
    """A count of at most `MOST`; one more stands for "more than that" and reads "1.000+"."""

    @property
    def is_more(self) -> bool:
        return self > MOST

    def __str__(self) -> str:
        text = number_format(min(int(self), MOST), use_l10n=True, force_grouping=True)
        return f"{text}+" if self.is_more else text


def bounded_counts(sets: Sequence[QuerySet]) -> list[Bounded]:
    """How many rows each of the sets has, all in one query that reads at most `MOST` + 1 rows of each."""
    if not sets:
        return []
    parts, values, places = [], [], []
    for place, rows in enumerate(sets):
        try:
            sql, params = rows.order_by().values("pk")[: MOST + 1].query.get_compiler(rows.db).as_sql()
        except EmptyResultSet:
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) c{place})")  # noqa: S608 - compiled by Django, values apart
        values += params
        places.append(place)
    found = [Bounded(0)] * len(sets)
    if parts:
        with connections[sets[0].db].cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", values)
            for place, count in zip(places, cursor.fetchone(), strict=True):
                found[place] = Bounded(count)
    return found


def bounded_count(rows: QuerySet) -> Bounded:
    return bounded_counts([rows])[0]
