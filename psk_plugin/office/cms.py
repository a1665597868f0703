"""The office's calendar in the Wagtail admin: days on which it is closed or open, other than the national list says."""

from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList

from ..adminkit import DeleteView, EditView, IndexView, ModelAdmin, NoRowButtons, OneRow, PermissionHelper
from .filling import ADD, fill_holidays
from .models import Absence, ActingAppointment, CalendarException
from .national import missing_year, years_to_fill

BASE = "psk/kalender"


def missing_holidays() -> str:
    """A sentence where the national list of this year, or from November on of next year, is not known; else nothing."""
    year = missing_year(timezone.localdate())
    if year is None:
        return ""
    return _(
        "The joint decree on holidays and joint leave (SKB 3 Menteri) of %(year)d is not known to the system yet. "
        "Time limits that reach into %(year)d are estimates. Please fill in the list of that year from the decree."
    ) % {"year": year}


class CalendarIndexView(IndexView):
    """The list, with a warning where the national list ends too early."""

    def get_context_data(self, **kwargs) -> dict:
        years = years_to_fill(timezone.localdate()) if self.request.user.has_perm(ADD) else []
        return super().get_context_data(**kwargs) | {"missing_holidays": missing_holidays(), "years_to_fill": years}


class CalendarEditView(OneRow, EditView):
    """An exception."""


class CalendarDeleteView(OneRow, DeleteView):
    """Taking an exception out again."""


class CalendarExceptionAdmin(ModelAdmin):
    """Closed and open days of the office, latest first."""

    model = CalendarException
    base_url_path = BASE
    menu_label = gettext_lazy("Office calendar")
    menu_item_name = "psk-calendar"
    menu_icon = "calendar-alt"
    menu_order = 800
    ordering = ("-date",)
    list_display = ("day_link", "kind", "reason", "legal_basis")
    list_filter = ("is_open", "is_national")
    search_fields = ("reason", "legal_basis")
    search_hint = gettext_lazy("Reason or legal basis")
    list_intro = gettext_lazy(
        "Time limits count working days: Monday to Friday without national holidays and joint leave, which the system "
        "knows. Here stand the days on which this office differs, and the list of a year that the office has filled in."
    )
    list_empty = gettext_lazy("The office has no exceptions: the national list holds.")
    index_view_class = CalendarIndexView
    index_template_name = "psk_plugin/office/calendar_index.html"
    edit_view_class = CalendarEditView
    delete_view_class = CalendarDeleteView
    button_helper_class = NoRowButtons
    edit_handler = ObjectList([FieldPanel(name) for name in ("date", "is_open", "reason", "legal_basis")])

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        fill = path(f"{BASE}/isi/<int:year>/", fill_holidays, name="psk_calendar_fill")
        return (*super().get_admin_urls_for_registration(), fill)

    def day_link(self, row: CalendarException) -> SafeString:
        url = reverse(f"{self.url_helper.get_action_url_name('edit')}", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, date_format(row.date, "l, j F Y"))

    day_link.short_description = gettext_lazy("date")
    day_link.admin_order_field = "date"

    def kind(self, row: CalendarException) -> str:
        return _("open") if row.is_open else _("closed")

    kind.short_description = gettext_lazy("the office is")
    kind.admin_order_field = "is_open"


class ActingPermissions(PermissionHelper):
    """An appointment ends with its last day; it is never deleted, because decisions were taken by it."""

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class ActingAdmin(ModelAdmin):
    """Who acts for whom (Plt., Plh.), latest first."""

    model = ActingAppointment
    base_url_path = "psk/plt-plh"
    menu_label = gettext_lazy("Plt. and Plh.")
    menu_item_name = "psk-acting"
    menu_icon = "user"
    menu_order = 810
    ordering = ("-valid_from", "-pk")
    list_display = ("person_name", "__str__", "valid_from", "valid_until", "letter")
    list_select_related = ("person", "group")
    list_intro = gettext_lazy(
        "People who do the work of a vacant post (Plt.) or of a head on leave (Plh.) for a time. From the first to the "
        "last day they see and decide what the group does."
    )
    list_empty = gettext_lazy("Nobody acts for another at present.")
    permission_helper_class = ActingPermissions
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in (
                *("person", "group", "kind", "valid_from", "valid_until", "letter"),
                *("signer_name", "signer_rank", "signer_nip"),
            )
        ]
    )

    def person_name(self, row: ActingAppointment) -> str:
        return row.person.get_full_name() or row.person.get_username()

    person_name.short_description = gettext_lazy("person")


class AbsenceAdmin(ModelAdmin):
    """Who is away when, latest first."""

    model = Absence
    base_url_path = "psk/cuti"
    menu_label = gettext_lazy("Absences")
    menu_item_name = "psk-absences"
    menu_icon = "calendar-check"
    menu_order = 820
    ordering = ("-valid_from", "-pk")
    list_display = ("person_name", "valid_from", "valid_until")
    list_select_related = ("person",)
    list_intro = gettext_lazy("Colleagues see who is away and take over what the person has in hand.")
    list_empty = gettext_lazy("Nobody is entered as away.")
    edit_handler = ObjectList([FieldPanel(name) for name in ("person", "valid_from", "valid_until")])

    def person_name(self, row: Absence) -> str:
        return row.person.get_full_name() or row.person.get_username()

    person_name.short_description = gettext_lazy("person")
