"""Legal sources as a block for any page."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..pickers import RowChoiceBlock
from .public import TONES, sources


class SourceChoiceBlock(RowChoiceBlock):
    """A choice among the legal sources. Stored as the source's primary key."""

    @cached_property
    def target_model(self):
        from .models import LegalSource

        return LegalSource

    class Meta:
        icon = "doc-full-inverse"
        label = _("source of law")


class LegalSourcesBlock(blocks.StructBlock):
    """Legal sources with their state of today; a change in the library shows on every page at once."""

    heading = blocks.CharBlock(required=False, max_length=160, label=_("Heading"))
    sources = blocks.ListBlock(
        SourceChoiceBlock(label=_("source of law")),
        label=_("sources of law"),
        required=False,
        default=[],
        help_text=_("Empty: every source that is in force."),
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        chosen = [source.pk for source in value.get("sources") or [] if source is not None]
        found = sources().filter(pk__in=chosen) if chosen else sources().exclude(state="dicabut")
        shown = list(found)
        for source in shown:
            source.tone = TONES[source.state]
        context["shown"] = shown
        return context

    class Meta:
        icon = "doc-full-inverse"
        label = _("Legal basis")
        template = "psk_plugin/blocks/legal_sources.html"
