"""Pages without a purpose of their own, and links that stand in the menu."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .base import ContentPage, LeadMixin


class StandardPage(ContentPage):
    """Any other page: profile, legal basis, questions, contact, privacy."""

    template = "home/content_page.html"
    subpage_types = ["home.StandardPage", "home.LinkPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")


class LinkPage(LeadMixin, Page):
    """An entry of the menu that leads to another address, so that editors order everything in one tree."""

    target = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("A path on this site such as /psk/register/, or a complete address with https://."),
    )

    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("target")]

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def clean(self) -> None:
        super().clean()
        local = self.target.startswith("/") and not self.target.startswith("//")
        if self.target and not local and not self.target.startswith(("https://", "http://")):
            raise ValidationError({"target": _("An address starts with / or https://.")})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.target)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Not a page of its own, so nothing to index."""
        return []
