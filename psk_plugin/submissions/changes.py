"""What a company changed in its text from one filed version to the next, as the examiner sees it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..regulations.comparing import compared
from ..regulations.reading import text_now
from ..regulations.showing import Shown, warnings
from .access import own_submission


@never_cache
@require_safe
@login_required
def text_changes(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The redline of the newest filed version of the regulation beside the one before it."""
    submission = own_submission(request, number)
    if not any(row["code"] == code and row["is_regulation_text"] for row in submission.definition["documents"]):
        raise Http404
    document = get_object_or_404(submission.documents, code=code, version__gt=0)
    after, before = [*document.versions()[:2], None][:2]
    if before is None:
        raise Http404
    old, new = text_now(before.file_id), text_now(after.file_id)
    can_compare = old.has_words and new.has_words
    redline = compared(old, new) if can_compare else None
    context = {
        "submission": submission,
        "document": document,
        "before": before,
        "after": after,
        "shown": Shown(redline) if redline is not None else None,
        "is_being_made": can_compare and redline is None,
        "warnings": [*warnings(old, _("Earlier version")), *warnings(new, _("Newer version"))],
        "shows_all": request.GET.get("tampil") == "semua",
    }
    return render(request, "psk_plugin/submissions/changes.html", context)
