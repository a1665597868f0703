"""Posts about findings: written with or without a usual wording, deleted, judged, kept as a wording."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ..submissions.errors import LifecycleError
from ..submissions.models import Submission
from . import verbs, wordings
from .desk import Desk
from .views import back, for_reviewers, show, show_refused

#: Name of the button that fills in the chosen wording and saves nothing.
FILL = "isi"


@require_POST
@for_reviewers
def add_finding(request: HttpRequest, submission: Submission) -> HttpResponse:
    form = Desk(request, submission).make_finding_form(request.POST)
    return _write_finding(
        request, submission, form, lambda: verbs.add_finding(submission, request.user, form.cleaned_data)
    )


@require_POST
@for_reviewers
def edit_finding(request: HttpRequest, submission: Submission, finding: int) -> HttpResponse:
    form = Desk(request, submission).make_finding_form(request.POST)
    mark = request.POST.get("mark", "")
    return _write_finding(
        request,
        submission,
        form,
        lambda: verbs.edit_finding(submission, request.user, finding, form.cleaned_data, mark),
        editing=finding,
    )


def _write_finding(request, submission, form, write: Callable, *, editing: int | None = None) -> HttpResponse:
    kept = {"forms": {"finding": form}, "section": "periksa", "editing": editing}
    wording = wordings.chosen(request.user, request.POST.get("wording", ""))
    try:
        if problem := verbs.why_not_write(submission, request.user):
            raise problem
        if FILL in request.POST:
            return fill_in(request, submission, editing)
        if not form.is_valid():
            form.begin_at(next((name for name in form.fields if name in form.errors), "problem"))
            messages.error(request, _("The finding is not saved yet. Please fill in what is marked."))
            return show(request, submission, status=409, **kept)
        write()
    except LifecycleError as error:
        return show_refused(request, submission.pk, error, **kept)
    if wording:
        wordings.count(wording)
    messages.success(request, _("The finding is saved. The company sees it once you return the application."))
    return back(submission, anchor="temuan")


def _do(request: HttpRequest, submission: Submission, change: Callable, told: str, query: str = "") -> HttpResponse:
    """One press on a finding that needs nothing filled in."""
    try:
        result = change()
    except LifecycleError as error:
        return show_refused(request, submission.pk, error, section="periksa")
    messages.success(request, told)
    return back(submission, query=query.format(result), anchor="temuan")


@require_POST
@for_reviewers
def delete_finding(request: HttpRequest, submission: Submission, finding: int) -> HttpResponse:
    mark = request.POST.get("mark", "")
    return _do(
        request,
        submission,
        lambda: verbs.delete_finding(submission, request.user, finding, mark),
        _("The finding is deleted. It was not sent to the company."),
    )


@require_POST
@for_reviewers
def accept_finding(request: HttpRequest, submission: Submission, finding: int) -> HttpResponse:
    return _do(
        request,
        submission,
        lambda: verbs.accept(submission, request.user, finding),
        _("The repair is accepted."),
    )


@require_POST
@for_reviewers
def ask_again(request: HttpRequest, submission: Submission, finding: int) -> HttpResponse:
    return _do(
        request,
        submission,
        lambda: verbs.ask_again(submission, request.user, finding).pk,
        _("A new finding begins with the old words and the company's answer. Please say what is still missing."),
        query="&ubah={}",
    )


def fill_in(request: HttpRequest, submission: Submission, editing: int | None) -> HttpResponse:
    """The desk with the chosen wording in the form; nothing is saved, what was typed stays."""
    typed = {name: request.POST.get(name, "").replace("\x00", "") for name in verbs.WRITTEN}
    typed["is_mandatory"] = "is_mandatory" in request.POST
    wording = wordings.chosen(request.user, request.POST.get("wording", ""))
    if wording is None:
        messages.error(request, _("Please choose a wording first."))
    else:
        typed = wordings.filled(typed, wording) | {"wording": str(wording.pk)}
    desk = Desk(request, submission, editing=editing)
    form = desk.make_finding_form(instance=desk.editing, initial=typed)
    form.begin_at("problem" if wording else "wording")
    if not wording:
        # The message is at the top of the page, out of sight from here.
        form.fields["wording"].help_text = _("Please choose a wording first.")
    return show(
        request,
        submission,
        status=200 if wording else 409,
        forms={"finding": form},
        section="periksa",
        editing=editing,
    )


@require_POST
@for_reviewers
def keep_wording(request: HttpRequest, submission: Submission, finding: int) -> HttpResponse:
    """Save a finding's words for the next time, for oneself or for the office."""
    row = get_object_or_404(submission.findings, pk=finding)
    title, is_shared = request.POST.get("title", "")[:300], "is_shared" in request.POST
    try:
        wording = wordings.keep(row, request.user, title, is_shared=is_shared)
    except LifecycleError as error:
        kept = {"finding": row.pk, "title": title.replace("\x00", ""), "is_shared": is_shared}
        return show_refused(request, submission.pk, error, section="periksa", forms={"wording": kept})
    messages.success(request, _("“%s” is kept. You find it in the form of a finding.") % wording.title)
    return back(submission, anchor="temuan")
