"""The checklist as it stood on a day: what was asked of a text filed then, whatever the office has changed since."""

import datetime as dt
from dataclasses import dataclass

from .models import Chapter, Norm


@dataclass(frozen=True)
class NormThen:
    """A norm as it read at a moment. `pk` is the row's, whatever became of it."""

    pk: int
    code: str
    chapter: str
    topic: str
    minimum: str
    legal_basis: str
    is_mandatory: bool
    needs_check: bool
    keywords: str
    request: str
    history_id: int

    @property
    def phrases(self) -> list[str]:
        return [line.strip() for line in self.keywords.splitlines() if line.strip()]

    @property
    def chapter_title(self) -> str:
        return str(Chapter(self.chapter).label)


def norms_at(moment: dt.datetime, day: dt.date, kind: str) -> list[NormThen]:
    """Norms on the checklist for a regulation of `kind` filed at `moment`, on `day`, in order. One query.

    Each in the version it had then; one deleted or switched off since is still asked, one added since is not.
    """
    history = Norm.history.model.objects
    newest = {}
    rows = history.filter(history_date__lte=moment).order_by("history_date", "history_id")
    for row in rows:
        newest[row.id] = row
    standing = [
        row
        for row in newest.values()
        if row.history_type != "-"
        and row.is_on
        and row.kind in ("", kind)
        and (row.valid_from is None or row.valid_from <= day)
        and (row.valid_until is None or row.valid_until >= day)
    ]
    standing.sort(key=lambda row: (row.sort_order, row.code))
    return [
        NormThen(
            pk=row.id,
            code=row.code,
            chapter=row.chapter,
            topic=row.topic,
            minimum=row.minimum,
            legal_basis=row.legal_basis,
            is_mandatory=row.is_mandatory,
            needs_check=row.needs_check,
            keywords=row.keywords,
            request=row.request,
            history_id=row.history_id,
        )
        for row in standing
    ]
