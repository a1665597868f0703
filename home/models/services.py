"""Public services: an index and one page for each."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from home.structured import government_service

from .base import ContentPage


class ServiceIndexPage(ContentPage):
    """The list of services; its children are the cards."""

    template = "home/index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ServicePage", "home.StandardPage", "home.ProcedurePage", "home.LinkPage"]

    class Meta:
        verbose_name = _("list of services")
        verbose_name_plural = _("lists of services")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        children = list(self.live_children())
        services = [page for page in children if page.kind == "servicepage"]
        others = [page for page in children if page.kind != "servicepage"]
        context = super().get_context(request, *args, **kwargs)
        return {**context, "cards": services, "card_icon": "document", "others": others}


class ServicePage(ContentPage):
    """One service: what it is, what it takes, and its form (a block of the plugin in the body)."""

    template = "home/content_page.html"
    parent_page_types = ["home.ServiceIndexPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        services = [value["service"] for value in self.values_of("service_form") if value["service"]]
        return [*super().structured_data(request), *government_service(self, services, request)]
