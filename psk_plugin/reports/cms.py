"""Monitoring and evaluation in the menu, and the addresses of its pages."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from ..adminkit import ListOnlyAdmin, ReadOnlyPermissionHelper
from . import report_views, views
from .models import Report

BASE = "psk/monitoring"


class MonitoringPermissions(ReadOnlyPermissionHelper):
    list_permission = "view_monitoring"


class MonitoringAdmin(ListOnlyAdmin):
    """The menu entry: in place of a list it opens the dashboard."""

    model = Report
    base_url_path = BASE
    permission_helper_class = MonitoringPermissions
    menu_label = gettext_lazy("Monitoring and evaluation")
    menu_item_name = "psk-monitoring"
    menu_icon = "view"

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        index = self.url_helper.get_action_url_name("index")
        return (
            path(f"{BASE}/", views.dashboard, name=index),
            path(f"{BASE}/daftar/<slug:code>/", views.behind, name="psk_monitoring_list"),
            path(f"{BASE}/laporan/", report_views.reports, name="psk_reports"),
            path(f"{BASE}/laporan/buat/<slug:kind>/", report_views.ask, name="psk_report_ask"),
            path(f"{BASE}/laporan/<int:pk>/ulang/", report_views.ask_again, name="psk_report_again"),
            path(f"{BASE}/laporan/<int:pk>/unduh/<slug:ending>/", report_views.download, name="psk_report_download"),
        )
