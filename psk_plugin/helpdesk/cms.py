"""The office's inbox of reports in the Wagtail admin, and the categories."""

import datetime as dt

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from ..adminkit import (
    DeleteView,
    EditView,
    ListFilter,
    ListOnlyAdmin,
    ModelAdmin,
    ModelAdminMenuItem,
    NoRowButtons,
    OneRow,
    ReadOnlyPermissionHelper,
)
from ..review.due import calendar_for, due_label, soon_day
from ..sheets import safe_cell
from . import staff
from .access import waiting_count
from .models import Ticket, TicketCategory, TicketKind, TicketState
from .verbs import person_name

BASE = "psk/pengaduan"
DUE = '<span class="psk-due psk-due--{0}">{1}{2}</span><span class="psk-sub">{3}</span>'
ICON = '<svg class="icon icon-{0} psk-due__icon" aria-hidden="true"><use href="#icon-{0}"></use></svg>'


class TurnFilter(ListFilter):
    title = _("turn")
    parameter_name = "giliran"

    def lookups(self, request, model_admin):
        return [("saya", _("Mine and nobody's yet")), ("kantor", _("The office's")), ("pelapor", _("The reporter's"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.chosen == "saya":
            return queryset.on_our_side().for_desk_of(request.user)
        if self.chosen == "kantor":
            return queryset.on_our_side()
        if self.chosen == "pelapor":
            return queryset.filter(state__in=(TicketState.WAITING, TicketState.ANSWERED))
        return queryset


class DueFilter(ListFilter):
    title = _("time left")
    parameter_name = "tempo"

    def lookups(self, request, model_admin):
        return [("terlambat", _("Late")), ("segera", _("Due within two working days"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.chosen == "terlambat":
            return queryset.overdue()
        if self.chosen == "segera":
            today = timezone.localdate()
            return queryset.on_our_side().filter(due_on__gte=today, due_on__lte=soon_day(request, today))
        return queryset


class StateFilter(ListFilter):
    title = _("state")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return TicketState.choices

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(state=self.chosen) if self.chosen else queryset


class KindFilter(ListFilter):
    title = _("kind")
    parameter_name = "jenis"

    def lookups(self, request, model_admin):
        return TicketKind.choices

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.chosen) if self.chosen else queryset


class CategoryFilter(ListFilter):
    title = _("category")
    parameter_name = "kategori"

    def lookups(self, request, model_admin):
        return list(TicketCategory.objects.values_list("pk", "title"))

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(category=int(self.chosen)) if self.chosen else queryset


class TicketPermissions(ReadOnlyPermissionHelper):
    list_permission = "answer_ticket"


class TicketMenuItem(ModelAdminMenuItem):
    """Carries how many wait for the person."""

    def render_component(self, request):
        component = super().render_component(request)
        component.label = _("Information and complaints (%d)") % waiting_count(request)
        return component


class TicketAdmin(ListOnlyAdmin):
    """Every report; those in which the office has to do something stand first, the one due first on top."""

    model = Ticket
    base_url_path = BASE
    menu_label = _("Information and complaints")
    menu_item_name = "psk-tickets"
    menu_icon = "help"
    permission_helper_class = TicketPermissions
    ordering = ("due_rank", "-created_at", "-pk")
    list_display = ("number_link", "what", "company_cell", "state_words", "handler", "received_on", "due_in_words")
    list_filter = (TurnFilter, DueFilter, StateFilter, KindFilter, CategoryFilter)
    list_select_related = ("category", "company", "assigned_to", "assigned_group")
    # Neither names nor e-mail addresses: what is searched for stands in the page's own address.
    search_fields = ("number", "subject", "company__name", "company_name", "application_number")
    search_hint = _("Number, subject, company or application")
    list_intro = _("Questions, complaints and suggestions. The one that is due first stands on top.")
    list_empty = _("Nobody has written yet.")
    list_export = (
        *("number", "export_kind", "export_category", "export_subject", "export_company", "export_application"),
        *("export_state", "export_received", "due_on", "export_closed"),
    )
    export_filename = "pengaduan"

    def get_queryset(self, request) -> QuerySet:
        # Those without a due day come last, on every database.
        rows = Ticket.objects.annotate(due_rank=Coalesce("due_on", Value(dt.date.max)))
        return rows.order_by(*self.ordering)

    def get_menu_item(self, order=None) -> TicketMenuItem:
        return TicketMenuItem(self, order or self.get_menu_order())

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/<int:pk>/", staff.ticket_desk, name="psk_ticket"),
            path(f"{BASE}/<int:pk>/berkas/<int:file_pk>/", staff.ticket_desk_file, name="psk_ticket_file"),
            path(f"{BASE}/<int:pk>/<slug:code>/", staff.ticket_act, name="psk_ticket_act"),
        )

    def prepare_rows(self, rows: list[Ticket], request) -> None:
        calendar, today = calendar_for(request), timezone.localdate()
        for row in rows:
            row.due_label = due_label(row.due_on, today, calendar)

    def number_link(self, row: Ticket) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("psk_ticket", args=[row.pk]), row.number)

    number_link.short_description = _("number")
    number_link.admin_order_field = "number"

    def what(self, row: Ticket) -> SafeString:
        return format_html(
            '{}<span class="psk-sub">{} · {}</span>', row.subject, row.get_kind_display(), row.category.title
        )

    what.short_description = _("subject")

    def company_cell(self, row: Ticket) -> str:
        return row.company_words or self.empty_value_display

    company_cell.short_description = _("company")

    def state_words(self, row: Ticket) -> SafeString:
        return format_html('<span class="psk-status">{}</span>', row.get_state_display())

    state_words.short_description = _("state")
    state_words.admin_order_field = "state"

    def handler(self, row: Ticket) -> str:
        if row.assigned_to_id:
            return person_name(row.assigned_to)
        return row.assigned_group.name if row.assigned_group_id else str(_("nobody yet"))

    handler.short_description = _("handled by")

    def received_on(self, row: Ticket) -> str:
        return date_format(timezone.localtime(row.created_at), "j M Y")

    received_on.short_description = pgettext_lazy("on a day", "received")
    received_on.admin_order_field = "created_at"

    def due_in_words(self, row: Ticket) -> SafeString | str:
        label = row.due_label
        if not label:
            return ""
        icon = format_html(ICON, label.icon)
        return format_html(DUE, label.tone, icon, label.text, date_format(row.due_on, "j M Y"))

    due_in_words.short_description = _("due")
    due_in_words.admin_order_field = "due_on"

    # Columns of the file. Nothing that points to the person; nothing that a spreadsheet takes for a formula.

    def export_kind(self, row: Ticket) -> str:
        return row.get_kind_display()

    export_kind.short_description = _("kind")

    def export_category(self, row: Ticket) -> str:
        return safe_cell(row.category.title)

    export_category.short_description = _("category")

    def export_subject(self, row: Ticket) -> str:
        return safe_cell(row.subject)

    export_subject.short_description = _("subject")

    def export_company(self, row: Ticket) -> str:
        return safe_cell(row.company_words)

    export_company.short_description = _("company")

    def export_application(self, row: Ticket) -> str:
        return safe_cell(row.application_number)

    export_application.short_description = _("number of the application")

    def export_state(self, row: Ticket) -> str:
        return row.get_state_display()

    export_state.short_description = _("state")

    def export_received(self, row: Ticket) -> dt.date:
        return timezone.localtime(row.created_at).date()

    export_received.short_description = pgettext_lazy("on a day", "received")

    def export_closed(self, row: Ticket) -> dt.date | str:
        return timezone.localtime(row.closed_at).date() if row.closed_at else ""

    export_closed.short_description = pgettext_lazy("on a day", "closed")


class TicketURLFinder:
    """Where the admin links to a report."""

    def __init__(self, user) -> None:
        self.user = user

    def get_edit_url(self, instance: Ticket) -> str | None:
        if self.user is not None and not self.user.has_perm("psk_plugin.answer_ticket"):
            return None
        return reverse("psk_ticket", args=[instance.pk])


register_admin_url_finder(Ticket, TicketURLFinder)


class CategoryEditView(OneRow, EditView):
    """A category."""


class CategoryDeleteView(OneRow, DeleteView):
    """Taking a category away; one that reports name stays, and can be switched off."""


class TicketCategoryAdmin(ModelAdmin):
    """What a report can be about."""

    model = TicketCategory
    base_url_path = "psk/kategori-pengaduan"
    menu_label = _("Categories of reports")
    menu_item_name = "psk-ticket-categories"
    menu_icon = "tag"
    ordering = ("sort_order", "title")
    list_display = ("title_link", "help_text", "group", "sort_order", "is_active")
    list_select_related = ("group",)
    list_intro = _("What the form for information and complaints offers, in this order.")
    list_empty = _("No category yet: the form cannot be sent until there is one.")
    button_helper_class = NoRowButtons
    edit_view_class = CategoryEditView
    delete_view_class = CategoryDeleteView
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("help_text"),
            FieldRowPanel([FieldPanel("group"), FieldPanel("sort_order")]),
            FieldPanel("is_active"),
        ]
    )

    def title_link(self, row: TicketCategory) -> SafeString:
        url = reverse(self.url_helper.get_action_url_name("edit"), args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, row.title)

    title_link.short_description = _("title")
    title_link.admin_order_field = "title"
