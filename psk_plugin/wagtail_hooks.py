"""The one place where the rooms are hung into the CMS: menu, first page, addresses, style.

A room's ModelAdmin joins the menu by one import and one line in `PSKGroup.items`; each person sees what the person's
permissions give.
"""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import escapejs, format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import (
    finder,
    superusers,  # noqa: F401 - its hooks
)
from .adminkit import ModelAdminGroup, modeladmin_register
from .campaigns.cms import CampaignAdmin
from .census.cms import CensusAdmin
from .companies import kept as company_history
from .companies.claim_cms import ClaimAdmin, ClaimPanel
from .companies.cms import VIEW as VIEW_COMPANY
from .companies.cms import CompanyAdmin
from .companies.finding import find_companies
from .companies.kbli_cms import KBLIAdmin
from .companies.merge_cms import MergeAdmin
from .compliance.cms import ComplianceAdmin
from .decrees.cms import DecreeAdmin, RegulationAdmin
from .decrees.finding import VIEW as VIEW_DECREE
from .decrees.finding import find_decrees
from .decrees.preview import preview_decree
from .helpdesk.cms import TicketAdmin, TicketCategoryAdmin
from .helpdesk.home import TicketPanel
from .history.registry import keep
from .history.views import history
from .laws import kept as law_history
from .laws.cms import LegalSourceAdmin
from .meetings.cms import MeetingAdmin
from .norms import kept as norm_history
from .norms.cms import NormAdmin
from .office.cms import AbsenceAdmin, ActingAdmin, CalendarExceptionAdmin
from .office.home import CalendarPanel
from .outreach.account import DigestPanel
from .outreach.cms import MailAdmin
from .outreach.home import LimitPanel, TroublePanel
from .outreach.preview import preview_mails
from .regulations import kept as regulation_history
from .regulations.home import ExpiringPanel
from .reminders.cms import ReminderAdmin
from .reports.cms import MonitoringAdmin
from .reports.home import ReadyPanel
from .review import kept as document_history
from .review.access import REVIEW, SEE_ALL
from .review.cms import AllSubmissionsAdmin, InboxAdmin
from .review.handling_views import WorkloadMenuItem, workload
from .review.home import WaitingPanel
from .review.searching import find_applications
from .review.talk_home import MentionPanel, MessagePanel
from .review.wordings_cms import WordingAdmin
from .services import kept as service_history
from .services.cms import ServiceAdmin
from .services.home import ServicesPanel
from .signs import kept as sign_history
from .signs.cms import SignAdmin, SignRuleAdmin
from .submissions.preview import preview_form
from .surveys.cms import SurveyAdmin

# The inbox stands by itself, so that its count is seen without opening a menu.
modeladmin_register(InboxAdmin)


@modeladmin_register
class PSKGroup(ModelAdminGroup):
    menu_label = "PSK"
    menu_item_name = "psk"
    menu_icon = "clipboard-list"
    menu_order = 10
    items = (
        AllSubmissionsAdmin,
        DecreeAdmin,
        RegulationAdmin,
        ComplianceAdmin,
        MonitoringAdmin,
        CompanyAdmin,
        ClaimAdmin,
        MergeAdmin,
        CensusAdmin,
        TicketAdmin,
        MeetingAdmin,
        ServiceAdmin,
        NormAdmin,
        WordingAdmin,
        LegalSourceAdmin,
        SignAdmin,
        CampaignAdmin,
        MailAdmin,
        ReminderAdmin,
        SurveyAdmin,
        KBLIAdmin,
        CalendarExceptionAdmin,
        ActingAdmin,
        AbsenceAdmin,
        TicketCategoryAdmin,
        SignRuleAdmin,
    )


@hooks.register("register_admin_urls")
def desk_addresses():
    return [
        path("psk/permohonan/", include("psk_plugin.review.urls")),
        path("psk/beban/", workload, name="psk_workload"),
        path("psk/daftar/", include("psk_plugin.review.list_urls")),
    ]


finder.register(find_applications, order=10, permissions=(REVIEW, SEE_ALL))
finder.register(find_decrees, order=20, permissions=(VIEW_DECREE, REVIEW, SEE_ALL))
finder.register(find_companies, order=30, permissions=(VIEW_COMPANY,))


@hooks.register("register_admin_urls")
def finder_address():
    return [path("psk/cari/", finder.find, name="psk_find")]


@hooks.register("register_admin_search_area")
def search_area() -> finder.OfficeSearchArea:
    return finder.OfficeSearchArea()


@hooks.register("register_admin_menu_item")
def workload_menu_item() -> MenuItem:
    return WorkloadMenuItem(
        _("Distribution of work"), reverse("psk_workload"), name="psk-workload", icon_name="group", order=15
    )


for _room in (
    company_history,
    service_history,
    norm_history,
    law_history,
    regulation_history,
    document_history,
    sign_history,
):
    keep(_room.ENTRY)


@hooks.register("register_admin_urls")
def history_address():
    return [path("psk/riwayat/<slug:key>/<int:pk>/", history, name="psk_history")]


@hooks.register("register_admin_urls")
def service_previews():
    """Upper rooms show the builder of services what its page will make; the builder knows them by name only."""
    base = "psk/layanan/<int:pk>/pratinjau"
    return [
        path(f"{base}/formulir/", preview_form, name="psk_service_preview_form"),
        path(f"{base}/surat/", preview_decree, name="psk_service_preview_decree"),
        path(f"{base}/surel/", preview_mails, name="psk_service_preview_mails"),
    ]


@hooks.register("register_account_settings_panel")
def digest_choice(request, user, profile) -> DigestPanel:
    return DigestPanel(request, user, profile)


@hooks.register("insert_global_admin_css")
def admin_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("psk_plugin/admin.css"))


@hooks.register("insert_global_admin_js")
def spoken_name() -> str:
    """Wagtail writes the name of one landmark into its template; a screen reader hears it in Indonesian as well."""
    return format_html(
        "<script>addEventListener('DOMContentLoaded', () => document.getElementById('w-slim-header-buttons')"
        "?.setAttribute('aria-label', '{}'))</script>",
        escapejs(_("Actions of this page")),
    )


#: What tells a person what to do, each only for whom it concerns.
HOME_PANELS = (
    TroublePanel,
    CalendarPanel,
    LimitPanel,
    WaitingPanel,
    MentionPanel,
    MessagePanel,
    TicketPanel,
    ClaimPanel,
    ExpiringPanel,
    ReadyPanel,
    ServicesPanel,
)


@hooks.register("construct_homepage_panels")
def what_to_do(request, panels) -> None:
    panels += [panel for panel in (make(request) for make in HOME_PANELS) if panel.is_shown()]
