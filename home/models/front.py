"""The front page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from home.blocks import LinkBlock, front_blocks
from home.fields import BodyField


class HomePage(Page):
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
