"""Reading filed texts after they are filed: in a task, and again whenever one was missed."""

import logging

from ..background import after_commit, task
from ..records.models import StoredFile
from .models import RegulationText
from .text import extract

logger = logging.getLogger(__name__)


def read_later(stored: StoredFile) -> None:
    """Note in the present transaction that the file is to be read, and read it after the commit."""
    text, _new = RegulationText.objects.get_or_create(file=stored)
    if text.state == RegulationText.State.WAITING:
        after_commit(read_text, stored.pk)


@task()
def read_text(stored_pk: int) -> None:
    extract(StoredFile.objects.get(pk=stored_pk))


def read_missing(limit: int = 100) -> int:
    """Read what still waits, oldest first. Returns how many files were read or found unreadable."""
    waiting = RegulationText.objects.filter(state=RegulationText.State.WAITING).select_related("file")
    done = 0
    for row in list(waiting.order_by("pk")[:limit]):
        try:
            extract(row.file)
        except OSError:
            logger.exception("The storage did not give file %s", row.file.sha256[:12])
        else:
            done += 1
    return done
