"""Which words of one article stayed, came and went in another. Pure; the marks account for every word of both.

Articles are short, so `difflib` does it; long ones are cut at what both have in common first, so that its quadratic
worst case is never met.
"""

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Longest pieces handed to difflib: words of one times words of the other.
LARGEST_PIECE = 400_000


class Op(enum.StrEnum):
    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True)
class Mark:
    """Words that stayed, came or went. The two spellings of what stayed may differ in hyphens and spaces only."""

    op: Op
    old: str
    new: str

    @property
    def text(self) -> str:
        return self.old if self.op == Op.DELETE else self.new

    @property
    def lead(self) -> str:
        """The space before the first word: it is neither deleted nor inserted to the eye."""
        return self.text[: len(self.text) - len(self.body)]

    @property
    def body(self) -> str:
        return self.text.lstrip()


#: A word, with hyphens and the signs inside numbers.
WORD = re.compile(r"\w+(?:[-'/.,]\w+)*")
_TOKEN = re.compile(r"(\s*)(\.{4,}|\w+(?:[-'/.,]\w+)*|[^\w\s])")
_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")


@dataclass(frozen=True)
class Word:
    """A word or a sign as it stands, with the space before it, and the key by which it is compared."""

    space: str
    text: str
    key: str


def words_of(text: str) -> list[Word]:
    """The words and signs of a text. Space is kept for the eye and is no word."""
    return [
        Word(("\n" if "\n" in space else " ") if space else "", token, _HYPHEN.sub("", token))
        for space, token in _TOKEN.findall(text)
    ]


def _string(words: Iterable[Word]) -> str:
    return "".join(word.space + word.text for word in words)


def marks_between(old: list[Word], new: list[Word]) -> list[Mark]:
    """The marks that lead from `old` to `new`, neighbours of one kind joined."""
    marks = []
    for op, i, i2, j, j2 in _opcodes([w.key for w in old], [w.key for w in new]):
        if op == "equal":
            marks.append(Mark(Op.EQUAL, _string(old[i:i2]), _string(new[j:j2])))
            continue
        if i2 > i:
            marks.append(Mark(Op.DELETE, _string(old[i:i2]), ""))
        if j2 > j:
            marks.append(Mark(Op.INSERT, "", _string(new[j:j2])))
    return marks


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Like `SequenceMatcher.get_opcodes`, bounded in time, without matches that only shred the text."""
    if old == new:
        return [("equal", 0, len(old), 0, len(new))] if old else []
    blocks = [block for block in _blocks(old, new, 0, len(old), 0, len(new)) if block[2]]
    blocks = _readable(old, blocks)
    codes, i, j = [], 0, 0
    for i1, j1, size in [*blocks, (len(old), len(new), 0)]:
        if i1 > i or j1 > j:
            codes.append(("replace", i, i1, j, j1))
        if size:
            codes.append(("equal", i1, i1 + size, j1, j1 + size))
        i, j = i1 + size, j1 + size
    return codes


def _blocks(old: Sequence[str], new: Sequence[str], i1: int, i2: int, j1: int, j2: int) -> list[tuple[int, int, int]]:
    """Matching stretches (start in old, start in new, length) in order, touching ones joined."""
    head = 0
    while i1 + head < i2 and j1 + head < j2 and old[i1 + head] == new[j1 + head]:
        head += 1
    tail = 0
    while i2 - tail > i1 + head and j2 - tail > j1 + head and old[i2 - tail - 1] == new[j2 - tail - 1]:
        tail += 1
    a, b, c, d = i1 + head, i2 - tail, j1 + head, j2 - tail
    middle: list[tuple[int, int, int]] = []
    if a < b and c < d:
        if (b - a) * (d - c) <= LARGEST_PIECE:
            matcher = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
            middle = [(a + i, c + j, n) for i, j, n in matcher.get_matching_blocks() if n]
        else:
            for x1, x2, y1, y2, is_anchor in _between_anchors(old, new, a, b, c, d):
                middle += [(x1, y1, x2 - x1)] if is_anchor else _blocks(old, new, x1, x2, y1, y2)
    joined: list[tuple[int, int, int]] = []
    for i, j, n in [(i1, j1, head), *middle, (b, d, tail)]:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + n)
        elif n:
            joined.append((i, j, n))
    return joined


def _between_anchors(
    old: Sequence[str], new: Sequence[str], i1: int, i2: int, j1: int, j2: int
) -> Iterator[tuple[int, int, int, int, bool]]:
    """A piece too large for difflib, cut at words that stand once in each and in the same order (patience diff).

    Where there are no such words the texts have nothing to do with each other, and no match is the honest answer.
    """
    for size in (3, 2, 1):
        anchors = _anchors(old, new, i1, i2, j1, j2, size)
        if anchors:
            break
    if not anchors:
        return
    i, j = i1, j1
    for x, y in anchors:
        if x < i or y < j:
            continue
        if x > i and y > j:
            yield i, x, j, y, False
        yield x, x + size, y, y + size, True
        i, j = x + size, y + size
    if i < i2 and j < j2:
        yield i, i2, j, j2, False


def _anchors(
    old: Sequence[str], new: Sequence[str], i1: int, i2: int, j1: int, j2: int, size: int
) -> list[tuple[int, int]]:
    def once(words: Sequence[str], first: int, last: int) -> dict[tuple[str, ...], int]:
        places: dict[tuple[str, ...], int] = {}
        for place in range(first, last - size + 1):
            piece = tuple(words[place : place + size])
            places[piece] = -1 if piece in places else place
        return places

    left, right = once(old, i1, i2), once(new, j1, j2)
    common = sorted((i, right[p]) for p, i in left.items() if i >= 0 and right.get(p, -1) >= 0)
    return [common[k] for k in _longest_increasing([j for _i, j in common])]


def _readable(old: Sequence[str], blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Without stretches of a few small words amid much that changed: they cut a new sentence to shreds."""
    kept: list[tuple[int, int, int]] = []
    for place, (i, j, size) in enumerate(blocks):
        before = (kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]) if kept else (0, 0)
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        gap_before = max(i - before[0], j - before[1])
        gap_after = max(following[0] - i - size, following[1] - j - size) if following else 0
        letters = sum(len(key) for key in old[i : i + size] if key[0].isalnum())
        if not letters and size <= 1 and gap_before and gap_after:  # "6 (enam" became "3 (tiga": one change
            continue
        if size <= 2 and letters <= 5 and gap_before >= 3 and gap_after >= 3:
            continue
        kept.append((i, j, size))
    return kept


def _longest_increasing(values: Sequence[int]) -> list[int]:
    return heaviest_increasing(values, [1] * len(values))


def heaviest_increasing(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Indices of the increasing subsequence with the greatest sum of weights, in O(n log n).

    `values` are distinct. A tree over their ranks holds the best sum so far up to each rank.
    """
    ranks = {value: rank for rank, value in enumerate(sorted(values), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(values) + 1)
    previous = [-1] * len(values)
    for index, value in enumerate(values):
        rank, top = ranks[value] - 1, (0, -1)
        while rank:
            top = max(top, best[rank])
            rank &= rank - 1
        previous[index] = top[1]
        entry, rank = (top[0] + weights[index], index), ranks[value]
        while rank < len(best):
            best[rank] = max(best[rank], entry)
            rank += rank & -rank
    index = max(best)[1] if values else -1
    if values:
        # The last cell of the tree does not cover all ranks: look through them.
        rank, top = len(values), (0, -1)
        while rank:
            top = max(top, best[rank])
            rank &= rank - 1
        index = top[1]
    chosen = []
    while index >= 0:
        chosen.append(index)
        index = previous[index]
    return chosen[::-1]
