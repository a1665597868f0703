"""Mergings in the Wagtail admin: the list of all, and the record of one."""

from django.apps import apps
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..adminkit import ListOnlyAdmin, ModelAdminMenuItem
from . import doubles_views as views
from .comparing import PARTS
from .merge_models import CompanyMerge
from .people import name_of

BASE, DOUBLES = "psk/penggabungan", "psk/perusahaan/ganda"


class MergeAdmin(ListOnlyAdmin):
    """Mergings, the newest first; the menu leads to the likely doubles, which is where the work is."""

    model = CompanyMerge
    base_url_path = BASE
    index_template_name = "psk_plugin/companies/merges.html"
    menu_label = gettext_lazy("Double companies")
    menu_item_name = "psk-doubles"
    menu_icon = "copy"
    ordering = ("-at", "-pk")
    list_display = ("gone_link", "kept_link", "at", "by_name", "reason")
    list_select_related = ("kept", "by")
    list_export = ("gone_name", "gone_nib", "gone_pk", "kept", "at", "by_name", "reason")
    export_filename = "penggabungan-perusahaan"
    search_fields = ("gone_name", "gone_nib", "kept__name", "kept__nib")
    search_hint = gettext_lazy("Name or NIB")
    list_intro = gettext_lazy("Companies that were two rows and are one, with what became of each value.")
    list_empty = gettext_lazy("Nothing has been merged yet.")

    def get_menu_item(self, order: int | None = None) -> ModelAdminMenuItem:
        item = super().get_menu_item(order)
        item.url = reverse_lazy("psk_doubles")
        return item

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).defer("kept_data", "gone_data", "notes", "moved")

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        pair = f"{DOUBLES}/<int:first>/<int:second>/"
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/<int:pk>/", merge_page, name="psk_merge"),
            path(f"{DOUBLES}/", views.double_list, name="psk_doubles"),
            path(f"{DOUBLES}/unduh/<slug:kind>/", views.double_export, name="psk_doubles_export"),
            path(pair, views.double, name="psk_double"),
            path(f"{pair}bukan/", views.double_apart, name="psk_double_apart"),
            path("psk/perusahaan/<int:pk>/cari-ganda/", views.company_doubles, name="psk_company_doubles"),
        )

    def gone_link(self, row: CompanyMerge) -> SafeString:
        nib = f"NIB {row.gone_nib}" if row.gone_nib else _("without NIB")
        address = reverse("psk_merge", args=[row.pk])
        return format_html('<a href="{}">{}</a><span class="psk-sub">{}</span>', address, row.gone_name, nib)

    gone_link.short_description = gettext_lazy("company that went")
    gone_link.admin_order_field = "gone_name"

    def kept_link(self, row: CompanyMerge) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("psk_company", args=[row.kept_id]), row.kept.name)

    kept_link.short_description = gettext_lazy("company that stayed")
    kept_link.admin_order_field = "kept__name"

    def by_name(self, row: CompanyMerge) -> str:
        return name_of(row.by) if row.by else self.empty_value_display

    by_name.short_description = gettext_lazy("merged by")


def moved_words(record: CompanyMerge) -> list[tuple[str, int]]:
    """What moved, by the names of the models; one that no longer exists keeps its label."""
    found = []
    for label, number in record.moved.items():
        try:
            title = capfirst(str(apps.get_model(label)._meta.verbose_name_plural))
        except LookupError:
            title = label
        found.append((title, number))
    return sorted(found)


@require_safe
@permission_required(views.VIEW, raise_exception=True)
def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of one merging: both profiles as they were, what was taken, what moved."""
    record = get_object_or_404(CompanyMerge.objects.select_related("kept", "by"), pk=pk)
    before = record.kept_data.get("readable", {}), record.gone_data.get("readable", {})
    way = reverse("psk_penggabungan_modeladmin_index"), _("Merged")
    context = views.frame(str(record), (reverse("psk_doubles"), _("Double companies")), way) | {
        "record": record,
        "by": name_of(record.by) if record.by else "",
        "lines": [
            (part.label, before[0].get(part.code, ""), before[1].get(part.code, ""), part.code in record.taken)
            for part in PARTS
        ],
        "moved": moved_words(record),
    }
    return TemplateResponse(request, "psk_plugin/companies/merge.html", context)
