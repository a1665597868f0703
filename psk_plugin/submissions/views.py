"""The company's own area: its applications, each with where it stands and what to do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from .. import conf, pdf
from ..calendar import office_calendar
from ..companies.access import signed_in
from ..companies.models import Company
from ..records.serving import respond
from . import again, answers, clocks, repairs, union
from .access import own_submission
from .conditions import upload_rows
from .errors import LifecycleError
from .lifecycle import perform
from .models import CLOSED, RUNNING, Status, Submission
from .track import track_of, whose_turn
from .wizard import step_address, steps_of


@never_cache
@require_safe
@login_required
def submission_list(request: HttpRequest) -> HttpResponse:
    """Applications of the person's companies: what needs the company first, then drafts, then the newest."""
    today = timezone.localdate()
    calendar = office_calendar()
    rows = (
        Submission.objects.of(request.user)
        .select_related("service", "company", "edition", "stage")
        .annotate(
            turn=Case(
                When(status=Status.RETURNED, then=Value(0)),
                When(status=Status.DRAFT, then=Value(1)),
                When(status=Status.IN_REVIEW, then=Value(2)),
                default=Value(3),
                output_field=IntegerField(),
            )
        )
        .order_by("turn", "-filed_at", "-pk")
    )
    page = Paginator(rows, conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    for submission in page:
        submission.days_left = clocks.days_left(submission.due_on, today, calendar)
        submission.turn_sentence = whose_turn(submission)
    return render(
        request,
        "psk_plugin/submissions/list.html",
        {"page": page, "has_company": Company.objects.of(request.user).exists()},
    )


@never_cache
@require_safe
@login_required
def submission_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One application. The company's first look at a repair notice starts its days for repair."""
    submission = own_submission(request, number)
    notice = repairs.open_notice(submission)
    if notice is not None and submission.status == Status.RETURNED:
        repairs.mark_read(notice, request.user)
    calendar, today = office_calendar(), timezone.localdate()
    repair_until = clocks.repair_due(notice, calendar) if notice else None
    documents = list(submission.documents.filter(version__gt=0).select_related("file"))
    versions = _versions(documents)
    texts = {row["code"] for row in submission.definition["documents"] if row["is_regulation_text"]}
    for document in documents:
        document.earlier_versions = [r for r in versions.get(document.pk, []) if r.version != document.version]
        document.is_regulation_text = document.code in texts
    context = {
        "submission": submission,
        "track": track_of(submission),
        "turn_sentence": whose_turn(submission),
        "days_left": clocks.days_left(submission.due_on, today, calendar),
        "clocks": clocks.clocks_of(submission, calendar, today),
        "notice": notice,
        "repair_until": repair_until,
        "repair_days_left": clocks.days_left(repair_until, today, calendar),
        "counts_as_delivered": notice is not None and clocks.was_deemed_delivered(notice, calendar, today),
        "findings": _named(submission, notice.findings.all()) if notice else [],
        "earlier_findings": _named(submission, _settled_findings(submission, notice)),
        "answered": answers.answered_rows(submission),
        "documents": documents,
        "events": submission.events.filter(is_public=True).select_related("actor").order_by("-at", "-pk"),
        "can_withdraw": submission.status in RUNNING,
        "decree": getattr(submission, "decree", None),
        "notices": submission.notices.exclude(content={}),
        "can_apply_again": submission.status in CLOSED,
        "successor": again.successor_of(submission) if submission.status in CLOSED else None,
    }
    if union.needs(submission):
        confirmation = union.current(submission)
        is_settled = confirmation is not None and confirmation.agrees
        is_open = submission.stage is not None and submission.stage.kind in union.OPEN_STAGES
        context["asks_union"] = True
        context["confirmation"] = confirmation
        if submission.status == Status.IN_REVIEW and is_open and confirmation and not confirmation.is_answered:
            context["turn_sentence"] = _("The office waits for the union's confirmation. You need do nothing.")
        context["can_ask_union"] = submission.status in RUNNING and is_open and not is_settled
    return render(request, "psk_plugin/submissions/detail.html", context)


def _named(submission: Submission, findings) -> list:
    """Findings with the titles of what they concern, as filed."""
    titles = {code: row["title"] for code, row in upload_rows(submission.definition).items()}
    labels = {row["code"]: answers.label_of(row) for row in submission.definition["fields"]}
    named = list(findings)
    for finding in named:
        finding.document_title = titles.get(finding.document_code, finding.document_code)
        finding.field_label = labels.get(finding.field_code, finding.field_code)
    return named


def _settled_findings(submission: Submission, notice) -> list:
    rows = submission.findings.filter(notice__isnull=False).select_related("notice")
    return list(rows.exclude(notice=notice) if notice else rows)


def _versions(documents: list) -> dict[int, list]:
    """Filed versions of all documents, in one query: document id -> history rows, newest first."""
    from .models import SubmissionDocument

    found: dict[int, dict[int, object]] = {}
    rows = (
        SubmissionDocument.history.filter(id__in=[d.pk for d in documents], version__gt=0)
        .select_related("file")
        .order_by("-history_id")
    )
    for row in rows:
        found.setdefault(row.id, {}).setdefault(row.version, row)
    return {pk: list(by_version.values()) for pk, by_version in found.items()}


@never_cache
@require_safe
@login_required
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Proof of filing, to read and to print."""
    submission = own_submission(request, number)
    return render(request, "psk_plugin/submissions/receipt.html", _receipt_context(submission))


@never_cache
@require_GET
@login_required
def receipt_pdf(request: HttpRequest, number: str) -> HttpResponse:
    submission = own_submission(request, number)
    context = _receipt_context(submission)
    office = context["office"]
    letterhead = {name: getattr(office, name) for name in ("government", "name", "address", "contact")}
    content = pdf.render(
        "psk_plugin/pdf/receipt.html",
        context | {"letterhead": letterhead, "title": f"{_('Receipt')} {submission.number}", "author": office.name},
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="tanda-terima-{submission.number}.pdf"'
    return response


def _receipt_context(submission: Submission) -> dict:
    from ..office.models import OfficeSettings

    first = submission.events.filter(action="file").first()
    rows = submission.documents.filter(version__gt=0).select_related("file")
    originals = {pk: versions[-1] for pk, versions in _versions(list(rows)).items() if versions}
    return {
        "submission": submission,
        "office": OfficeSettings.load(),
        "filed_by": first.actor if first else None,
        "documents": [originals.get(row.pk, row) for row in rows],
        "answered": answers.answered_rows(submission),
        "days": submission.definition["days"],
    }


@require_POST
@signed_in(page="psk:submission_detail")
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the application back; the file stays with the office's records."""
    submission = own_submission(request, number)
    try:
        perform(
            submission,
            "withdraw",
            request.user,
            reason=request.POST.get("alasan", "").replace("\x00", "")[:1000],
        )
    except LifecycleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The application has been withdrawn."))
    return redirect("psk:submission_detail", submission.number)


@require_POST
@signed_in(page="psk:submission_detail")
def apply_again(request: HttpRequest, number: str) -> HttpResponse:
    """Begin again from a closed application, and say what could not be taken over."""
    submission = own_submission(request, number)
    try:
        begun = again.apply_again(submission, request.user)
    except LifecycleError as refused:
        messages.error(request, str(refused))
        return redirect("psk:submission_detail", submission.number)
    if not begun.is_new:
        messages.info(request, _("There is a draft for this service already. Here it is; nothing in it was changed."))
    else:
        messages.success(
            request, _("The new application is filled in with what you had filed. Please check it before you send it.")
        )
    return redirect(step_address(begun.draft, steps_of(begun.draft)[0].slug))


@never_cache
@require_GET
@login_required
def document_file(request: HttpRequest, number: str, code: str, version: int) -> HttpResponse:
    """One filed version of a document."""
    submission = own_submission(request, number)
    document = get_object_or_404(submission.documents, code=code, version__gt=0)
    for row in document.versions():
        if row.version == version:
            return respond(request, row.file, row.name, submission, code)
    raise Http404
