"""Numbers of applications and registrations, from locked series."""

import datetime as dt

from .. import numbers
from ..office.models import OfficeSettings
from ..records.series import next_in_series


def next_number(series: str, pattern: str, day: dt.date, kind: str) -> str:
    """The next number of a yearly series, in the office's pattern. Only inside a transaction."""
    return numbers.render(
        pattern,
        sequence=next_in_series(series, day.year),
        year=day.year,
        month=day.month,
        kind=kind,
        code=OfficeSettings.load().classification_code,
    )
