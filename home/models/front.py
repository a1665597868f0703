"""The front page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from home import structured
from home.blocks import LinkBlock, front_blocks
from home.fields import BodyField

from .base import FramedPage


class HomePage(FramedPage, Page):
    """The front page: what the office does for a company, in one screen, then bands of cards, steps and news."""

    hero_title = models.CharField(_("big title"), max_length=120)
    hero_text = models.TextField(_("text under the big title"), max_length=400, blank=True)
    hero_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hero_links = BodyField(
        [("link", LinkBlock())],
        blank=True,
        max_num=2,
        verbose_name=_("buttons"),
        help_text=_("The first one is the strong button."),
    )
    body = BodyField(front_blocks(), blank=True, verbose_name=_("bands"))

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("hero_title", "hero_text", "hero_image", "hero_links")],
            heading=pgettext_lazy("site", "Opening"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("hero_title"), index.SearchField("hero_text")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    @property
    def summary(self) -> str:
        """What search results and search engines show."""
        return self.search_description or self.hero_text

    @property
    def social_image(self) -> Any:
        return self.hero_image

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.load_picture("hero_image", *(f"width-{width}|format-webp" for width in (340, 540, 680)))
        return super().get_context(request, *args, **kwargs)

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [structured.organisation(request), structured.website(request)]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Straight to the page the address names, with the pages above it, in one query instead of two for each level.
        What no page bears as its address (a feed, for example) is left to the pages on the way.
        """
        addresses = [self.url_path]
        for component in path_components:
            addresses.append(f"{addresses[-1]}{component}/")
        if path_components and "\x00" not in addresses[-1]:
            on_the_way = Page.objects.descendant_of(self).filter(url_path__in=addresses[1:]).order_by("depth")
            if len(found := list(on_the_way)) == len(path_components):
                page = found[-1].specific
                page.trail = [self, *found[:-1]]
                return page.route(request, [])
        return super().route(request, path_components)
