"""A list of applications as a file: the same rows in the same order under the same columns."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.utils import translation

from ..sheets import Cell
from ..submissions.models import Submission
from .columns import Column

#: Rows that are read and prepared at a time: no more lie in memory, however long the list.
BATCH = 1_000

#: Gives the rows of a batch what their cells need.
Prepare = Callable[[list[Submission]], None]


def values(rows: QuerySet[Submission], columns: Sequence[Column], prepare: Prepare) -> Iterator[list[Cell | None]]:
    """The list's cells, row by row."""
    language = translation.get_language()
    found = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        # A stream runs on after the view has ended, and with it the language of the person.
        with translation.override(language):
            prepare(batch)
            cells = [[column.plain(row) for column in columns] for row in batch]
        yield from cells
