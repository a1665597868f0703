"""Requests timed in two databases of different size, which stand side by side and are asked by turns.

Whatever else the machine does in the meantime then meets both alike. PostgreSQL only.
"""

import gc
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

#: Requests per page and size; the first argument changes it.
ROUNDS = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), 60)


@dataclass(frozen=True)
class Taken:
    """How many queries a page took, and the milliseconds of each request."""

    queries: int
    times: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1]


#: By size.
Figures = dict[int, Taken]


@contextmanager
def without_word_indexes() -> Iterator[None]:
    """For filling: the indexes of words are made anew afterwards, much faster than kept up to date row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'")
        indexes = cursor.fetchall()
        for name, _made in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, made in indexes:
            cursor.execute(made)
        cursor.execute("VACUUM ANALYZE")


class Sizes:
    """The databases by number of applications; `use` turns the one connection to another of them."""

    def __init__(self, small: int, large: int) -> None:
        name = connection.settings_dict["NAME"]
        self.small, self.large, self.names = small, large, {large: name, small: f"{name}_small"}

    def keep_small(self) -> None:
        """Copies the database as it is now: nobody may be connected to it meanwhile."""
        self._use("template1")
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.names[self.small]}"')
            cursor.execute(f'CREATE DATABASE "{self.names[self.small]}" TEMPLATE "{self.names[self.large]}"')
        self.use(self.large)

    def use(self, size: int) -> None:
        self._use(self.names[size])

    def _use(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name


def compare(sizes: Sizes, client: Client, path: str, *, rounds: int = ROUNDS) -> Figures:
    """What the page takes in both sizes, asked by turns."""
    asked, took = {}, {size: [] for size in sizes.names}
    for size in took:
        sizes.use(size)
        asked[size] = counted(client, path, size == sizes.large)
    # The collector runs between the pages and not within a request: it would count what earlier ones left.
    gc.collect()
    gc.disable()
    for _round in range(rounds):
        for size, times in took.items():
            sizes.use(size)
            client.get(path)  # opens the connection and warms it
            times.append(timed(client, path))
    gc.enable()
    return {size: Taken(asked[size], tuple(times)) for size, times in took.items()}


def all_together(found: Iterable[Figures]) -> Figures:
    """The requests of all pages as those of one: what somebody meets who asks any of them."""
    together: Figures = {}
    for figures in found:
        for size, taken in figures.items():
            known = together.get(size, Taken(0, ()))
            together[size] = Taken(known.queries + taken.queries, known.times + taken.times)
    return together


def counted(client: Client, path: str, is_explained: bool) -> int:
    """How many queries the page takes, after a warm-up."""
    for _round in range(3):
        assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = list(queries)  # now: the next request clears the record
    if is_explained and "--explain" in sys.argv:
        explain(path, asked)
    return len(asked)


def timed(client: Client, path: str) -> float:
    """Milliseconds of one request."""
    start = time.perf_counter()
    answer = client.get(path)
    took = (time.perf_counter() - start) * 1000
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return took


def ratio(sizes: Sizes, figures: Figures) -> float:
    """How many times as long the 95th percentile takes with the large number of rows."""
    return figures[sizes.large].p95 / figures[sizes.small].p95


def explain(path: str, asked: list[dict]) -> None:
    slowest = max(asked, key=lambda query: float(query["time"]))
    print(f"\n{path}: all queries {sum(float(q['time']) for q in asked) * 1000:.0f} ms\n{slowest['sql'][:3000]}")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {slowest['sql'].replace('%', '%%')}", [])
        print("\n".join(row[0][:200] for row in cursor.fetchall()), flush=True)


def table(sizes: Sizes, found: Mapping[str, Figures], most: Mapping[str, float]) -> list[str]:
    """Prints the figures. Gives the pages that take more queries, or more than `most` times as long, with more rows."""
    print(f"\n{'page':58}{'queries':>9}{'p50 ms':>16}{'p95 ms':>16}{'ratio':>7}")
    failed = []
    for path, figures in found.items():
        few, many = figures[sizes.small], figures[sizes.large]
        times = ratio(sizes, figures)
        is_bad = path in most and (times > most[path] or many.queries > few.queries)
        failed += [path] if is_bad else []
        queries = f"{few.queries} → {many.queries}"
        medians, tails = f"{few.median:.0f} → {many.median:.0f}", f"{few.p95:.0f} → {many.p95:.0f}"
        print(f"{path:58}{queries:>9}{medians:>16}{tails:>16}{times:>7.2f}{'  too slow' if is_bad else ''}")
    return failed
