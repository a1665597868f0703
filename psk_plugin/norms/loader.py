"""Norms from a data file. A row that exists is the office's and stays as it is."""

import datetime as dt
import json
from pathlib import Path

from django.utils import timezone

from .models import Norm

#: What the office starts with was law before the office started: the first rows count from here, so that a text filed
#: earlier and brought in later is examined by them as well.
SINCE = dt.datetime(2014, 12, 31, tzinfo=dt.UTC)
DATA = Path(__file__).parent / "data" / "norms.json"


def load_norms() -> int:
    """Make the rows of the data file whose code is new. Returns how many were made."""
    known = set(Norm.objects.values_list("code", flat=True))
    written_at = timezone.now() if known else SINCE
    made = 0
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        if row["code"] in known:
            continue
        norm = Norm(**row)
        norm.full_clean()
        norm._change_reason = f"Dimuat dari {DATA.name}"
        norm._history_date = written_at
        norm.save()
        made += 1
    return made
