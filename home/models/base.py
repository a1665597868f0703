"""What every page of the site has in common."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, Value, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from home import structured
from home.blocks import body_blocks
from home.fields import BodyField
from psk_plugin.blocks import psk_blocks

#: Picture of the card under a shared address.
SOCIAL_RENDITION = "fill-1200x630|format-jpeg"
#: Sizes of pictures in a body, as the templates of the blocks name them.
BODY_RENDITIONS = [f"width-{width}|format-webp" for width in (400, 440, 720, 880, 1080)]


def open_to_all(pages: models.QuerySet) -> models.QuerySet:
    """Published pages without a login or password on them or above them; what `live().public()` gives, in one query."""
    closed = PageViewRestriction.objects.annotate(
        whole=ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    ).filter(whole__startswith=F("page__path"))
    return pages.filter(~Exists(closed), live=True)


def listed(pages: models.QuerySet) -> models.QuerySet[Page]:
    """Published pages of any type with what a list shows of each, in one query for all types."""
    return with_leads(open_to_all(pages))


def with_leads(pages: models.QuerySet) -> models.QuerySet[Page]:
    """Pages of any type with their `lead`, the `target` of links, and `kind`, the name of the type."""
    models_of_site = apps.get_app_config("home").get_models()
    leads = [f"{model._meta.model_name}__lead" for model in models_of_site if _has_lead(model)]
    return pages.annotate(
        lead=Coalesce(*leads, "homepage__hero_text", Value(""), output_field=models.TextField()),
        target=F("linkpage__target"),
        kind=F("content_type__model"),
    )


def _has_lead(model: type[models.Model]) -> bool:
    return issubclass(model, LeadMixin) and issubclass(model, Page)


def page_blocks() -> list[tuple[str, Any]]:
    """Blocks for a page's body: the site's own, then those of the plugin."""
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


class FramedPage(models.Model):
    """What the head of a page says about it to search engines and to those who share its address."""

    class Meta:
        abstract = True

    #: Picture of the card under a shared address; None for the site's own.
    social_image: Any = None

    @cached_property
    def trail(self) -> list[Page]:
        """Pages above this one, from the front page down; the front page itself has none."""
        return [] if self.depth <= 2 else list(self.get_ancestors().filter(depth__gt=1))

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Logins and passwords asked for here or above, or where this page is an alias, in one query instead of two."""
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        on_the_way = Q(page__path__in=paths) | Q(page__aliases__path__in=paths)
        return PageViewRestriction.objects.filter(on_the_way).distinct()

    def load_picture(self, name: str, *renditions: str) -> None:
        """Fetch the picture of the field `name` with its renditions, two queries however many are shown."""
        if key := getattr(self, f"{name}_id"):
            images = get_image_model()._default_manager.prefetch_renditions(SOCIAL_RENDITION, *renditions)
            setattr(self, name, images.filter(pk=key).first())

    def structured_data(self, request: HttpRequest) -> list[structured.Data]:
        """schema.org data of the page."""
        return [structured.breadcrumb(self.trail, self, request)] if self.trail else []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "trail": self.trail}


class ContentPage(FramedPage, LeadMixin, Page):
    """A page with a lead and a body of blocks."""

    body = BodyField(page_blocks(), blank=True, verbose_name=_("contents"))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True

    def live_children(self) -> models.QuerySet[Page]:
        """Published pages right below, in the editor's order, with what a list shows of them."""
        return listed(self.get_children()).order_by("path")

    def load_block_pictures(self) -> None:
        """Fetch the renditions of all pictures in the body together, so that ten steps cost what one costs."""
        images = [step["image"] for steps in self.values_of("steps") for step in steps]
        images += [value["image"] for value in self.values_of("picture")]
        if images := [image for image in images if image is not None]:
            renditions = (
                get_image_model().get_rendition_model()._default_manager.filter(filter_spec__in=BODY_RENDITIONS)
            )
            prefetch_related_objects(
                images, Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions")
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.load_block_pictures()
        return super().get_context(request, *args, **kwargs)

    def values_of(self, block_type: str) -> list[Any]:
        """Values of the body's blocks of one kind."""
        return [block.value for block in self.body if block.block_type == block_type]

    def structured_data(self, request: HttpRequest) -> list[structured.Data]:
        asked = [(row["question"], row["answer"]) for rows in self.values_of("questions") for row in rows]
        return [*super().structured_data(request), *structured.questions(asked)]
