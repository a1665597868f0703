"""Decrees in the Wagtail admin: the list, and the addresses of the pages that belong to it."""

from django.contrib.admin import SimpleListFilter
from django.db.models import F, Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import register_admin_url_finder

from ..adminkit import ListOnlyAdmin
from ..regulations.cms import KindFilter
from ..regulations.cms import RegulationAdmin as RegulationList
from ..regulations.models import CompanyRegulation
from ..services.models import Kind
from . import staff
from .models import Decree


class DecreeKindFilter(KindFilter):
    """Decrees of every service, also of those that make no regulation."""

    choices_of = Kind.choices


class SituationFilter(SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "status"

    def lookups(self, request, model_admin) -> list:
        return [
            ("berlaku", gettext_lazy("In force")),
            ("berakhir", gettext_lazy("Expired")),
            ("diganti", gettext_lazy("Replaced by a newer decree")),
            ("dicabut", gettext_lazy("Revoked")),
            ("tanpa-pdf", gettext_lazy("PDF not made yet")),
        ]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        replaced = Q(replaced_from__lte=today) | Q(replaced_from__lte=F("valid_from"))
        standing = queryset.filter(Q(replaced_from__isnull=True) | ~replaced, revoked_on__isnull=True)
        match self.value():
            case None:
                return queryset
            case "berlaku":
                return standing.filter(
                    Q(valid_from__isnull=True) | Q(valid_from__lte=today),
                    Q(valid_until__isnull=True) | Q(valid_until__gte=today),
                )
            case "berakhir":
                return standing.filter(valid_until__lt=today)
            case "diganti":
                return queryset.filter(replaced, revoked_on__isnull=True)
            case "dicabut":
                return queryset.filter(revoked_on__isnull=False)
            case "tanpa-pdf":
                return queryset.filter(file__isnull=True)
            case _:
                return queryset.none()


class DecreeAdmin(ListOnlyAdmin):
    """All decrees, newest first."""

    model = Decree
    base_url_path = "psk/keputusan"
    menu_label = gettext_lazy("Decrees")
    menu_item_name = "psk-decrees"
    menu_icon = "tasks"
    ordering = ("-issued_on", "-sequence", "-pk")
    list_display = ("number_link", "company_name", "kind_code", "issued", "period", "state_words")
    list_filter = (DecreeKindFilter, SituationFilter)
    search_fields = ("number", "company_name", "company__nib", "submission__number")
    search_hint = gettext_lazy("Number, company, NIB or application")
    list_intro = gettext_lazy("Every decree that was signed. Open one for its PDF and its history.")
    list_empty = gettext_lazy("No decree has been issued yet.")

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).with_successor().defer("content")

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        base = self.base_url_path
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{base}/<int:pk>/", staff.decree_detail, name="psk_decree_detail"),
            path(f"{base}/<int:pk>/pdf/", staff.decree_pdf, name="psk_decree_pdf"),
            path(f"{base}/<int:pk>/buat-pdf/", staff.decree_render, name="psk_decree_render"),
            path(f"{base}/<int:pk>/cabut/", staff.decree_revoke, name="psk_decree_revoke"),
        )

    def number_link(self, row: Decree) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("psk_decree_detail", args=[row.pk]), row.number)

    number_link.short_description = gettext_lazy("number")
    number_link.admin_order_field = "number"

    def kind_code(self, row: Decree) -> str:
        return row.series

    kind_code.short_description = gettext_lazy("kind")
    kind_code.admin_order_field = "kind"

    def issued(self, row: Decree) -> str:
        return date_format(row.issued_on, "j M Y")

    issued.short_description = gettext_lazy("date")
    issued.admin_order_field = "issued_on"

    def period(self, row: Decree) -> str:
        if not row.valid_from or not row.valid_until:
            return self.empty_value_display
        return f"{date_format(row.valid_from, 'j M Y')} – {date_format(row.valid_until, 'j M Y')}"

    period.short_description = gettext_lazy("period")
    period.admin_order_field = "valid_until"

    def state_words(self, row: Decree) -> SafeString | str:
        words = str(row.state.label)
        if row.file_id is None:
            return format_html('{}<span class="psk-sub">{}</span>', words, _("PDF not made yet"))
        return words

    state_words.short_description = gettext_lazy("state")


class RegulationAdmin(RegulationList):
    """The list of regulations with the page of one, which compares versions and shows the texts that were filed."""

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        address = f"{self.base_url_path}/<int:pk>/"
        return (
            *super().get_admin_urls_for_registration(),
            path(address, staff.regulation_versions, name="psk_regulation_versions"),
            path(f"{address}tampilan/", staff.regulation_visibility, name="psk_regulation_visibility"),
            path(f"{address}banding/", staff.regulation_redline, name="psk_regulation_redline"),
            path(f"{address}banding/kenali/", staff.regulation_recognise, name="psk_regulation_recognise"),
        )


class _Finder:
    """Where the admin links to one row."""

    def __init__(self, user) -> None:
        self.user = user

    def get_edit_url(self, instance) -> str | None:
        if self.user is not None and not self.user.has_perm(self.permission):
            return None
        return reverse(self.address, args=[instance.pk])


class DecreeURLFinder(_Finder):
    permission, address = "psk_plugin.view_decree", "psk_decree_detail"


class RegulationURLFinder(_Finder):
    permission, address = "psk_plugin.view_companyregulation", "psk_regulation_versions"


register_admin_url_finder(Decree, DecreeURLFinder)
register_admin_url_finder(CompanyRegulation, RegulationURLFinder)
