"""Posts of the desk about a PKB's other party, and about what the decree will note."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from ..records import intake
from ..records.serving import respond
from ..submissions import union
from ..submissions.errors import Impossible, LifecycleError
from ..submissions.models import Submission
from . import verbs
from .forms import DecreeNotesForm, UnionAskForm, UnionPaperForm
from .views import back, for_reviewers, show, show_refused

SCAN_KINDS, SCAN_MB = ["pdf", "jpg", "png"], 5


def _post(request: HttpRequest, submission: Submission, form: Any, key: str, change: Callable, told: str):
    """Check the form, do the change, say so; or the desk again with the sentence and what was typed."""
    kept = {"forms": {key: form}}
    if not form.is_valid():
        messages.error(request, _("This is not saved yet. Please fill in what is marked."))
        return show(request, submission, status=409, **kept)
    try:
        change()
    except LifecycleError as error:
        return show_refused(request, submission.pk, error, **kept)
    messages.success(request, told)
    return back(submission, anchor="serikat")


@require_POST
@for_reviewers
def union_ask(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Ask the union again, by an address that may be put right."""
    if problem := union.why_not_examine(submission, request.user):
        return show_refused(request, submission.pk, problem)
    form = UnionAskForm(request.POST, auto_id="id_union_%s")
    return _post(
        request,
        submission,
        form,
        "union_ask",
        lambda: union.ask_again(submission, request.user, email=form.cleaned_data["email"]),
        _("The union gets a new mail. The link in the earlier one no longer counts."),
    )


@require_POST
@for_reviewers
def union_paper(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Record the union's confirmation on paper, with a scan if there is one."""
    if problem := union.why_not_examine(submission, request.user):
        return show_refused(request, submission.pk, problem)
    form = UnionPaperForm(request.POST, request.FILES, auto_id="id_kertas_%s")

    def record() -> None:
        upload = form.cleaned_data["scan"]
        stored, name = None, ""
        if upload:
            try:
                data = upload.read()
                stored = intake.keep(data, intake.look(data, SCAN_KINDS, SCAN_MB))
            except ValidationError as refused:
                form.add_error("scan", refused)
                raise Impossible(" ".join(refused.messages)) from refused
            name = intake.clean_name(upload.name or "")
        union.record_paper(submission, request.user, reason=form.cleaned_data["reason"], scan=stored, scan_name=name)

    return _post(request, submission, form, "union_paper", record, _("The union's confirmation on paper is recorded."))


@require_GET
@for_reviewers
def union_scan(request: HttpRequest, submission: Submission) -> HttpResponse:
    """The scan of a confirmation on paper. The reading is recorded."""
    confirmation = submission.union_confirmations.filter(closed_at__isnull=True).select_related("scan").first()
    if confirmation is None or confirmation.scan is None:
        raise Http404
    return respond(request, confirmation.scan, confirmation.scan_name, submission, "konfirmasi-sp")


@require_POST
@for_reviewers
def decree_notes(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Write what the decree of a PKB will note about its clauses."""
    if problem := verbs.why_not_note_on_decree(submission, request.user):
        return show_refused(request, submission.pk, problem)
    form = DecreeNotesForm(request.POST, auto_id="id_catatan_sk_%s")
    return _post(
        request,
        submission,
        form,
        "decree_notes",
        lambda: verbs.write_decree_notes(submission, request.user, form.cleaned_data["text"]),
        _("The notes are saved. They are printed on the decree."),
    )
