"""Buttons of the embedded form. Each keeps first, then redirects."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from ..companies.access import signed_in
from ..companies.models import Company
from ..records.serving import respond
from ..services.described import catalogue, published_services
from ..services.models import FieldKind, Service
from . import answers, drafts
from .access import own_by_token
from .conditions import upload_rows
from .errors import Incomplete, LifecycleError
from .lifecycle import perform
from .models import Status, Submission
from .presses import press
from .rescue import rescue_and_ask_to_sign_in
from .wizard import (
    ANCHOR,
    DOCUMENTS,
    SUMMARY,
    Step,
    all_steps,
    find_step,
    posted_step,
    safe_path,
    step_address,
    steps_of,
)

#: Values of `aksi` that a script sends.
SCRIPTS = ("otomatis", "berkas")


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    """Every service of the office, with whether it is open."""
    return render(request, "psk_plugin/submissions/services.html", {"services": catalogue(published_services())})


@never_cache
@require_safe
def service_form(request: HttpRequest, code: str) -> HttpResponse:
    """The form on the plugin's own page, for services that stand in no page of the site."""
    service = get_object_or_404(Service, code=code)
    if not service.is_published and not _knows(request.user, service):
        raise Http404
    return render(request, "psk_plugin/submissions/service_form.html", {"service": service})


def _knows(user, service: Service) -> bool:
    """Who still reads a service that the public does not see: its editors, and companies with an application for it."""
    if user.has_perm("psk_plugin.change_service"):
        return True
    return user.is_authenticated and Submission.objects.of(user).filter(service=service).exists()


@require_POST
@signed_in(page="psk:service_form")
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin, or find, the company's draft, and go to its first step."""
    service = get_object_or_404(Service, code=code)
    path = safe_path(request, request.POST.get("halaman", ""))
    chosen = request.POST.get("perusahaan", "")
    company = (
        Company.objects.of(request.user).filter(pk=int(chosen)).first()
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 15
        else None
    )
    if company is None:
        messages.error(request, _("Please choose the company for which you apply."))
        return redirect((path or reverse("psk:service_form", args=[code])) + ANCHOR)
    try:
        draft, _is_new = drafts.open_draft(
            service, company, request.user, path, claims_unrecorded=request.POST.get("belum-tercatat") == "1"
        )
    except LifecycleError as refused:
        messages.error(request, str(refused))
        return redirect((path or reverse("psk:service_form", args=[code])) + ANCHOR)
    return redirect(step_address(draft, steps_of(draft)[0].slug, path))


@require_safe
@login_required
def resume(request: HttpRequest, token) -> HttpResponse:
    """Back to a draft, at the step asked for or the first one not done; to the application once it is filed."""
    draft = own_by_token(request, token)
    if draft.status != Status.DRAFT:
        return redirect(draft)
    slug = request.GET.get("langkah", "")
    if find_step(draft, slug) is None:
        slug = _first_open_step(draft)
    return redirect(step_address(draft, slug))


def _first_open_step(draft: Submission) -> str:
    problems = answers.draft_problems(draft)
    steps = steps_of(draft)
    if draft.saved_at is None:
        return steps[0].slug
    for step in steps:
        if any(f"field-{row['code']}" in problems for row in step.rows):
            return step.slug
    return DOCUMENTS if any(key.startswith("document-") for key in problems) else SUMMARY


@require_POST
def step(request: HttpRequest, token, slug: str) -> HttpResponse:
    """Keep one step. `aksi`: `lanjut` goes on if the step is right, `simpan` stays, a small button of a question comes
    back to it; scripts send `otomatis` (answers) and `berkas` (one file) and get JSON.
    """
    action = request.POST.get("aksi", "lanjut")
    if not request.user.is_authenticated:
        if action in SCRIPTS:
            return JsonResponse({"error": _("Your session has ended. Please sign in again.")}, status=401)
        return rescue_and_ask_to_sign_in(request, token, slug)
    draft = own_by_token(request, token)
    path = safe_path(request, request.POST.get("halaman", ""))
    current = posted_step(draft, slug, request.POST)
    if current is None:
        raise Http404
    shown = ""
    try:
        if current.rows:
            draft, is_right, shown = _keep_questions(request, draft, current, action)
        elif slug == DOCUMENTS:
            is_right = _keep_files(request, draft)
        else:
            draft = drafts.keep_answers(draft, request.user, {})
            is_right = True
    except LifecycleError as refused:
        if action in SCRIPTS:
            return JsonResponse({"error": str(refused)}, status=409)
        messages.warning(request, str(refused))
        return redirect("psk:draft_resume", token)
    if action in SCRIPTS:
        return JsonResponse(_saved(own_by_token(request, token), current))
    if shown:
        return redirect(step_address(draft, slug, path, check=request.POST.get("periksa") == "1", anchor=shown))
    if action != "lanjut":
        messages.success(request, _("Saved. You can leave and come back at any time."))
        return redirect(step_address(draft, slug, path, check=not is_right))
    if not is_right:
        return redirect(step_address(draft, slug, path, check=True))
    return redirect(step_address(draft, _next_slug(draft, slug), path))


def _next_slug(draft: Submission, slug: str) -> str:
    """The step after this one; what was answered may have taken steps away, this one included."""
    order = [step.slug for step in all_steps(draft.definition)]
    there = {step.slug for step in steps_of(draft)}
    return next((later for later in order[order.index(slug) + 1 :] if later in there), SUMMARY)


def _keep_questions(
    request: HttpRequest, draft: Submission, current: Step, action: str
) -> tuple[Submission, bool, str]:
    """Keep a step of questions. Returns the draft, whether the step is right, and what a small button wants shown."""
    if action == "berkas":  # a script sends one file and nothing else
        attach_files(request, draft)
        return draft, True, ""
    form = answers.AnswersForm(draft.definition, current.rows, request.POST)
    typed = form.typed()
    shown = press(form, action, typed) or ""
    draft = drafts.keep_answers(draft, request.user, typed)
    if action == "otomatis":
        return draft, True, ""
    removed = request.POST.get("hapus", "")
    if removed:
        drafts.detach(draft, request.user, removed)
        shown = f"dokumen-{removed}"
    attach_files(request, draft)
    draft = own_by_token(request, draft.token)
    codes = {row["code"] for row in current.rows}
    problems = answers.draft_problems(draft)
    is_right = (
        not any(f"field-{code}" in problems for code in codes) and not codes & draft.workspace.get("refused", {}).keys()
    )
    return draft, is_right, shown


def _saved(draft: Submission, current: Step) -> dict:
    """What a script shows after keeping: the time, and for uploads what each now holds."""
    state: dict = {"saved": date_format(timezone.localtime(draft.saved_at), "H.i") if draft.saved_at else ""}
    if current.slug == DOCUMENTS or any(row["kind"] == FieldKind.FILE for row in current.rows):
        refused = draft.workspace.get("refused", {})
        state["refused"] = refused
        state["attached"] = {
            d.code: {
                "name": d.pending_name,
                "address": reverse("psk:draft_pending_file", args=[draft.token, d.code]),
            }
            for d in draft.documents.filter(pending__isnull=False)
        }
    return state


def _keep_files(request: HttpRequest, draft: Submission) -> bool:
    """Attach every chosen file, remember why one was refused; True where every required document is there."""
    removed = request.POST.get("hapus", "")
    if removed:
        drafts.detach(draft, request.user, removed)
    attach_files(request, draft)
    draft = own_by_token(request, draft.token)
    missing = any(key.startswith("document-") for key in answers.draft_problems(draft))
    return not missing and not draft.workspace.get("refused") and not removed


def attach_files(request: HttpRequest, submission: Submission) -> None:
    """Take in the files of the request, named `document-<code>`; each stands or falls by itself."""
    known = upload_rows(submission.definition)
    for name, upload in request.FILES.items():
        code = name.removeprefix("document-")
        if name == code or code not in known:
            continue
        try:
            drafts.attach(submission, request.user, code, upload)
        except ValidationError as refused:
            drafts.note_refused(submission, request.user, code, " ".join(refused.messages))


@require_POST
@signed_in(page="psk:draft_resume")
def file_application(request: HttpRequest, token) -> HttpResponse:
    """File the draft. Pressing twice files once: the second press arrives at the receipt."""
    draft = own_by_token(request, token)
    path = safe_path(request, request.POST.get("halaman", ""))
    if draft.status != Status.DRAFT:
        messages.info(request, _("This application has already been filed."))
        return redirect("psk:submission_receipt", draft.number)
    if not (request.POST.get("benar") and request.POST.get("dikunci")):
        return redirect(step_address(draft, SUMMARY, path).replace(ANCHOR, "&pernyataan=1" + ANCHOR))
    try:
        filed = perform(draft, "file", request.user)
    except Incomplete:
        return redirect(step_address(draft, SUMMARY, path, check=True))
    except LifecycleError as refused:
        draft = own_by_token(request, token)
        if draft.status != Status.DRAFT:
            messages.info(request, _("This application has already been filed."))
            return redirect("psk:submission_receipt", draft.number)
        messages.error(request, str(refused))
        return redirect(step_address(draft, SUMMARY, path))
    return redirect("psk:submission_receipt", filed.number)


@require_POST
@signed_in(page="psk:draft_resume")
@transaction.atomic
def discard(request: HttpRequest, token) -> HttpResponse:
    """Throw a draft away, after the person has confirmed it on the list."""
    draft = own_by_token(request, token)
    try:
        drafts.discard(draft, request.user)
    except LifecycleError as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The draft has been deleted."))
    return redirect("psk:submission_list")


@never_cache
@require_GET
@login_required
def pending_file(request: HttpRequest, token, code: str) -> HttpResponse:
    """A prepared file, for the person to look at before sending it."""
    draft = own_by_token(request, token)
    document = get_object_or_404(draft.documents.select_related("pending"), code=code, pending__isnull=False)
    return respond(request, document.pending, document.pending_name, draft, code)
