"""Sources of law from a data file. A row that exists is the office's and stays as it is; one the office took out stays
out, unless one of our services rests on it.
"""

import json
from collections.abc import Collection
from pathlib import Path

from .models import LegalSource

DATA = Path(__file__).parent / "data" / "laws.json"


def load_laws(needed: Collection[str] = ()) -> int:
    """Make the rows of the data file whose code was never there. Returns how many were made.

    `needed` are codes that must be there afterwards, also where the office deleted them once.
    """
    made = 0
    known = set(LegalSource.objects.values_list("code", flat=True))
    known |= set(LegalSource.history.values_list("code", flat=True)) - set(needed)
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        if row["code"] in known:
            continue
        source = LegalSource(**row)
        source.full_clean()
        source._change_reason = f"Dimuat dari {DATA.name}"
        source.save()
        made += 1
    return made
