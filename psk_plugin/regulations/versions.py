"""The versions of a company's regulation, out of its history, and what changed between two of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..services.models import FilingType
from .models import CompanyRegulation, VersionState, version_state


@dataclass(frozen=True)
class Version:
    """One version as it stood when it was made, with who made it and why."""

    number: int
    title: str
    valid_from: dt.date
    valid_until: dt.date
    decree_id: int | None
    decree_number: str
    decree_date: dt.date
    text_sha256: str
    revoked_on: dt.date | None
    state: VersionState
    is_current: bool
    made_at: dt.datetime
    made_by: Any
    reason: str
    change: str

    @property
    def change_label(self) -> str:
        """The kind of application that made it, in words."""
        return str(FilingType(self.change).label)

    @property
    def state_label(self) -> str:
        return str(self.state.label)


@dataclass(frozen=True)
class Change:
    """One field of two versions side by side."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def versions_of(regulation: CompanyRegulation, day: dt.date | None = None) -> list[Version]:
    """All versions, newest first. One query."""
    day = day or timezone.localdate()
    # The first row of a version says who made it and why; a later one (a revocation) only adds to it.
    rows: dict[int, Any] = {}
    history = regulation.history.select_related("history_user", "text_file", "decree")
    for row in history.order_by("history_date", "history_id"):
        rows.setdefault(row.version, row)
    versions: list[Version] = []
    # First day, revocation and kind of the later versions, and of the PKB that takes the place of a PP.
    following: list[tuple[dt.date, dt.date | None, str]] = []
    if regulation.replaced_from is not None:
        following.append((regulation.replaced_from, None, FilingType.NEW))
    for number, row in sorted(rows.items(), reverse=True):
        is_current = number == regulation.version
        revoked_on = row.decree.revoked_on if row.decree is not None else None
        if is_current:
            revoked_on = regulation.revoked_on
        amended = [first for first, revoked, kind in following if kind == FilingType.AMENDMENT and revoked is None]
        replaced = [
            first
            for first, revoked, kind in following
            if kind != FilingType.AMENDMENT and (revoked is None or revoked >= first)
        ]
        versions.append(
            Version(
                number=number,
                title=row.title,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                decree_id=row.decree_id,
                decree_number=row.decree_number,
                decree_date=row.decree_date,
                text_sha256=row.text_file.sha256 if row.text_file else "",
                revoked_on=revoked_on,
                state=version_state(
                    row.valid_from,
                    row.valid_until,
                    day,
                    revoked_on=revoked_on,
                    replaced_from=min(replaced, default=None),
                    amended_from=min(amended, default=None),
                ),
                is_current=is_current,
                made_at=row.history_date,
                made_by=row.history_user,
                reason=row.history_change_reason or "",
                change=row.change,
            )
        )
        following.append((row.valid_from, revoked_on, row.change))
    return versions


def held_on(versions: list[Version], day: dt.date) -> Version | None:
    """What the company's rules were on `day`: the newest version that had begun and was neither over nor revoked.

    `versions`: newest first, as `versions_of` gives them. A revocation counts from its own day on.
    """
    for version in versions:
        is_revoked = version.revoked_on is not None and version.revoked_on <= day
        if version.valid_from <= day <= version.valid_until and not is_revoked:
            return version
    return None


def compare(before: Version, after: Version) -> list[Change]:
    """Every field of two versions with its label and readable values; `is_changed` says which differ."""

    def date(day: dt.date | None) -> str:
        return date_format(day, "j F Y") if day else "–"

    def short(sha256: str) -> str:
        return f"{sha256[:16]}…" if sha256 else "–"

    rows = [
        (_("Kind of change"), before.change_label, after.change_label),
        (_("Title"), before.title, after.title),
        (_("Valid from"), date(before.valid_from), date(after.valid_from)),
        (_("Valid until"), date(before.valid_until), date(after.valid_until)),
        (_("Number of the decree"), before.decree_number, after.decree_number),
        (_("Date of the decree"), date(before.decree_date), date(after.decree_date)),
        (_("Text of the regulation (SHA-256)"), short(before.text_sha256), short(after.text_sha256)),
        (_("Revoked on"), date(before.revoked_on), date(after.revoked_on)),
        (_("Reason"), before.reason or "–", after.reason or "–"),
    ]
    return [Change(label, left, right) for label, left, right in rows]
