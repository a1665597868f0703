"""The two lists of the office in the Wagtail admin: what waits for me, and everything."""

import datetime as dt

from django.contrib.admin import SimpleListFilter
from django.db.models import Min, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.admin_url_finder import register_admin_url_finder

from ..adminkit import ListOnlyAdmin, ModelAdminMenuItem, ReadOnlyPermissionHelper
from ..office.acting import groups_of
from ..services.models import Service, Stage
from ..submissions.clocks import repair_due
from ..submissions.models import LimitWarning, RepairNotice, Status, Submission
from .access import visible_to, waiting_count
from .due import calendar_for, due_label, soon_day
from .talking import unread_threads
from .timeline import name_of

ICON = '<svg class="icon icon-{0} psk-due__icon" aria-hidden="true"><use href="#icon-{0}"></use></svg>'


class Filter(SimpleListFilter):
    """A filter that knows its choices: any other value in an address counts as none."""

    @property
    def chosen(self) -> str | None:
        value = self.value()
        return value if value in {str(key) for key, _title in self.lookup_choices} else None


class ServiceFilter(Filter):
    title = _("service")
    parameter_name = "layanan"

    def lookups(self, request, model_admin):
        return list(Service.objects.values_list("pk", "title"))

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(service=int(self.chosen)) if self.chosen else queryset


class StageFilter(Filter):
    title = _("stage")
    parameter_name = "tahap"

    def lookups(self, request, model_admin):
        return list(model_admin.stages(request).values_list("pk", "title"))

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(stage=int(self.chosen)) if self.chosen else queryset


class DueFilter(Filter):
    title = _("time left")
    parameter_name = "tempo"

    def lookups(self, request, model_admin):
        return [("terlambat", _("Late")), ("segera", _("Due within two working days"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        if self.chosen == "terlambat":
            return queryset.filter(due_on__lt=today)
        if self.chosen == "segera":
            return queryset.filter(due_on__gte=today, due_on__lte=soon_day(request, today))
        return queryset


class StatusFilter(Filter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [choice for choice in Status.choices if choice[0] != Status.DRAFT]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(status=self.chosen) if self.chosen else queryset


class YearFilter(Filter):
    title = _("year")
    parameter_name = "tahun"

    def lookups(self, request, model_admin):
        this_year = timezone.localdate().year
        first = Submission.objects.filed().aggregate(first=Min("filed_at"))["first"]
        first_year = timezone.localtime(first).year if first else this_year
        return [(str(year), str(year)) for year in range(this_year, first_year - 1, -1)]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if not self.chosen:
            return queryset
        year = int(self.chosen)
        start, end = (timezone.make_aware(dt.datetime(y, 1, 1)) for y in (year, year + 1))
        return queryset.filter(filed_at__gte=start, filed_at__lt=end)


class HandsFilter(Filter):
    title = _("in the hands of")
    parameter_name = "tangan"

    def lookups(self, request, model_admin):
        return [("saya", _("Me")), ("kosong", _("Nobody")), ("rekan", _("Colleagues"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.chosen == "saya":
            return queryset.filter(assignee=request.user)
        if self.chosen == "kosong":
            return queryset.filter(assignee__isnull=True)
        if self.chosen == "rekan":
            return queryset.filter(assignee__isnull=False).exclude(assignee=request.user)
        return queryset


class LimitFilter(Filter):
    title = _("time limit of the law")
    parameter_name = "batas"

    def lookups(self, request, model_admin):
        return [("dekat", _("Near or passed"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if not self.chosen:
            return queryset
        return queryset.filter(status=Status.IN_REVIEW, pk__in=LimitWarning.objects.values("submission"))


class MessageFilter(Filter):
    title = _("messages of the company")
    parameter_name = "pesan"

    def lookups(self, request, model_admin):
        unread = pgettext_lazy("of a message", "Not read yet")
        return [("saya", _("Not read yet, for me")), ("baru", unread), ("belum", _("Not answered yet"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.chosen == "saya":
            return queryset.filter(pk__in=unread_threads(request.user).order_by().values("pk"))
        if self.chosen == "baru":
            return queryset.filter(thread__unread_by_office__gt=0)
        return queryset.filter(thread__is_unanswered=True) if self.chosen else queryset


class SubmissionList(ListOnlyAdmin):
    """What both lists share."""

    model = Submission
    list_select_related = ("company", "service", "stage", "assignee", "thread")
    search_fields = ("number", "company__name", "company__nib")
    search_hint = _("Number, company or NIB")

    def get_queryset(self, request) -> QuerySet:
        # Answers and snapshots are large and no list shows them.
        rows = visible_to(request.user).defer("data", "company_data", "workspace")
        return rows.order_by(*self.get_ordering(request))

    def stages(self, request) -> QuerySet:
        return Stage.objects.filter(is_active=True)

    @staticmethod
    def desk_link(row: Submission) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("psk_desk:desk", args=[row.pk]), row.number)

    def number_link(self, row: Submission) -> SafeString:
        return format_html("{}{}", self.desk_link(row), messages_link(row))

    number_link.short_description = _("number")
    number_link.admin_order_field = "number"

    def company_name(self, row: Submission) -> SafeString:
        return format_html('{}<span class="psk-sub">{}</span>', row.company.name, row.company.get_kecamatan_display())

    company_name.short_description = _("company")
    company_name.admin_order_field = "company__name"

    def service_title(self, row: Submission) -> str:
        return row.service.title

    service_title.short_description = _("service")
    service_title.admin_order_field = "service__title"

    def stage_title(self, row: Submission) -> str:
        return row.stage.title if row.stage_id else ""

    stage_title.short_description = _("stage")

    def hands(self, row: Submission) -> str:
        return name_of(row.assignee) if row.assignee_id else ""

    hands.short_description = _("in the hands of")

    def filed_on(self, row: Submission) -> str:
        return date_format(timezone.localtime(row.filed_at), "j M Y")

    filed_on.short_description = pgettext_lazy("on a day", "filed")
    filed_on.admin_order_field = "filed_at"

    def due_in_words(self, row: Submission) -> SafeString | str:
        return due_html(row.due_label, row.due_day) if row.due_label else ""

    due_in_words.short_description = _("due")
    due_in_words.admin_order_field = "due_on"

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
    return format_html('<a class="psk-sub psk-sub--new" href="{}">{}{}</a>', url, format_html(ICON, "mail"), words)


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
        component.label = _("Inbox (%d)") % waiting_count(request)
        return component


class InboxAdmin(SubmissionList):
    """What waits for the person who looks, oldest due first."""

    base_url_path = "psk/kotak-masuk"
    menu_label = _("Inbox")
    menu_item_name = "psk-inbox"
    menu_icon = "tasks"
    menu_order = 5
    permission_helper_class = InboxPermissions
    ordering = ("due_on", "pk")
    list_display = (
        *("number_link", "company_name", "service_title", "stage_title", "hands", "filed_on", "due_in_words"),
    )
    list_filter = (HandsFilter, ServiceFilter, StageFilter, DueFilter, MessageFilter)
    list_intro = _("Applications that wait for you. The one that is due first stands on top.")
    list_empty = _("Nothing waits for you at the moment.")

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).awaiting(request.user)

    def stages(self, request) -> QuerySet:
        return super().stages(request).filter(groups__in=groups_of(request.user)).distinct()

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
    ordering = ("-filed_at", "-pk")
    list_display = (
        "number_link",
        "company_name",
        "service_title",
        "status_words",
        "turn",
        "filed_on",
        "due_in_words",
    )
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
    status_words.admin_order_field = "status"

    def turn(self, row: Submission) -> str:
        if row.status == Status.IN_REVIEW:
            return row.stage.title
        if row.status == Status.RETURNED:
            unread = not row.open_notices or row.open_notices[0].first_read_at is None
            if unread and row.due_day:
                return _("Company, unread, counts as delivered")
            return _("Company, has not read the notice yet") if unread else _("Company")
        return _("Nobody, finished")

    turn.short_description = _("turn of")


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
