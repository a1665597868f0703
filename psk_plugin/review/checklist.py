"""The checklists of one application: documents and norms, what was answered, what is still open.

The norms are those of the day of filing (`norms.asof`). An answer is a record of the examination, not a decision: only
a mandatory norm that is answered as lacking stands in the way of declaring the substance in order, until a finding
about it is settled or the answer is changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..norms.asof import NormThen, norms_at
from ..services.models import StageKind
from ..submissions.answers import wanted_documents
from ..submissions.errors import Impossible, LifecycleError, Stale
from ..submissions.locking import locked as lock
from ..submissions.models import Finding, Submission
from . import verbs
from .models import LACKING, DocumentCheck, DocumentVerdict, NormAnswer, NormVerdict

MAX_NOTE = 5000


@dataclass(frozen=True)
class NormRow:
    """One norm with its answer, if any, and the findings written about it."""

    norm: NormThen
    answer: NormAnswer | None
    findings: tuple[Finding, ...]
    #: The filed version of the text as it is now.
    text_version: int = 0

    @property
    def mark(self) -> str:
        """Differs once a colleague has answered: what a post carries to say what its writer saw."""
        return "" if self.answer is None else self.answer.answered_at.isoformat()

    @property
    def is_lacking(self) -> bool:
        return self.answer is not None and self.answer.verdict in LACKING

    @property
    def blocks(self) -> bool:
        """Whether the substance cannot be declared in order because of this row."""
        settled = any(finding.state == Finding.State.ACCEPTED for finding in self.findings)
        return self.is_lacking and self.norm.is_mandatory and not settled

    @property
    def is_outdated(self) -> bool:
        """Whether the company has replaced the text since the row was answered."""
        return self.answer is not None and self.text_version > self.answer.document_version


@dataclass(frozen=True)
class DocumentRow:
    """One required document with the verifier's answer, if any."""

    code: str
    title: str
    must: bool
    version: int
    check: DocumentCheck | None

    @property
    def mark(self) -> str:
        return "" if self.check is None else self.check.checked_at.isoformat()

    @property
    def is_outdated(self) -> bool:
        """Whether the company has replaced the document since it was checked."""
        return self.check is not None and self.version > self.check.version


def text_version(submission: Submission) -> int:
    """The filed version of the regulation's text; 0 where there is none."""
    codes = [row["code"] for row in submission.definition["documents"] if row["is_regulation_text"]]
    versions = submission.documents.filter(code__in=codes).values_list("version", flat=True)
    return max(versions, default=0)


def norm_rows(submission: Submission) -> list[NormRow]:
    """The norms this application is examined by, in order, with answers and findings. Four queries."""
    day = timezone.localdate(submission.filed_at)
    norms = norms_at(submission.filed_at, day, submission.definition["kind"])
    answers = {answer.norm_id: answer for answer in submission.norm_answers.select_related("answered_by")}
    findings: dict[int, list[Finding]] = {}
    for finding in submission.findings.filter(norm__isnull=False):
        findings.setdefault(finding.norm_id, []).append(finding)
    version = text_version(submission)
    return [NormRow(norm, answers.get(norm.pk), tuple(findings.get(norm.pk, ())), version) for norm in norms]


def by_chapter(rows: Iterable[NormRow]) -> list[tuple[str, list[NormRow]]]:
    """Rows under the titles of their parts, in order."""
    return [(title, list(part)) for title, part in groupby(rows, key=lambda row: row.norm.chapter_title)]


def document_rows(submission: Submission) -> list[DocumentRow]:
    """Documents this company was asked for, with the verifier's answers. Two queries."""
    checks = {check.code: check for check in submission.document_checks.select_related("checked_by")}
    versions = dict(submission.documents.values_list("code", "version"))
    return [
        DocumentRow(row["code"], row["title"], must, versions.get(row["code"], 0), checks.get(row["code"]))
        for row, must in wanted_documents(submission)
    ]


def what_blocks(submission: Submission) -> str | None:
    """Why the substance cannot be declared in order, as a sentence; `None` where nothing stands against it."""
    blocking = [row.norm.code for row in norm_rows(submission) if row.blocks]
    if not blocking:
        return None
    return ngettext(
        "The norm %s is answered as lacking. Write a finding and return the application, or change the answer.",
        "The norms %s are answered as lacking. Write findings and return the application, or change the answers.",
        len(blocking),
    ) % ", ".join(blocking)


def why_not_answer(submission: Submission, user, kind: StageKind) -> LifecycleError | None:
    """Why `user` cannot fill in this checklist now: who may write findings at a stage of that kind."""
    if problem := verbs.why_not_write(submission, user):
        return problem
    if submission.stage.kind != kind:
        return Impossible(_("This checklist belongs to another desk."))
    return None


def _locked(submission: Submission, user, kind: StageKind) -> Submission:
    locked = lock(submission)
    if problem := why_not_answer(locked, user, kind):
        raise problem
    return locked


def _refuse_stale(was: str, mark: str | None) -> None:
    if mark is not None and mark != was:
        raise Stale(_("A colleague has answered this row in the meantime. Please look at it again."))


@transaction.atomic
def answer_norm(
    submission: Submission,
    user,
    norm_pk: int,
    verdict: str,
    *,
    article: str = "",
    note: str = "",
    mark: str | None = None,
) -> NormAnswer:
    """Answer one norm at the stage that examines the substance.

    `mark`: `NormRow.mark` as the person saw it, `None` to take whatever stands. Raises `Forbidden`, `Impossible` (no
    such norm or answer), `Stale`.
    """
    locked = _locked(submission, user, StageKind.SUBSTANCE)
    if verdict not in NormVerdict.values:
        raise Impossible(_("Please choose one of the answers."))
    row = next((row for row in norm_rows(locked) if row.norm.pk == norm_pk), None)
    if row is None:
        raise Impossible(_("This norm is not on the checklist of this application."))
    _refuse_stale(row.mark, mark)
    answer = row.answer or NormAnswer(submission=locked, norm_id=norm_pk)
    answer.norm_version = row.norm.history_id
    answer.verdict, answer.article, answer.note = verdict, article.strip()[:120], note.strip()[:MAX_NOTE]
    answer.document_version = text_version(locked)
    answer.answered_by, answer.answered_at = user, timezone.now()
    answer._history_user = user
    answer.save()
    return answer


@transaction.atomic
def check_document(
    submission: Submission, user, code: str, verdict: str, *, note: str = "", mark=None
) -> DocumentCheck:
    """Answer for one document at the stage that examines completeness. Raises as `answer_norm` does."""
    locked = _locked(submission, user, StageKind.COMPLETENESS)
    if verdict not in DocumentVerdict.values:
        raise Impossible(_("Please choose one of the answers."))
    row = next((row for row in document_rows(locked) if row.code == code), None)
    if row is None:
        raise Impossible(_("This document is not on the checklist of this application."))
    _refuse_stale(row.mark, mark)
    check = row.check or DocumentCheck(submission=locked, code=code)
    check.verdict, check.note, check.version = verdict, note.strip()[:MAX_NOTE], row.version
    check.checked_by, check.checked_at = user, timezone.now()
    check._history_user = user
    check.save()
    return check


def finding_values(row: NormRow, text_code: str) -> dict:
    """What a finding about this row starts with, for the examiner to change."""
    norm, answer = row.norm, row.answer
    is_missing = answer is not None and answer.verdict == NormVerdict.MISSING
    usual = _("The text does not regulate: %s.") if is_missing else _("Below the norm: %s.")
    return {
        "document_code": text_code,
        "field_code": "",
        "article": answer.article[:80] if answer else "",
        "problem": (answer.note if answer else "") or usual % norm.topic,
        "request": norm.request or _("Please adjust it: %s") % norm.minimum,
        "legal_basis": norm.legal_basis[:200],
        "is_mandatory": norm.is_mandatory,
        "norm_id": norm.pk,
    }


def begin_finding(submission: Submission, user, norm_pk: int) -> Finding:
    """Begin a finding from a row of the checklist; one that is still being written for that row is given back."""
    if problem := why_not_answer(submission, user, StageKind.SUBSTANCE):
        raise problem
    row = next((row for row in norm_rows(submission) if row.norm.pk == norm_pk), None)
    if row is None:
        raise Impossible(_("This norm is not on the checklist of this application."))
    begun = next((finding for finding in row.findings if finding.state == Finding.State.DRAFT), None)
    codes = [entry["code"] for entry in submission.definition["documents"] if entry["is_regulation_text"]]
    return begun or verbs.add_finding(submission, user, finding_values(row, codes[0] if codes else ""))
