"""How alike names and addresses are that are written differently. Pure functions, no database.

What counts as one name is said by `companies.matching.normalised`, for a census as for a registration.
"""

import re
import unicodedata
from collections.abc import Set

#: What addresses write in several ways, or need not say.
_SHORT = {
    **{
        "jln": "jalan",
        "jl": "jalan",
        "jend": "jenderal",
        "jendral": "jenderal",
        "no": "",
        "nomor": "",
        "kav": "kavling",
    },
    **{"kel": "", "kec": "", "kelurahan": "", "kecamatan": "", "kota": "", "bekasi": "", "rt": "", "rw": ""},
}


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"[’'`.]", "", bare)).split()


def address_key(address: str) -> str:
    """An address without what every address has: "Jl. Contoh No.1" is "jalan contoh 1"."""
    return " ".join(filter(None, (_SHORT.get(word, word) for word in _words(address.replace(".", " ")))))


def grams(key: str) -> frozenset[str]:
    """The sequences of three letters of each word, with its edges."""
    found = set()
    for word in key.split():
        padded = f"  {word} "
        found.update(padded[place : place + 3] for place in range(len(padded) - 2))
    return frozenset(found)


def likeness(one: Set[str], other: Set[str]) -> float:
    """How alike two sets of sequences are: 0 (nothing in common) to 1 (the same)."""
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def blocks(key: str) -> set[str]:
    """Under which beginnings of words a name is found: a slip at the end of one word does not hide it."""
    return {word[:4] for word in key.split()}
