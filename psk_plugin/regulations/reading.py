"""Reading filed texts after they are filed: in a task, and again whenever one was missed."""

import logging

from ..background import after_commit, task
from ..records.models import StoredFile
from .models import RegulationText
from .text import extract

logger = logging.getLogger(__name__)

#: Pages of a file that is read while a person waits.
READ_AT_ONCE = 60


def read_later(stored: StoredFile) -> None:
    """Note in the present transaction that the file is to be read, and read it after the commit."""
    text, _new = RegulationText.objects.get_or_create(file=stored)
    if text.state == RegulationText.State.WAITING:
        after_commit(read_text, stored.pk)


@task()
def read_text(stored_pk: int) -> None:
    extract(StoredFile.objects.get(pk=stored_pk))


def text_now(file_pk: int) -> RegulationText:
    """The file's words for a person who waits: a short file that nobody has read yet is read now, a long one in a task.

    Never raises for what is wrong with the file: the text's state and `explanation` say it.
    """
    text = RegulationText.objects.filter(file_id=file_pk).first()
    if text is not None and text.state != RegulationText.State.WAITING:
        return text
    stored = StoredFile.objects.get(pk=file_pk)
    if (stored.page_count or 1) > READ_AT_ONCE:
        after_commit(read_text, stored.pk)
        return text or RegulationText(file=stored)
    try:
        return extract(stored)
    except OSError:
        logger.exception("The storage did not give file %s", stored.sha256[:12])
        return text or RegulationText(file=stored)


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
