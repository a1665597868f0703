"""The loop of repair: findings go out as one notice, the company answers each and replaces only what was asked."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..office.models import OfficeSettings
from . import answers
from .errors import Impossible, Incomplete
from .filing import file_pending
from .models import Finding, RepairNotice, Submission


def send_notice(submission: Submission, user, now, message: str) -> RepairNotice:
    """All findings drafted at this stage, as one notice. Raises `Impossible` where there is none."""
    drafts = submission.findings.filter(state=Finding.State.DRAFT, stage_id=submission.stage_id)
    if not drafts.exists():
        raise Impossible(_("Please write at least one finding: the company must know what to repair."))
    if submission.findings.filter(state=Finding.State.ANSWERED, is_mandatory=True).exists():
        raise Impossible(_("There are findings not settled yet. Accept each repair, or ask again, first."))
    notice = RepairNotice.objects.create(
        submission=submission,
        stage=submission.stage,
        sequence=submission.notices.count() + 1,
        message=message,
        repair_days=submission.definition["days"]["repair"],
        delivery_days=OfficeSettings.load().notice_delivery_days,
        sent_at=now,
        sent_by=user,
    )
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


def _asked_changes(submission: Submission, findings: list[Finding]) -> dict:
    """Prepared answers of the form that a finding asks for; others stay as filed."""
    asked = {finding.field_code for finding in findings if finding.field_code}
    return {code: value for code, value in submission.workspace.get("fields", {}).items() if code in asked}


def repair_problems(submission: Submission, findings: list[Finding]) -> dict[str, str]:
    """What keeps the prepared repair from being sent: `finding-<id>` or `field-<code>` -> sentence."""
    changes = _asked_changes(submission, findings)
    given: dict[str, str] = submission.workspace.get("answers", {})
    prepared = set(submission.documents.filter(pending__isnull=False).values_list("code", flat=True))
    wrong = answers.field_problems(submission.definition, {**submission.data, **changes})
    problems = {f"field-{code}": sentence for code, sentence in wrong.items() if code in changes}
    for finding in findings:
        changed = finding.field_code and changes.get(finding.field_code) not in (
            None,
            submission.data.get(finding.field_code),
        )
        is_answered = finding.document_code in prepared or changed or given.get(str(finding.pk), "").strip()
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
    changes = _asked_changes(submission, findings)

    before = {code: submission.data.get(code) for code in changes}
    submission.data = {**submission.data, **changes}
    replaced = file_pending(
        submission,
        user,
        now,
        _("Repair after notice %d") % notice.sequence,
        {finding.document_code for finding in findings if finding.document_code},
    )
    documents = {document.code: document for document in submission.documents.all()}
    for finding in findings:
        finding.answer = given.get(str(finding.pk), "").strip()
        finding.state = Finding.State.ANSWERED
        finding.answered_at = now
        document = documents.get(finding.document_code)
        finding.answered_version = document.version if document else None
        finding.save()
    notice.closed_at = now
    notice.save(update_fields=["closed_at"])
    submission.workspace = {}
    return {
        "notice": notice.sequence,
        "documents": replaced,
        "answers": {code: [before[code], changes[code]] for code in changes},
    }
