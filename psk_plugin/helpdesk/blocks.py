"""The form for information and complaints as a block for any page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .drafts import form_context


class TicketFormBlock(blocks.StructBlock):
    """The form. What is sent goes to the office's inbox; deleting the page touches no report."""

    heading = blocks.CharBlock(
        required=False, max_length=160, label=_("Heading"), help_text=_("Empty: the usual words.")
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return context | form_context(context.get("request"))

    class Meta:
        icon = "help"
        label = _("Information and complaints")
        template = "psk_plugin/blocks/ticket_form.html"
