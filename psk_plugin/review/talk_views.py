"""Messages to the company from the desk. Each is a POST to an address of its own, never that of a note."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from ..submissions.errors import LifecycleError
from ..submissions.models import Submission
from ..talk import verbs
from ..talk.forms import MessageForm
from ..talk.views import file_response, owner_of
from .views import back, for_reviewers, show, show_refused


@require_POST
@for_reviewers
def message_add(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Write to the company."""
    form = MessageForm(request.POST, request.FILES, owner=owner_of(submission, request.user))
    kept = {"forms": {"message": form}, "section": "pesan"}
    if problem := verbs.why_not_write(submission, request.user, by_company=False):
        return show_refused(request, submission.pk, problem, **kept)
    if not form.is_valid():
        messages.error(request, _("The message is not sent yet. Please look at what is marked."))
        return show(request, submission, status=409, **kept)
    try:
        verbs.write(
            submission,
            request.user,
            form.cleaned_data["text"],
            by_company=False,
            file=form.stored,
            file_name=form.name,
            key=form.key,
        )
    except LifecycleError as error:
        return show_refused(request, submission.pk, error, **kept)
    messages.success(request, _("The message is sent. The company sees it on the page of its application."))
    return back(submission, section="pesan", anchor="percakapan")


@require_GET
@for_reviewers
def message_file(request: HttpRequest, submission: Submission, message: int) -> HttpResponse:
    """The file that came with a message."""
    return file_response(request, submission, message)
