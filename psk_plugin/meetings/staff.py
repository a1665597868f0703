"""Pages of the Wagtail admin about one meeting: its participants, attendance, papers, a mail to all, calling it off."""

import csv
import secrets

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from ..submissions.errors import Impossible
from . import papers, verbs
from .forms import MessageForm
from .letters import when
from .models import Meeting, MeetingMessage

#: Rows of one page; a full hall fits.
PER_PAGE = 100
MANAGE = "psk_plugin.manage_registrations"
may_manage = permission_required(MANAGE, raise_exception=True)
may_see = permission_required("psk_plugin.view_meeting", raise_exception=True)
may_change = permission_required("psk_plugin.change_meeting", raise_exception=True)


def state_of(meeting: Meeting) -> str:
    """How the meeting stands, in words."""
    if meeting.is_called_off:
        return pgettext("meeting", "Called off")
    if not meeting.is_published:
        return pgettext("meeting", "Draft")
    if meeting.is_over:
        return pgettext("meeting", "Over")
    return _("Registration open") if meeting.is_registration_open else _("Registration closed")


def _meeting(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.with_counts(), pk=pk)


def _frame(meeting: Meeting, *more: dict[str, str]) -> dict:
    people = reverse("psk_meeting_people", args=[meeting.pk])
    return {
        "meeting": meeting,
        "when": when(meeting),
        "state": state_of(meeting),
        "header_title": meeting.title,
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_sosialisasi_modeladmin_index"), "label": _("Meetings (sosialisasi)")},
            {"url": people if more else "", "label": meeting.title},
            *more,
        ],
    }


@require_GET
@may_manage
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who registered, page by page, with boxes to tick for those who came."""
    meeting = _meeting(pk)
    rows = meeting.registrations.select_related("company").order_by("state", "name", "pk")
    words = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    if words:
        # Companies only: a person's name has no place in an address.
        rows = rows.filter(company_name__icontains=words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = _frame(meeting) | {
        "page": page,
        "words": words,
        "has_begun": meeting.starts_at <= timezone.now(),
        "may_edit": request.user.has_perm("psk_plugin.change_meeting"),
        "written": meeting.messages.select_related("written_by")[:10],
    }
    return TemplateResponse(request, "psk_plugin/meetings/people.html", context)


@require_POST
@may_manage
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick several at once; rows that were not on the page stay as they are."""
    meeting = _meeting(pk)
    try:
        marked, unmarked = verbs.tick_attendance(
            meeting, _keys(request.POST.getlist("hadir")), _keys(request.POST.getlist("baris"))
        )
    except Impossible as refused:
        messages.error(request, str(refused))
    else:
        total = meeting.registrations.attended().count()
        sentence = ngettext("%d person came in all.", "%d people came in all.", total) % total
        changed = _("Marked: %(marked)d, taken back: %(unmarked)d.") % {"marked": marked, "unmarked": unmarked}
        messages.success(request, f"{changed} {sentence}")
    return redirect("psk_meeting_people", pk=pk)


def _keys(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]


@require_GET
@may_manage
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The participants as CSV or XLSX."""
    meeting = _meeting(pk)
    rows = meeting.registrations.select_related("company").order_by("state", "name", "pk")
    if kind == "xlsx":
        response = HttpResponse(
            papers.as_xlsx(rows), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    elif kind == "csv":
        # The mark tells spreadsheet programs that this is UTF-8.
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        csv.writer(response).writerows(papers.table_rows(rows))
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="peserta-{meeting.slug}.{kind}"'
    return response


@require_GET
@may_manage
def attendance_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The list to print and sign."""
    meeting = _meeting(pk)
    return _pdf(papers.attendance_pdf(meeting), f"daftar-hadir-{meeting.slug}")


@require_GET
@may_see
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of invitation."""
    meeting = _meeting(pk)
    return _pdf(papers.invitation_pdf(meeting), f"undangan-{meeting.slug}")


def _pdf(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@may_manage
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a mail to all participants. How many get it is shown before anything goes out."""
    meeting = _meeting(pk)
    data = {name: value.replace("\x00", "") for name, value in request.POST.items()}
    form = (
        MessageForm(data) if request.method == "POST" else MessageForm(initial={"form_key": secrets.token_urlsafe(16)})
    )
    problem = ""
    if form.is_bound and form.is_valid():
        try:
            written = verbs.write_to_all(meeting, request.user, **form.cleaned_data)
        except Impossible as refused:
            problem = str(refused)
        else:
            sentence = ngettext("The mail goes to %d person.", "The mail goes to %d people.", written.recipients)
            messages.success(request, sentence % written.recipients)
            return redirect("psk_meeting_people", pk=pk)
    counts = [(choice.label, verbs.audience_of(meeting, choice.value).count()) for choice in MeetingMessage.Audience]
    context = _frame(meeting, {"url": "", "label": _("Mail to participants")}) | {
        "form": form,
        "problem": problem,
        "counts": counts,
    }
    return TemplateResponse(request, "psk_plugin/meetings/message.html", context, status=422 if form.is_bound else 200)


@require_POST
@may_change
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting does not take place; participants are told by mail."""
    try:
        verbs.call_off(_meeting(pk))
    except Impossible as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The meeting is called off. Everybody who registered is told by mail."))
    target = "psk_meeting_people" if request.user.has_perm(MANAGE) else "psk_sosialisasi_modeladmin_index"
    return redirect(target, **({"pk": pk} if target == "psk_meeting_people" else {}))
