"""Blocks an editor drops into any page. A page only points at a service: deleting it never touches an application."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..pickers import RowChoiceBlock
from . import flow
from .described import catalogue, described_documents, published_services, stations, templates_of


class ServiceChoiceBlock(RowChoiceBlock):
    """A choice among the office's services."""

    @cached_property
    def target_model(self):
        from .models import Service

        return Service

    class Meta:
        icon = "form"
        label = _("service")


class AboutServiceBlock(blocks.StructBlock):
    """What every block about one service has. It shows nothing where the service is gone or not published."""

    heading = blocks.CharBlock(
        required=False, max_length=160, label=_("Heading"), help_text=_("Empty: the usual words.")
    )
    service = ServiceChoiceBlock(label=_("service"))

    def facts(self, service) -> dict[str, Any]:
        """What the template shows of the service."""
        return {}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        service = value.get("service")
        if service is not None and service.is_published:
            context |= {"service": service, "heading": value.get("heading"), **self.facts(service)}
        return context

    class Meta:
        abstract = True


class ServiceFormBlock(blocks.StructBlock):
    """What a service asks for, and its form."""

    service = ServiceChoiceBlock(label=_("service"))

    class Meta:
        icon = "form"
        label = _("Form of a service")
        template = "psk_plugin/blocks/service_form.html"


class RequirementsBlock(AboutServiceBlock):
    """The documents a service asks for, with conditions and templates."""

    def facts(self, service) -> dict[str, Any]:
        return {"required_documents": described_documents(service)}

    class Meta:
        icon = "tasks"
        label = _("Requirements of a service")
        template = "psk_plugin/blocks/requirements.html"


class FlowBlock(AboutServiceBlock):
    """The way of an application, drawn from the service's stages with people and times."""

    def facts(self, service) -> dict[str, Any]:
        row = stations(service)
        return {"stations": row, "drawing": flow.draw(service, row)}

    class Meta:
        icon = "order"
        label = _("Flow of a service")
        template = "psk_plugin/blocks/flow.html"


class TemplatesBlock(AboutServiceBlock):
    """The templates of a service's documents and its leaflet, to download."""

    def facts(self, service) -> dict[str, Any]:
        return {"templates": templates_of(service)}

    class Meta:
        icon = "download"
        label = _("Downloads of a service")
        template = "psk_plugin/blocks/templates.html"


class CatalogueBlock(blocks.StructBlock):
    """One clear menu of the office's services with the state of each: open or not, time, cost."""

    heading = blocks.CharBlock(required=False, max_length=160, label=_("Heading"))
    services = blocks.ListBlock(
        ServiceChoiceBlock(label=_("service")),
        label=_("Services"),
        required=False,
        default=[],
        help_text=_("Empty: every published service."),
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        chosen = [service for service in value.get("services") or [] if service is not None]
        shown = [service for service in chosen if service.is_published] if chosen else published_services()
        context["services"] = catalogue(shown)
        return context

    class Meta:
        icon = "list-ul"
        label = _("Catalogue of services")
        template = "psk_plugin/blocks/catalogue.html"


class ContactBlock(blocks.StructBlock):
    """Call for contact: the office's own details and one button."""

    heading = blocks.CharBlock(max_length=160, label=_("Heading"), default=_("Need help?"))
    text = blocks.TextBlock(required=False, max_length=400, label=_("Text"))
    button = blocks.CharBlock(required=False, max_length=60, label=_("Words on the button"))
    address = blocks.CharBlock(
        required=False, max_length=300, label=_("Where the button leads"), help_text=_("A path such as /kontak/.")
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        address = value.get("address") or ""
        problems = {}
        if address and not address.startswith(("/", "https://", "mailto:", "tel:")):
            problems["address"] = forms.ValidationError(_("An address starts with / or https://."))
        if bool(address) != bool(value.get("button")):
            problems["button"] = forms.ValidationError(_("Please give both the words and the address, or neither."))
        if problems:
            raise blocks.StructBlockValidationError(block_errors=problems)
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from ..office.models import OfficeSettings

        return super().get_context(value, parent_context=parent_context) | {"office": OfficeSettings.load()}

    class Meta:
        icon = "mail"
        label = _("Call for contact")
        template = "psk_plugin/blocks/contact.html"


def service_blocks() -> list[tuple[str, blocks.Block]]:
    """(name, block) pairs about the office's services, for the StreamField of a host site's pages."""
    return [
        ("service_form", ServiceFormBlock()),
        ("service_catalogue", CatalogueBlock()),
        ("service_requirements", RequirementsBlock()),
        ("service_flow", FlowBlock()),
        ("service_templates", TemplatesBlock()),
        ("call_for_contact", ContactBlock()),
    ]
