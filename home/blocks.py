"""What an editor can put on a page, besides the plugin's own blocks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from home.video import find_video

#: Enough to write a page; heading levels stay out, so that the order of headings is the template's affair.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "hr"]

ICONS = [
    ("document", _("Document")),
    ("handshake", pgettext_lazy("page block", "Agreement")),
    ("register", pgettext_lazy("page block", "Register")),
    ("check", _("Shield with a tick")),
    ("guide", _("Book")),
    ("people", _("People")),
    ("phone", _("Telephone")),
    ("clock", _("Clock")),
    ("news", _("Loudspeaker")),
    ("info", _("Information")),
]


class LinkValue(blocks.StructValue):
    """A link that knows where it goes and what it is called."""

    @cached_property
    def href(self) -> str:
        page = self.get("page")
        return page.url if page else self.get("url") or ""

    @cached_property
    def label(self) -> str:
        page = self.get("page")
        return self.get("text") or (page.title if page else "") or self.href


class LinkBlock(blocks.StructBlock):
    """A link to a page of this site or to an address."""

    text = blocks.CharBlock(required=False, max_length=120, label=_("Text of the link"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Or an address"),
        help_text=_("A path on this site such as /psk/register/, or a complete address with https://."),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not value.get("page") and not value.get("url"):
            raise blocks.StructBlockValidationError(non_block_errors=[_("Choose a page or fill in an address.")])
        url = value.get("url") or ""
        if url and not url.startswith(("/", "https://", "http://", "mailto:", "tel:", "#")):
            raise blocks.StructBlockValidationError(
                block_errors={"url": ValidationError(_("An address starts with / or https://."))}
            )
        return value


class HeadingBlock(blocks.StructBlock):
    """A heading of a section, with an anchor that a link can point at."""

    text = blocks.CharBlock(max_length=160, label=_("Heading"))
    level = blocks.ChoiceBlock(choices=[("h2", _("Section")), ("h3", _("Subsection"))], default="h2", label=_("Level"))

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "home/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    """A picture. What it shows is taken from the picture's own description."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))
    decorative = blocks.BooleanBlock(required=False, label=_("Only decoration"), help_text=_("Screen readers skip it."))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "home/blocks/picture.html"


class NoticeBlock(blocks.StructBlock):
    """A box that stands out."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("info", _("Information")),
            ("success", _("Good news")),
            ("warn", pgettext_lazy("page block", "Attention")),
        ],
        default="info",
        label=_("Kind"),
    )
    title = blocks.CharBlock(required=False, max_length=160, label=_("Title"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = pgettext_lazy("page block", "Notice")
        template = "home/blocks/notice.html"


class StepBlock(blocks.StructBlock):
    """One step of an explanation."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, required=False, label=_("Text"))
    image = ImageChooserBlock(required=False, label=_("Picture"))

    class Meta:
        icon = "order"
        label = _("Step")


class FactBlock(blocks.StructBlock):
    """A term and what there is to say about it."""

    term = blocks.CharBlock(max_length=160, label=pgettext_lazy("page block", "Term"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))

    class Meta:
        label = pgettext_lazy("page block", "Line")


class QuestionBlock(blocks.StructBlock):
    """A question with its answer."""

    question = blocks.CharBlock(max_length=250, label=_("Question"))
    answer = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Answer"))

    class Meta:
        label = _("Question")


class DocumentBlock(blocks.StructBlock):
    """A document to download."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(required=False, max_length=160, label=_("Title"))

    class Meta:
        icon = "doc-full"
        label = _("Document")


class UnitBlock(blocks.StructBlock):
    """One unit of the office with its parts."""

    name = blocks.CharBlock(max_length=160, label=_("Unit"))
    note = blocks.CharBlock(required=False, max_length=250, label=_("What it does"))
    parts = blocks.ListBlock(
        blocks.CharBlock(max_length=160, label=_("Part")), required=False, default=[], label=_("Parts")
    )
    is_highlighted = blocks.BooleanBlock(
        required=False, label=_("Stands out"), help_text=_("The unit that this site serves.")
    )

    class Meta:
        icon = "group"
        label = _("Unit")


class OrganisationBlock(blocks.StructBlock):
    """The office's structure: a list for those who listen, a chart for those who look."""

    head = blocks.CharBlock(max_length=160, label=_("At the top"))
    note = blocks.CharBlock(required=False, max_length=250, label=_("What it does"))
    units = blocks.ListBlock(UnitBlock(), label=_("Units"))

    class Meta:
        icon = "group"
        label = _("Structure of the office")
        template = "home/blocks/organisation.html"


class VideoBlock(blocks.StructBlock):
    """A film on YouTube or Vimeo. Nothing is asked of them before the visitor presses the button."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    address = blocks.URLBlock(
        max_length=300,
        label=_("Address of the film"),
        help_text=_("Copy the address of the film on YouTube or Vimeo. Visitors connect to it only after a click."),
    )
    image = ImageChooserBlock(required=False, label=_("Picture before the film"))
    summary = blocks.TextBlock(
        required=False,
        max_length=2000,
        label=_("What is said in it"),
        help_text=_("For people who cannot hear or watch it."),
    )

    class Meta:
        icon = "media"
        label = pgettext_lazy("page block", "Film")
        template = "home/blocks/video.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if find_video(value["address"]) is None:
            raise blocks.StructBlockValidationError(
                block_errors={"address": ValidationError(_("This is not the address of a film on YouTube or Vimeo."))}
            )
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "video": find_video(value.get("address") or "")}


class CardBlock(blocks.StructBlock):
    """A card that leads somewhere."""

    icon = blocks.ChoiceBlock(choices=ICONS, default="document", label=_("Icon"))
    title = blocks.CharBlock(max_length=100, label=_("Title"))
    text = blocks.TextBlock(required=False, max_length=300, label=_("Text"))
    link = LinkBlock(label=_("Link"))

    class Meta:
        label = pgettext_lazy("page block", "Card")


class FigureBlock(blocks.StructBlock):
    """A number worth knowing."""

    value = blocks.CharBlock(max_length=30, label=pgettext_lazy("page block", "Number"))
    label = blocks.CharBlock(max_length=120, label=_("What it counts"))

    class Meta:
        label = pgettext_lazy("page block", "Number")


class CardsBlock(blocks.StructBlock):
    """Cards side by side under a heading."""

    heading = blocks.CharBlock(required=False, max_length=160, label=_("Heading"))
    intro = blocks.TextBlock(required=False, max_length=400, label=_("Introduction"))
    cards = blocks.ListBlock(CardBlock(), label=pgettext_lazy("page block", "Cards"))

    class Meta:
        icon = "grip"
        label = pgettext_lazy("page block", "Cards")
        template = "home/blocks/cards.html"


class FiguresBlock(blocks.StructBlock):
    """A row of big numbers."""

    heading = blocks.CharBlock(required=False, max_length=160, label=_("Heading"))
    figures = blocks.ListBlock(FigureBlock(), label=pgettext_lazy("page block", "Numbers"))
    note = blocks.CharBlock(required=False, max_length=250, label=_("Source or note"))

    class Meta:
        icon = "list-ol"
        label = pgettext_lazy("page block", "Numbers")
        template = "home/blocks/figures.html"


class StepsBlock(blocks.StructBlock):
    """How it goes, in a few steps on one line."""

    heading = blocks.CharBlock(required=False, max_length=160, label=_("Heading"))
    intro = blocks.TextBlock(required=False, max_length=400, label=_("Introduction"))
    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(max_length=100, label=_("Title"))),
                ("text", blocks.TextBlock(required=False, max_length=300, label=_("Text"))),
            ],
            label=_("Step"),
        ),
        label=_("Steps"),
    )
    link = blocks.ListBlock(LinkBlock(), max_num=1, required=False, default=[], label=_("Link"))

    class Meta:
        icon = "order"
        label = _("Steps on one line")
        template = "home/blocks/steps.html"


class LatestAnnouncementsBlock(blocks.StructBlock):
    """The newest announcements, kept up to date by themselves."""

    heading = blocks.CharBlock(max_length=160, label=_("Heading"))
    count = blocks.IntegerBlock(default=3, min_value=1, max_value=9, label=_("How many"))

    class Meta:
        icon = "date"
        label = _("Newest announcements")
        template = "home/blocks/latest_announcements.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from home.models import AnnouncementIndexPage, AnnouncementPage

        context = super().get_context(value, parent_context=parent_context)
        context["announcements"] = AnnouncementPage.objects.newest()[: value["count"]]
        context["index"] = AnnouncementIndexPage.objects.live().defer_streamfields().first()
        return context


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Blocks for running text, for every page."""
    return [
        (
            "text",
            blocks.RichTextBlock(
                features=TEXT_FEATURES, label=_("Text"), icon="pilcrow", template="home/blocks/text.html"
            ),
        ),
        ("heading", HeadingBlock()),
        ("picture", PictureBlock()),
        ("notice", NoticeBlock()),
        (
            "steps",
            blocks.ListBlock(
                StepBlock(), label=_("Numbered steps"), icon="order", template="home/blocks/numbered.html"
            ),
        ),
        (
            "facts",
            blocks.ListBlock(FactBlock(), label=_("List of terms"), icon="list-ul", template="home/blocks/facts.html"),
        ),
        (
            "questions",
            blocks.ListBlock(
                QuestionBlock(), label=_("Questions and answers"), icon="help", template="home/blocks/questions.html"
            ),
        ),
        (
            "documents",
            blocks.ListBlock(
                DocumentBlock(), label=_("Documents"), icon="doc-full", template="home/blocks/documents.html"
            ),
        ),
        ("cards", CardsBlock()),
        ("organisation", OrganisationBlock()),
        ("video", VideoBlock()),
        (
            "declaration",
            blocks.RichTextBlock(
                features=["bold", "italic"],
                label=pgettext_lazy("page block", "Declaration"),
                icon="openquote",
                template="home/blocks/declaration.html",
            ),
        ),
        (
            "contact",
            blocks.StaticBlock(
                label=_("Contact details of the office"),
                icon="mail",
                template="home/blocks/contact.html",
                admin_text=_("Filled in from Settings, Office."),
            ),
        ),
    ]


def front_blocks() -> list[tuple[str, blocks.Block]]:
    """Bands of the front page."""
    return [
        ("cards", CardsBlock()),
        ("steps", StepsBlock()),
        ("figures", FiguresBlock()),
        ("announcements", LatestAnnouncementsBlock()),
        (
            "text",
            blocks.RichTextBlock(
                features=["h2", "h3", *TEXT_FEATURES],
                label=_("Text"),
                icon="pilcrow",
                template="home/blocks/front_text.html",
            ),
        ),
    ]
