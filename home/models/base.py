"""What every page of the site has in common."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from home.blocks import body_blocks
from home.fields import BodyField
from psk_plugin.blocks import psk_blocks


def page_blocks() -> list[tuple[str, Any]]:
    """Blocks for a page's body: the site's own, then the plugin's."""
    return [*body_blocks(), *psk_blocks()]


class LeadMixin(models.Model):
    """A page that says in a sentence or two what it is for."""

    lead = models.TextField(
        _("opening paragraph"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences under the title. Also shown in lists and search results."),
    )

    class Meta:
        abstract = True

    @property
    def summary(self) -> str:
        """What lists, search results and search engines show."""
        return self.search_description or self.lead


class ContentPage(LeadMixin, Page):
    """A page with a lead and a body of blocks."""

    body = BodyField(page_blocks(), blank=True, verbose_name=_("contents"))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True

    @cached_property
    def trail(self) -> list[Page]:
        """Pages above this one, from the front page down."""
        return list(self.get_ancestors().filter(depth__gt=1))

    def live_children(self) -> models.QuerySet[Page]:
        """Published pages right below, in the editor's order."""
        return self.get_children().live().public().order_by("path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "trail": self.trail}
