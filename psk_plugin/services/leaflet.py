"""A leaflet about a service, one A4 page with a QR that leads to its form: to hand out at the counter and meetings."""

import hashlib
import json

from django.core.cache import cache

from .. import conf, pdf
from ..office.models import OfficeSettings
from .described import described_documents, stations
from .editions import define
from .models import Service
from .where import addresses_of

#: Seconds for which a drawn leaflet is kept; one drawn from other words has another key.
KEEP = 24 * 3600


def address_of(service: Service) -> str:
    """Where the leaflet's QR leads."""
    address = addresses_of([service])[service.pk]
    return address if address.startswith("http") else conf.PUBLIC_URL.rstrip("/") + address


def make_leaflet(service: Service) -> bytes:
    """The leaflet as PDF. Drawn once for the same words: anyone may ask for it as often as they like."""
    office = OfficeSettings.load()
    address = address_of(service)
    facts = [define(service), service.summary, service.eligibility, service.fee, service.product, address]
    letterhead = [getattr(office, name) for name in ("government", "name", "address", "contact", "emblem_id")]
    words = json.dumps([facts, letterhead], sort_keys=True, default=str)
    key = f"psk-leaflet-{hashlib.sha256(words.encode()).hexdigest()}"
    if (kept := cache.get(key)) is not None:
        return kept
    drawn = pdf.render(
        "psk_plugin/pdf/leaflet.html",
        {
            "title": service.title,
            "author": office.name.title(),
            "service": service,
            "office": office,
            "documents": described_documents(service),
            "stations": stations(service),
            "address": address,
            "qr": pdf.qr_uri(address, scale=6),
        },
    )
    cache.set(key, drawn, KEEP)
    return drawn
