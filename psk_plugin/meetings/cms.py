"""Meetings in the Wagtail admin: list, create, edit; the participants have a page of their own."""

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from ..adminkit import DeleteView, EditView, ModelAdmin, NoRowButtons, OneRow
from . import staff, verbs
from .models import Meeting

BASE = "psk/sosialisasi"


class WhenFilter(SimpleListFilter):
    title = gettext_lazy("time")
    parameter_name = "waktu"

    def lookups(self, request, model_admin):
        return [("nanti", gettext_lazy("To come")), ("lampau", gettext_lazy("Past"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.value() == "nanti":
            return queryset.filter(ends_at__gte=timezone.now())
        if self.value() == "lampau":
            return queryset.filter(ends_at__lt=timezone.now())
        return queryset


class MeetingEditView(OneRow, EditView):
    """A meeting. More seats let the waiting list move up at once."""

    def form_valid(self, form):
        response = super().form_valid(form)
        if moved := verbs.fill_seats(form.instance):
            messages.success(self.request, _("%d people moved up from the waiting list.") % moved)
        return response


class MeetingDeleteView(OneRow, DeleteView):
    """Only a meeting for which nobody has registered; others are called off."""


def _fields(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name) for name in names]


class MeetingAdmin(ModelAdmin):
    """Meetings, latest first."""

    model = Meeting
    base_url_path = BASE
    menu_label = gettext_lazy("Meetings (sosialisasi)")
    menu_item_name = "psk-meetings"
    menu_icon = "group"
    ordering = ("-starts_at", "-pk")
    list_display = ("title_link", "when_words", "seats", "state_words", "people_link")
    list_filter = (WhenFilter,)
    search_fields = ("title", "place")
    search_hint = gettext_lazy("Title or place")
    list_intro = gettext_lazy("Meetings at which the office explains: invitation, registration, attendance, minutes.")
    list_empty = gettext_lazy("No meeting has been planned yet.")
    button_helper_class = NoRowButtons
    edit_view_class = MeetingEditView
    delete_view_class = MeetingDeleteView
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *_fields("title", "description"),
                    FieldRowPanel(_fields("starts_at", "ends_at")),
                    *_fields("place", "map_url", "online_url"),
                    *_fields("is_published", "slug"),
                ],
                heading=gettext_lazy("Meeting"),
            ),
            ObjectList(
                [
                    FieldPanel("capacity"),
                    FieldRowPanel(_fields("registration_opens_at", "registration_closes_at")),
                    MultiFieldPanel(
                        _fields("letter_number", "invitation_text"), heading=gettext_lazy("Letter of invitation")
                    ),
                ],
                heading=gettext_lazy("Registration and invitation"),
            ),
            ObjectList(
                [InlinePanel("materials", _fields("document", "title"), label=gettext_lazy("material"))],
                heading=gettext_lazy("Materials"),
            ),
            ObjectList(
                [
                    HelpPanel(gettext_lazy("Minutes and photos are public once the meeting is over.")),
                    FieldPanel("minutes"),
                    InlinePanel("photos", _fields("image", "caption"), label=gettext_lazy("photo")),
                ],
                heading=gettext_lazy("After the meeting"),
            ),
        ]
    )

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).with_counts().defer("description", "invitation_text", "minutes")

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        place = f"{BASE}/<int:pk>"
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{place}/peserta/", staff.people, name="psk_meeting_people"),
            path(f"{place}/peserta/hadir/", staff.attendance, name="psk_meeting_attendance"),
            path(f"{place}/peserta/unduh/<slug:kind>/", staff.export, name="psk_meeting_export"),
            path(f"{place}/daftar-hadir.pdf", staff.attendance_list, name="psk_meeting_attendance_pdf"),
            path(f"{place}/undangan.pdf", staff.invitation, name="psk_meeting_invitation_pdf"),
            path(f"{place}/surel/", staff.message, name="psk_meeting_message"),
            path(f"{place}/batal/", staff.call_off, name="psk_meeting_call_off"),
        )

    def prepare_rows(self, rows: list[Meeting], request) -> None:
        may_edit = request.user.has_perm("psk_plugin.change_meeting")
        may_see = request.user.has_perm("psk_plugin.manage_registrations")
        for row in rows:
            row.may_edit, row.may_see_people = may_edit, may_see

    def title_link(self, row: Meeting) -> SafeString | str:
        place = format_html('<span class="psk-sub">{}</span>', row.place)
        if not row.may_edit:
            return format_html("{}{}", row.title, place)
        url = reverse(self.url_helper.get_action_url_name("edit"), args=[row.pk])
        return format_html('<a href="{}">{}</a>{}', url, row.title, place)

    title_link.short_description = gettext_lazy("title")
    title_link.admin_order_field = "title"

    def when_words(self, row: Meeting) -> str:
        return date_format(timezone.localtime(row.starts_at), "j M Y, H.i")

    when_words.short_description = gettext_lazy("begins")
    when_words.admin_order_field = "starts_at"

    def seats(self, row: Meeting) -> str:
        taken = _("%(taken)d of %(seats)d") % {"taken": row.seats_taken, "seats": row.capacity}
        waiting = _("%d waiting") % row.waiting
        return f"{taken}, {waiting}" if row.waiting else taken

    seats.short_description = pgettext_lazy("meeting", "seats taken")

    def state_words(self, row: Meeting) -> SafeString:
        return format_html('<span class="psk-status">{}</span>', staff.state_of(row))

    state_words.short_description = gettext_lazy("state")

    def people_link(self, row: Meeting) -> SafeString | str:
        if not row.may_see_people:
            return ""
        url = reverse("psk_meeting_people", args=[row.pk])
        return format_html(
            '<a class="psk-nobreak" href="{}">{}<span class="w-sr-only">: {}</span></a>',
            url,
            _("Participants"),
            row.title,
        )

    people_link.short_description = gettext_lazy("participants")
