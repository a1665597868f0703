"""The words of a filed text: taken out of PDF and Word files, without judging them."""

import io
import logging

from ..records.intake import DOCX, PDF, storage
from ..records.models import StoredFile
from . import headings
from .cleaning import PAGE_BREAK
from .models import RegulationText

logger = logging.getLogger(__name__)

State = RegulationText.State
#: Fewer letters per page than this: the pages are pictures, perhaps with a stamped page number.
FEWEST_LETTERS = 40
#: What need not be read again.
DONE = (State.READ, State.SCANNED, State.EMPTY, State.LOCKED, State.RECOGNISING, State.RECOGNISED)


class Locked(Exception):
    """The file wants a password."""


def extract(stored: StoredFile) -> RegulationText:
    """Read the file's words into its `RegulationText` and return it; the same file is read once.

    A PDF without words becomes SCANNED or EMPTY, one with a password LOCKED, a file that cannot be read FAILED; all say
    so, none raises. Raises `OSError` where the storage does not give the bytes: then the file still waits.
    """
    text, _new = RegulationText.objects.get_or_create(file=stored)
    if text.state in DONE:
        return text
    with storage().open(stored.path, "rb") as handle:
        data = handle.read()
    words = ""
    try:
        words, pages, has_pictures = _words(data, stored.content_type)
    except Locked:
        text.state = State.LOCKED
    except Exception:  # two libraries and any damaged file: whatever they raise, the file could not be read
        logger.exception("The text of file %s could not be read", stored.sha256[:12])
        text.state = State.FAILED
    else:
        letters = sum(map(str.isalpha, words))
        if letters >= FEWEST_LETTERS * max(pages, 1):
            text.state = State.READ
        else:
            text.state = State.SCANNED if letters or has_pictures else State.EMPTY
    text.words = words if text.state == State.READ else ""
    text.article_count = count_articles(text.words)
    text.save()
    return text


def count_articles(words: str) -> int:
    """Articles (Pasal) in the text; those of its table of contents are not counted again."""
    return len(headings.read(words).articles)


def _words(data: bytes, content_type: str) -> tuple[str, int, bool]:
    """Words, one line per line of the text; number of pages (1 for Word, which has none); whether it has pictures."""
    if content_type == PDF:
        words, pages, has_pictures = _pdf_words(data)
    elif content_type == DOCX:
        words, pages, has_pictures = _docx_words(data), 1, False
    else:
        words, pages, has_pictures = "", 1, True
    # PostgreSQL stores no NUL, and broken fonts give some; half of a pair of UTF-16 cannot be stored at all.
    words = words.replace("\x00", "").encode("utf-8", "ignore").decode()
    return words, pages, has_pictures


def _pdf_words(data: bytes) -> tuple[str, int, bool]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(io.BytesIO(data))
        # Many are locked against changes only: the empty password opens them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Locked
        pages = [(page.extract_text() or "").replace(PAGE_BREAK, "\n") for page in reader.pages]
    except (FileNotDecryptedError, DependencyError) as error:
        raise Locked from error
    has_pictures = any(_draws_pictures(page) for page in reader.pages) if not "".join(pages).strip() else True
    return f"\n{PAGE_BREAK}\n".join(pages), len(pages), has_pictures


def _draws_pictures(page) -> bool:
    resources = page.get("/Resources")
    resources = resources.get_object() if resources is not None else {}
    named = resources.get("/XObject")
    return bool(named is not None and named.get_object())


def _docx_words(data: bytes) -> str:
    from docx import Document
    from docx.table import Table

    lines: list[str] = []
    for block in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines).replace(PAGE_BREAK, "\n")
