"""Taking a batch over: one transaction, so that a reader sees all of it or nothing, with a history row for each change.

What a worker stopped in the middle of has never been; the next run begins anew.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from ..companies.choices import Sector
from ..companies.models import Company
from . import decrees
from .errors import Lost, Overtaken
from .filling import filled, known_companies
from .models import WRITTEN, BatchState, CensusBatch, CensusEffect, CensusRow, Verdict
from .working import Progress

PIECE = 500


def reason_of(batch: CensusBatch) -> str:
    """Why a company changed, as its history tells it. The column takes a hundred characters."""
    return (_("Census: %s") % batch.name)[:100]


def apply(batch: CensusBatch, progress: Progress) -> None:
    """Write what the rows say. Raises `Overtaken` where the world is no longer as it was checked."""
    user = get_user_model().objects.filter(pk=batch.applied_by_id).first()
    write = _write_companies if batch.is_of_companies else decrees.write
    try:
        with transaction.atomic():
            result = write(batch, user, progress)
            mine = CensusBatch.objects.filter(pk=batch.pk, claim=batch.claim, state=BatchState.APPLYING)
            if not mine.update(
                state=BatchState.DONE,
                applied_at=timezone.now(),
                busy_until=None,
                attempts=0,
                done=batch.total,
                result=result,
            ):
                raise Lost
    except IntegrityError as error:
        # Somebody signed up with the same NIB in these seconds.
        raise Overtaken(changed_meanwhile()) from error


def changed_meanwhile() -> str:
    return _(
        "Since the rows were checked, a company of this list was registered, changed or removed. The rows have been "
        "checked once more; please look at them and take the list over again."
    )


def pieces(batch: CensusBatch, size: int = PIECE) -> Iterator[list[CensusRow]]:
    """Rows that write something, in the order of the file, without holding them all."""
    last = 0
    rows = batch.rows.filter(verdict__in=WRITTEN).defer("raw", "problems", "remarks").order_by("number")
    while piece := list(rows.filter(number__gt=last)[:size]):
        yield piece
        last = piece[-1].number


def _write_companies(batch: CensusBatch, user: Any, progress: Progress) -> dict[str, int]:
    reason, seen = reason_of(batch), 0
    result = {"made": 0, "completed": 0}
    for piece in pieces(batch):
        _refuse_taken(piece)
        effects = _make(batch, [row for row in piece if row.verdict == Verdict.NEW], user, reason)
        result["made"] += len(effects)
        completed = _complete(batch, [row for row in piece if row.verdict == Verdict.MATCHED], user, reason)
        result["completed"] += len(completed)
        CensusEffect.objects.bulk_create(effects + completed, batch_size=PIECE)
        seen = piece[-1].number
        progress.told_within(seen)
    return result


def _refuse_taken(piece: list[CensusRow]) -> None:
    """A new row whose NIB has been registered since it was checked is no new row."""
    nibs = [row.cleaned["nib"] for row in piece if row.verdict == Verdict.NEW and row.cleaned.get("nib")]
    if nibs and Company.objects.filter(nib__in=nibs).exists():
        raise Overtaken(changed_meanwhile())


def company_of(values: dict[str, Any]) -> Company:
    """A company that only the census knows, not yet saved."""
    return Company(
        **values
        | {
            "nib": values.get("nib") or None,
            "sector": values.get("sector") or Sector.OTHER,
            "source": Company.Source.CENSUS,
        }
    )


def _make(batch: CensusBatch, rows: list[CensusRow], user: Any, reason: str) -> list[CensusEffect]:
    if not rows:
        return []
    made = bulk_create_with_history(
        [company_of(row.cleaned) for row in rows],
        Company,
        batch_size=PIECE,
        default_user=user,
        default_change_reason=reason,
    )
    return [
        CensusEffect(batch=batch, row=row, company=company, is_new=True)
        for row, company in zip(rows, made, strict=True)
    ]


def _complete(batch: CensusBatch, rows: list[CensusRow], user: Any, reason: str) -> list[CensusEffect]:
    if not rows:
        return []
    companies = known_companies([row.company_id for row in rows if row.company_id], lock=True)
    effects, changed, names = [], [], set()
    for row in rows:
        company = companies.get(row.company_id)
        if company is None:
            raise Overtaken(changed_meanwhile())
        values = filled(company, row.cleaned)
        if not values:
            continue
        before = {name: getattr(company, name) for name in values}
        for name, value in values.items():
            setattr(company, name, value)
        company.updated_at = timezone.now()
        names |= set(values)
        changed.append(company)
        effects.append(CensusEffect(batch=batch, row=row, company=company, before=before, after=values))
    save_changed(changed, names, user, reason)
    return effects


def save_changed(companies: list[Company], names: set[str], user: Any, reason: str) -> None:
    """Save these fields of these companies with their history."""
    if not companies:
        return
    Company.objects.bulk_update(companies, [*sorted(names), "updated_at"], batch_size=100)
    Company.history.bulk_history_create(
        companies, batch_size=PIECE, update=True, default_user=user, default_change_reason=reason
    )
