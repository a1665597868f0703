"""The public register as a block for any page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .filters import RegisterFilter
from .public import totals


class RegisterSearchBlock(blocks.StructBlock):
    """A search in the register of companies; the answer is the register's own page."""

    heading = blocks.CharBlock(required=False, max_length=160, label=_("Heading"))
    show_totals = blocks.BooleanBlock(required=False, default=True, label=_("Show how many companies comply"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["form"] = RegisterFilter(None, auto_id="cari-%s")
        context["totals"] = totals() if value.get("show_totals") else None
        return context

    class Meta:
        icon = "search"
        label = _("Search in the register")
        template = "psk_plugin/blocks/register_search.html"
