"""Companies that are likely to be one: computed from numbers and names, and what people said of a pair."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .matching import normalised, npwp_key
from .merge_models import CompanyPair
from .models import Company
from .people import Refused

State = CompanyPair.State
#: Companies of one group that are paired with each other; a number shared by more is a slip, not a company.
MOST_ALIKE = 8


@dataclass(frozen=True)
class Likely:
    """A pair that may be one company, with every reason: "npwp", "name", "reported"."""

    first: int
    second: int
    reasons: tuple[str, ...]
    note: str = ""


def in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def likely_doubles() -> list[Likely]:
    """Every pair, those with most reasons first. Two queries, whatever the number of companies."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, name, kecamatan, npwp in Company.objects.order_by("pk").values_list("pk", "name", "kecamatan", "npwp"):
        if key := npwp_key(npwp):
            groups["npwp", key].append(pk)
        if plain := normalised(name).replace(" ", ""):
            groups["name", plain, kecamatan].append(pk)
    reasons: dict[tuple[int, int], set[str]] = defaultdict(set)
    for (reason, *_key), keys in groups.items():
        for pair in combinations(keys[:MOST_ALIKE], 2):
            reasons[pair].add(reason)
    notes = {}
    for first, second, state, note in CompanyPair.objects.values_list("first_id", "second_id", "state", "note"):
        if state == State.APART:
            reasons.pop((first, second), None)
        else:
            reasons[first, second].add("reported")
            notes[first, second] = note
    found = [Likely(*pair, tuple(sorted(why)), notes.get(pair, "")) for pair, why in reasons.items()]
    return sorted(found, key=lambda pair: (-len(pair.reasons), "reported" not in pair.reasons, pair.first, pair.second))


@transaction.atomic
def keep_apart(one: int, other: int, user, note: str) -> CompanyPair:
    """Remember that the two are not doubles, and why. Raises `Refused` where nothing is said."""
    note = " ".join(note.replace("\x00", "").split())[:300]
    if not note:
        raise Refused(_("Please say in a few words how you know that they are two companies."))
    first, second = in_order(one, other)
    pair, _new = CompanyPair.objects.update_or_create(
        first_id=first, second_id=second, defaults={"state": State.APART, "note": note, "by": user}
    )
    return pair


def report(one: int, other: int, user, note: str = "") -> None:
    """Tell the office that the two may be one; what was said of the pair before stays."""
    first, second = in_order(one, other)
    try:
        with transaction.atomic():
            CompanyPair.objects.get_or_create(
                first_id=first, second_id=second, defaults={"state": State.REPORTED, "note": note[:300], "by": user}
            )
    except IntegrityError:
        # One of the two has gone meanwhile: then there is nothing to tell.
        return
