"""The services' own public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from .leaflet import make_leaflet
from .models import Service


@require_safe
def leaflet(request: HttpRequest, code: str) -> HttpResponse:
    """The service's leaflet as PDF."""
    service = get_object_or_404(Service, code=code, is_published=True)
    response = HttpResponse(make_leaflet(service), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="leaflet-{service.code}.pdf"'
    return response
