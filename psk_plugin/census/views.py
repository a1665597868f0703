"""The pages of one list: uploaded, its columns assigned, followed while it is worked on, taken over, undone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..records.serving import respond
from ..sheets import as_xlsx
from . import columns, row_views, verbs
from .errors import Refused
from .forms import MappingForm, UploadForm
from .frame import batch_or_404, frame, may_import
from .models import BatchKind, BatchState, CensusBatch
from .working import done_of


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def upload(request: HttpRequest) -> HttpResponse:
    """A new list."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            batch = verbs.upload(request.user, form.cleaned_data["kind"], form.cleaned_data["file"])
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return redirect("psk_census", batch.pk)
    context = frame(None, _("Upload a list")) | {"form": form, "kinds": BatchKind.choices}
    return TemplateResponse(request, "psk_plugin/census/upload.html", context, status=422 if form.errors else 200)


@require_safe
@may_import
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty list with the usual headings and one invented row."""
    if kind not in BatchKind.values:
        raise Http404
    fields = columns.FIELDS[kind]
    headings = [capfirst(each.names[0]) if each.code not in ("nib", "npwp") else each.code.upper() for each in fields]
    return as_xlsx(f"contoh-daftar-{kind}", headings, [[each.example for each in fields]])


@never_cache
@require_safe
@may_import
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the list is: its progress, its columns, its rows, or why it stopped."""
    batch = batch_or_404(pk)
    if batch.state == BatchState.MAPPING:
        return redirect("psk_census_mapping", pk)
    if batch.is_working or batch.state == BatchState.FAILED:
        context = frame(batch, batch.name) | _how_far(batch) | {"is_free": _is_free(batch)}
        return TemplateResponse(request, "psk_plugin/census/working.html", context)
    return row_views.page(request, batch)


def _is_free(batch: CensusBatch) -> bool:
    return CensusBatch.objects.waiting().filter(pk=batch.pk).exists()


def _how_far(batch: CensusBatch) -> dict[str, Any]:
    done = done_of(batch)
    percent = min(99, done * 100 // batch.total) if batch.total else 0
    return {"done": done, "percent": percent}


@never_cache
@require_safe
@may_import
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far the list is, for the page that follows it."""
    batch = batch_or_404(pk)
    return JsonResponse({"working": batch.is_working, "state": batch.get_state_display(), **_how_far(batch)})


@require_safe
@may_import
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded."""
    batch = batch_or_404(pk)
    return respond(request, batch.file, batch.name, batch, inline=False)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is which field."""
    batch = batch_or_404(pk)
    if batch.state not in (BatchState.MAPPING, BatchState.READY):
        messages.error(request, _("The columns of this list can no longer be assigned."))
        return redirect("psk_census", pk)
    form = MappingForm(batch, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            verbs.assign(batch, form.mapping)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("psk_census", pk)
    context = frame(batch, _("Assign the columns")) | {"form": form}
    return TemplateResponse(request, "psk_plugin/census/mapping.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, pk: int, act: Any, told: str = "") -> HttpResponse:
    """Do something with the list and lead back to it, with a sentence."""
    batch = batch_or_404(pk)
    try:
        act(batch)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if told:
            messages.success(request, told)
    return redirect("psk_census", pk)


@require_POST
@may_import
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Read another sheet."""
    return _act(request, pk, lambda batch: verbs.choose_sheet(batch, request.POST.get("lembar", "")))


@require_POST
@may_import
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the rows say."""
    skip_open = bool(request.POST.get("lewati"))
    return _act(request, pk, lambda batch: verbs.take_over(batch, request.user, skip_open=skip_open))


@require_POST
@may_import
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the list up."""
    return _act(request, pk, verbs.discard, _("The list is discarded. Nothing was changed."))


@require_POST
@may_import
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a list that stopped."""
    return _act(request, pk, verbs.again)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what taking the list over did, with a reason."""
    batch = batch_or_404(pk)
    if batch.state != BatchState.DONE:
        messages.error(request, _("Only a list that has been taken over can be undone."))
        return redirect("psk_census", pk)
    problem = ""
    if request.method == "POST":
        try:
            verbs.undo(batch, request.user, request.POST.get("alasan", ""))
        except Refused as refused:
            problem = str(refused)
        else:
            return redirect("psk_census", pk)
    context = frame(batch, _("Undo the list")) | {
        "problem": problem,
        "reason": request.POST.get("alasan", "").replace("\x00", ""),
        "most": verbs.MAX_REASON,
    }
    return TemplateResponse(request, "psk_plugin/census/undo.html", context, status=422 if problem else 200)
