"""How-to guides: numbered steps with pictures that also work on paper."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .base import ContentPage, open_to_all


class GuideIndexPage(ContentPage):
    """The list of guides."""

    template = "home/index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.GuidePage", "home.StandardPage", "home.ProcedurePage", "home.LinkPage"]

    class Meta:
        verbose_name = _("list of guides")
        verbose_name_plural = _("lists of guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        children = list(self.live_children())
        guides = [page for page in children if page.kind == "guidepage"]
        others = [page for page in children if page.kind != "guidepage"]
        context = super().get_context(request, *args, **kwargs)
        return {**context, "cards": guides, "card_icon": "guide", "others": others}


class GuidePage(ContentPage):
    """One guide. The steps are a block of the body; the page has a print button."""

    template = "home/guide_page.html"
    parent_page_types = ["home.GuideIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        siblings = (
            open_to_all(GuidePage.objects.sibling_of(self, inclusive=False)).order_by("path").defer_streamfields()
        )
        return {**super().get_context(request, *args, **kwargs), "siblings": siblings}
