"""Which known company a row means: by NIB, by NPWP, as in an earlier list, else by a name and address that are alike,
which a person decides.

All names are held as short keys, about 400 bytes a company, so that no row needs a query of its own and no database
must know about likeness.
"""

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..companies.matching import normalised
from ..companies.models import Company
from . import names
from .models import BatchState, CensusRow

#: Candidates that are shown to the person who decides.
MOST_CANDIDATES = 5
#: Beginnings of words that more companies share ("indo", "jaya") find too many to say anything.
MOST_IN_BLOCK = 400
#: From which likeness a name alone, or a name with an address, asks for a decision.
NAME_ALONE, NAME_WITH_ADDRESS, ADDRESS = 0.8, 0.55, 0.75


class Known:
    """The companies that are known when the check begins."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[str, str, str | None]] = {}
        self.by_block: dict[str, array] = defaultdict(lambda: array("q"))
        found = Company.objects.order_by().values_list("pk", "name", "address", "nib")
        for pk, name, address, nib in found.iterator(chunk_size=2_000):
            key = normalised(name)
            self.rows[pk] = (key, names.address_key(address), nib)
            for block in names.blocks(key):
                self.by_block[block].append(pk)

    def alike(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Companies that the row may mean, best first, each with why; none where nothing is alike enough."""
        key = normalised(values["name"])
        grams, address = names.grams(key), names.grams(names.address_key(values.get("address", "")))
        found: list[tuple[float, int, str]] = []
        for pk in self._near(key):
            known, known_address, nib = self.rows[pk]
            name_alike = names.likeness(grams, names.grams(known))
            if name_alike < NAME_WITH_ADDRESS:
                continue
            is_other = bool(nib and values.get("nib") and nib != values["nib"])
            if is_other and known != key:
                continue
            address_alike = names.likeness(address, names.grams(known_address))
            if name_alike >= NAME_ALONE or address_alike >= ADDRESS:
                found.append((name_alike + address_alike / 2, pk, _why(name_alike, address_alike, is_other)))
        found.sort(key=lambda one: (-one[0], one[1]))
        return [{"pk": pk, "why": why} for _score, pk, why in found[:MOST_CANDIDATES]]

    def _near(self, key: str) -> set[int]:
        """Companies that share a beginning of a word; the rarest beginnings say most."""
        lists = sorted((self.by_block[b] for b in names.blocks(key) if b in self.by_block), key=len)
        near: set[int] = set()
        for each in lists:
            if len(each) <= MOST_IN_BLOCK:
                near.update(each)
        # A name made of usual words only: those that share the two rarest of them.
        if not near and lists:
            near = set(lists[0]) if len(lists) == 1 else set(lists[0]) & set(lists[1])
        return near


def _why(name_alike: float, address_alike: float, is_other: bool) -> str:
    said = [
        _("the same name") if name_alike == 1 else _("similar name (%d %%)") % (name_alike * 100),
    ]
    if address_alike:
        said.append(
            _("the same address") if address_alike == 1 else _("similar address (%d %%)") % (address_alike * 100)
        )
    if is_other:
        said.append(_("another NIB"))
    return ", ".join(said)


def name_and_address(values: dict[str, Any]) -> str:
    """Name and address as they count, however they are written."""
    return f"{normalised(values['name'])}|{names.address_key(values.get('address', ''))}"


def known_as(values: dict[str, Any]) -> str:
    """What a row without NIB is remembered by; empty without an address, since a name alone means too many."""
    if not names.address_key(values.get("address", "")):
        return ""
    return hashlib.blake2b(name_and_address(values).encode(), digest_size=12).hexdigest()


def meant_before(keys: Collection[str]) -> dict[str, int]:
    """`known_as` -> the one company that it meant in lists that were taken over and not undone. One query."""
    if not keys:
        return {}
    rows = CensusRow.objects.filter(known_as__in=keys, batch__state=BatchState.DONE).order_by()
    found: dict[str, set[int]] = defaultdict(set)
    for key, pk in rows.values_list("known_as", Coalesce("company", "effect__company")):
        if pk is not None:
            found[key].add(pk)
    return {key: pks.pop() for key, pks in found.items() if len(pks) == 1}


def by_number(rows: Iterable[dict[str, Any]]) -> tuple[dict[str, int], dict[str, list[int]]]:
    """NIB -> company and NPWP -> companies, of the numbers that stand in the rows. Two queries."""
    nibs = {row["nib"] for row in rows if row.get("nib")}
    npwps = {row["npwp"] for row in rows if row.get("npwp")}
    by_nib = dict(Company.objects.filter(nib__in=nibs).order_by().values_list("nib", "pk")) if nibs else {}
    by_npwp: dict[str, list[int]] = defaultdict(list)
    if npwps:
        for npwp, pk in Company.objects.filter(npwp__in=npwps).order_by("pk").values_list("npwp", "pk"):
            by_npwp[npwp].append(pk)
    return by_nib, by_npwp
