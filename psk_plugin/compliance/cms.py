"""Compliance in the Wagtail admin: every company with how it stands, on any day; and the page of one company's life."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..adminkit import IndexView, ListOnlyAdmin, ReadOnlyPermissionHelper
from ..companies.models import Company
from ..regulations.cms import KecamatanFilter as RegulationKecamatanFilter
from ..regulations.cms import SectorFilter as RegulationSectorFilter
from .days import PARAMETER, day_of, quarter_ends
from .pages import company_life
from .standing import Size, Standing, companies_on, of_size, totals

BASE = "psk/kepatuhan"
VIEW = "view_company"


def mark(standing: Standing) -> SafeString:
    """The standing in words; what needs the office stands out."""
    urgent = " psk-mark--finding" if standing in (Standing.NEVER, Standing.EXPIRED) else ""
    return format_html('<span class="psk-mark{}">{}</span>', urgent, standing.label)


class DayFilter(SimpleListFilter):
    """The day for which all is computed; any other day can stand in the address."""

    title, parameter_name = gettext_lazy("on the day"), PARAMETER

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        ends = quarter_ends(timezone.localdate())
        if self.parameter_name in request.GET and (day := day_of(request)) not in ends:
            ends.insert(0, day)
        return [(day.isoformat(), date_format(day, "j F Y")) for day in ends]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset


class StandingFilter(SimpleListFilter):
    title, parameter_name = gettext_lazy("standing"), "status"

    def lookups(self, request, model_admin) -> list:
        return [("patuh", gettext_lazy("Complies")), ("belum", gettext_lazy("Does not comply")), *Standing.choices]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        match self.value():
            case None:
                return queryset
            case "patuh":
                return queryset.filter(covered_until__isnull=False)
            case "belum":
                return queryset.filter(is_obliged=True, covered_until__isnull=True)
            case code:
                return queryset.filter(standing=code)


class SizeFilter(SimpleListFilter):
    title, parameter_name = gettext_lazy("size"), "ukuran"

    def lookups(self, request, model_admin) -> list:
        return Size.choices

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return of_size(queryset, Size(self.value())) if self.value() in Size.values else queryset.none()


class KecamatanFilter(RegulationKecamatanFilter):
    lookup = "kecamatan"


class SectorFilter(RegulationSectorFilter):
    lookup = "sector"


class CompanyPermissions(ReadOnlyPermissionHelper):
    list_permission = VIEW


class ComplianceIndexView(IndexView):
    """The list, with how many of the shown companies comply."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = day_of(self.request)
        return super().get_context_data(**kwargs) | {
            "day": day,
            "is_past": day < timezone.localdate(),
            "totals": totals(self.queryset, day),
        }


class ComplianceAdmin(ListOnlyAdmin):
    """All companies as they stand on a day, by name."""

    model = Company
    index_view_class = ComplianceIndexView
    index_template_name = "psk_plugin/compliance/index.html"
    permission_helper_class = CompanyPermissions
    base_url_path = BASE
    menu_label = gettext_lazy("Compliance")
    menu_item_name = "psk-compliance"
    menu_icon = "circle-check"
    ordering = ("name", "pk")
    list_display = ("name_link", "kecamatan", "sector", "workers_then", "standing_words", "until_words")
    list_filter = (StandingFilter, KecamatanFilter, SectorFilter, SizeFilter, DayFilter)
    search_fields = ("name", "nib")
    search_hint = gettext_lazy("Name or NIB")
    list_intro = gettext_lazy(
        "Which companies have a PP or PKB in force, and which must still make one "
        "(10 workers or more, UU 13/2003 Pasal 108). Computed from dates and applications."
    )
    list_empty = gettext_lazy("No company is known yet.")

    def get_queryset(self, request) -> QuerySet:
        return companies_on(day_of(request), super().get_queryset(request))

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/<int:pk>/", company_life, name="psk_compliance_company"),
        )

    def name_link(self, company: Company) -> SafeString:
        address = reverse("psk_compliance_company", args=[company.pk])
        return format_html(
            '<a href="{}">{}</a><span class="psk-sub">{}</span>', address, company.name, company.identity
        )

    name_link.short_description = gettext_lazy("company")
    name_link.admin_order_field = "name"

    def workers_then(self, company: Company) -> int:
        return company.headcount

    workers_then.short_description = gettext_lazy("workers")
    workers_then.admin_order_field = "headcount"

    def standing_words(self, company: Company) -> SafeString:
        return mark(Standing(company.standing))

    standing_words.short_description = gettext_lazy("standing")
    standing_words.admin_order_field = "standing"

    def until_words(self, company: Company) -> str:
        if company.covered_until is not None:
            kind = "PKB" if company.pkb_until == company.covered_until else "PP"
            return f"{kind}, {date_format(company.covered_until, 'j M Y')}"
        if company.ended_on is not None:
            return _("ended on %s") % date_format(company.ended_on, "j M Y")
        return self.empty_value_display

    until_words.short_description = gettext_lazy("valid until")
    until_words.admin_order_field = "last_day"
