"""The satisfaction index as a block for any page."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..services.blocks import ServiceChoiceBlock
from .index import answers_between, index_of


class SatisfactionBlock(blocks.StructBlock):
    """The index of this year so far, or of all years: value, grade, number of answers."""

    heading = blocks.CharBlock(required=False, max_length=160, label=_("Heading"))
    service = ServiceChoiceBlock(required=False, label=_("service"), help_text=_("Empty: all services together."))
    period = blocks.ChoiceBlock(
        choices=[("year", _("This year")), ("all", _("All years"))], default="year", label=_("Period")
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        today = timezone.localdate()
        first = today.replace(month=1, day=1) if value.get("period") == "year" else None
        service = value.get("service")
        index = index_of(answers_between(first, None, service.pk if service else None))
        context["index"] = None if index is None or index.is_small else index
        return context | {"service": service, "year": today.year if first else None}

    class Meta:
        icon = "pick"
        label = _("Satisfaction index")
        template = "psk_plugin/blocks/satisfaction.html"
