"""BAB, Pasal and ayat found in the bare words of a regulation's file. Pure, no database.

`read(words)` gives the text as a row of units in their order: what stands before the first heading, chapters (BAB),
their parts (Bagian), articles (Pasal), the closing with the signatures, annexes (Lampiran). Nothing of the author's
words is lost: each line belongs to one unit; only page numbers, running heads and the table of contents are left out.
"""

import re
from collections import Counter
from dataclasses import replace

from .cleaning import PAGE_BREAK, Line, clean_lines, joined, picture_pages
from .outline import Outline, Unit, UnitKind

_MARKER = re.compile(r"^(?:\(\d{1,2}[a-z]?\)|\([a-z]\)|[a-z]{1,2}[.)]|\d{1,2}[.)]|[ivx]{1,4}[.)]|[•·▪*-])(?:\s|$)")
_CHAPTER = re.compile(r"^(?:BAB|Bab)\s*[:.]?\s+([IVXLCDM]{1,7}|\d{1,2})\b\s*[.:-]?\s*(.*)$")
_PART = re.compile(
    r"^(Bagian|BAGIAN|Paragraf|PARAGRAF)\s+((?:Ke\w+|KE\w+|Pertama|PERTAMA)(?:\s+Belas|\s+BELAS)?|[IVX]{1,5}|\d{1,2})\b"
    r"\s*[.:-]?\s*(.*)$"
)
_ARTICLE = re.compile(r"^pasal\s*(\d{1,3})(?:\s?([A-Z])\b)?\s*(.*)$", re.IGNORECASE | re.ASCII)
_ANNEX = re.compile(r"^(?:LAMPIRAN|Lampiran)(?:\s+(?:([IVXLC]{1,6}|\d{1,2}|[A-Z])\b\s*[.:-]?\s*)?(.*))?$")
_CLOSING = re.compile(
    r"^(?:ditetapkan|dibuat|disahkan|ditandatangani|dikeluarkan)\s*(?:di\b|oleh\b|pada\b|:)", re.IGNORECASE
)
_CONTENTS = re.compile(r"^daftar\s+isi\b.{0,10}$", re.IGNORECASE)
_FRONT = re.compile(r"^(?:MUKAD+IMAH|PEMBUKAAN|PENDAHULUAN|KATA PENGANTAR|PREAMBULE?)$", re.IGNORECASE)
#: A line of a table of contents: leaders, then the page.
_LEADERS = re.compile(r"(?:[.…_·]\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})\s*$")
_PAGE_AT_END = re.compile(r"\s(?:\d{1,4}|[ivxlc]{1,6})$")
#: A line that ends with one of these goes on in the next.
_GOES_ON = re.compile(
    r"(?:[,(]|\b(?:dalam|pada|dengan|dan|atau|menurut|dimaksud|ketentuan|oleh|sampai|dari|ke|s/d|jo|juncto|sesuai|"
    r"melanggar|tersebut|terhadap|ayat|huruf|angka|pasal|nomor|untuk|sebagaimana|yang|hingga|kecuali))$",
    re.IGNORECASE,
)
#: After "Pasal 156" these speak of another law, or of a place within the article: running text.
_NOT_A_TITLE = re.compile(
    r"^(?:ayat|huruf|angka|undang|uu\b|peraturan (?:pemerintah|menteri|presiden|daerah)|pp (?:no|nomor)|permen|kepmen|"
    r"keputusan|kuh|kitab|jo\b|juncto|dan\b|atau\b|s/d|sampai|di atas|tersebut|ini\b|[,;)])",
    re.IGNORECASE,
)
#: Words that a title writes small.
_SMALL = re.compile(
    r"(?:dan|atau|di|ke|dari|yang|untuk|pada|dengan|selama|bagi|oleh|dalam|tanpa|serta|karena|sebagai|menurut|atas|"
    r"antara|terhadap|tentang|secara|para|kepada|bersifat|agar|akibat|per|setelah|sebelum)",
)
_LONGEST_TITLE = 14


def read(words: str) -> Outline:
    """The outline of a text. `words`: as taken out of the file, pages divided by form feeds. Never raises."""
    lines = _without_contents(clean_lines(words))
    has_pages = PAGE_BREAK in words
    units = _drop_listed(_Reader(lines, has_pages).units())
    if not has_pages:
        units = [replace(unit, page=None) for unit in units]
    return Outline(
        tuple(units),
        page_count=words.count(PAGE_BREAK) + 1 if has_pages else None,
        picture_pages=tuple(picture_pages(words)),
    )


class _Reader:
    """Goes through the lines once, opening a unit at each heading."""

    def __init__(self, lines: list[Line], has_pages: bool) -> None:
        self.lines = self._merged(lines)
        self.has_pages = has_pages
        lengths = sorted(len(line.text) for line in lines)
        self.width = lengths[int(len(lengths) * 0.9)] if lengths else 0
        self.closing_at = self._closing_at()

    @staticmethod
    def _merged(lines: list[Line]) -> list[Line]:
        """ "Pasal" or "BAB" alone on a line, with its number on the next, become one heading again."""
        merged: list[Line] = []
        for line in lines:
            if (
                merged
                and re.fullmatch(r"(?i:pasal|bab)", merged[-1].text)
                and re.fullmatch(r"\d{1,3}[A-Z]?\.?|[IVXLC]{1,7}\.?", line.text)
                and not (len(merged) > 1 and _GOES_ON.search(merged[-2].text))
            ):
                merged[-1] = Line(f"{merged[-1].text} {line.text}", merged[-1].page)
            else:
                merged.append(line)
        return merged

    def _closing_at(self) -> int | None:
        """Index of the line that opens the closing: after the last article, before the annexes."""
        last = max((i for i, line in enumerate(self.lines) if _ARTICLE.match(line.text)), default=None)
        if last is None:
            return None
        for index in range(last + 1, len(self.lines)):
            if _CLOSING.match(self.lines[index].text):
                return index
        return None

    def units(self) -> list[Unit]:
        units: list[Unit] = []
        kind, number, title, page = UnitKind.OPENING, "", "", self.lines[0].page if self.lines else None
        body: list[str] = []
        chapter: tuple[str, str] | None = None
        last_article, index = 0, 0

        def close() -> None:
            if body or kind != UnitKind.OPENING:
                units.append(Unit(kind, number, title, self._paragraphs(body), page))

        while index < len(self.lines):
            line = self.lines[index]
            found = self._heading(index, last_article, in_annex=kind == UnitKind.ANNEX)
            if found is None:
                body.append(line.text)
                index += 1
                continue
            new_kind, new_number, rest = found
            if repeated := self._printed_again(index, found, (kind, number, title), chapter):
                index += repeated
                continue
            close()
            kind, number, page, body = new_kind, new_number, line.page, []
            index += 1
            if kind == UnitKind.CLOSING:
                title = ""
                body.append(line.text)
                continue
            title, index = self._title(kind, rest, index)
            if kind == UnitKind.CHAPTER:
                chapter = number, title
            elif kind == UnitKind.ARTICLE:
                last_article = int(re.match(r"\d+", number)[0])
        close()
        return units

    def _printed_again(
        self, index: int, found: tuple, present: tuple[UnitKind, str, str], chapter: tuple[str, str] | None
    ) -> int:
        """How many lines repeat the heading of the present unit or chapter at the head of a page."""
        kind, number, rest = found
        if kind == UnitKind.CHAPTER and chapter is not None and number == chapter[0]:
            title = chapter[1]
        elif (kind, number) == present[:2] and kind == UnitKind.ARTICLE:
            title = present[2]
        else:
            return 0
        following = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        if rest == title:
            return 1
        return (2 if following == title else 1) if not rest else 0

    def _heading(self, index: int, last_article: int, *, in_annex: bool) -> tuple[UnitKind, str, str] | None:
        """Kind, number and rest of the line where it opens a unit."""
        text = self.lines[index].text
        if index == self.closing_at:
            return UnitKind.CLOSING, "", ""
        before = self.lines[index - 1].text if index else ""
        if match := _ARTICLE.match(text):
            if self._is_article(match, index, before, last_article, in_annex):
                return UnitKind.ARTICLE, match[1].lstrip("0") + (match[2] or "").upper(), match[3].strip(" .:-")
            return None
        if match := _CHAPTER.match(text):
            return (UnitKind.CHAPTER, match[1], match[2]) if self._is_named(match[2], before) else None
        if match := _PART.match(text):
            name = match[2].capitalize() if match[2][:1].isalpha() and len(match[2]) > 5 else match[2]
            return (UnitKind.PART, name, match[3]) if self._is_named(match[3], before) else None
        if (match := _ANNEX.match(text)) and last_article:
            rest = match[2] or ""
            if (text.startswith("LAMPIRAN") or (match[1] and not rest)) and self._is_named(rest, before):
                return UnitKind.ANNEX, match[1] or "", rest
        return None

    def _is_article(self, match: re.Match, index: int, before: str, last_article: int, in_annex: bool) -> bool:
        number, rest = int(match[1]), match[3].strip()
        follows = number in (last_article, last_article + 1, last_article + 2)
        if in_annex and number != last_article + 1:
            return False
        if _GOES_ON.search(before):
            return False
        after = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        if not rest.strip(".:- "):
            return not re.match(r"^(?:ayat\b|huruf\b|angka\b|dan\b|[,;)])", after)
        if _NOT_A_TITLE.match(rest) or not match[0][:1].isupper():
            return False
        title = rest.lstrip(" .:-")
        if not title[:1].isupper() and title[:1] not in "(\"'":
            return False
        is_short = len(title.split()) <= _LONGEST_TITLE and title[-1] not in ".;,"
        if follows:
            return is_short or title[:1] == "(" or rest[0] in ".:-"
        return is_short and _is_title(title) and (not before or before[-1] in '.;:)"' or _is_title(before))

    @staticmethod
    def _is_named(rest: str, before: str) -> bool:
        """Whether what follows "BAB IV" on its line can be a name, and the line before does not run into it."""
        if _GOES_ON.search(before) and not before.isupper():
            return False
        return not rest or rest.isupper() or _is_title(rest)

    def _title(self, kind: UnitKind, rest: str, index: int) -> tuple[str, int]:
        """The title, from the heading's own line and those below it that go on with it; the next line's index."""
        parts = [rest] if rest else []
        most = 2 if kind == UnitKind.ARTICLE else 3
        while index < len(self.lines) and len(parts) < most:
            text = self.lines[index].text
            if self._opens(index) or _MARKER.match(text) or (parts and not self._goes_on(kind, parts[-1], text)):
                break
            if not (text.isupper() or _is_title(text)) or text[-1] in ".;:,":
                break
            following = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
            if kind == UnitKind.ARTICLE and not text.isupper() and following[:1].islower():
                break  # the first line of a sentence, by chance all in capitals' shape
            parts.append(text)
            index += 1
        return joined(parts), index

    @staticmethod
    def _goes_on(kind: UnitKind, part: str, text: str) -> bool:
        if part.isupper() or text.isupper():
            return part.isupper() and text.isupper()
        return kind != UnitKind.ARTICLE or bool(_SMALL.fullmatch(part.split()[-1]) or _SMALL.fullmatch(text.split()[0]))

    def _opens(self, index: int) -> bool:
        text = self.lines[index].text
        return bool(
            index == self.closing_at
            or _CHAPTER.match(text)
            or _PART.match(text)
            or _ARTICLE.match(text)
            or text.startswith("LAMPIRAN")
        )

    def _paragraphs(self, lines: list[str]) -> tuple[str, ...]:
        groups: list[list[str]] = []
        for text in lines:
            if groups and not self._is_new(groups[-1][-1], text):
                groups[-1].append(text)
            else:
                groups.append([text])
        return tuple(joined(group) for group in groups)

    def _is_new(self, before: str, text: str) -> bool:
        """Whether a paragraph begins with `text`. Only for the eye: comparisons do not look at it."""
        if _GOES_ON.search(before) and not before.endswith(","):
            return False
        if _MARKER.match(text):
            return True
        if text[:1].islower() and before[-1] not in ".;:":
            return False
        if not self.has_pages:
            return True
        is_start = text[:1].isupper() or text[:1].isdigit() or text[:1] in "\"'("
        if before[-1] in ".;:":
            return is_start and len(before) < 0.85 * self.width
        return is_start and len(before) < 0.55 * self.width


def _is_title(text: str) -> bool:
    """A few words, each with a capital, no sentence."""
    words = re.findall(r"[^\W\d_][\w'/-]*", text)
    if not words or len(words) > _LONGEST_TITLE or not words[0][0].isupper():
        return False
    return all(word[0].isupper() or _SMALL.fullmatch(word) for word in words)


def _without_contents(lines: list[Line]) -> list[Line]:
    """Lines without the table of contents, where there is one."""
    first = next((i for i, line in enumerate(lines) if _CONTENTS.match(line.text)), None)
    if first is not None and (last := _contents_end(lines, first)) is not None:
        lines = lines[:first] + lines[last + 1 :]
    return [line for line in lines if not _LEADERS.search(line.text)]


def _contents_end(lines: list[Line], first: int) -> int | None:
    """Index of the last line of the contents that begin at `first`: it ends before a heading comes again."""
    seen: set[str] = set()
    last = None
    for index in range(first + 1, len(lines)):
        text = lines[index].text
        key = _contents_key(text)
        if key is not None:
            if key in seen:
                return last if len(seen) > 2 else None
            seen.add(key)
        if key is not None or _LEADERS.search(text) or (_PAGE_AT_END.search(text) and len(text) < 120):
            last = index
    return None


def _contents_key(text: str) -> str | None:
    if match := _CHAPTER.match(text):
        return f"bab {match[1]}"
    if (match := _ARTICLE.match(text)) and not _NOT_A_TITLE.match(match[3]):
        return f"pasal {match[1]}{match[2] or ''}"
    if _FRONT.match(_LEADERS.sub("", text).strip(" .")):
        return text.casefold()
    return text if text.startswith("LAMPIRAN") else None


def _drop_listed(units: list[Unit]) -> list[Unit]:
    """Units without the headings of a list that stands before the text itself and says nothing but headings."""
    counted = Counter(unit.number for unit in units if unit.kind == UnitKind.ARTICLE)
    kept: list[Unit] = []
    for unit in units:
        if unit.kind == UnitKind.ARTICLE and counted[unit.number] > 1 and not unit.paragraphs:
            counted[unit.number] -= 1
        else:
            kept.append(unit)
    return kept if len(units) - len(kept) >= 4 else units
