"""Companies' regulations in the Wagtail admin: the list. The page of one stands in a room that knows decrees."""

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..adminkit import ListOnlyAdmin
from ..companies.choices import Kecamatan, Sector
from ..services.models import REGULATION_KINDS
from .models import CompanyRegulation, RegulationState


class ChoiceFilter(SimpleListFilter):
    """One closed list; an unknown value narrows to nothing instead of pretending."""

    choices_of: list = []
    lookup = ""

    def lookups(self, request, model_admin) -> list:
        return self.choices_of

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{self.lookup: self.value()}) if self.value() else queryset


class KindFilter(ChoiceFilter):
    title, parameter_name, lookup = _("kind"), "jenis", "kind"
    choices_of = [(kind.value, kind.label) for kind in REGULATION_KINDS]


class KecamatanFilter(ChoiceFilter):
    title, parameter_name, choices_of = _("kecamatan"), "kecamatan", Kecamatan.choices
    lookup = "company__kecamatan"


class SectorFilter(ChoiceFilter):
    title, parameter_name, choices_of, lookup = _("sector"), "sektor", Sector.choices, "company__sector"


class StateFilter(ChoiceFilter):
    title, parameter_name, choices_of = _("state"), "status", RegulationState.choices

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return queryset.in_state(self.value()) if self.value() in RegulationState.values else queryset.none()


class RegulationAdmin(ListOnlyAdmin):
    """Every company's PP or PKB in its newest version."""

    model = CompanyRegulation
    base_url_path = "psk/peraturan"
    menu_label = _("Regulations")
    menu_item_name = "psk-regulations"
    menu_icon = "doc-full-inverse"
    ordering = ("company__name", "kind", "pk")
    list_display = ("company_link", "kind_code", "decree_number", "period", "version", "state_words")
    list_filter = (KindFilter, StateFilter, KecamatanFilter, SectorFilter)
    list_select_related = ("company",)
    search_fields = ("company__name", "company__nib", "decree_number")
    search_hint = _("Company, NIB or number of the decree")
    list_intro = _("What holds in each company. Open one to see its versions and what changed between them.")
    list_empty = _("No decree has been issued yet.")

    def company_link(self, row: CompanyRegulation) -> SafeString:
        return format_html(
            '<a href="{}">{}</a><span class="psk-sub">{}</span>',
            reverse("psk_regulation_versions", args=[row.pk]),
            row.company.name,
            row.company.get_kecamatan_display(),
        )

    company_link.short_description = _("company")
    company_link.admin_order_field = "company__name"

    def kind_code(self, row: CompanyRegulation) -> str:
        return row.kind

    kind_code.short_description = _("kind")
    kind_code.admin_order_field = "kind"

    def period(self, row: CompanyRegulation) -> str:
        return f"{date_format(row.valid_from, 'j M Y')} – {date_format(row.valid_until, 'j M Y')}"

    period.short_description = _("period")
    period.admin_order_field = "valid_until"

    def state_words(self, row: CompanyRegulation) -> str:
        return str(row.state.label)

    state_words.short_description = _("state")
