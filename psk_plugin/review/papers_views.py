"""Papers of one application at the desk: its repair notices as sent, its minutes for the file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ..records.serving import respond
from ..submissions import notice_paper
from ..submissions.models import Submission
from . import minutes, reads
from .views import for_reviewers, refused_page_lost


@require_GET
@never_cache
@for_reviewers
def notice(request: HttpRequest, submission: Submission, sequence: int) -> HttpResponse:
    """A repair notice as it was sent. The office's reading does not begin the company's days."""
    if sequence > 10_000:
        raise Http404
    row = get_object_or_404(submission.notices, sequence=sequence)
    try:
        stored = notice_paper.ready(row.pk)
        if stored is None:
            raise Http404
        return respond(request, stored, notice_paper.file_name(row), submission, f"pemberitahuan-{sequence}")
    except FileNotFoundError:
        return refused_page_lost(request)


@require_GET
@never_cache
@for_reviewers
def minutes_pdf(request: HttpRequest, submission: Submission) -> HttpResponse:
    """The whole timeline as PDF. It names people, so that drawing it counts as a reading."""
    reads.record(submission, request.user)
    response = HttpResponse(minutes.draw(submission, request.user), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{minutes.file_name(submission)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
