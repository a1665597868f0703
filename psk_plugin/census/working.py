"""The tasks of a batch: claimed for a time, followed by their progress, taken up again where a worker stopped.

Each step is whole or not done: reading and checking begin anew, taking over and undoing are one transaction each.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, connection
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..background import task
from .errors import Lost, Overtaken
from .models import LEASE, BatchState, CensusBatch

logger = logging.getLogger(__name__)

#: Runs of a step tried by themselves; after that somebody has to press the button.
MAX_ATTEMPTS = 3


class Progress:
    """Says how far a run is, and that it is alive, also from within an open transaction.

    There the row cannot be written for others to see: PostgreSQL is told by a second connection; SQLite, which lets one
    write at a time, has the number in the cache, and the open transaction itself keeps others out.
    """

    def __init__(self, batch: CensusBatch) -> None:
        self.pk, self.claim = batch.pk, batch.claim
        self._second = None

    def told(self, done: int) -> None:
        """Outside a transaction. Raises `Lost` where another run has taken the batch over."""
        values = {"done": done, "busy_until": timezone.now() + LEASE}
        if not CensusBatch.objects.filter(pk=self.pk, claim=self.claim).update(**values):
            raise Lost

    def told_within(self, done: int) -> None:
        """Inside a transaction that has not touched the batch's row."""
        if connection.vendor != "postgresql":
            cache.set(_key(self.pk), done, timeout=600)
            return
        if self._second is None:
            self._second = connection.copy()
        table = CensusBatch._meta.db_table
        with self._second.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET done = %s, busy_until = %s WHERE id = %s AND claim = %s",  # noqa: S608 - our own
                [done, timezone.now() + LEASE, self.pk, self.claim],
            )

    def close(self) -> None:
        if self._second is not None:
            self._second.close()
        cache.delete(_key(self.pk))


def _key(pk: int) -> str:
    return f"psk-census-{pk}"


def done_of(batch: CensusBatch) -> int:
    """How many rows the present step has behind it, also while its transaction is open."""
    return max(batch.done, cache.get(_key(batch.pk)) or 0) if batch.is_working else batch.done


@task()
def work(pk: int) -> None:
    """Do the step that a batch waits for. Safe to run twice and side by side."""
    go_on(pk)


def go_on(pk: int) -> bool:
    """Do the step that a batch waits for; `False` where nothing waits or it could not be finished."""
    batch = _claim(pk)
    if batch is None:
        return False
    progress = Progress(batch)
    mine = CensusBatch.objects.filter(pk=pk, claim=batch.claim)
    try:
        # What is kept with the rows is Indonesian whatever language the screen has.
        with translation.override(settings.LANGUAGE_CODE):
            _steps()[BatchState(batch.state)](batch, progress)
        return True
    except Lost:
        return False
    except Overtaken as changed:
        _check_again(batch, str(changed))
        return False
    except ValidationError as refused:
        mine.update(
            state=BatchState.FAILED, stopped_in=batch.state, problem=" ".join(refused.messages), busy_until=None
        )
        return False
    except Exception:
        logger.exception("Step %s of census %s could not be done", batch.state, pk)
        _give_up_or_wait(batch)
        return False
    finally:
        progress.close()


def _steps() -> dict[BatchState, Callable[[CensusBatch, Progress], None]]:
    from .applying import apply
    from .checking import check, read
    from .undoing import undo

    return {
        BatchState.READING: read,
        BatchState.CHECKING: check,
        BatchState.APPLYING: apply,
        BatchState.UNDOING: undo,
    }


def _claim(pk: int) -> CensusBatch | None:
    """Take the batch by one conditional update: of two workers one gets it."""
    try:
        taken = (
            CensusBatch.objects.waiting()
            .filter(pk=pk)
            .update(
                busy_until=timezone.now() + LEASE, claim=F("claim") + 1, attempts=F("attempts") + 1, done=0, problem=""
            )
        )
    except OperationalError:  # SQLite: somebody has been writing for long, so somebody is at it
        return None
    return CensusBatch.objects.select_related("file").get(pk=pk) if taken else None


def _check_again(batch: CensusBatch, why: str) -> None:
    """The world changed between checking and taking over: check once more, with what people have decided."""
    from .verbs import keep_decisions

    keep_decisions(batch)
    mine = CensusBatch.objects.filter(pk=batch.pk, claim=batch.claim, state=BatchState.APPLYING)
    if not mine.update(state=BatchState.CHECKING, busy_until=None, attempts=0, done=0):
        return
    go_on(batch.pk)
    CensusBatch.objects.filter(pk=batch.pk, state=BatchState.READY).update(problem=why)


def _give_up_or_wait(batch: CensusBatch) -> None:
    mine = CensusBatch.objects.filter(pk=batch.pk, claim=batch.claim)
    try:
        if batch.attempts < MAX_ATTEMPTS:
            mine.update(busy_until=None)
            return
        with translation.override(settings.LANGUAGE_CODE):
            problem = _(
                "The work stopped several times. Nothing was changed. Please try again; if it stops again, tell the "
                "administrator."
            )
        mine.update(state=BatchState.FAILED, stopped_in=batch.state, problem=problem, busy_until=None)
    except DatabaseError:
        logger.exception("Census %s is left to the next run", batch.pk)


def catch_up() -> int:
    """Go on with batches that a worker left behind. Returns how many; for the command that runs every few minutes."""
    keys = list(CensusBatch.objects.waiting().order_by("uploaded_at").values_list("pk", flat=True)[:20])
    return sum(go_on(pk) for pk in keys)
