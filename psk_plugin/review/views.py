"""The desk's pages and posts. Every change is a POST that ends in `lifecycle.perform` or one of the room's verbs.

A refused post shows the desk again, with the sentence and with everything that was typed: 409 where somebody was faster
or something is missing, 403 where it is not this person's to decide.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from .. import numbers
from ..office.models import OfficeSettings
from ..records.serving import respond
from ..submissions import answers
from ..submissions.actions import ACTIONS, By
from ..submissions.errors import Forbidden, LifecycleError
from ..submissions.lifecycle import perform
from ..submissions.models import Submission
from . import reads, verbs
from .access import NOT_YOURS, REVIEW, may_enter, visible_to
from .desk import Desk
from .forms import NoteForm, decision_form
from .talking import colleagues

#: Decisions with a page of their own between the desk and the button.
CONFIRMED = ("sign",)


def for_reviewers(view: Callable) -> Callable:
    """Hand the application to people who may see it; others get 403, or 404 where it is not theirs to know of.

    Access to the admin itself is checked before: Wagtail wraps every registered address in `require_admin_access`.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        if not may_enter(request.user):
            return refused_page(request, str(NOT_YOURS))
        submission = get_object_or_404(
            visible_to(request.user).select_related("company", "service", "edition", "stage", "applicant", "assignee"),
            pk=pk,
        )
        return view(request, submission, **kwargs)

    return wrapped


def refused_page(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {
        "header_title": _("No access"),
        "header_icon": "lock",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": "PSK"},
        ],
        "sentence": sentence,
    }
    return TemplateResponse(request, "psk_plugin/review/refused.html", context, status=403)


def page_context(request: HttpRequest, submission: Submission, *more: dict[str, str]) -> dict[str, Any]:
    """Title and the way back, as Wagtail's header wants them."""
    desk_url = reverse("psk_desk:desk", args=[submission.pk])
    if request.user.has_perm(REVIEW):
        lists = {"url": reverse("psk_kotak-masuk_modeladmin_index"), "label": _("Inbox")}
    else:
        lists = {"url": reverse("psk_semua-permohonan_modeladmin_index"), "label": _("All applications")}
    return {
        "header_title": f"{submission.number} · {submission.company}",
        "header_icon": "clipboard-list",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            lists,
            {"url": desk_url if more else "", "label": submission.number},
            *more,
        ],
        "desk_url": desk_url,
    }


def show(request: HttpRequest, submission: Submission, *, status: int = 200, **kwargs: Any) -> HttpResponse:
    """The desk. `kwargs`: see `Desk`."""
    desk = Desk(request, submission, **kwargs)
    context = page_context(request, submission) | {"desk": desk, "submission": submission}
    return TemplateResponse(request, "psk_plugin/review/desk.html", context, status=status)


def show_refused(request: HttpRequest, pk: int, error: LifecycleError, **kwargs: Any) -> HttpResponse:
    """The desk as it is now, with why the post was refused."""
    messages.error(request, str(error))
    fresh = (
        visible_to(request.user)
        .select_related("company", "service", "edition", "stage", "applicant", "assignee")
        .get(pk=pk)
    )
    return show(request, fresh, status=403 if isinstance(error, Forbidden) else 409, **kwargs)


def back(submission: Submission, section: str = "periksa", anchor: str = "", query: str = "") -> HttpResponse:
    url = reverse("psk_desk:desk", args=[submission.pk])
    return redirect(f"{url}?bagian={section}{query}{anchor and '#' + anchor}")


@require_GET
@for_reviewers
def desk(request: HttpRequest, submission: Submission) -> HttpResponse:
    """One application. `?bagian=` opens a part of the page, `?ubah=` a drafted finding for editing."""
    editing = request.GET.get("ubah", "")
    section = request.GET.get("bagian", "")
    if section == "data":
        reads.record(submission, request.user)
    response = show(
        request,
        submission,
        section=section,
        editing=int(editing) if editing.isascii() and editing.isdigit() and len(editing) < 19 else None,
    )
    response.context_data["desk"].mark_read()
    return response


@require_http_methods(["GET", "POST"])
@for_reviewers
def decide(request: HttpRequest, submission: Submission, code: str) -> HttpResponse:
    """One decision. A GET changes nothing: it shows the page that asks before signing, else the desk."""
    action = ACTIONS.get(code)
    if action is None or action.by != By.STAFF:
        raise Http404
    if request.method == "GET":
        return confirm(request, submission, code) if code in CONFIRMED else back(submission)
    stages = Desk(request, submission).earlier_stages if code == "send_back" else []
    form = decision_form(code, request.POST, stages=stages)
    try:
        if not request.user.has_perm(REVIEW):
            raise Forbidden(_("Your account may read applications, not examine them."))
        # Who and when come before gaps in the form: a person who cannot decide is not asked for a reason.
        if problem := verbs.refusal(submission, action, request.user):
            raise problem
        if not form.is_valid():
            messages.error(request, _("The decision is not taken yet. Please fill in what is marked."))
            return show(request, submission, status=409, forms={code: form})
        done = perform(
            submission,
            code,
            request.user,
            reason=form.reason_text,
            revision=_revision(request),
            data=form.extra,
        )
    except LifecycleError as error:
        return show_refused(request, submission.pk, error, forms={code: form})
    buttons = [messages.button(reverse("psk_desk:desk", args=[done.pk]), _("Open"))]
    if following := Desk(request, done).next_waiting:
        url = reverse("psk_desk:desk", args=[following.pk])
        buttons.append(messages.button(url, _("Next application: %(number)s") % {"number": following.number}))
    messages.success(request, told(done, code), buttons=buttons)
    return redirect("psk_kotak-masuk_modeladmin_index")


def told(submission: Submission, code: str) -> str:
    """What has happened and what comes next, for the person who decided."""
    number = submission.number
    match code:
        case "return":
            return _("%s was returned to the company. It comes back to you once it is repaired.") % number
        case "reject":
            return _("%s was rejected. The company is told why.") % number
        case "lapse":
            return _("%s was closed. The company can file again.") % number
        case "sign":
            return _("The decree for %s is signed. The PDF is being made and the company is told.") % number
        case "send_back":
            return _("%(number)s was sent back to: %(stage)s.") % {
                "number": number,
                "stage": submission.stage.title,
            }
        case _:
            return _("%(number)s goes on to: %(stage)s.") % {
                "number": number,
                "stage": submission.stage.title,
            }


def _revision(request: HttpRequest) -> int:
    """The revision the person was looking at; one that never was where the form carries none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def confirm(request: HttpRequest, submission: Submission, code: str) -> HttpResponse:
    """What signing will do, before it is done."""
    desk = Desk(request, submission)
    if code not in [action.code for action in desk.actions]:
        problem = verbs.refusal(submission, ACTIONS[code], request.user)
        return show_refused(request, submission.pk, problem)
    office, today = OfficeSettings.load(request_or_site=request), timezone.localdate()
    # The number itself is given at the signature.
    looks = numbers.outline(
        office.decree_pattern,
        year=today.year,
        month=today.month,
        code=office.classification_code,
        kind=submission.kind_code,
    )
    context = page_context(request, submission, {"url": "", "label": str(ACTIONS[code].label)})
    context |= {
        "desk": desk,
        "submission": submission,
        "action": ACTIONS[code],
        "form": desk.decision_form(code),
        "office": office,
        "number_looks": looks,
        "period": answers.period_of(submission),
        "regulation_title": submission.answer_for("title") or "",
        "needs_validity": submission.makes_regulation,
        "today": today,
    }
    return TemplateResponse(request, "psk_plugin/review/sign.html", context)


@require_POST
@for_reviewers
def add_note(request: HttpRequest, submission: Submission) -> HttpResponse:
    form = NoteForm(request.POST, colleagues=colleagues(submission, request.user))
    kept = {"forms": {"note": form}, "section": "catatan"}
    if not form.is_valid():
        messages.error(request, _("The note is not saved yet."))
        return show(request, submission, status=409, **kept)
    try:
        verbs.add_note(submission, request.user, form.cleaned_data["text"], form.cleaned_data.get("mentions", ()))
    except LifecycleError as error:
        return show_refused(request, submission.pk, error, **kept)
    messages.success(request, _("The note is saved. Only colleagues see it."))
    return back(submission, section="catatan", anchor="catatan")


@require_GET
@for_reviewers
def document(request: HttpRequest, submission: Submission, code: str) -> HttpResponse:
    """A filed document, the newest version or `?versi=`; `?unduh=1` offers it for saving. Each reading is recorded."""
    row = submission.documents.filter(code=code, version__gt=0).select_related("file").first()
    if row is None:
        raise Http404
    stored, name = row.file, row.name
    if wanted := request.GET.get("versi", ""):
        version = next((v for v in row.versions() if str(v.version) == wanted), None)
        if version is None:
            raise Http404
        stored, name = version.file, version.name
    try:
        return respond(request, stored, name, submission, code, inline="unduh" not in request.GET)
    except FileNotFoundError:
        return refused_page_lost(request)


def refused_page_lost(request: HttpRequest) -> HttpResponse:
    context = {
        "header_title": _("Document not found"),
        "header_icon": "warning",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": "PSK"},
        ],
        "sentence": _("The storage does not find this document. Please tell the administrator at once."),
    }
    return TemplateResponse(request, "psk_plugin/review/refused.html", context, status=404)
