"""Looking up KBLI codes while a form is filled in."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from . import kbli


@require_safe
def kbli_search(request: HttpRequest) -> JsonResponse:
    """Codes for the words `q`, in the edition `edisi`. Public, like the list itself."""
    found = kbli.search(request.GET.get("q", "")[:100], request.GET.get("edisi", "")[:10])
    response = JsonResponse({"codes": found})
    response["Cache-Control"] = "public, max-age=3600"
    return response
