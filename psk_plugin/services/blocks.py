"""Blocks an editor drops into any page. A page only points at a service: deleting it never touches an application."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ServiceChoiceBlock(blocks.ChooserBlock):
    """A choice among the office's services. Stored as the service's primary key."""

    widget = forms.Select()

    @cached_property
    def target_model(self):
        from .models import Service

        return Service

    class Meta:
        icon = "form"
        label = _("service")


class ServiceFormBlock(blocks.StructBlock):
    """What a service asks for, and its form."""

    service = ServiceChoiceBlock(label=_("service"))

    class Meta:
        icon = "form"
        label = _("Form of a service")
        template = "psk_plugin/blocks/service_form.html"


def service_blocks() -> list[tuple[str, blocks.Block]]:
    """(name, block) pairs for the StreamField of a host site's pages."""
    return [("service_form", ServiceFormBlock())]
