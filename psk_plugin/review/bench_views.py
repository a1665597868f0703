"""Posts of the checklists, row by row. A script gets a short answer, a plain form comes back to its row."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ..submissions.errors import Forbidden, LifecycleError
from ..submissions.models import Submission
from . import checklist
from .views import back, for_reviewers, show_refused

SECTION = "daftar"


def _text(request: HttpRequest, name: str, limit: int) -> str:
    return request.POST.get(name, "").replace("\x00", "")[:limit]


def _save(request: HttpRequest, submission: Submission, anchor: str, save: Callable[[], str]) -> HttpResponse:
    """`save` keeps the row and gives its new mark."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        mark = save()
    except LifecycleError as error:
        status = 403 if isinstance(error, Forbidden) else 409
        if wants_json:
            return JsonResponse({"problem": str(error)}, status=status)
        return show_refused(request, submission.pk, error, section=SECTION)
    if wants_json:
        return JsonResponse({"mark": mark, "told": _("Saved")})
    messages.success(request, _("Saved."))
    return back(submission, section=SECTION, anchor=anchor)


@require_POST
@for_reviewers
def answer_norm(request: HttpRequest, submission: Submission, norm: int) -> HttpResponse:
    return _save(
        request,
        submission,
        f"norma-{norm}",
        lambda: checklist.answer_norm(
            submission,
            request.user,
            norm,
            _text(request, "verdict", 40),
            article=_text(request, "article", 200),
            note=_text(request, "note", checklist.MAX_NOTE),
            mark=_text(request, "mark", 60),
        ).answered_at.isoformat(),
    )


@require_POST
@for_reviewers
def check_document(request: HttpRequest, submission: Submission, code: str) -> HttpResponse:
    return _save(
        request,
        submission,
        f"berkas-{code}",
        lambda: checklist.check_document(
            submission,
            request.user,
            code,
            _text(request, "verdict", 40),
            note=_text(request, "note", checklist.MAX_NOTE),
            mark=_text(request, "mark", 60),
        ).checked_at.isoformat(),
    )


@require_POST
@for_reviewers
def begin_finding(request: HttpRequest, submission: Submission, norm: int) -> HttpResponse:
    """Begin a finding with the row's words and open it for editing."""
    try:
        finding = checklist.begin_finding(submission, request.user, norm)
    except LifecycleError as error:
        return show_refused(request, submission.pk, error, section=SECTION)
    return redirect(f"{reverse('psk_desk:desk', args=[submission.pk])}?bagian=periksa&ubah={finding.pk}#temuan-baru")
