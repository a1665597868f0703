"""Whether the site can do its work, for whoever watches it."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .records.intake import storage


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 where database and file storage answer, 503 where one does not. Says which, and nothing else."""
    states = {"database": _try(_ask_database), "files": _try(lambda: storage().exists("health"))}
    return JsonResponse(states, status=200 if all(s == "ok" for s in states.values()) else 503)


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _try(ask) -> str:
    try:
        ask()
    except Exception:  # whatever it is, the watcher must hear of it
        return "failed"
    return "ok"
