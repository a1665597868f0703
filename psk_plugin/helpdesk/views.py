"""Information and complaints for the public: the form, a report and its conversation, finding it again."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..brake import Brake
from ..calendar import office_calendar
from ..companies.access import safe_next
from ..office.models import OfficeSettings
from ..records.serving import respond
from ..submissions.errors import LifecycleError
from . import drafts, uploads, verbs
from .access import may_open, remember
from .actions import ACTIONS, PUBLIC_CODES
from .clocks import clocks_of
from .forms import FindForm, MessageForm, TicketForm
from .models import HelpdeskSettings, Ticket, TicketFile, TicketState

#: Attempts to send, and reports taken in, from one address in ten minutes. An office behind one address still gets by.
ATTEMPTS = Brake("ticket-attempt", 40, 600)
FILED = Brake("ticket", 8, 600)
#: Wrong numbers, e-mails and links from one address in ten minutes.
MISSES = Brake("ticket-miss", 20, 600)
#: Invisible to people; machines fill it in.
HONEYPOT = "situs"
TOO_MANY = gettext_lazy("Too many reports came from your connection. Please wait ten minutes; what you typed is kept.")


@never_cache
@require_GET
def ticket_form(request: HttpRequest) -> HttpResponse:
    """The page with the form and the other channels."""
    context = drafts.form_context(request) | {"office": OfficeSettings.load()}
    return render(request, "psk_plugin/helpdesk/form.html", context)


@require_POST
def ticket_send(request: HttpRequest) -> HttpResponse:
    """Take a report in, or keep what was typed and lead back to where the form stands."""
    back = safe_next(request) or reverse("psk:ticket_form")
    typed = drafts.typed_in(request)
    removed = set(request.POST.getlist("hapus"))
    files = [(row, name) for row, name in drafts.kept_files(request) if str(row.pk) not in removed]
    problems: list[str] = []
    if not HelpdeskSettings.load().is_open:
        problems.append(_("The form is closed at present. Please use one of the other channels."))
    elif ATTEMPTS.is_on(request) or FILED.is_on(request):
        problems.append(str(TOO_MANY))
    else:
        ATTEMPTS.count(request)
        fresh, problems = uploads.take_in(request.FILES.getlist("lampiran"), already=len(files))
        files += fresh
    if request.POST.get(HONEYPOT):
        problems.append(_("Please leave the hidden field empty: it only catches machines. Then send again."))
    form = TicketForm(typed, user=request.user)
    if problems or not form.is_valid():
        drafts.save(request, typed, [(row.pk, name) for row, name in files], problems)
        return HttpResponseRedirect(f"{back}#pengaduan")
    FILED.count(request)
    ticket = verbs.file_ticket(
        form.ticket_values(),
        form.cleaned_data["message"],
        user=request.user if request.user.is_authenticated else None,
        files=files,
        form_key=request.POST.get("form_key", "")[:40],
    )
    drafts.clear(request)
    remember(request, ticket)
    messages.success(
        request, _("Your report has been received under number %s. We have sent you a mail.") % ticket.number
    )
    return redirect(ticket)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticket_find(request: HttpRequest) -> HttpResponse:
    """Open a report by its number and the e-mail address it was sent with."""
    own = Ticket.objects.filter(user=request.user)[:20] if request.user.is_authenticated else []
    if request.method != "POST":
        return _find_page(request, FindForm(initial={"nomor": request.GET.get("nomor", "")[:80]}), own=own)
    if MISSES.is_on(request):
        return _braked(request)
    form = FindForm(request.POST)
    if form.is_valid():
        ticket = Ticket.objects.filter(
            number=form.cleaned_data["nomor"], email__iexact=form.cleaned_data["email"]
        ).first()
        if ticket:
            remember(request, ticket)
            return redirect(ticket)
        MISSES.count(request)
        form.add_error(
            None,
            _("No report with this number and this e-mail address. Please compare both with the mail you received."),
        )
    return _find_page(request, form, status=422, own=own)


def _find_page(request: HttpRequest, form: FindForm, *, status: int = 200, own=()) -> HttpResponse:
    return render(
        request,
        "psk_plugin/helpdesk/find.html",
        {"form": form, "own": own, "rules": HelpdeskSettings.load()},
        status=status,
    )


def _braked(request: HttpRequest) -> HttpResponse:
    response = render(request, "psk_plugin/helpdesk/braked.html", status=429)
    response["Retry-After"] = "600"
    return response


@never_cache
@require_GET
def ticket_open(request: HttpRequest, token: str) -> HttpResponse:
    """The secret link of the mail: opens the report for this browser."""
    if MISSES.is_on(request):
        return _braked(request)
    ticket = Ticket.objects.filter(token=token).first() if "\x00" not in token and len(token) <= 40 else None
    if ticket is None:
        MISSES.count(request)
        form = FindForm()
        return render(
            request,
            "psk_plugin/helpdesk/find.html",
            {"form": form, "is_unknown_link": True, "rules": HelpdeskSettings.load()},
            status=404,
        )
    remember(request, ticket)
    return redirect(ticket)


def _own_ticket(request: HttpRequest, number: str) -> Ticket | None:
    """The person's own report; `None` where there is none, or the browser has not shown that it is the person's."""
    if "\x00" in number or len(number) > 80:
        return None
    ticket = Ticket.objects.select_related("category", "company").filter(number=number).first()
    return ticket if ticket and may_open(request, ticket) else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticket_page(request: HttpRequest, number: str) -> HttpResponse:
    """One report with its conversation; the person writes, reopens or closes here."""
    ticket = _own_ticket(request, number)
    if ticket is None:
        return _find_page(request, FindForm(initial={"nomor": number.replace("\x00", "")[:80]}), status=404)
    form, problems = MessageForm(), []
    if request.method == "POST":
        code = request.POST.get("langkah", "")
        form = MessageForm({"text": request.POST.get("text", "").replace("\x00", "")})
        problems = _write(request, ticket, code, form)
        if not problems:
            return redirect(f"{ticket.get_absolute_url()}#percakapan")
        ticket.refresh_from_db()
    return _page(request, ticket, form, problems)


def _write(request: HttpRequest, ticket: Ticket, code: str, form: MessageForm) -> list[str]:
    """Take the person's step. Returns sentences about what stands in the way."""
    if code == "accept":
        form.fields["text"].required = False
    if not form.is_valid():
        return [sentence for sentences in form.errors.values() for sentence in sentences]
    if ATTEMPTS.is_on(request):
        return [str(TOO_MANY)]
    ATTEMPTS.count(request)
    files, problems = uploads.take_in(request.FILES.getlist("lampiran")) if code != "accept" else ([], [])
    if problems:
        return [*problems, _("Nothing was sent yet. Please choose other files, or send without them.")]
    try:
        entry = verbs.write(ticket, code, text=form.cleaned_data["text"], files=files)
    except LifecycleError as refused:
        return [str(refused)]
    said = {
        "reply": _("Your message has reached the office."),
        "reopen": _("The report is open again. The office goes on with it."),
        "accept": _("Thank you. The report is closed."),
    }
    messages.success(request, said[entry.action])
    return []


def _page(request: HttpRequest, ticket: Ticket, form: MessageForm, problems: list[str]) -> HttpResponse:
    rules, calendar = HelpdeskSettings.load(), office_calendar()
    entries = list(ticket.entries.prefetch_related("files__file"))
    _response, handling = clocks_of(ticket, entries, rules, calendar)
    conversation = [(ACTIONS[entry.action], entry) for entry in entries if entry.action in PUBLIC_CODES]
    context = {
        "ticket": ticket,
        "conversation": conversation,
        "promise": handling if handling.is_running else None,
        "form": form,
        "problems": problems,
        "can_write": ticket.state != TicketState.CLOSED,
        "can_reopen": verbs.can_reopen(ticket),
        "can_accept": ticket.state == TicketState.ANSWERED,
        "reopen_until": date_format(_reopen_until(ticket, rules), "j F Y") if ticket.closed_at else "",
        "rules": rules,
        "max_mb": uploads.MAX_MB,
        "most_files": uploads.MOST,
    }
    response = render(request, "psk_plugin/helpdesk/ticket.html", context, status=422 if problems else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def _reopen_until(ticket: Ticket, rules: HelpdeskSettings) -> date:
    return localtime(ticket.closed_at + timedelta(days=rules.reopen_days)).date()


@never_cache
@require_GET
def ticket_file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A file of the person's own report."""
    ticket = _own_ticket(request, number)
    if ticket is None:
        raise Http404
    row = get_object_or_404(
        TicketFile.objects.select_related("file"), pk=pk, entry__ticket=ticket, entry__action__in=PUBLIC_CODES
    )
    return respond(request, row.file, row.name, ticket, row.name)
