"""Announcements and their list."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.images import get_image_model
from wagtail.models import Orderable, Page, PageManager, PageQuerySet
from wagtail.search import index

from .base import ContentPage

#: Renditions the lists show; fetched together so that a longer list costs no more queries.
CARD_RENDITION = "fill-640x360|format-webp"


class AnnouncementCategory(models.TextChoices):
    """What kind of news it is."""

    NOTICE = "notice", _("Announcement")
    OUTREACH = "outreach", _("Sosialisasi")
    REGULATION = "regulation", _("Regulation")
    SERVICE = "service", _("Service")


class AnnouncementQuerySet(PageQuerySet):
    def newest(self) -> "AnnouncementQuerySet":
        """Published ones, newest first, with what a list shows of them."""
        images = get_image_model()._default_manager.prefetch_renditions(CARD_RENDITION)
        return (
            self.live()
            .public()
            .order_by("-date", "-pk")
            .defer_streamfields()
            .prefetch_related(models.Prefetch("image", queryset=images))
        )


AnnouncementManager = PageManager.from_queryset(AnnouncementQuerySet)


class AnnouncementIndexPage(ContentPage):
    """All announcements, newest first, ten at a time, by category if wanted."""

    PER_PAGE = 9

    template = "home/announcement_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.AnnouncementPage"]

    class Meta:
        verbose_name = _("list of announcements")
        verbose_name_plural = _("lists of announcements")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        category = request.GET.get("kategori", "")
        announcements = AnnouncementPage.objects.child_of(self).newest()
        if category in AnnouncementCategory.values:
            announcements = announcements.filter(category=category)
        else:
            category = ""
        page = Paginator(announcements, self.PER_PAGE).get_page(request.GET.get("hal"))
        return {
            **super().get_context(request, *args, **kwargs),
            "announcements": page,
            "categories": AnnouncementCategory.choices,
            "category": category,
            "query": f"kategori={category}&" if category else "",
        }


class AnnouncementPage(ContentPage):
    """One piece of news."""

    category = models.CharField(
        _("category"), max_length=20, choices=AnnouncementCategory.choices, default=AnnouncementCategory.NOTICE
    )
    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = AnnouncementManager()

    template = "home/announcement_page.html"
    parent_page_types = ["home.AnnouncementIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("category"), FieldPanel("date"), FieldPanel("image")], heading=_("News")),
        FieldPanel("lead"),
        FieldPanel("body"),
        InlinePanel("attachments", label=_("Attachments")),
    ]
    search_fields = [*ContentPage.search_fields, index.FilterField("date")]

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        others = AnnouncementPage.objects.newest().sibling_of(self, inclusive=False)[:4]
        attachments = self.attachments.select_related("document")
        return {**super().get_context(request, *args, **kwargs), "others": others, "attachments": attachments}


class AnnouncementAttachment(Orderable):
    """A document that comes with an announcement."""

    page = ParentalKey(AnnouncementPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(_("title"), max_length=160, blank=True, help_text=_("Empty: the document's own title."))

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title or str(self.document)
