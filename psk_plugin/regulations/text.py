"""The words of a filed text: taken out of PDF and Word files, without judging them."""

import io
import logging
import re

from ..records.intake import DOCX, PDF, storage
from ..records.models import StoredFile
from .models import RegulationText

logger = logging.getLogger(__name__)

#: A heading "Pasal 12" stands alone on its line; mentions in running text do not.
ARTICLE = re.compile(r"^[ \t]*pasal[ \t]+\d+[A-Z]?[ \t]*[.:]?[ \t]*$", re.IGNORECASE | re.MULTILINE)
#: Fewer letters per page than this: the pages are pictures, perhaps with a stamped page number.
FEWEST_LETTERS = 40


def extract(stored: StoredFile) -> RegulationText:
    """Read the file's words into its `RegulationText` and return it; the same file is read once.

    A PDF without words becomes SCANNED, a file that cannot be read FAILED; both say so, neither raises. Raises
    `OSError` where the storage does not give the bytes: then the file still waits.
    """
    text, _new = RegulationText.objects.get_or_create(file=stored)
    if text.state in (RegulationText.State.READ, RegulationText.State.SCANNED):
        return text
    with storage().open(stored.path, "rb") as handle:
        data = handle.read()
    try:
        words, pages = _words(data, stored.content_type)
    except Exception:  # two libraries and any damaged file: whatever they raise, the file could not be read
        logger.exception("The text of file %s could not be read", stored.sha256[:12])
        text.state, text.words, text.article_count = RegulationText.State.FAILED, "", 0
    else:
        is_scanned = sum(map(str.isalpha, words)) < FEWEST_LETTERS * max(pages, 1)
        text.state = RegulationText.State.SCANNED if is_scanned else RegulationText.State.READ
        text.words = words
        text.article_count = count_articles(words)
    text.save()
    return text


def count_articles(words: str) -> int:
    """Headings "Pasal N" in the text."""
    return len(ARTICLE.findall(words))


def _words(data: bytes, content_type: str) -> tuple[str, int]:
    """Words, one line per line of the text, and the number of pages (1 for Word, which has none)."""
    if content_type == PDF:
        words, pages = _pdf_words(data)
    elif content_type == DOCX:
        words, pages = _docx_words(data), 1
    else:
        words, pages = "", 1
    # PostgreSQL stores no NUL, and broken fonts give some.
    return words.replace("\x00", ""), pages


def _pdf_words(data: bytes) -> tuple[str, int]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    return "\n".join(page.extract_text() or "" for page in reader.pages), len(reader.pages)


def _docx_words(data: bytes) -> str:
    from docx import Document
    from docx.table import Table

    lines: list[str] = []
    for block in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)
