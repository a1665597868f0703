"""The structure of a regulation: BAB, Pasal, ayat. Pure, no database; `headings.read` makes it out of bare words."""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, field


class UnitKind(enum.StrEnum):
    OPENING = "opening"
    CHAPTER = "chapter"
    PART = "part"
    ARTICLE = "article"
    CLOSING = "closing"
    ANNEX = "annex"


#: How a heading of each kind is written in a regulation; the two without a number have a name of their own.
LABELS = {
    UnitKind.OPENING: "Pembukaan",
    UnitKind.CHAPTER: "BAB",
    UnitKind.PART: "Bagian",
    UnitKind.ARTICLE: "Pasal",
    UnitKind.CLOSING: "Penutup",
    UnitKind.ANNEX: "Lampiran",
}


_AYAT = re.compile(r"^\((\d{1,2}[a-z]?)\)\s*")


@dataclass(frozen=True)
class Unit:
    """One heading with the words below it, up to the next heading."""

    kind: UnitKind
    number: str = ""
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    #: Page on which it begins, counted from 1; `None` where the file has no pages (Word).
    page: int | None = None

    @property
    def label(self) -> str:
        # Only a text without any heading has numbered openings: its paragraphs.
        name = "Alinea" if self.kind == UnitKind.OPENING and self.number else LABELS[self.kind]
        return f"{name} {self.number}".strip()

    @property
    def heading(self) -> str:
        return f"{self.label} {self.title}".strip()

    @property
    def anchor(self) -> str:
        """A name for links, alike in every text that has the unit: `pasal-12`, `bab-iv`."""
        return re.sub(r"[^a-z0-9]+", "-", self.label.casefold()).strip("-")

    @property
    def content(self) -> str:
        """Title and words. The title counts as words: where it ends is a guess, and no guess may look like a change."""
        return "\n".join(filter(None, (self.title, *self.paragraphs)))

    @property
    def ayat(self) -> list[tuple[str, str]]:
        """Numbered paragraphs (ayat) as number and words; what follows one belongs to it."""
        found: list[tuple[str, str]] = []
        for paragraph in self.paragraphs:
            if match := _AYAT.match(paragraph):
                found.append((match[1], paragraph[match.end() :].strip()))
            elif found:
                found[-1] = (found[-1][0], f"{found[-1][1]}\n{paragraph}")
        return found


@dataclass(frozen=True)
class Branch:
    """A unit in the tree with what stands below it."""

    unit: Unit
    below: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Outline:
    """A text as a row of units. `page_count` is `None` where the file has no pages."""

    units: tuple[Unit, ...]
    page_count: int | None = None
    #: Pages without words: pictures that nobody has recognised yet.
    picture_pages: tuple[int, ...] = ()

    @property
    def articles(self) -> list[Unit]:
        return [unit for unit in self.units if unit.kind == UnitKind.ARTICLE]

    @property
    def tree(self) -> list[Branch]:
        """BAB over Bagian over Pasal; opening, closing and annexes stand beside the BAB."""
        roots: list[Branch] = []
        chapter: Branch | None = None
        part: Branch | None = None
        for unit in self.units:
            branch = Branch(unit)
            if unit.kind == UnitKind.ARTICLE:
                (part or chapter or Branch(unit, roots)).below.append(branch)
            elif unit.kind == UnitKind.PART and chapter is not None:
                chapter.below.append(branch)
                part = branch
            else:
                roots.append(branch)
                chapter, part = (branch if unit.kind == UnitKind.CHAPTER else None), None
        return roots


def branches(outline: Outline) -> Iterator[tuple[int, Unit]]:
    """Every unit with its depth in the tree, from 0."""

    def walk(rows: list[Branch], depth: int) -> Iterator[tuple[int, Unit]]:
        for branch in rows:
            yield depth, branch.unit
            yield from walk(branch.below, depth + 1)

    return walk(outline.tree, 0)
