"""Meetings for the public: list, one meeting with its form, a person's own registration, calendar files."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import conf
from ..brake import Brake
from ..submissions.errors import Impossible
from . import verbs
from .calendar_file import CONTENT_TYPE, NAME, calendar_file
from .forms import RegistrationForm
from .letters import when
from .models import Meeting, Registration

#: Registrations and attempts from one address in ten minutes; one person may register a few colleagues.
ATTEMPTS = Brake("meeting", 20, 600)
#: Invisible to people; machines fill it in.
HONEYPOT = "situs"


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings to come; with `?bagian=lampau` those that took place."""
    is_past = request.GET.get("bagian") == "lampau"
    rows = Meeting.objects.past() if is_past else Meeting.objects.upcoming()
    page = Paginator(rows.with_counts(), conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {"page": page, "is_past": is_past, "meetings": [(row, when(row)) for row in page]}
    return render(request, "psk_plugin/meetings/list.html", context)


@never_cache
@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting: what, when, where; the form to register, or what became of it."""
    row = _meeting(slug)
    return _page(request, row, RegistrationForm(initial=_initial(request), user=request.user))


def _meeting(slug: str) -> Meeting:
    if "\x00" in slug or len(slug) > 80:
        raise Http404
    return get_object_or_404(Meeting.objects.published().with_counts(), slug=slug)


def _initial(request: HttpRequest) -> dict[str, str]:
    user = request.user
    return {"name": user.get_full_name(), "email": user.email} if user.is_authenticated else {}


def _page(
    request: HttpRequest, row: Meeting, form: RegistrationForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    errors = [(f"#{form[name].auto_id}", sentence) for name in form.errors for sentence in form.errors[name]]
    if problem:
        errors.insert(0, ("#daftar", problem))
    return render(
        request, "psk_plugin/meetings/detail.html", facts(row) | {"form": form, "errors": errors}, status=status
    )


def facts(row: Meeting) -> dict[str, Any]:
    """What page and block show of a meeting; the row comes from `with_counts`."""
    free = max(row.capacity - row.seats_taken, 0)
    return {
        "meeting": row,
        "when": when(row),
        "free": free,
        "is_full": free == 0,
        "materials": row.materials.select_related("document"),
        "photos": row.photos.select_related("image") if row.is_over else [],
    }


@require_POST
def meeting_register(request: HttpRequest, slug: str) -> HttpResponse:
    """A seat, or a place in the waiting list."""
    row = _meeting(slug)
    data = {name: value.replace("\x00", "")[:20_000] for name, value in request.POST.items()}
    form = RegistrationForm(data, user=request.user)
    if ATTEMPTS.is_on(request):
        problem = _("Too many registrations came from your connection. Please wait ten minutes and try again.")
        return _page(request, row, form, problem=problem, status=429)
    if not row.is_registration_open:
        return _page(request, row, form, problem=_("Registration for this meeting is closed."), status=409)
    if data.get(HONEYPOT):
        problem = _("Please leave the hidden field empty: it only catches machines. Then send again.")
        return _page(request, row, form, problem=problem, status=422)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    ATTEMPTS.count(request)
    try:
        registration = verbs.register(row, form.person(), user=request.user)
    except Impossible as refused:
        return _page(request, row, form, problem=str(refused), status=409)
    if registration.has_seat:
        messages.success(request, _("You are registered. We have sent you a mail with the details."))
    else:
        messages.info(request, _("You are on the waiting list. We write as soon as a seat is free."))
    return redirect(registration)


@require_safe
def meeting_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The meeting for a calendar; without the link to take part online."""
    return _ics(calendar_file(_meeting(slug)))


def _ics(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


def _registration(token: str) -> Registration:
    if "\x00" in token or len(token) > 40:
        raise Http404
    return get_object_or_404(Registration.objects.select_related("meeting", "company"), token=token)


@never_cache
@require_safe
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """The person's own registration: its state, the calendar file, cancelling."""
    row = _registration(token)
    place = row.meeting.registrations.in_line().filter(queued_at__lt=row.queued_at).count() + 1
    context = {
        "registration": row,
        "meeting": row.meeting,
        "when": when(row.meeting),
        "place_in_line": place,
        "can_cancel": row.state in (Registration.State.REGISTERED, Registration.State.WAITING)
        and not row.meeting.is_called_off
        and row.meeting.starts_at > timezone.now(),
    }
    response = render(request, "psk_plugin/meetings/registration.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def registration_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Give the place back."""
    row = _registration(token)
    try:
        verbs.cancel(row)
    except Impossible as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your registration is cancelled. Thank you for telling us."))
    return redirect(row)


@never_cache
@require_safe
def registration_ics(request: HttpRequest, token: str) -> HttpResponse:
    """The meeting for the calendar of a person with a seat, with the link to take part online."""
    row = _registration(token)
    return _ics(calendar_file(row.meeting, with_online_link=row.has_seat))
