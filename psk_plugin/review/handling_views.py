"""Posts of the desk about who has it in hand, and the page on which work is distributed."""

from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from ..submissions.errors import LifecycleError
from ..submissions.models import Status, Submission
from . import handling
from .access import visible_to
from .due import calendar_for, due_label
from .views import back, for_reviewers, refused_page, show_refused

PAGE = 50


class WorkloadMenuItem(MenuItem):
    """For people who distribute work."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(handling.ASSIGN)


def whole_number(text: str | None) -> int | None:
    """A primary key out of an address or a form; `None` where it is none."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _colleague(text: str | None):
    pk = whole_number(text)
    return get_user_model().objects.filter(pk=pk, is_active=True).first() if pk else None


@require_POST
@for_reviewers
def take(request: HttpRequest, submission: Submission) -> HttpResponse:
    try:
        handling.take(submission, request.user, request.POST.get("reason", "").replace("\x00", "")[:2000])
    except LifecycleError as error:
        return show_refused(request, submission.pk, error)
    messages.success(request, _("You have this application in hand."))
    return back(submission)


@require_POST
@for_reviewers
def release(request: HttpRequest, submission: Submission) -> HttpResponse:
    try:
        handling.release(submission, request.user)
    except LifecycleError as error:
        return show_refused(request, submission.pk, error)
    messages.success(request, _("The application is back in the common inbox."))
    return back(submission)


@require_POST
@for_reviewers
def hand_over(request: HttpRequest, submission: Submission) -> HttpResponse:
    to = _colleague(request.POST.get("to"))
    if to is None:
        messages.error(request, _("Please choose a colleague."))
        return back(submission)
    try:
        handling.hand_over(submission, request.user, to, request.POST.get("reason", "").replace("\x00", "")[:2000])
    except LifecycleError as error:
        return show_refused(request, submission.pk, error)
    messages.success(request, _("The application is in the hands of %s now.") % handling.name_of(to))
    return back(submission)


@require_http_methods(["GET", "HEAD", "POST"])
def workload(request: HttpRequest) -> HttpResponse:
    """Who has how much, what is in one person's hands, and moving up to a hundred at once."""
    if not request.user.has_perm(handling.ASSIGN):
        return refused_page(request, _("Your account does not distribute work."))
    chosen = request.GET.get("orang", "")
    if request.method == "POST":
        return _move(request, chosen)
    rows = (
        visible_to(request.user)
        .filter(status=Status.IN_REVIEW, assignee=whole_number(chosen))
        .select_related("company", "service", "stage")
        .defer("data", "company_data", "workspace")
        .order_by("due_on", "pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("hal"))
    calendar, today = calendar_for(request), timezone.localdate()
    for row in page:
        row.due_label = due_label(row.due_on, today, calendar)
    loads = handling.loads()
    context = {
        "header_title": _("Distribution of work"),
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Distribution of work")},
        ],
        "loads": loads,
        "page": page,
        "chosen": whole_number(chosen),
        "chosen_name": next(
            (row.name for row in loads if row.person and row.person.pk == whole_number(chosen)), loads[0].name
        ),
    }
    return TemplateResponse(request, "psk_plugin/review/workload.html", context)


def _move(request: HttpRequest, chosen: str) -> HttpResponse:
    address = reverse("psk_workload") + (f"?{urlencode({'orang': chosen})}" if whole_number(chosen) else "")
    pks = [pk for text in request.POST.getlist("permohonan") if (pk := whole_number(text))]
    to = _colleague(request.POST.get("to"))
    if not pks or to is None:
        messages.error(request, _("Please tick at least one application and choose a colleague."))
        return redirect(address)
    reason = request.POST.get("reason", "").replace("\x00", "")[:2000]
    try:
        outcomes = handling.hand_over_many(pks, request.user, to, reason)
    except LifecycleError as error:
        messages.error(request, str(error))
        return redirect(address)
    moved = [outcome for outcome in outcomes if not outcome.problem]
    if moved:
        told = ngettext(
            "%(count)d application is in the hands of %(name)s now: %(numbers)s.",
            "%(count)d applications are in the hands of %(name)s now: %(numbers)s.",
            len(moved),
        )
        numbers = ", ".join(outcome.submission.number for outcome in moved)
        messages.success(request, told % {"count": len(moved), "name": handling.name_of(to), "numbers": numbers})
    for outcome in outcomes:
        if outcome.problem:
            messages.warning(request, f"{outcome.submission.number}: {outcome.problem}")
    return redirect(address)
