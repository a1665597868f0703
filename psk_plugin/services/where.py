"""On which pages of the site a service's form stands, read from Wagtail's own index of references."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from .models import Service


def pages_with_form(services: Iterable[Service]) -> dict[int, list[Page]]:
    """Live pages that carry each service's form, by the service's primary key. Two queries."""
    wanted = {str(service.pk) for service in services}
    references = ReferenceIndex.objects.filter(
        # The block `service_form`, or the field of a page type of ours.
        Q(model_path__contains="service_form") | Q(model_path="service"),
        to_content_type=ContentType.objects.get_for_model(Service),
        to_object_id__in=wanted,
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("to_object_id", "object_id")
    found = [(int(service), int(page)) for service, page in references]
    pages = Page.objects.live().public().order_by("path").in_bulk({page for _service, page in found})
    standing: dict[int, list[Page]] = {}
    for service, page in found:
        if page in pages and pages[page] not in standing.setdefault(service, []):
            standing[service].append(pages[page])
    return standing


def addresses_of(services: Iterable[Service]) -> dict[int, str]:
    """Where the public finds each service: the first page with its form, else the plugin's own page."""
    services = list(services)
    standing = pages_with_form(services)
    addresses = {}
    for service in services:
        on_site = next((page.url for page in standing.get(service.pk, []) if page.url), None)
        addresses[service.pk] = on_site or reverse("psk:service_form", args=[service.code])
    return addresses
