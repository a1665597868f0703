"""What changed between two texts of a regulation, article by article, word by word. Pure, no database.

`compare(old, new)` takes the words of two files and gives a `Redline`. Articles are matched by what they say, then by
title and number, so that one that was renumbered or moved is recognised. Line ends, hyphens at line ends, page numbers
and running heads are no change. What the marks say can be checked: `Redline.old_text` and `new_text` give both texts
back from the marks alone.
"""

import enum
import re
from collections import Counter
from dataclasses import dataclass, field

from ..marks import WORD, Mark, Op, marks_between
from .headings import read
from .matching import Matcher, Text, moved, pieces
from .outline import Outline, Unit, UnitKind

#: Raised when the same two texts would give another result than before: kept results are made anew.
ENGINE = 1

#: Share of an article's words that stand in another: it was split off, or put into it.
CONTAINED = 0.6


class Change(enum.StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass
class Entry:
    """One unit of either text with what became of it. `old` and `new` are `None` where it was added or removed."""

    change: Change
    old: Unit | None
    new: Unit | None
    old_place: int | None = None
    new_place: int | None = None
    is_moved: bool = False
    marks: list[Mark] = field(default_factory=list)
    #: All that changed is numbers of articles that this text cites, and they follow the new numbering.
    follows_numbering: bool = False
    #: Headings, in the other text, of articles that hold most of these words: it was split off or joined.
    kin: list[str] = field(default_factory=list)

    @property
    def unit(self) -> Unit:
        return self.new or self.old  # type: ignore[return-value]

    @property
    def is_renumbered(self) -> bool:
        return self.old is not None and self.new is not None and self.old.label != self.new.label

    @property
    def is_quiet(self) -> bool:
        """Nothing to read: same words, same place. A new number alone does not make it worth opening."""
        return self.change == Change.UNCHANGED and not self.is_moved

    @property
    def anchor(self) -> str:
        """Name of its place on a page, unlike every other entry's."""
        side = f"b{self.new_place}" if self.new_place is not None else f"l{self.old_place}"
        return f"{side}-{self.unit.anchor}"

    @property
    def inserted(self) -> int:
        return sum(len(WORD.findall(mark.new)) for mark in self.marks if mark.op == Op.INSERT)

    @property
    def deleted(self) -> int:
        return sum(len(WORD.findall(mark.old)) for mark in self.marks if mark.op == Op.DELETE)


@dataclass
class Redline:
    """Units in the order of the new text; what was removed stands where it was."""

    entries: list[Entry]

    @property
    def old_text(self) -> str:
        """The old text from the marks: insertions dropped."""
        rows = sorted((e for e in self.entries if e.old), key=lambda e: e.old_place)
        return "\n".join(f"{e.old.label}\n{''.join(m.old for m in e.marks)}" for e in rows)

    @property
    def new_text(self) -> str:
        """The new text from the marks: deletions dropped."""
        rows = sorted((e for e in self.entries if e.new), key=lambda e: e.new_place)
        return "\n".join(f"{e.new.label}\n{''.join(m.new for m in e.marks)}" for e in rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many units changed, came, went, moved, or only got another number."""
        counts = Counter(entry.change.value for entry in self.entries)
        counts["moved"] = sum(entry.is_moved for entry in self.entries)
        counts["renumbered"] = sum(entry.is_renumbered for entry in self.entries)
        return {name: counts[name] for name in (*(c.value for c in Change), "moved", "renumbered")}

    @property
    def articles_total(self) -> int:
        """Articles of the new text."""
        return sum(entry.new is not None and entry.new.kind == UnitKind.ARTICLE for entry in self.entries)

    @property
    def is_same(self) -> bool:
        return all(entry.is_quiet and not entry.is_renumbered for entry in self.entries)


def compare(old: str, new: str) -> Redline:
    """The redline from the words of one file to those of another; both as taken out of the file. Never raises."""
    return compare_outlines(read(old), read(new))


def compare_outlines(old: Outline, new: Outline) -> Redline:
    left = [Text(unit) for unit in pieces(old)]
    right = [Text(unit) for unit in pieces(new)]
    pairs = Matcher(left, right).pairs()
    places_moved = moved(pairs, right)
    entries = []
    for i, j in pairs.items():
        marks = marks_between(left[i].words, right[j].words)
        is_same = all(mark.op == Op.EQUAL for mark in marks)
        change = Change.UNCHANGED if is_same else Change.CHANGED
        entries.append(Entry(change, left[i].unit, right[j].unit, i, j, i in places_moved, marks))
    for j in set(range(len(right))) - set(pairs.values()):
        entries.append(Entry(Change.ADDED, None, right[j].unit, None, j, marks=marks_between([], right[j].words)))
    for i in set(range(len(left))) - set(pairs):
        entries.append(Entry(Change.REMOVED, left[i].unit, None, i, None, marks=marks_between(left[i].words, [])))
    _name_kin(entries, left, right)
    _see_numbering(entries)
    return Redline(_in_reading_order(entries))


def _name_kin(entries: list[Entry], left: list[Text], right: list[Text]) -> None:
    """Say of what was added or removed where most of its words stand in the other text."""
    for entry in entries:
        if entry.change == Change.ADDED and right[entry.new_place].size > 5:
            entry.kin = _holders(right[entry.new_place], left)
        elif entry.change == Change.REMOVED and left[entry.old_place].size > 5:
            entry.kin = _holders(left[entry.old_place], right)


def _holders(text: Text, others: list[Text]) -> list[str]:
    shares = []
    for place, other in enumerate(others):
        if other.unit.kind != text.unit.kind:
            continue
        common = sum(min(count, other.pairs[pair]) for pair, count in text.pairs.items() if pair in other.pairs)
        if common >= CONTAINED * text.size:
            shares.append((-common, place, other.unit.heading))
    return [heading for _common, _place, heading in sorted(shares)[:2]]


_CITED = re.compile(r"\d+[A-Z]?")


def _see_numbering(entries: list[Entry]) -> None:
    """Mark units in which nothing changed but the numbers of articles cited, as the new numbering wants them."""
    renumbered = {
        entry.old.number: entry.new.number
        for entry in entries
        if entry.is_renumbered and entry.unit.kind == UnitKind.ARTICLE
    }
    for entry in entries:
        if entry.change != Change.CHANGED or not renumbered:
            continue
        entry.follows_numbering = all(_cites_anew(entry.marks, place, renumbered) for place in range(len(entry.marks)))


def _cites_anew(marks: list[Mark], place: int, renumbered: dict[str, str]) -> bool:
    """Whether the mark is no change, or one half of "Pasal 6" becoming "Pasal 7" where 6 did become 7."""
    mark = marks[place]
    if mark.op == Op.EQUAL:
        return True
    if mark.op == Op.DELETE:
        before, gone = marks[place - 1] if place else None, mark
        come = marks[place + 1] if place + 1 < len(marks) else None
    else:
        gone, come = (marks[place - 1] if place else None), mark
        before = marks[place - 2] if place > 1 else None
    if gone is None or come is None or before is None or (gone.op, come.op) != (Op.DELETE, Op.INSERT):
        return False
    old, new = gone.old.strip(), come.new.strip()
    return bool(
        before.op == Op.EQUAL
        and before.new.rstrip().casefold().endswith("pasal")
        and _CITED.fullmatch(old)
        and renumbered.get(old) == new
    )


def _in_reading_order(entries: list[Entry]) -> list[Entry]:
    """The order of the new text; what was removed stands after what it stood after in the old one."""
    new_of = {entry.old_place: entry.new_place for entry in entries if entry.old_place is not None}
    ordered = sorted((place, new) for place, new in new_of.items() if new is not None)
    anchors: dict[int, int] = {}
    last, step = -1, 0
    for entry in sorted((e for e in entries if e.new is None), key=lambda e: e.old_place):
        while step < len(ordered) and ordered[step][0] < entry.old_place:
            last = ordered[step][1]
            step += 1
        anchors[entry.old_place] = last

    def place(entry: Entry) -> tuple[int, int, int]:
        if entry.new_place is not None:
            return entry.new_place, 0, 0
        return anchors[entry.old_place], 1, entry.old_place

    return sorted(entries, key=place)
