"""Blocks an editor drops into any page."""

from wagtail.blocks import CharBlock, StructBlock


def service_blocks() -> list:
    """(name, block) pairs for a StreamField of the host site."""
    return [("service_form", ServiceFormBlock())]


class ServiceFormBlock(StructBlock):
    """The form of one service, embedded."""

    service = CharBlock()

    class Meta:
        icon = "form"
        template = "psk_plugin/blocks/service_form.html"
