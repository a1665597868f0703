"""Campaigns in the Wagtail admin: their list and addresses."""

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..adminkit import ListOnlyAdmin
from . import sent_views, views
from .models import Campaign

BASE = "psk/kampanye"


class CampaignAdmin(ListOnlyAdmin):
    """Campaigns, newest first."""

    model = Campaign
    base_url_path = BASE
    index_template_name = "psk_plugin/campaigns/index.html"
    menu_label = gettext_lazy("Compliance campaigns")
    menu_item_name = "psk-campaigns"
    menu_icon = "mail"
    ordering = ("-created_at", "-pk")
    list_display = ("title_link", "state_words", "sent_words", "letters_words", "meeting")
    list_filter = ("state",)
    list_select_related = ("meeting",)
    search_fields = ("title", "subject")
    search_hint = gettext_lazy("Title or subject")
    list_intro = gettext_lazy(
        "Letters to many companies at once, chosen by how they stand, with the answers and what came of them."
    )
    list_empty = gettext_lazy("There is no campaign yet.")

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).with_counts()

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        place = f"{BASE}/<int:pk>"
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/baru/", views.create, name="psk_campaign_create"),
            path(f"{BASE}/surat/<int:pk>/", sent_views.addressee, name="psk_addressee"),
            path(f"{BASE}/surat/<int:pk>/surat.pdf", sent_views.letter, name="psk_campaign_letter"),
            path(f"{place}/", views.show, name="psk_campaign"),
            path(f"{place}/ubah/", views.edit, name="psk_campaign_edit"),
            path(f"{place}/hapus/", views.discard, name="psk_campaign_discard"),
            path(f"{place}/kecualikan/", views.leave_out, name="psk_campaign_leave_out"),
            path(f"{place}/ikutkan/<int:company_pk>/", views.take_in, name="psk_campaign_take_in"),
            path(f"{place}/contoh.pdf", views.sample, name="psk_campaign_sample"),
            path(f"{place}/kirim/", views.send, name="psk_campaign_send"),
            path(f"{place}/lanjutkan/", views.go_on, name="psk_campaign_go_on"),
            path(f"{place}/cetak/<slug:which>.pdf", sent_views.printable, name="psk_campaign_print"),
            path(f"{place}/unduh/<slug:kind>/", sent_views.export, name="psk_campaign_export"),
            path(f"{place}/dampak/<slug:group>/<int:days>/", sent_views.behind, name="psk_campaign_behind"),
        )

    def title_link(self, row: Campaign) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("psk_campaign", args=[row.pk]), row.title)

    title_link.short_description = gettext_lazy("title")
    title_link.admin_order_field = "title"

    def state_words(self, row: Campaign) -> SafeString:
        return format_html('<span class="psk-status">{}</span>', row.get_state_display())

    state_words.short_description = gettext_lazy("state")
    state_words.admin_order_field = "state"

    def sent_words(self, row: Campaign) -> str:
        return date_format(localtime(row.sent_at), "j M Y") if row.sent_at else self.empty_value_display

    sent_words.short_description = gettext_lazy("sent")
    sent_words.admin_order_field = "sent_at"

    def letters_words(self, row: Campaign) -> str:
        if row.is_draft:
            return self.empty_value_display
        return _("%(letters)d, by mail: %(mails)d") % {"letters": row.addressed, "mails": row.by_mail}

    letters_words.short_description = gettext_lazy("letters")
