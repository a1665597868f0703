"""Reminders in the Wagtail admin: what goes out tomorrow, what went out, and one of them with its letter."""

import datetime as dt

from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ..adminkit import ListOnlyAdmin
from ..calendar import office_calendar
from ..outreach.outbox import in_our_language, recipients_of_company
from ..submissions.errors import LifecycleError
from . import letters, verbs
from .models import RenewalReminder

BASE = "psk/pengingat"
VIEW, STOP = "psk_plugin.view_renewalreminder", "psk_plugin.stop_renewalreminder"


class WhenFilter(SimpleListFilter):
    title, parameter_name = gettext_lazy("day"), "kapan"

    def lookups(self, request, model_admin) -> list:
        return [
            ("besok", gettext_lazy("goes out by tomorrow")),
            ("pekan", gettext_lazy("goes out within seven days")),
        ]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        days = {"besok": 1, "pekan": verbs.AHEAD}.get(self.value())
        if self.value() is None:
            return queryset
        if days is None:
            return queryset.none()
        last = timezone.localdate() + dt.timedelta(days=days)
        return queryset.filter(state=RenewalReminder.State.PLANNED, due_on__lte=last)


class ReminderAdmin(ListOnlyAdmin):
    """Reminders, the next to go out first."""

    model = RenewalReminder
    base_url_path = BASE
    menu_label = gettext_lazy("Reminders")
    menu_item_name = "psk-reminders"
    menu_icon = "mail"
    ordering = ("-due_on", "-pk")
    list_display = ("company_link", "kind_code", "step", "due_on", "state_words")
    list_filter = (WhenFilter, "state", "step")
    list_select_related = ("regulation__company",)
    search_fields = ("regulation__company__name", "regulation__company__nib")
    search_hint = gettext_lazy("Name or NIB of the company")
    list_intro = gettext_lazy(
        "Companies are reminded 90, 60 and 45 days before their PP or PKB ends, and on the last day for renewing a "
        "PP. Open one to read its letter or to stop it."
    )
    list_empty = gettext_lazy("No reminder is planned, and none has gone out.")

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/<int:pk>/", reminder_page, name="psk_reminder"),
            path(f"{BASE}/<int:pk>/hentikan/", reminder_stop, name="psk_reminder_stop"),
            path(f"{BASE}/<int:pk>/lanjutkan/", reminder_resume, name="psk_reminder_resume"),
        )

    def company_link(self, row: RenewalReminder) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("psk_reminder", args=[row.pk]), row.regulation.company.name)

    company_link.short_description = gettext_lazy("company")
    company_link.admin_order_field = "regulation__company__name"

    def kind_code(self, row: RenewalReminder) -> str:
        return row.regulation.kind

    kind_code.short_description = gettext_lazy("kind")

    def state_words(self, row: RenewalReminder) -> SafeString:
        return format_html('{}<span class="psk-sub">{}</span>', row.get_state_display(), row.reason)

    state_words.short_description = gettext_lazy("state")
    state_words.admin_order_field = "state"


def _reminder(pk: int) -> RenewalReminder:
    return get_object_or_404(RenewalReminder.objects.select_related("regulation__company", "decided_by"), pk=pk)


def _show(request: HttpRequest, reminder: RenewalReminder, *, typed: str = "", problem: str = "") -> HttpResponse:
    regulation = reminder.regulation
    with in_our_language():
        went_out = timezone.localdate(reminder.decided_at) if reminder.state == RenewalReminder.State.SENT else None
        day = went_out or max(reminder.due_on, timezone.localdate())
        letter = letters.ends(regulation, day, office_calendar())
    title = regulation.company.name
    context = {
        "header_title": title,
        "page_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_pengingat_modeladmin_index"), "label": _("Reminders")},
            {"url": "", "label": title},
        ],
        "reminder": reminder,
        "regulation": regulation,
        "letter": letter,
        "recipient_count": len(recipients_of_company(regulation.company, with_company=True)),
        "may_stop": request.user.has_perm(STOP),
        "typed": typed,
        "problem": problem,
        "due_words": date_format(reminder.due_on, "j F Y"),
    }
    return render(request, "psk_plugin/reminders/reminder.html", context, status=422 if problem else 200)


@require_safe
@permission_required(VIEW, raise_exception=True)
def reminder_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One reminder: its letter, to how many it goes, the button to stop it."""
    return _show(request, _reminder(pk))


@require_POST
@permission_required(STOP, raise_exception=True)
def reminder_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it, with the reason."""
    reminder = _reminder(pk)
    typed = request.POST.get("alasan", "")
    try:
        verbs.stop(reminder, request.user, typed)
    except LifecycleError as refused:
        return _show(request, _reminder(pk), typed=typed[:500], problem=str(refused))
    messages.success(request, _("The reminder is stopped."))
    return redirect("psk_reminder", pk)


@require_POST
@permission_required(STOP, raise_exception=True)
def reminder_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go out after all."""
    try:
        verbs.resume(_reminder(pk), request.user)
    except LifecycleError as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The reminder goes out after all."))
    return redirect("psk_reminder", pk)
