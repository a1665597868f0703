"""Words out of scanned pages with Tesseract, where it is installed. It runs beside the web process and within limits.

Tesseract reads pictures, not PDF: Poppler's `pdftoppm` draws the pages where it is installed; else the largest picture
of each page is taken out, which is the page itself in what scanners make.
"""

import datetime as dt
import io
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from .. import conf
from ..background import after_commit, task
from ..records.intake import PDF, storage
from ..records.models import StoredFile
from .cleaning import PAGE_BREAK
from .models import RegulationText
from .text import FEWEST_LETTERS, count_articles

logger = logging.getLogger(__name__)

State, Problem = RegulationText.State, RegulationText.Problem
LANGUAGE = "ind"
#: Dots per inch at which Tesseract reads best without wasting time.
RESOLUTION = 200
#: A recognition that has not ended after this was cut off (the server was restarted) and may be started again.
GIVEN_UP_AFTER = dt.timedelta(hours=2)


class NotRecognised(Exception):
    """No words came out. `problem`: one of `RegulationText.Problem`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@cache
def is_installed() -> bool:
    """Whether Tesseract is here with the Indonesian language. Asked once per process."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        told = subprocess.run(  # noqa: S603 - a fixed command, nothing of a user in it
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in (told.stdout + told.stderr).split()


def may_recognise(text: RegulationText) -> bool:
    """Whether recognising can be offered for this text now."""
    if not is_installed():
        return False
    stuck = text.state == State.RECOGNISING and text.read_at < timezone.now() - GIVEN_UP_AFTER
    return text.state == State.SCANNED or stuck


def recognise_later(file_pk: int) -> bool:
    """Start recognising after the commit. False where it runs already or cannot be done; asking twice starts one."""
    with transaction.atomic():
        text = RegulationText.objects.select_for_update().filter(file_id=file_pk).first()
        if text is None or not may_recognise(text):
            return False
        text.state, text.problem = State.RECOGNISING, ""
        text.save(update_fields=["state", "problem", "read_at"])
        after_commit(recognise, file_pk)
    return True


@task()
def recognise(file_pk: int) -> None:
    """Write the recognised words. Whatever goes wrong becomes a state that says so."""
    text = RegulationText.objects.select_related("file").get(file_id=file_pk)
    if text.state != State.RECOGNISING:
        return
    try:
        words = words_of_pictures(text.file)
    except NotRecognised as failed:
        text.state, text.problem = State.SCANNED, failed.problem
    except Exception:  # a library, a program or the storage: the person must hear of it, and the log keeps it
        logger.exception("The pictures of file %s could not be recognised", text.file.sha256[:12])
        text.state, text.problem = State.SCANNED, Problem.BROKEN
    else:
        text.state, text.words, text.article_count = State.RECOGNISED, words, count_articles(words)
    text.save()


def words_of_pictures(stored: StoredFile) -> str:
    """The words of a scanned file, pages divided by form feeds. Raises `NotRecognised`."""
    with storage().open(stored.path, "rb") as handle:
        data = handle.read()
    if (stored.page_count or 1) > conf.OCR_MAX_PAGES:
        raise NotRecognised(Problem.TOO_LONG)
    pages = []
    with tempfile.TemporaryDirectory(prefix="psk-ocr-") as folder:
        pictures = _pdf_pictures(data, Path(folder), stored) if stored.content_type == PDF else _one(data, Path(folder))
        for picture in pictures:
            pages.append(_read(picture) if picture is not None else "")
    words = f"\n{PAGE_BREAK}\n".join(pages).replace("\x00", "")
    if sum(map(str.isalpha, words)) < FEWEST_LETTERS:
        raise NotRecognised(Problem.NOTHING)
    return words


def reading_command(picture: Path) -> list[str]:
    """The words of one picture on standard output: page segmentation 3 (automatic), spaces between columns kept."""
    return ["tesseract", str(picture), "stdout", "-l", LANGUAGE, "--psm", "3", "-c", "preserve_interword_spaces=1"]


def drawing_command(pdf: Path, page: int, target: Path) -> list[str]:
    """One page of a PDF as a grey PNG named `target` with `.png` added."""
    number = str(page)
    return [
        *("pdftoppm", "-png", "-gray", "-singlefile", "-r", str(RESOLUTION)),
        *("-f", number, "-l", number, str(pdf), str(target)),
    ]


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - built above from numbers and our own temporary paths, no shell
            command, capture_output=True, timeout=conf.OCR_PAGE_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise NotRecognised(Problem.TIMEOUT) from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise NotRecognised(Problem.BROKEN) from error
    return done.stdout.decode("utf-8", "replace")


def _read(picture: Path) -> str:
    return _run(reading_command(picture)).replace(PAGE_BREAK, "\n")


def _one(data: bytes, folder: Path) -> Iterator[Path]:
    picture = folder / "page"
    picture.write_bytes(data)
    yield picture


def _pdf_pictures(data: bytes, folder: Path, stored: StoredFile) -> Iterator[Path | None]:
    """A picture per page, made when it is asked for; `None` for a page without any."""
    if shutil.which("pdftoppm"):
        pdf = folder / "text.pdf"
        pdf.write_bytes(data)
        for page in range(1, (stored.page_count or 1) + 1):
            target = folder / f"page-{page}"
            _run(drawing_command(pdf, page, target))
            yield target.with_suffix(".png")
            target.with_suffix(".png").unlink(missing_ok=True)
        return
    from pypdf import PdfReader

    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, 1):
        pictures = [found.image for found in page.images if found.image is not None]
        if not pictures:
            yield None
            continue
        picture = max(pictures, key=lambda image: image.width * image.height)
        target = folder / f"page-{number}.png"
        picture.rotate(-page.rotation, expand=True).convert("L").save(target)
        yield target
        target.unlink(missing_ok=True)
