"""The company's side of the conversation about one application."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from .. import conf
from ..brake import Brake
from ..companies.access import keep_for_later, take_up_again
from ..office.models import OfficeSettings
from ..records.serving import respond
from ..submissions.access import own_submission
from ..submissions.errors import Forbidden, LifecycleError
from ..submissions.models import Submission
from . import verbs
from .forms import MessageForm

#: Messages from one address in an hour.
FLOOD = Brake("pesan", limit=20, seconds=3600)
TOO_MANY = gettext_lazy("Too many messages in a short time. Your message was not sent yet; please send it in an hour.")


def owner_of(submission: Submission, user) -> str:
    """Whose form it is: `MessageForm.owner`."""
    return f"{submission.pk}:{user.pk}"


def file_response(request: HttpRequest, submission: Submission, pk: int) -> HttpResponse:
    """The file of one message, for people already checked; the reading is recorded. Raises `Http404`."""
    message = get_object_or_404(submission.messages.filter(file__isnull=False).select_related("file"), pk=pk)
    try:
        return respond(request, message.file, message.file_name, submission, f"pesan-{message.pk}")
    except FileNotFoundError as error:
        raise Http404 from error


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, number: str) -> HttpResponse:
    """The conversation, newest message first; reading it counts as read. POST writes."""
    if not request.user.is_authenticated:
        return keep_for_later(request)
    submission = own_submission(request, number)
    owner = owner_of(submission, request.user)
    if request.method != "POST":
        typed = take_up_again(request)
        return _page(request, submission, MessageForm(typed, owner=owner) if typed else MessageForm(owner=owner))
    form = MessageForm(request.POST, request.FILES, owner=owner)
    if not form.is_valid():
        return _page(request, submission, form, status=422)
    if FLOOD.is_on(request):
        form.add_error(None, TOO_MANY)
        return _page(request, submission, form, status=429)
    try:
        verbs.write(
            submission,
            request.user,
            form.cleaned_data["text"],
            by_company=True,
            file=form.stored,
            file_name=form.name,
            key=form.key,
        )
    except LifecycleError as refused:
        form.add_error(None, str(refused))
        return _page(request, submission, form, status=403 if isinstance(refused, Forbidden) else 409)
    FLOOD.count(request)
    messages.success(request, _("Your message has reached the office. The examination goes on meanwhile."))
    return redirect("psk:submission_messages", submission.number)


def _page(request: HttpRequest, submission: Submission, form: MessageForm, *, status: int = 200) -> HttpResponse:
    fresh = own_submission(request, submission.number)
    unread = verbs.unread_of([fresh], request.user).get(fresh.pk, 0)
    rows = fresh.messages.select_related("author", "file").order_by("-pk")
    page = Paginator(rows, conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    shown = list(page)
    problem = verbs.why_not_write(fresh, request.user, by_company=True)
    context = {
        "submission": fresh,
        "page": page,
        "shown": shown,
        "unread": unread,
        "form": form,
        "problem": problem,
        "office": OfficeSettings.load(),
    }
    response = render(request, "psk_plugin/talk/thread.html", context, status=status)
    if page.number == 1 and shown:
        verbs.read_by_company(fresh, request.user, shown[0].pk)
    return response


@never_cache
@require_GET
@login_required
def message_file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The file that came with a message."""
    return file_response(request, own_submission(request, number), pk)
