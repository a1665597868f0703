"""The list behind each figure. Whoever presses a number of the dashboard sees as many rows as the number says."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..compliance.standing import COMPLIES, Size, Standing, of_size
from .figures import PARTS, Monitoring
from .sets import FIGURED
from .worked import Stay

#: Keys of rows, in order, or the rows themselves: days that were counted are known by key only.
Rows = QuerySet | Sequence[int]


@dataclass(frozen=True)
class Behind:
    """One list. `kind` says what its rows are; `rows` gives them for a key, none where the key names nothing."""

    label: Promise | str
    kind: str
    rows: Callable[[Monitoring, str], Rows | None]


def whole_number(key: str) -> int | None:
    """A primary key out of an address; none where it is none."""
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None


def _figured(code: str) -> Callable[[Monitoring, str], Rows | None]:
    """Applications of a figure; with a month as key those of that month."""

    def rows(monitoring: Monitoring, key: str) -> Rows | None:
        period = monitoring.period.month(key) if key else monitoring.period
        return FIGURED[code].applications(period) if period else None

    return rows


def _decided(on_time: bool) -> Callable[[Monitoring, str], Rows | None]:
    return lambda monitoring, _key: [row.pk for row in monitoring.decided if row.is_on_time is on_time]


def _stays(named: Callable[[Monitoring, Stay, str], bool], on_time: bool | None) -> Callable:
    def rows(monitoring: Monitoring, key: str) -> Rows | None:
        return [
            stay.pk
            for stay in monitoring.stays
            if named(monitoring, stay, key) and (on_time is None or stay.is_on_time is on_time)
        ]

    return rows


def _at_desk(monitoring: Monitoring, stay: Stay, key: str) -> bool:
    return monitoring.desks[stay.stage_id][0] == key


def _by_person(_monitoring: Monitoring, stay: Stay, key: str) -> bool:
    return stay.person_id is not None and stay.person_id == whole_number(key)


def _in_hand(monitoring: Monitoring, key: str) -> Rows | None:
    return monitoring.in_hand().filter(assignee=whole_number(key)) if whole_number(key) else None


def _missing(monitoring: Monitoring, key: str) -> Rows | None:
    if whole_number(key) is None:
        return None
    answers = monitoring.missing().filter(norm=whole_number(key))
    return FIGURED["masuk"].applications(monitoring.period).filter(pk__in=answers.values("submission"))


def day_of(key: str, last: dt.date) -> dt.date | None:
    """The day that a key "pada:2026-03-31" names, never one after `last`."""
    try:
        day = parse_date(key.removeprefix("pada:"))
    except ValueError:  # A date that no calendar has.
        return None
    return day if day is not None and day.year >= 2000 and day <= last else None


def _companies(standings: Sequence[str]) -> Callable[[Monitoring, str], Rows | None]:
    """Companies in some standings: on the last day, on a day ("pada:..."), or of a part ("kecamatan:rawalumbu")."""

    def rows(monitoring: Monitoring, key: str) -> Rows | None:
        by, _colon, code = key.partition(":")
        if by == "pada":
            day = day_of(key, monitoring.period.last_day)
            return monitoring.period.companies(day).filter(standing__in=standings) if day else None
        found = monitoring.period.companies().filter(standing__in=standings)
        if not key:
            return found
        if by not in PARTS or code not in dict(PARTS[by][1]):
            return None
        if by == "ukuran":
            return of_size(found, Size(code))
        return found.filter(**{{"kecamatan": "kecamatan", "sektor": "sector"}[by]: code})

    return rows


_COUNTED = [standing.value for standing in Standing if standing != Standing.FREE]
_SHORT = [code for code in _COUNTED if code not in COMPLIES]

LISTS: Mapping[str, Behind] = {
    **{code: Behind(figured.label, "application", _figured(code)) for code, figured in FIGURED.items()},
    "tepat-waktu": Behind(_("Decrees issued in time"), "application", _decided(True)),
    "terlambat": Behind(_("Decrees issued late"), "application", _decided(False)),
    "tahap": Behind(_("Passed on at this stage"), "stay", _stays(_at_desk, None)),
    "tahap-tepat": Behind(_("Passed on at this stage in time"), "stay", _stays(_at_desk, True)),
    "tahap-terlambat": Behind(_("Passed on at this stage late"), "stay", _stays(_at_desk, False)),
    "orang": Behind(_("Passed on by this person"), "stay", _stays(_by_person, None)),
    "orang-tepat": Behind(_("Passed on by this person in time"), "stay", _stays(_by_person, True)),
    "orang-terlambat": Behind(_("Passed on by this person late"), "stay", _stays(_by_person, False)),
    "di-tangan": Behind(_("In this person's hands now"), "application", _in_hand),
    "pengembalian": Behind(_("Notices for repair"), "notice", lambda monitoring, _key: monitoring.notices()),
    "norma": Behind(_("Applications that missed this norm"), "application", _missing),
    "patuh": Behind(_("Companies that comply"), "company", _companies([s.value for s in COMPLIES])),
    "dihitung": Behind(_("Companies counted for the rate"), "company", _companies(_COUNTED)),
    "belum-patuh": Behind(_("Companies that do not comply"), "company", _companies(_SHORT)),
    **{f"keadaan-{s.value}": Behind(s.label, "company", _companies([s.value])) for s in Standing},
    "terdaftar": Behind(_("Companies whose first account was made"), "company", lambda m, _key: m.registered()),
    "masuk-akun": Behind(
        _("Companies whose people last signed in within the period"), "company", lambda m, _key: m.signed_in()
    ),
    "mengajukan": Behind(_("Companies that filed on-line"), "company", lambda m, _key: m.filed_online()),
    "draf": Behind(_("Applications begun and not filed yet"), "draft", lambda m, _key: m.drafts()),
    "surel": Behind(_("Mails sent"), "mail", lambda m, _key: m.mails()),
}
