"""Which article of one text is which of the other, however it was numbered, and which ones changed places. Pure."""

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

from ..marks import heaviest_increasing, words_of
from .outline import Outline, Unit, UnitKind

#: Likeness (0 to 1) from which two articles are the same one changed: by their words alone; with the same number; with
#: the same title.
LIKE, LIKE_NUMBER, LIKE_TITLE = 0.40, 0.15, 0.08
#: A pair of words in more articles than this tells nothing; so many articles with the most pairs in common are weighed.
RARE, CANDIDATES = 30, 8


class Text:
    """A unit with its words and what is needed to see how alike two are."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.words = words_of(unit.content)
        keys = [word.key.casefold() for word in self.words]
        self.whole = tuple(keys)
        plain = [key for key in keys if key[0].isalnum()]
        #: Pairs of neighbouring words: two sentences share many words, few pairs.
        self.pairs = Counter(pairwise(plain)) if len(plain) > 1 else Counter({(k,): 1 for k in plain})
        self.size = sum(self.pairs.values())
        self.title = " ".join(re.findall(r"\w+", unit.title.casefold()))


def pieces(outline: Outline) -> list[Unit]:
    """The units, those without a heading cut into paragraphs: a text without any Pasal is compared all the same."""
    units: list[Unit] = []
    has_articles = bool(outline.articles)
    for unit in outline.units:
        if has_articles or unit.kind != UnitKind.OPENING:
            units.append(unit)
            continue
        for number, paragraph in enumerate(unit.paragraphs, 1):
            units.append(Unit(UnitKind.OPENING, str(number), "", (paragraph,), unit.page))
    return units


class Matcher:
    """Which unit of the old text became which of the new one."""

    def __init__(self, left: list[Text], right: list[Text]) -> None:
        self.left, self.right = left, right
        self.found: dict[int, int] = {}
        self.taken: set[int] = set()

    def pairs(self) -> dict[int, int]:
        """Old place -> new place, in the order of the old text."""
        self._same_words()
        self._most_alike()
        self._in_the_same_gap()
        return dict(sorted(self.found.items()))

    def _match(self, i: int, j: int) -> None:
        self.found[i] = j
        self.taken.add(j)

    def _same_words(self) -> None:
        """Units with the very same words; among several the one with the same number, then the next in order."""
        places: dict[tuple, list[int]] = defaultdict(list)
        for j, text in enumerate(self.right):
            places[text.unit.kind, text.whole].append(j)
        rows = [(i, places.get((text.unit.kind, text.whole), [])) for i, text in enumerate(self.left)]
        for by_number in (True, False):
            for i, candidates in rows:
                if i in self.found:
                    continue
                for j in candidates:
                    same = self.left[i].unit.number == self.right[j].unit.number
                    # Two empty articles are alike without being the same one.
                    if j not in self.taken and (same or not by_number) and (same or self.left[i].whole):
                        self._match(i, j)
                        break

    def _most_alike(self) -> None:
        """The rest, the likest first. Only units that share a pair of words, or number, or title, are looked at."""
        index: dict[Any, list[int]] = defaultdict(list)
        for j, text in enumerate(self.right):
            if j not in self.taken:
                for pair in text.pairs:
                    index[pair].append(j)
                index["number", text.unit.number].append(j)
                index["title", text.title].append(j)
        scored = []
        for i, text in enumerate(self.left):
            if i in self.found:
                continue
            shared: Counter[int] = Counter()
            for pair in text.pairs:
                if len(places := index.get(pair, ())) <= RARE:
                    shared.update(places)
            near = {j for j, _count in shared.most_common(CANDIDATES)}
            near.update(index.get(("number", text.unit.number), ())[:RARE])
            if text.title:
                near.update(index.get(("title", text.title), ())[:RARE])
            for j in near:
                if (score := self._score(text, self.right[j])) is not None:
                    scored.append((-score, abs(i / len(self.left) - j / len(self.right)), i, j))
        for _score, _distance, i, j in sorted(scored):
            if i not in self.found and j not in self.taken:
                self._match(i, j)

    @staticmethod
    def _score(old: Text, new: Text) -> float | None:
        """How sure it is that one became the other; `None` where it did not."""
        if old.unit.kind != new.unit.kind:
            return None
        like = _likeness(old, new)
        same_number = old.unit.number == new.unit.number
        same_title = bool(old.title) and old.title == new.title
        if old.unit.kind == UnitKind.CHAPTER or old.unit.kind == UnitKind.PART:
            return like + 0.2 * same_number if same_title or like >= LIKE else None
        if like >= LIKE or (same_number and like >= LIKE_NUMBER) or (same_title and like >= LIKE_TITLE):
            return like + 0.1 * same_number + 0.2 * same_title
        return None

    def _in_the_same_gap(self) -> None:
        """What is left over between the same neighbours with the same heading was written anew."""
        for i, text in enumerate(self.left):
            if i in self.found:
                continue
            before = next((self.found[k] for k in range(i - 1, -1, -1) if k in self.found), -1)
            after = next((self.found[k] for k in range(i + 1, len(self.left)) if k in self.found), len(self.right))
            for j in range(before + 1, after):
                unit = self.right[j].unit
                if j not in self.taken and (unit.kind, unit.number) == (text.unit.kind, text.unit.number):
                    self._match(i, j)
                    break


def _likeness(old: Text, new: Text) -> float:
    """Share of the pairs of words that both have (Jaccard on multisets), 0 to 1."""
    total = old.size + new.size
    if not total:
        return 1.0
    small, large = (old.pairs, new.pairs) if len(old.pairs) < len(new.pairs) else (new.pairs, old.pairs)
    common = sum(min(count, large[pair]) for pair, count in small.items() if pair in large)
    return common / (total - common)


def moved(pairs: dict[int, int], right: list[Text]) -> set[int]:
    """Old places of what no longer stands in the order of the rest: as few words as possible are said to have moved."""
    old_places = list(pairs)
    weights = [len(right[pairs[i]].words) + 1 for i in old_places]
    stay = set(heaviest_increasing([pairs[i] for i in old_places], weights))
    return {i for k, i in enumerate(old_places) if k not in stay}
