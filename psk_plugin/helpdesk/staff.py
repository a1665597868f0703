"""One report as the office sees it: what it is, its clocks, the conversation, and the steps."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from ..records.serving import respond
from ..review.access import visible_to
from ..review.due import calendar_for, due_label
from ..submissions.errors import Forbidden, LifecycleError
from ..submissions.models import Submission
from . import uploads, verbs
from .access import ANSWER
from .actions import ACTIONS, open_to_staff
from .clocks import clocks_of
from .forms import StaffForm
from .models import HelpdeskSettings, Ticket, TicketFile, TicketState

may_answer = permission_required(ANSWER, raise_exception=True)


def _ticket(pk: int) -> Ticket:
    return get_object_or_404(
        Ticket.objects.select_related("category", "company", "assigned_to", "assigned_group"), pk=pk
    )


@require_GET
@may_answer
def ticket_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The report; a GET changes nothing."""
    return _show(request, _ticket(pk))


@require_POST
@may_answer
def ticket_act(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One step. What was typed comes back with the sentence where it is refused."""
    ticket = _ticket(pk)
    action = ACTIONS.get(code)
    if action is None or not action.by_staff or not action.label:
        raise Http404
    form = StaffForm(code, _clean_post(request), request.FILES, ticket=ticket)
    if not form.is_valid():
        messages.error(request, _("Nothing was sent yet. Please fill in what is marked."))
        return _show(request, ticket, {code: form}, status=422)
    files, problems = uploads.take_in([form.cleaned_data["lampiran"]] if form.cleaned_data.get("lampiran") else [])
    if problems:
        form.add_error("lampiran", problems[0])
        messages.error(request, _("Nothing was sent yet. Please fill in what is marked."))
        return _show(request, ticket, {code: form}, status=422)
    seen = request.POST.get("seen", "")
    try:
        verbs.act(
            ticket,
            code,
            request.user,
            text=form.cleaned_data.get("text", ""),
            files=files,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else None,
            given=_given(code, form),
        )
    except LifecycleError as refused:
        messages.error(request, str(refused))
        status = 403 if isinstance(refused, Forbidden) else 409
        return _show(request, _ticket(pk), {code: form}, status=status)
    messages.success(request, _("Done: %s.") % action.done)
    return redirect("psk_ticket", pk=ticket.pk)


def _clean_post(request: HttpRequest):
    data = request.POST.copy()
    for name in data:
        data[name] = data[name].replace("\x00", "")
    return data


def _given(code: str, form: StaffForm) -> verbs.Given:
    data = form.cleaned_data
    if code == "forward":
        user, group = form.target()
        return verbs.Given(to_user=user, to_group=group)
    if code == "classify":
        return verbs.Given(kind=data["kind"], category=data["category"], needs_field_check=data["needs_field_check"])
    return verbs.Given(reason=data.get("reason", ""))


@require_GET
@may_answer
def ticket_desk_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file of the report; the reading is recorded."""
    row = get_object_or_404(TicketFile.objects.select_related("file", "entry__ticket"), pk=file_pk, entry__ticket=pk)
    return respond(request, row.file, row.name, row.entry.ticket, row.name)


def _show(
    request: HttpRequest, ticket: Ticket, refused: dict[str, StaffForm] | None = None, status: int = 200
) -> HttpResponse:
    entries = list(ticket.entries.select_related("actor").prefetch_related("files__file"))
    calendar, today = calendar_for(request), timezone.localdate()
    steps = open_to_staff(ticket.state)
    if ticket.assigned_to_id == request.user.pk:
        steps = [step for step in steps if step.code != "take"]
    known = {step.code for step in steps}
    refused = refused or {}
    forms = [(step, refused.get(step.code) or StaffForm(step.code, ticket=ticket)) for step in steps]
    # Refused because the state is another by now: the words are not lost with the button.
    orphan = next((form for code, form in refused.items() if code not in known and form.data.get("text")), None)
    rules = HelpdeskSettings.load()
    context: dict[str, Any] = {
        "ticket": ticket,
        "conversation": [(ACTIONS[e.action], e) for e in entries if e.text or e.files.all()],
        "history": [(ACTIONS[e.action], e) for e in reversed(entries)],
        "clocks": [(clock, clock.is_late(today)) for clock in clocks_of(ticket, entries, rules, calendar)],
        "due": due_label(ticket.due_on, today, calendar),
        "steps": forms,
        "orphan": orphan.data["text"] if orphan else "",
        "seen": entries[-1].pk if entries else "",
        "is_closed": ticket.state == TicketState.CLOSED,
        "submission": _submission(request, ticket),
        "others": _others(ticket),
        "header_title": ticket.number,
        "header_icon": "help",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_pengaduan_modeladmin_index"), "label": _("Information and complaints")},
            {"url": "", "label": ticket.number},
        ],
    }
    return TemplateResponse(request, "psk_plugin/helpdesk/desk.html", context, status=status)


def _submission(request: HttpRequest, ticket: Ticket) -> Submission | None:
    """The application the person named, where staff may open it."""
    if not ticket.application_number:
        return None
    return visible_to(request.user).only("pk", "number").filter(number=ticket.application_number).first()


def _others(ticket: Ticket) -> list[Ticket]:
    """Other reports of the same address, newest first."""
    return list(Ticket.objects.filter(email__iexact=ticket.email).exclude(pk=ticket.pk)[:5])
