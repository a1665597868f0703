"""The loop of repair: findings go out as one notice, the company answers each and replaces only what was asked."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..background import after_commit
from ..office.models import OfficeSettings
from ..services.models import FieldKind
from . import notice_paper
from .answers import field_problems
from .conditions import asked_answers, asked_rows, depends_on, facts_of, wanted_documents
from .errors import Impossible, Incomplete
from .filing import file_pending, name_files
from .models import Finding, RepairNotice, Submission
from .rules import problems as problems_of_law


def new_notice(submission: Submission, user, now) -> RepairNotice:
    """The notice as it would go out now, not saved: what the desk shows before, and what is sent."""
    return RepairNotice(
        submission=submission,
        stage=submission.stage,
        sequence=submission.notices.count() + 1,
        repair_days=submission.definition["days"]["repair"],
        delivery_days=OfficeSettings.load().notice_delivery_days,
        sent_at=now,
        sent_by=user,
    )


def send_notice(submission: Submission, user, now, message: str) -> RepairNotice:
    """All findings drafted at this stage, as one notice. Raises `Impossible` where there is none."""
    drafts = submission.findings.filter(state=Finding.State.DRAFT, stage_id=submission.stage_id)
    if not drafts.exists():
        raise Impossible(_("Please write at least one finding: the company must know what to repair."))
    if submission.findings.filter(state=Finding.State.ANSWERED, is_mandatory=True).exists():
        raise Impossible(_("There are findings not settled yet. Accept each repair, or ask again, first."))
    notice = new_notice(submission, user, now)
    notice.message = message
    notice.content = notice_paper.compose(submission, notice, drafts)
    notice.save()
    after_commit(notice_paper.render_notice, notice.pk)
    drafts.update(state=Finding.State.OPEN, notice=notice)
    submission.workspace = {}
    return notice


def open_notice(submission: Submission) -> RepairNotice | None:
    return submission.notices.filter(closed_at__isnull=True).first()


def mark_read(notice: RepairNotice, user) -> None:
    """The company's first reading starts its days for repair; later readings change nothing."""
    RepairNotice.objects.filter(pk=notice.pk, first_read_at__isnull=True).update(
        first_read_at=timezone.now(), first_read_by=user
    )
    notice.refresh_from_db()


@dataclass(frozen=True)
class Scope:
    """What a repair may touch: what findings ask for, and what those changes bring along."""

    #: Every answer as it will be, of exactly the questions that then apply.
    data: dict[str, Any]
    #: Questions open to the company, by code: those of findings, and those that did not apply before.
    open_codes: set[str]
    #: Questions that did not apply before and now do.
    new: set[str]
    #: Documents that did not apply before, by code, each with whether it must be there.
    brought: dict[str, bool]
    #: Codes under which a file may come in.
    uploads: set[str]


def open_scope(submission: Submission) -> Scope:
    """The scope of the open notice, with what is prepared so far."""
    return scope_of(submission, list(submission.findings.filter(state=Finding.State.OPEN)))


def scope_of(submission: Submission, findings: list[Finding]) -> Scope:
    """What these findings open, given what is prepared: a changed answer may bring questions and documents along."""
    filed, prepared = submission.data, submission.workspace.get("fields", {})
    facts = facts_of(submission)
    rows = submission.definition["fields"]
    applied = {row["code"] for row in asked_rows(submission.definition, facts, filed)}
    open_codes = {finding.field_code for finding in findings if finding.field_code}
    open_codes |= {row["code"] for row in rows} - applied
    merged = filed | {code: value for code, value in prepared.items() if code in open_codes}
    asked = asked_rows(submission.definition, facts, merged)
    data = {row["code"]: merged.get(row["code"]) for row in asked}
    before = {row["code"] for row, _must in wanted_documents(submission)}
    brought = {row["code"]: must for row, must in wanted_documents(submission, data) if row["code"] not in before}
    named = {finding.document_code for finding in findings if finding.document_code}
    files = {row["code"] for row in asked if row["kind"] == FieldKind.FILE and row["code"] in open_codes}
    return Scope(data, open_codes, data.keys() - applied, brought, named | brought.keys() | files)


def rows_by_root(submission: Submission, findings: list[Finding]) -> dict[str, list[dict]]:
    """Code of each question that a finding names -> that question and those that its answer may bring, in order."""
    named = {finding.field_code for finding in findings if finding.field_code}
    applied = asked_answers(submission)
    roots: dict[str, str] = {}
    shown: dict[str, list[dict]] = {code: [] for code in named}
    for row in submission.definition["fields"]:
        code = row["code"]
        root = code if code in named else "" if code in applied else roots.get(depends_on(row), "")
        if root:
            roots[code] = root
            shown[root].append(row)
    return shown


def repair_problems(submission: Submission, findings: list[Finding]) -> dict[str, str]:
    """What keeps the prepared repair from being sent: `finding-<id>`, `field-<code>`, `document-<code>` -> sentence."""
    scope = scope_of(submission, findings)
    given: dict[str, str] = submission.workspace.get("answers", {})
    attached = set(submission.documents.exclude(pending=None, file=None).values_list("code", flat=True))
    prepared = set(submission.documents.filter(pending__isnull=False).values_list("code", flat=True))
    changed = {code for code in scope.open_codes if scope.data.get(code) != submission.data.get(code)}
    # The answers as they will be, judged by the law as well.
    repaired = copy(submission)
    repaired.data = scope.data
    wrong = problems_of_law(repaired) | field_problems(submission.definition, scope.data, facts_of(submission))
    problems = {f"field-{code}": sentence for code, sentence in wrong.items() if code in changed | scope.new}
    for row in submission.definition["fields"]:
        is_missing = row["kind"] == FieldKind.FILE and row["required"] and row["code"] not in attached
        if row["code"] in scope.new and is_missing:
            problems[f"field-{row['code']}"] = _("Please attach a file.")
    titles = {row["code"]: row["title"] for row in submission.definition["documents"]}
    for code, must in scope.brought.items():
        if must and code not in attached:
            problems[f"document-{code}"] = _("Please attach: %s.") % titles[code]
    for finding in findings:
        is_repaired = {finding.document_code, finding.field_code} & (prepared | changed)
        is_answered = is_repaired or given.get(str(finding.pk), "").strip()
        if finding.is_mandatory and not is_answered:
            problems[f"finding-{finding.pk}"] = _("Please replace what was asked, or write why it stays as it is.")
    return problems


def take_in(submission: Submission, user, now) -> dict:
    """The company's repair: new versions of what was asked, answers, closed notice.

    Raises `Incomplete` with a sentence for each finding neither answered nor repaired.
    """
    notice = open_notice(submission)
    if notice is None:
        raise Impossible(_("There is nothing to repair."))
    findings = list(notice.findings.filter(state=Finding.State.OPEN))
    if problems := repair_problems(submission, findings):
        raise Incomplete(_("Some findings are not answered yet. What you prepared is kept."), problems)
    given: dict[str, str] = submission.workspace.get("answers", {})
    scope, before = scope_of(submission, findings), submission.data
    submission.data = dict(scope.data)
    reason = _("Repair after notice %d") % notice.sequence
    replaced = file_pending(submission, user, now, reason, scope.uploads)
    submission.documents.filter(version=0).delete()
    name_files(submission)
    documents = {document.code: document for document in submission.documents.all()}
    for finding in findings:
        finding.answer = given.get(str(finding.pk), "").strip()
        finding.state = Finding.State.ANSWERED
        finding.answered_at = now
        document = documents.get(finding.document_code) or documents.get(finding.field_code)
        finding.answered_version = document.version if document else None
        finding.save()
    notice.closed_at = now
    notice.save(update_fields=["closed_at"])
    submission.workspace = {}
    return {
        "notice": notice.sequence,
        "documents": replaced,
        "answers": {
            code: [before.get(code), submission.data.get(code)]
            for code in sorted(before.keys() | submission.data.keys())
            if before.get(code) != submission.data.get(code)
        },
    }
