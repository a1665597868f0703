"""Announcements: their list with feeds, and the categories editors sort them by."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.images import get_image_model
from wagtail.models import Orderable, Page, PageManager, PageQuerySet
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from home.structured import news_article

from .base import ContentPage, open_to_all

#: Renditions the lists show; fetched together so that a longer list costs no more queries.
CARD_RENDITIONS = ("fill-360x203|format-webp", "fill-640x360|format-webp")
#: Entries of a feed.
FEED_LENGTH = 30


@register_snippet
class AnnouncementCategory(models.Model):
    """What kind of news it is. Editors add their own under Snippets."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("word in addresses"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("category of announcements")
        verbose_name_plural = _("categories of announcements")

    def __str__(self) -> str:
        return self.name


class AnnouncementQuerySet(PageQuerySet):
    def newest(self) -> "AnnouncementQuerySet":
        """Published ones, newest first, with what a list shows of them."""
        images = get_image_model()._default_manager.prefetch_renditions(*CARD_RENDITIONS)
        return (
            open_to_all(self)
            .order_by("-date", "-pk")
            .select_related("category")
            .defer_streamfields()
            .prefetch_related(models.Prefetch("image", queryset=images))
        )


AnnouncementManager = PageManager.from_queryset(AnnouncementQuerySet)


class AnnouncementIndexPage(RoutablePageMixin, ContentPage):
    """All announcements, newest first, nine at a time, by category and year if wanted; the newest as feeds."""

    PER_PAGE = 9

    template = "home/announcement_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.AnnouncementPage"]

    class Meta:
        verbose_name = _("list of announcements")
        verbose_name_plural = _("lists of announcements")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = AnnouncementPage.objects.child_of(self)
        announcements = below.newest()
        categories = list(AnnouncementCategory.objects.all())
        category = next((c for c in categories if c.slug == request.GET.get("kategori")), None)
        years = [day.year for day in below.live().dates("date", "year", order="DESC")]
        year = next((y for y in years if str(y) == request.GET.get("tahun")), None)
        if category:
            announcements = announcements.filter(category=category)
        if year:
            announcements = announcements.filter(date__year=year)
        page = Paginator(announcements, self.PER_PAGE).get_page(request.GET.get("hal"))
        for_category, for_year = f"kategori={category.slug}&" if category else "", f"tahun={year}&" if year else ""
        return {
            **super().get_context(request, *args, **kwargs),
            "announcements": page,
            "categories": categories,
            "category": category,
            "years": years,
            "year": year,
            "query": for_category + for_year,
            "query_of_category": for_category,
            "query_of_year": for_year,
        }

    @path("rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        """The newest announcements for feed readers, RSS 2.0."""
        from home.feeds import announcement_feed

        return announcement_feed(self, request, "rss")

    @path("atom/", name="atom")
    def atom(self, request: HttpRequest) -> HttpResponse:
        """The newest announcements for feed readers, Atom 1.0."""
        from home.feeds import announcement_feed

        return announcement_feed(self, request, "atom")


class AnnouncementPage(ContentPage):
    """One piece of news."""

    category = models.ForeignKey(
        AnnouncementCategory,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        related_name="announcements",
        help_text=_("A category that is missing is added under Snippets."),
    )
    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("At least 960 pixels wide. Its description is read aloud to people who do not see it."),
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
        self.load_picture("image", *(f"fill-{size}|format-webp" for size in ("480x270", "720x405", "960x540")))
        others = open_to_all(AnnouncementPage.objects.sibling_of(self, inclusive=False)).order_by("-date", "-pk")
        attachments = self.attachments.select_related("document")
        return {
            **super().get_context(request, *args, **kwargs),
            "others": others.defer_streamfields()[:4],
            "attachments": attachments,
        }

    @property
    def social_image(self) -> Any:
        return self.image

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [*super().structured_data(request), news_article(self, request)]


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
