"""Undoing a batch: one transaction. What has been used since is left as it is, and said with its reason."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.models import HistoricalChanges

from ..companies.models import Company
from . import decrees
from .applying import save_changed
from .errors import Lost
from .models import BatchState, CensusBatch, CensusEffect, CensusRow
from .working import Progress

PIECE = 500


def undo(batch: CensusBatch, progress: Progress) -> None:
    """Take back what taking the batch over did, but for what has been used or changed since."""
    user = get_user_model().objects.filter(pk=batch.undone_by_id).first()
    reason = (_("Census undone: %s") % batch.undo_reason)[:100]
    take_back = _take_back_companies if batch.is_of_companies else decrees.take_back
    with transaction.atomic():
        result = take_back(batch, user, reason, progress)
        mine = CensusBatch.objects.filter(pk=batch.pk, claim=batch.claim, state=BatchState.UNDOING)
        if not mine.update(
            state=BatchState.UNDONE,
            undone_at=timezone.now(),
            busy_until=None,
            attempts=0,
            done=batch.total,
            result=batch.result | result,
        ):
            raise Lost


def _pieces(batch: CensusBatch) -> Iterator[list[CensusEffect]]:
    last = 0
    while piece := list(batch.effects.filter(pk__gt=last).order_by("pk")[:PIECE]):
        yield piece
        last = piece[-1].pk


def _take_back_companies(batch: CensusBatch, user: Any, reason: str, progress: Progress) -> dict[str, int]:
    result = {"undone": 0, "kept": 0}
    seen = 0
    for piece in _pieces(batch):
        keys = [effect.company_id for effect in piece if effect.company_id]
        companies = Company.objects.select_for_update().in_bulk(keys)
        used = uses_of([effect.company_id for effect in piece if effect.is_new and effect.company_id])
        away, restored, names, kept = [], [], set(), []
        for effect in piece:
            company = companies.get(effect.company_id)
            effect.kept = _why_kept(effect, company, batch, used)
            if effect.kept:
                kept.append(effect)
            elif effect.is_new:
                away.append(company)
            else:
                for name, value in effect.before.items():
                    setattr(company, name, value)
                company.updated_at = timezone.now()
                names |= set(effect.before)
                restored.append(company)
        _delete(away, user, reason)
        save_changed(restored, names, user, reason)
        CensusEffect.objects.bulk_update(kept, ["kept"], batch_size=100)
        result["undone"] += len(away) + len(restored)
        result["kept"] += len(kept)
        seen += len(piece)
        progress.told_within(seen)
    return result


def _why_kept(effect: CensusEffect, company: Company | None, batch: CensusBatch, used: dict[int, set[str]]) -> str:
    """Why a company must stay as it is; empty where it can be taken back."""
    if company is None:
        return _("The company is no longer there: it was merged or removed.")
    if effect.is_new and (what := used.get(company.pk)):
        return (_("In use: %s.") % ", ".join(sorted(what)))[:250]
    if company.updated_at > batch.applied_at:
        return _("Its data were changed after the census.")
    return ""


def uses_of(keys: Collection[int]) -> dict[int, set[str]]:
    """Company -> names of the kinds of rows that point at it; a query per kind of row, whichever room it belongs to."""
    found: dict[int, set[str]] = defaultdict(set)
    if not keys:
        return found
    for relation in Company._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        model = relation.related_model
        if relation.many_to_many or issubclass(model, (HistoricalChanges, CensusRow, CensusEffect)):
            continue
        column = relation.field.attname
        pointing = model._base_manager.filter(**{f"{relation.field.name}__in": keys}).order_by()
        for key in pointing.values_list(column, flat=True).distinct():
            found[key].add(str(model._meta.verbose_name_plural))
    return found


def _delete(companies: list[Company], user: Any, reason: str) -> None:
    """Take companies away that nothing points at. Their last history row says by whom and why."""
    if not companies:
        return
    keys = [company.pk for company in companies]
    for model in (CensusRow, CensusEffect):
        model.objects.filter(company__in=keys).update(company=None)
    _write_end(companies, user, reason)
    # Straight from the table: each company by itself would be a query for its history, and for each kind of row that
    # could point at it. The foreign keys of the database stand behind `uses_of`.
    rows: models.QuerySet = Company.objects.filter(pk__in=keys)
    rows._raw_delete(rows.db)


def _write_end(companies: list[Company], user: Any, reason: str) -> None:
    history = Company.history.model
    now = timezone.now()
    history.objects.bulk_create(
        [
            history(
                history_date=now,
                history_user=user,
                history_change_reason=reason,
                history_type="-",
                **{field.attname: getattr(company, field.attname) for field in history.tracked_fields},
            )
            for company in companies
        ],
        batch_size=PIECE,
    )
