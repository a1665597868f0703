"""From the raw words of a file to lines that say only what the author wrote.

What a printer or a PDF program puts between the words (page numbers, running heads, hyphens at line ends, ligatures,
invisible marks) is taken away here, so that two printings of one text read the same. Pure functions, no database.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

#: Between two pages of a text taken out of a PDF.
PAGE_BREAK = "\f"

#: How far from the edge of a page running heads and page numbers are looked for, in lines.
EDGE = 4
#: A line at the edge of this share of the pages, and on this many, is a running head. Cover, contents and annexes have
#: none, and a book may have one for the left and one for the right pages.
RUNNING_SHARE, RUNNING_PAGES = 0.3, 3
#: Fewer letters than this on a page: it is a picture, perhaps with a stamped number.
FEWEST_LETTERS = 20

_SPACES = re.compile(r"[^\S\n\f]+")
_SOFT_HYPHEN_AT_END = re.compile("\u00ad[^\\S\n]*\n[^\\S\n]*")
_PAGE_NUMBER = re.compile(
    r"^(?:hal(?:aman)?\.?|page|hlm\.?)?\s*[-|\[(]*\s*(\d{1,4}|[ivxlc]{1,6})\s*[-|\])]*"
    r"\s*(?:(?:dari|of|/)\s*\d{1,4}|\|\s*(?:page|halaman|hal))?$",
    re.IGNORECASE,
)
_CERTAIN_NUMBER = re.compile(r"^(?:-\s*\d{1,4}\s*-|(?:halaman|hal\.?|page|hlm\.?)\s+\d{1,4}.*)$", re.IGNORECASE)
#: Never taken for a running head, however often it stands at the edge of a page.
_HEADING = re.compile(r"^(?:pasal\s*\d|bab\s+[ivxlcdm\d]+\b|\(\d|[a-z0-9]{1,2}[.)]\s)", re.IGNORECASE)
_LETTERSPACED = re.compile(r"^(P A S A L|B A B)\b")
_DIGITS = re.compile(r"\d+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
#: Quotation marks and dashes that differ with the font only.
_PLAIN = str.maketrans(
    {**dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "..."}
)


@dataclass(frozen=True)
class Line:
    """One line of a text and the page it stands on, counted from 1."""

    text: str
    page: int


def clean_characters(words: str) -> str:
    """The same words in one spelling: no invisible marks, ligatures, odd spaces; line and page ends stay."""
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    words = words.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    words = _SOFT_HYPHEN_AT_END.sub("", words)
    # Before NFKC, which would spell the ellipsis and take the accent of a prime for a letter's.
    words = unicodedata.normalize("NFKC", words.translate(_PLAIN)).translate(_PLAIN)
    words = words.translate({ord(character): _visible(character) for character in set(words)})
    return _SPACES.sub(" ", words)


def _visible(character: str) -> str:
    """The character as it may stand in a text; nothing for what has no shape."""
    category = unicodedata.category(character)
    if category == "Co":  # bullets of symbol fonts
        return "•"
    return "" if category in ("Cc", "Cf", "Cs", "Cn") and character not in "\n\f\t" else character


def pages_of(words: str) -> list[list[str]]:
    """Lines of each page, without the empty ones and without spaces at their ends."""
    pages = []
    for page in clean_characters(words).split(PAGE_BREAK):
        lines = (line.strip() for line in page.split("\n"))
        pages.append([_LETTERSPACED.sub(lambda match: match[1].replace(" ", ""), line) for line in lines if line])
    return pages


def clean_lines(words: str) -> list[Line]:
    """The text's own lines in their order, page numbers and running heads left out."""
    pages = pages_of(words)
    running, offset = _running(pages), _number_offset(pages)
    pages = [_trim(page, number, running, offset) for number, page in enumerate(pages, 1)]
    return [Line(text, number) for number, page in enumerate(pages, 1) for text in page]


def picture_pages(words: str) -> list[int]:
    """Numbers of the pages that have no words although the text has pages: pictures, or empty."""
    if PAGE_BREAK not in words:
        return []
    pages = words.split(PAGE_BREAK)
    return [number for number, page in enumerate(pages, 1) if sum(map(str.isalpha, page)) < FEWEST_LETTERS]


def joined(lines: list[str]) -> str:
    """Lines of one paragraph as one line; a word cut at the end of a line is one word again."""
    text = ""
    for line in lines:
        if not text:
            text = line
        elif _is_cut(text, line):
            text = (text if _keeps_hyphen(text, line) else text[:-1]) + line
        else:
            text = f"{text} {line}"
    return text


def _is_cut(text: str, following: str) -> bool:
    return len(text) > 1 and text[-1] == "-" and text[-2].isalpha() and following[:1].islower()


def _keeps_hyphen(text: str, following: str) -> bool:
    """Whether the hyphen belongs to the word: undang-undang, sekurang-kurangnya, non-aktif."""
    first = re.split(r"[^\w]+", text[:-1])[-1].casefold()
    second = re.split(r"[^\w]+", following, maxsplit=1)[0].casefold()
    ends = (first[start:] for start in range(max(len(first) - 2, 0)))
    return first in ("antar", "non") or any(second.startswith(end) for end in ends)


def _edges(page: list[str]) -> list[str]:
    return page if len(page) <= 2 * EDGE else page[:EDGE] + page[-EDGE:]


def _shape(line: str) -> str:
    """A running head as it is on every page: without its numbers."""
    return _DIGITS.sub("#", line.casefold())


def _running(pages: list[list[str]]) -> set[tuple[int, str]]:
    """Running heads as place (from the top 0, 1, ..., from the bottom -1, -2, ...) and shape."""
    counted: Counter[tuple[int, str]] = Counter()
    for page in pages:
        places = {*range(min(EDGE, len(page))), *range(-min(EDGE, len(page)), 0)}
        counted.update((place, _shape(page[place])) for place in places)
    least = max(RUNNING_PAGES, RUNNING_SHARE * sum(map(bool, pages)))
    return {
        (place, shape)
        for (place, shape), count in counted.items()
        if count >= least and sum(map(str.isalpha, shape)) > 2 and not _HEADING.match(shape.replace("#", "1"))
    }


def _page_number(line: str) -> int | None:
    match = _PAGE_NUMBER.match(line)
    if match is None:
        return None
    if match[1].isdigit():
        return int(match[1])
    values = [_ROMAN[letter] for letter in match[1].lower()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _number_offset(pages: list[list[str]]) -> int | None:
    """By how much the printed page numbers differ from the pages' places, where most of them agree."""
    found: Counter[int] = Counter()
    for place, page in enumerate(pages, 1):
        found.update({number - place for line in _edges(page) if (number := _page_number(line)) is not None})
    if not found:
        return None
    offset, count = found.most_common(1)[0]
    return offset if count >= max(2, 0.4 * len(pages)) else None


def _trim(page: list[str], number: int, running: set[tuple[int, str]], offset: int | None) -> list[str]:
    """The page without what repeats at its edges, taken from the edge inwards."""

    def is_noise(place: int) -> bool:
        line = page[place]
        if (place, _shape(line)) in running or _CERTAIN_NUMBER.match(line):
            return True
        printed = _page_number(line)
        return printed is not None and offset is not None and printed - number == offset

    first, last = 0, 0
    while first < min(EDGE, len(page)) and is_noise(first):
        first += 1
    while last < min(EDGE, len(page) - first) and is_noise(-1 - last):
        last += 1
    return page[first : len(page) - last]
