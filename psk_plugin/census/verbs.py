"""What people do with a list: upload, assign columns, decide, take over, discard, undo. Each locks the batch's row."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from .. import conf
from ..background import after_commit
from ..records import intake
from . import columns, reading
from .decrees import newest_of, why_older
from .errors import Refused
from .models import BatchState, CensusBatch, CensusRow, Verdict
from .working import work

MAX_REASON = 250
#: Rows that are decided about in one piece.
PIECE = 500


def upload(user: Any, kind: str, file: UploadedFile) -> CensusBatch:
    """Keep a list and have it read. Raises `ValidationError` with one sentence where it cannot be one."""
    if file.size and file.size > conf.CENSUS_MAX_MB * 1024 * 1024:  # before reading it into memory
        raise ValidationError(
            _("The file is larger than %d MB. Please divide the list into several files.") % conf.CENSUS_MAX_MB
        )
    table = reading.judge(file.file)
    file.seek(0)
    stored = intake.keep(file.read(), intake.Looked(table.content_type))
    with transaction.atomic():
        batch = CensusBatch.objects.create(
            kind=kind, name=intake.clean_name(file.name or ""), file=stored, uploaded_by=user
        )
        after_commit(work, batch.pk)
    return batch


def _locked(pk: int, *states: BatchState) -> CensusBatch:
    """The batch's row, locked, where it is in one of the states.

    Locked without its key, on which the rows rest that a running transaction writes: who presses then is answered at
    once and need not wait for it.
    """
    batch = CensusBatch.objects.select_for_update(no_key=True).get(pk=pk)
    if batch.state not in states:
        raise Refused(
            _("This list is no longer where you left it: %s. Please look at it again.") % batch.get_state_display()
        )
    return batch


def _start(batch: CensusBatch, state: BatchState) -> None:
    batch.state, batch.attempts, batch.done, batch.busy_until, batch.problem = state, 0, 0, None, ""
    batch.stopped_in = ""
    batch.save()
    after_commit(work, batch.pk)


@transaction.atomic
def choose_sheet(batch: CensusBatch, sheet: str) -> None:
    """Read another sheet of the workbook."""
    batch = _locked(batch.pk, BatchState.MAPPING, BatchState.READY)
    if sheet not in batch.sheets:
        raise Refused(_("This workbook has no such sheet."))
    batch.sheet = sheet
    _start(batch, BatchState.READING)


@transaction.atomic
def assign(batch: CensusBatch, mapping: dict[str, int]) -> None:
    """Say which column is which field, remember it for lists with the same headings, and have the rows checked."""
    batch = _locked(batch.pk, BatchState.MAPPING, BatchState.READY)
    fields = {each.code: each for each in columns.FIELDS[batch.kind]}
    if any(code not in fields or not 0 <= place < len(batch.headings) for code, place in mapping.items()):
        raise Refused(_("A column was assigned that this list does not have."))
    if missing := [str(each.label) for each in fields.values() if each.is_required and each.code not in mapping]:
        raise Refused(_("Please assign a column to: %s.") % ", ".join(missing))
    keep_decisions(batch)
    batch.mapping = mapping
    columns.remember(batch.kind, batch.headings, mapping)
    _start(batch, BatchState.CHECKING)


def keep_decisions(batch: CensusBatch) -> None:
    """Keep what people decided about rows, before these are checked once more."""
    decided = batch.rows.exclude(decision="").order_by()
    found = decided.values_list("number", "decision", "company_id", "decided_by_id")
    batch.decisions |= {str(number): [decision, company, user] for number, decision, company, user in found}
    CensusBatch.objects.filter(pk=batch.pk).update(decisions=batch.decisions)


@transaction.atomic
def decide(batch: CensusBatch, user: Any, keys: Collection[int], decision: str, company: int | None = None) -> int:
    """Decide about rows that were asked about. Returns how many were decided.

    `company`: which of the candidates is the same company; without it the first, the one most alike.
    """
    batch = _locked(batch.pk, BatchState.READY)
    if decision not in CensusRow.DecisionBy.values:
        raise Refused(_("Please choose what becomes of the row."))
    if decision == CensusRow.DecisionBy.NEW and not batch.is_of_companies:
        raise Refused(_("A list of decrees makes no companies. Please choose the company, or leave the row out."))
    decided, wanted = 0, sorted(keys)
    for begin in range(0, len(wanted), PIECE):
        asked = batch.rows.select_for_update(of=("self",)).filter(pk__in=wanted[begin : begin + PIECE])
        rows = list(asked.exclude(candidates=[]).defer("raw"))
        for row in rows:
            _decide(batch, row, user, decision, company)
        CensusRow.objects.bulk_update(rows, ["verdict", "company", "decision", "decided_by"], batch_size=100)
        decided += len(rows)
    if not decided:
        raise Refused(_("Please choose at least one row."))
    return decided


def _decide(batch: CensusBatch, row: CensusRow, user: Any, decision: str, company: int | None) -> None:
    row.decision, row.decided_by, row.company_id = decision, user, None
    if decision == CensusRow.DecisionBy.SKIP:
        row.verdict = Verdict.SKIPPED
    elif decision == CensusRow.DecisionBy.NEW:
        row.verdict = Verdict.NEW
    else:
        offered = [each["pk"] for each in row.candidates]
        chosen = company if company is not None else offered[0]
        if chosen not in offered:
            raise Refused(_("Line %d: please choose one of the companies that are shown.") % row.number)
        _refuse_second(batch, row, chosen)
        row.company_id, row.verdict = chosen, Verdict.MATCHED


def _refuse_second(batch: CensusBatch, row: CensusRow, company: int) -> None:
    if not batch.is_of_companies:
        if problem := why_older(newest_of({company}), company, row.cleaned):
            raise Refused(_("Line %d: ") % row.number + problem)
        return
    others = batch.rows.filter(company=company, verdict__in=(Verdict.MATCHED, Verdict.SAME)).exclude(pk=row.pk)
    if other := others.first():
        raise Refused(
            _("Line %(line)d: line %(other)d means this company already. Please leave one of them out.")
            % {"line": row.number, "other": other.number}
        )
    # So that two rows of one press cannot mean the same company either.
    CensusRow.objects.filter(pk=row.pk).update(company=company, verdict=Verdict.MATCHED)


@transaction.atomic
def take_over(batch: CensusBatch, user: Any, *, skip_open: bool = False) -> None:
    """Write what the rows say. Rows without a decision stay outside, if that is said."""
    batch = _locked(batch.pk, BatchState.READY)
    if not skip_open and (still := batch.rows.filter(verdict=Verdict.ASK).count()):
        raise Refused(_("%d rows still need a decision. Please decide, or say that they are to be left out.") % still)
    batch.applied_by = user
    _start(batch, BatchState.APPLYING)


@transaction.atomic
def discard(batch: CensusBatch) -> None:
    """Give a list up that has not been taken over. Its rows stay readable."""
    batch = _locked(batch.pk, BatchState.MAPPING, BatchState.READY, BatchState.FAILED)
    if batch.stopped_in == BatchState.UNDOING:
        raise Refused(_("This list has been taken over; it can only be undone."))
    batch.state = BatchState.CANCELLED
    batch.save()


@transaction.atomic
def undo(batch: CensusBatch, user: Any, reason: str) -> None:
    """Take back what taking the list over did."""
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise Refused(_("Please say why, in one sentence."))
    if len(reason) > MAX_REASON:
        raise Refused(_("Please say it in at most %d characters.") % MAX_REASON)
    batch = _locked(batch.pk, BatchState.DONE)
    batch.undone_by, batch.undo_reason = user, reason
    _start(batch, BatchState.UNDOING)


@transaction.atomic
def again(batch: CensusBatch) -> None:
    """Do the step at which a list stopped once more; or go on with one that nobody is at."""
    stopped = CensusBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if stopped.state == BatchState.FAILED and stopped.stopped_in:
        _start(stopped, BatchState(stopped.stopped_in))
    elif CensusBatch.objects.waiting().filter(pk=batch.pk).exists():
        after_commit(work, batch.pk)
    else:
        raise Refused(_("This list is being worked on, or has nothing left to do."))
