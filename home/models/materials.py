"""Materials of sosialisasi: banners, leaflets, slides and films, to look at first and to download."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images import get_image_model
from wagtail.models import Page

from home.video import Video, find_video

from .announcements import CARD_RENDITIONS
from .base import ContentPage, open_to_all


class MaterialKind(models.TextChoices):
    BANNER = "banner", pgettext_lazy("material", "Banner")
    LEAFLET = "leaflet", pgettext_lazy("material", "Leaflet")
    SLIDES = "slides", pgettext_lazy("material", "Slides")
    VIDEO = "video", pgettext_lazy("material", "Video")


class MaterialIndexPage(ContentPage):
    """All materials, newest first, by kind if wanted; the body leads to the meetings."""

    PER_PAGE = 12

    template = "home/material_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.MaterialPage", "home.StandardPage", "home.LinkPage"]

    class Meta:
        verbose_name = _("list of sosialisasi materials")
        verbose_name_plural = _("lists of sosialisasi materials")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        kind = request.GET.get("jenis", "")
        kind = kind if kind in MaterialKind.values else ""
        images = get_image_model()._default_manager.prefetch_renditions(*CARD_RENDITIONS)
        materials = (
            open_to_all(MaterialPage.objects.child_of(self))
            .order_by("-first_published_at", "-pk")
            .defer_streamfields()
            .select_related("document")
            .prefetch_related(models.Prefetch("image", queryset=images))
        )
        if kind:
            materials = materials.filter(kind=kind)
        others = self.live_children().exclude(content_type__model="materialpage")
        return {
            **super().get_context(request, *args, **kwargs),
            "materials": Paginator(materials, self.PER_PAGE).get_page(request.GET.get("hal")),
            "kinds": MaterialKind.choices,
            "kind": kind,
            "query": f"jenis={kind}&" if kind else "",
            "others": others,
        }


class MaterialPage(ContentPage):
    """One material: looked at on the page, downloaded, or, for a film, played after a click."""

    kind = models.CharField(_("kind"), max_length=10, choices=MaterialKind)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("preview"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The banner itself, the first page of a leaflet, the first slide, or a scene of the film."),
    )
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What people download, best as PDF."),
    )
    video_address = models.URLField(
        _("address of the film"),
        blank=True,
        help_text=_("Copy the address of the film on YouTube or Vimeo. Visitors connect to it only after a click."),
    )

    template = "home/material_page.html"
    parent_page_types = ["home.MaterialIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("kind", "image", "document", "video_address")], heading=_("Material")
        ),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("sosialisasi material")
        verbose_name_plural = _("sosialisasi materials")

    def clean(self) -> None:
        super().clean()
        if self.video_address and find_video(self.video_address) is None:
            raise ValidationError({"video_address": _("This is not the address of a film on YouTube or Vimeo.")})
        if self.kind == MaterialKind.VIDEO and not self.video_address:
            raise ValidationError({"video_address": _("A film needs its address.")})
        if self.kind and self.kind != MaterialKind.VIDEO and not (self.document or self.image):
            raise ValidationError({"document": _("Choose the file to download, or at least a picture to look at.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sizes = ("fill-480x270", "fill-880x495") if self.video else ("width-440", "width-880")
        self.load_picture("image", *(f"{size}|format-webp" for size in sizes))
        return super().get_context(request, *args, **kwargs)

    @property
    def social_image(self) -> Any:
        return self.image

    @property
    def video(self) -> Video | None:
        return find_video(self.video_address)
