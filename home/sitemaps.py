"""Everything public that search engines should know: pages, services, register, legal basis."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from psk_plugin.laws.models import LegalSource
from psk_plugin.laws.public import sources
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.regulations.public import rows
from psk_plugin.services.described import catalogue, published_services
from psk_plugin.services.models import Service


class ListsSitemap(Sitemap):
    """The plugin's own public pages."""

    def items(self) -> list[str]:
        return ["service_list", "register", "law_list", "decree_check"]

    def location(self, item: str) -> str:
        return reverse(f"psk:{item}")


class ServicesSitemap(Sitemap):
    """Services whose form stands on no page of the site; the others are there as pages."""

    def items(self) -> list[Service]:
        own = catalogue(published_services())
        return [
            row["service"] for row in own if row["address"] == reverse("psk:service_form", args=[row["service"].code])
        ]

    def location(self, item: Service) -> str:
        return reverse("psk:service_form", args=[item.code])


class RegisterSitemap(Sitemap):
    """Companies' regulations."""

    def items(self) -> Any:
        return rows()

    def location(self, item: CompanyRegulation) -> str:
        return reverse("psk:register_detail", args=[item.pk])


class LawsSitemap(Sitemap):
    """Legal sources."""

    def items(self) -> Any:
        return sources()

    def location(self, item: LegalSource) -> str:
        return reverse("psk:law_detail", args=[item.code])


SITEMAPS = {
    "halaman": PageSitemap,
    "daftar": ListsSitemap,
    "layanan": ServicesSitemap,
    "register": RegisterSitemap,
    "hukum": LawsSitemap,
}
