"""The company's repair: only what was asked can be replaced or changed, and what those changes bring along."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..calendar import office_calendar
from ..companies.access import to_sign_in
from ..records.serving import respond
from ..services.models import Condition
from . import answers, clocks, drafts, notice_paper, repairs
from .access import own_submission
from .conditions import upload_rows
from .errors import Incomplete, LifecycleError
from .lifecycle import perform
from .models import Finding, RepairNotice, Status, Submission
from .presses import press
from .questions import Question, document_rows, questions_of, upload_list
from .rescue import rescue_repair
from .wizard_views import attach_files


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def repair(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the open notice; what is prepared is kept until it is sent."""
    if not request.user.is_authenticated:
        return rescue_repair(request, number) if request.method == "POST" else to_sign_in(request.path)
    submission = own_submission(request, number)
    notice = repairs.open_notice(submission)
    if submission.status != Status.RETURNED or notice is None:
        messages.info(request, _("There is nothing to repair in this application."))
        return redirect(submission)
    findings = list(notice.findings.filter(state=Finding.State.OPEN))
    if request.method == "POST":
        return _keep(request, submission, findings)
    repairs.mark_read(notice, request.user)
    problems = repairs.repair_problems(submission, findings) if request.GET.get("periksa") == "1" else {}
    return render(request, "psk_plugin/submissions/repair.html", _context(submission, notice, findings, problems))


@never_cache
@require_safe
@login_required
def notice_pdf(request: HttpRequest, number: str, sequence: int) -> HttpResponse:
    """A repair notice as a paper, as it was sent. Opening it is reading it: the days for the repair begin."""
    submission = own_submission(request, number)
    notice = get_object_or_404(submission.notices, sequence=sequence) if sequence < 10_000 else None
    stored = notice_paper.ready(notice.pk) if notice else None
    if stored is None:
        raise Http404
    if notice.closed_at is None:
        repairs.mark_read(notice, request.user)
    return respond(request, stored, notice_paper.file_name(notice), submission, f"pemberitahuan-{sequence}")


def _keep(request: HttpRequest, submission: Submission, findings: list[Finding]) -> HttpResponse:
    """Keep what was typed and chosen; send it where the person says so and nothing is missing."""
    rows = [row for shown in repairs.rows_by_root(submission, findings).values() for row in shown]
    form = answers.AnswersForm(submission.definition, rows, request.POST)
    given = {
        str(finding.pk): request.POST.get(f"finding-{finding.pk}", "").replace("\x00", "")[:4000]
        for finding in findings
    }
    back = redirect("psk:submission_repair", submission.number)
    action = request.POST.get("aksi", "")
    try:
        typed = form.typed()
        shown = press(form, action, typed)
        submission = drafts.keep_repair(submission, request.user, typed, given)
        if removed := request.POST.get("hapus", ""):
            drafts.detach(submission, request.user, removed)
        attach_files(request, submission)
        if shown:
            return redirect(f"{back.url}#{shown}")
        if action != "kirim" or removed:
            messages.success(request, _("Saved. Nothing has been sent yet."))
            return back
        submission = Submission.objects.get(pk=submission.pk)
        if submission.workspace.get("refused"):
            raise Incomplete(_("A file was not accepted. What you prepared is kept."), {})
        repaired = perform(submission, "repair", request.user)
    except Incomplete as gaps:
        messages.error(request, str(gaps))
        return redirect(f"{back.url}?periksa=1")
    except LifecycleError as refused:
        messages.warning(request, str(refused))
        return redirect("psk:submission_detail", submission.number)
    messages.success(request, _("Your repair has been sent. The office examines it again."))
    return redirect(repaired)


def _context(
    submission: Submission, notice: RepairNotice, findings: list[Finding], problems: dict[str, str]
) -> dict[str, Any]:
    scope = repairs.scope_of(submission, findings)
    kept = {**submission.data, **submission.workspace.get("fields", {})}
    shown = repairs.rows_by_root(submission, findings)
    questions = {code: questions_of(submission, rows, kept, problems) for code, rows in shown.items()}
    uploads = _uploads(submission, findings)
    brought = document_rows(submission, problems, only=set(scope.brought), data=scope.data)
    given = submission.workspace.get("answers", {})
    seen: set[tuple[str, str]] = set()
    items = []
    for finding in findings:
        # One new file, one changed answer serves every finding that asks for the same.
        key = (finding.document_code, finding.field_code)
        is_first = key not in seen
        seen.add(key)
        items.append(
            {
                "finding": finding,
                "title": _title(submission, finding),
                "is_first": is_first,
                "document": uploads.get(finding.document_code),
                "questions": questions.get(finding.field_code, []) if is_first else [],
                "documents": _brought_by(brought, shown.get(finding.field_code, [])) if is_first else [],
                "answer": given.get(str(finding.pk), ""),
                "problem": problems.get(f"finding-{finding.pk}", ""),
            }
        )
    due = clocks.repair_due(notice, office_calendar())
    anchors = {f"field-{q.row['code']}": q for asked in questions.values() for q in asked}
    return {
        "submission": submission,
        "notice": notice,
        "repair_until": due,
        "repair_days_left": clocks.days_left(due, timezone.localdate(), office_calendar()),
        "items": items,
        "problems": [_line(key, sentence, anchors.get(key)) for key, sentence in problems.items()],
    }


def _title(submission: Submission, finding: Finding) -> str:
    """What the finding concerns; empty for one about the whole."""
    if row := upload_rows(submission.definition).get(finding.document_code):
        return row["title"]
    rows = submission.definition["fields"]
    return next((answers.label_of(row) for row in rows if row["code"] == finding.field_code), "")


def _uploads(submission: Submission, findings: list[Finding]) -> dict[str, dict]:
    """Uploads for the documents that findings name, by code; also for a file named as a document."""
    named = {finding.document_code for finding in findings if finding.document_code}
    rows = [(row, True) for code, row in upload_rows(submission.definition).items() if code in named]
    return {row["code"]: row for row in upload_list(submission, rows, {}, "document")}


def _brought_by(documents: list[dict], rows: list[dict]) -> list[dict]:
    """Documents that the answers to `rows` ask for."""
    codes = {row["code"] for row in rows}
    return [row for row in documents if row["condition"] == Condition.IF_ANSWER and row["condition_field"] in codes]


def _line(key: str, sentence: str, question: Question | None) -> tuple[str, str]:
    """A line of the error summary: where it leads, what it says."""
    kind, _dash, rest = key.partition("-")
    if kind == "finding":
        return f"#temuan-{rest}", sentence
    if kind == "document":
        return f"#dokumen-{rest}", sentence
    return (f"#{question.anchor}", f"{question.label}: {sentence}") if question else (f"#id_{key}", sentence)
