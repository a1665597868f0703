"""Public services: an index and one page for each."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .base import ContentPage


class ServiceIndexPage(ContentPage):
    """The list of services; its children are the cards."""

    template = "home/index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ServicePage", "home.StandardPage", "home.LinkPage"]

    class Meta:
        verbose_name = _("list of services")
        verbose_name_plural = _("lists of services")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        children = self.live_children().specific()
        services = [page for page in children if isinstance(page, ServicePage)]
        others = [page for page in children if not isinstance(page, ServicePage)]
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
