"""The office's particulars: header and footer of every page, the contact page, mails."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.blocks import LinkBlock
from home.fields import BodyField


@register_setting(icon="home")
class OfficeSettings(BaseSiteSetting):
    """Who runs this site and how to reach them. Kept by editors, in one place."""

    name = models.CharField(_("name of the office"), max_length=120, default="Dinas Tenaga Kerja Kota Bekasi")
    short_name = models.CharField(
        _("short name"),
        max_length=60,
        default="Disnaker Kota Bekasi",
        help_text=_("At the end of every browser title."),
    )
    name_line = models.CharField(_("first line beside the logo"), max_length=60, default="Dinas Tenaga Kerja")
    place_line = models.CharField(_("second line beside the logo"), max_length=60, default="Pemerintah Kota Bekasi")
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    address = models.TextField(
        _("address"), max_length=300, default="Jl. Ahmad Yani No. 13, Bekasi Selatan, Kota Bekasi"
    )
    map_url = models.URLField(_("address of a map"), blank=True)
    hours = models.TextField(_("opening hours"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    whatsapp = models.CharField(
        _("WhatsApp"), max_length=40, blank=True, help_text=_("As people write it, for example 0812-0000-0000.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    links = BodyField([("link", LinkBlock())], blank=True, verbose_name=_("links in the footer"))
    social = BodyField([("link", LinkBlock())], blank=True, verbose_name=_("social media"))
    share_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture for shared addresses"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown under an address of this site in WhatsApp and social media, where the page has no picture."),
    )
    closing_line = models.CharField(_("last line of the footer"), max_length=200, blank=True)

    select_related = ["logo", "share_image"]

    panels = [
        MultiFieldPanel(
            [
                HelpPanel(template="home/admin/letterhead_help.html"),
                *(
                    FieldPanel(name)
                    for name in ("name", "short_name", "name_line", "place_line", "logo", "share_image")
                ),
            ],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("address", "map_url", "hours", "phone", "whatsapp", "email")],
            heading=_("Contact"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("links", "social", "closing_line")], heading=_("Footer")),
    ]

    class Meta:
        verbose_name = pgettext_lazy("site", "office")
        verbose_name_plural = pgettext_lazy("site", "offices")

    @property
    def phone_link(self) -> str:
        """The telephone number as a phone dials it."""
        return re.sub(r"[^\d+]", "", self.phone)

    @property
    def whatsapp_link(self) -> str:
        """The WhatsApp chat of the number, which wants the country code without a plus."""
        digits = re.sub(r"\D", "", self.whatsapp)
        return f"https://wa.me/{'62' + digits[1:] if digits.startswith('0') else digits}"
