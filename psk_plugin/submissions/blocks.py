"""Figures of the service as a block for any page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .figures import public_figures


class ServiceFiguresBlock(blocks.StructBlock):
    """Applications this year, median working days, companies that comply: counted, never typed."""

    heading = blocks.CharBlock(required=False, max_length=160, label=_("Heading"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {"figures": public_figures()}

    class Meta:
        icon = "table"
        label = _("Figures of the service")
        template = "psk_plugin/blocks/figures.html"
