"""Censuses in the Wagtail admin: the list of what was taken in, and the addresses of its pages."""

import datetime as dt

from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from ..adminkit import ListOnlyAdmin, ReadOnlyPermissionHelper
from ..sheets import safe_cell
from . import paper_views, row_views, views
from .models import CensusBatch

BASE = "psk/sensus"


class CensusPermissions(ReadOnlyPermissionHelper):
    list_permission = "import_census"


class CensusAdmin(ListOnlyAdmin):
    """Lists that were uploaded, newest first."""

    model = CensusBatch
    permission_helper_class = CensusPermissions
    base_url_path = BASE
    index_template_name = "psk_plugin/census/index.html"
    menu_label = gettext_lazy("Census of companies")
    menu_item_name = "psk-census"
    menu_icon = "upload"
    ordering = ("-uploaded_at", "-pk")
    list_display = ("name_link", "kind", "state_words", "total", "uploaded_words")
    list_filter = ("kind", "state")
    list_select_related = ("uploaded_by",)
    list_export = (
        *("export_name", "export_kind", "export_state", "total", "export_by"),
        *("export_uploaded", "export_applied", "export_undone"),
    )
    export_filename = "daftar-sensus"
    search_fields = ("name",)
    search_hint = gettext_lazy("Name of the file")
    list_intro = gettext_lazy(
        "Companies from a census, and decrees that were issued on paper, from XLSX or CSV. Nothing changes before you "
        "have looked at the rows and taken the list over; each list can be undone."
    )
    list_empty = gettext_lazy("No list has been uploaded yet.")

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        place = f"{BASE}/<int:pk>"
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/unggah/", views.upload, name="psk_census_upload"),
            path(f"{BASE}/contoh/<slug:kind>.xlsx", views.template, name="psk_census_template"),
            path(f"{BASE}/sk/<int:pk>/", paper_views.paper, name="psk_paper_decree"),
            path(f"{BASE}/sk/<int:pk>/pdf/", paper_views.scan, name="psk_paper_decree_scan"),
            path(f"{place}/", views.show, name="psk_census"),
            path(f"{place}/kemajuan/", views.progress, name="psk_census_progress"),
            path(f"{place}/berkas/", views.original, name="psk_census_file"),
            path(f"{place}/kolom/", views.mapping, name="psk_census_mapping"),
            path(f"{place}/lembar/", views.sheet, name="psk_census_sheet"),
            path(f"{place}/putuskan/", row_views.decide, name="psk_census_decide"),
            path(f"{place}/unduh/<slug:ending>/", row_views.export, name="psk_census_export"),
            path(f"{place}/ambil-alih/", views.take_over, name="psk_census_take_over"),
            path(f"{place}/buang/", views.discard, name="psk_census_discard"),
            path(f"{place}/lanjutkan/", views.again, name="psk_census_again"),
            path(f"{place}/batalkan/", views.undo, name="psk_census_undo"),
            path(f"{place}/pdf/", paper_views.attach_many, name="psk_census_scans"),
        )

    def name_link(self, row: CensusBatch) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("psk_census", args=[row.pk]), row.name)

    name_link.short_description = gettext_lazy("file")
    name_link.admin_order_field = "name"

    def state_words(self, row: CensusBatch) -> SafeString:
        return format_html('<span class="psk-status">{}</span>', row.get_state_display())

    state_words.short_description = gettext_lazy("state")
    state_words.admin_order_field = "state"

    def uploaded_words(self, row: CensusBatch) -> SafeString:
        moment = date_format(localtime(row.uploaded_at), "j M Y, H.i")
        return format_html('{}<span class="psk-sub">{}</span>', moment, row.uploaded_by or "")

    uploaded_words.short_description = gettext_lazy("uploaded")
    uploaded_words.admin_order_field = "uploaded_at"

    def export_name(self, row: CensusBatch) -> str:
        return safe_cell(row.name)

    export_name.short_description = gettext_lazy("file")

    def export_kind(self, row: CensusBatch) -> str:
        return row.get_kind_display()

    export_kind.short_description = gettext_lazy("kind")

    def export_state(self, row: CensusBatch) -> str:
        return row.get_state_display()

    export_state.short_description = gettext_lazy("state")

    def export_by(self, row: CensusBatch) -> str:
        return safe_cell(str(row.uploaded_by or ""))

    export_by.short_description = gettext_lazy("uploaded by")

    def export_uploaded(self, row: CensusBatch) -> dt.date:
        return localtime(row.uploaded_at).date()

    export_uploaded.short_description = gettext_lazy("uploaded")

    def export_applied(self, row: CensusBatch) -> dt.date | str:
        return localtime(row.applied_at).date() if row.applied_at else ""

    export_applied.short_description = gettext_lazy("taken over")

    def export_undone(self, row: CensusBatch) -> str:
        return safe_cell(f"{localtime(row.undone_at):%Y-%m-%d} {row.undo_reason}") if row.undone_at else ""

    export_undone.short_description = gettext_lazy("undone")
