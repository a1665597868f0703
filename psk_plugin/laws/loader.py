"""Sources of law from a data file. A row that exists is the office's and stays as it is."""

import json
from pathlib import Path

from .models import LegalSource

DATA = Path(__file__).parent / "data" / "laws.json"


def load_laws() -> int:
    """Make the rows of the data file whose code is new. Returns how many were made."""
    made = 0
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        if LegalSource.objects.filter(code=row["code"]).exists():
            continue
        source = LegalSource(**row)
        source.full_clean()
        source._change_reason = f"Dimuat dari {DATA.name}"
        source.save()
        made += 1
    return made
