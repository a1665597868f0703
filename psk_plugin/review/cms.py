"""The two lists of the office in the Wagtail admin: what waits for me, and everything."""

import datetime as dt

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.admin_url_finder import register_admin_url_finder

from ..adminkit import ListOnlyAdmin, ModelAdminMenuItem, ReadOnlyPermissionHelper
from ..submissions.clocks import repair_due
from ..submissions.models import RepairNotice, Status, Submission
from . import columns
from .access import Desk, all_desks, own_desks, visible_to, waiting_count, waiting_for
from .columns import Column
from .due import calendar_for, due_label
from .filters import (
    DueFilter,
    HandsFilter,
    LimitFilter,
    MessageFilter,
    ServiceFilter,
    StageFilter,
    StatusFilter,
    YearFilter,
)
from .lists import ListView
from .models import Place
from .timeline import name_of

ICON = '<svg class="icon icon-{0} psk-due__icon" aria-hidden="true"><use href="#icon-{0}"></use></svg>'


class SubmissionList(ListOnlyAdmin):
    """What both lists share."""

    model = Submission
    index_view_class = ListView
    list_select_related = ("company", "service", "stage", "assignee", "thread")
    search_fields = ("number",)  # The search itself: `searching.narrow`.
    search_hint = _("Number, company or NIB")
    #: Which list it is, for what people keep of it.
    place: Place
    #: Columns one can choose, those shown until somebody chooses, and the one that orders the list by itself.
    offered: tuple[Column, ...] = ()
    usual: tuple[Column, ...] = ()
    default_order: Column

    @classmethod
    def parameters(cls) -> set[str]:
        """What the list takes from its address, page and download apart."""
        view = cls.index_view_class
        return {view.SEARCH_VAR, view.ORDER_VAR} | {each.parameter_name for each in cls.list_filter}

    def get_queryset(self, request) -> QuerySet:
        # Answers and snapshots are large and no list shows them.
        return visible_to(request.user).defer("data", "company_data", "workspace", "origin_data").order_by()

    def desks(self, request) -> list[Desk]:
        return all_desks(request)

    def columns_of(self, request) -> list[Column]:
        """The person's columns, read once a request."""
        if not hasattr(request, "_psk_columns"):
            request._psk_columns = columns.chosen_columns(request.user, self.place, self.offered, self.usual)
        return request._psk_columns

    def get_list_display(self, request) -> list[str]:
        return [column.cell for column in self.columns_of(request)]

    get_list_export = get_list_display

    def title_of(self, column: Column) -> str:
        return getattr(self, column.cell).short_description

    @staticmethod
    def desk_link(row: Submission) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("psk_desk:desk", args=[row.pk]), row.number)

    def number_link(self, row: Submission) -> SafeString:
        return format_html("{}{}", self.desk_link(row), messages_link(row))

    number_link.short_description = _("number")

    def company_name(self, row: Submission) -> SafeString:
        return format_html('{}<span class="psk-sub">{}</span>', row.company.name, row.company.get_kecamatan_display())

    company_name.short_description = _("company")

    def company_nib(self, row: Submission) -> str:
        return row.company.nib

    company_nib.short_description = "NIB"

    def company_place(self, row: Submission) -> str:
        return row.company.get_kecamatan_display()

    company_place.short_description = _("kecamatan")

    def book_number(self, row: Submission) -> str:
        return row.registration_number or ""

    book_number.short_description = _("registration number")

    def service_title(self, row: Submission) -> str:
        return row.service.title

    service_title.short_description = _("service")

    def stage_title(self, row: Submission) -> str:
        return row.stage.title if row.stage_id else ""

    stage_title.short_description = _("stage")

    def hands(self, row: Submission) -> str:
        return name_of(row.assignee) if row.assignee_id else ""

    hands.short_description = _("in the hands of")

    def filed_on(self, row: Submission) -> str:
        return date_format(timezone.localtime(row.filed_at), "j M Y")

    filed_on.short_description = pgettext_lazy("on a day", "filed")

    def since_on(self, row: Submission) -> str:
        day = columns.SINCE.plain(row)
        return date_format(day, "j M Y") if day else ""

    since_on.short_description = _("at this stage since")

    def due_in_words(self, row: Submission) -> SafeString | str:
        return due_html(row.due_label, row.due_day) if row.due_label else ""

    due_in_words.short_description = _("due")

    def prepare_rows(self, rows: list[Submission], request) -> None:
        """The calendar is read once; each row's working days are counted from it."""
        calendar, today = calendar_for(request), timezone.localdate()
        for row in rows:
            row.due_day = self.due_day(row, calendar)
            row.due_label = due_label(row.due_day, today, calendar)

    def due_day(self, row: Submission, calendar) -> dt.date | None:
        return row.due_on if row.status == Status.IN_REVIEW else None


def messages_link(row: Submission) -> SafeString | str:
    """What the company has written and nobody has read, or answered."""
    thread = getattr(row, "thread", None)
    if thread is None or row.is_final:
        return ""
    if new := thread.unread_by_office:
        words = ngettext("%d new message", "%d new messages", new) % new
    elif thread.is_unanswered:
        words = _("message not answered")
    else:
        return ""
    url = f"{reverse('psk_desk:desk', args=[row.pk])}?bagian=pesan"
    return format_html('<a class="psk-sub psk-sub--new" href="{}">{} {}</a>', url, format_html(ICON, "mail"), words)


def due_html(label, day: dt.date) -> SafeString:
    """Time left as icon and words, with the day itself below."""
    return format_html(
        '<span class="psk-due psk-due--{}">{}{}</span><span class="psk-sub">{}</span>',
        label.tone,
        format_html(ICON, label.icon),
        label.text,
        date_format(day, "j M Y"),
    )


class InboxPermissions(ReadOnlyPermissionHelper):
    list_permission = "review_submission"


class InboxMenuItem(ModelAdminMenuItem):
    """Carries how many wait."""

    def render_component(self, request):
        component = super().render_component(request)
        component.label = _("Inbox (%s)") % waiting_count(request)
        return component


class InboxAdmin(SubmissionList):
    """What waits for the person who looks, oldest due first."""

    base_url_path = "psk/kotak-masuk"
    menu_label = _("Inbox")
    menu_item_name = "psk-inbox"
    menu_icon = "tasks"
    menu_order = 5
    permission_helper_class = InboxPermissions
    place = Place.INBOX
    ordering = ("due_on", "pk")
    default_order = columns.DUE
    usual = (
        *(columns.NUMBER, columns.COMPANY, columns.SERVICE, columns.STAGE, columns.HANDS),
        *(columns.FILED, columns.DUE),
    )
    offered = (
        *(columns.NUMBER, columns.BOOK, columns.COMPANY, columns.NIB, columns.KECAMATAN, columns.SERVICE),
        *(columns.STAGE, columns.SINCE, columns.HANDS, columns.FILED, columns.DUE),
    )
    list_display = tuple(column.cell for column in usual)
    list_filter = (HandsFilter, ServiceFilter, StageFilter, DueFilter, MessageFilter)
    list_intro = _("Applications that wait for you. The one that is due first stands on top.")
    list_empty = _("Nothing waits for you at the moment.")

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request) & waiting_for(request)

    def desks(self, request) -> list[Desk]:
        return own_desks(request)

    def get_menu_item(self, order=None) -> InboxMenuItem:
        return InboxMenuItem(self, order or self.get_menu_order())


class AllPermissions(ReadOnlyPermissionHelper):
    list_permission = "view_all_submissions"


class AllSubmissionsAdmin(SubmissionList):
    """Every filed application, whose turn it is and until when."""

    base_url_path = "psk/semua-permohonan"
    menu_label = _("All applications")
    menu_item_name = "psk-all-submissions"
    menu_icon = "list-ul"
    permission_helper_class = AllPermissions
    place = Place.ALL
    ordering = ("-filed_at", "-pk")
    default_order = columns.FILED
    usual = (
        *(columns.NUMBER, columns.COMPANY, columns.SERVICE, columns.STATUS, columns.TURN),
        *(columns.FILED, columns.DUE),
    )
    offered = (
        *(columns.NUMBER, columns.BOOK, columns.COMPANY, columns.NIB, columns.KECAMATAN, columns.SERVICE),
        *(columns.STATUS, columns.TURN, columns.SINCE, columns.HANDS, columns.FILED, columns.DUE),
    )
    list_display = tuple(column.cell for column in usual)
    list_filter = (StatusFilter, ServiceFilter, StageFilter, YearFilter, LimitFilter, MessageFilter)
    list_intro = _("All filed applications, newest first, with whose turn it is.")
    list_empty = _("No application has been filed yet.")

    def get_queryset(self, request) -> QuerySet:
        waiting = RepairNotice.objects.filter(closed_at__isnull=True)
        return super().get_queryset(request).prefetch_related(Prefetch("notices", waiting, to_attr="open_notices"))

    def due_day(self, row: Submission, calendar) -> dt.date | None:
        if row.status == Status.RETURNED:
            return repair_due(row.open_notices[0], calendar) if row.open_notices else None
        return super().due_day(row, calendar)

    def status_words(self, row: Submission) -> SafeString:
        return format_html('<span class="psk-status psk-status--{}">{}</span>', row.status, row.get_status_display())

    status_words.short_description = _("status")

    def prepare_rows(self, rows: list[Submission], request) -> None:
        super().prepare_rows(rows, request)
        for row in rows:
            row.turn_words = turn_of(row)

    def turn(self, row: Submission) -> str:
        return row.turn_words

    turn.short_description = _("turn of")


def turn_of(row: Submission) -> str:
    """Whose turn it is, in words; the row has `open_notices` and `due_day`."""
    if row.status == Status.IN_REVIEW:
        return row.stage.title
    if row.status == Status.RETURNED:
        unread = not row.open_notices or row.open_notices[0].first_read_at is None
        if unread and row.due_day:
            return _("Company, unread, counts as delivered")
        return _("Company, has not read the notice yet") if unread else _("Company")
    return _("Nobody, finished")


#: The list of each place.
LISTS: dict[str, type[SubmissionList]] = {each.place: each for each in (InboxAdmin, AllSubmissionsAdmin)}


class SubmissionURLFinder:
    """Where the admin links to an application: its desk."""

    def __init__(self, user) -> None:
        self.user = user

    def get_edit_url(self, instance: Submission) -> str | None:
        if instance.status == Status.DRAFT:
            return None
        if self.user is not None and not visible_to(self.user).filter(pk=instance.pk).exists():
            return None
        return reverse("psk_desk:desk", args=[instance.pk])


register_admin_url_finder(Submission, SubmissionURLFinder)
