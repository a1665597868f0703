"""What a visitor has typed into the form and not sent yet: in the session, so that the form can stand on any page.

Each attempt posts to the plugin and is led back to the page it came from; what was typed, right or wrong, and the
files already accepted wait here meanwhile.
"""

import secrets
from typing import Any

from django.http import HttpRequest

from ..records.models import StoredFile
from .forms import TicketForm
from .models import HelpdeskSettings

KEY = "psk_ticket_form"
#: Characters kept of one field, far more than any field takes.
MOST_TYPED = 20_000
FIELDS = (*TicketForm.ABOUT, *TicketForm.SENDER)


def _form_key() -> str:
    return secrets.token_urlsafe(12)


def load(request: HttpRequest) -> dict[str, Any]:
    return request.session.get(KEY) or {}


def save(request: HttpRequest, typed: dict[str, str], files: list[tuple[int, str]], problems: list[str]) -> None:
    """Keep an attempt that was not accepted; the next page judges it once."""
    request.session[KEY] = {
        "typed": typed,
        "files": files,
        "problems": problems,
        "is_judged": False,
    }


def clear(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def typed_in(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\x00", "")[:MOST_TYPED] for name in FIELDS}


def kept_files(request: HttpRequest) -> list[tuple[StoredFile, str]]:
    """Files accepted in earlier attempts, with their names."""
    pairs = load(request).get("files", [])
    rows = StoredFile.objects.in_bulk([pk for pk, _name in pairs])
    return [(rows[pk], name) for pk, name in pairs if pk in rows]


def form_context(request: HttpRequest | None) -> dict[str, Any]:
    """What the form's template shows: the form as it was left, its errors once, kept files, the way back."""
    rules = HelpdeskSettings.load()
    context: dict[str, Any] = {"rules": rules, "form_key": _form_key(), "errors": [], "kept_files": []}
    if request is None or not hasattr(request, "session"):  # an editor's preview
        return context | {"form": TicketForm(), "here": ""}
    draft = load(request)
    typed = draft.get("typed")
    if typed and not draft.get("is_judged"):
        form = TicketForm(typed, user=request.user)
        errors = [
            (f"#{form[name].auto_id}", sentence)
            for name in form.errors
            if name in form.fields
            for sentence in form.errors[name]
        ]
        context["errors"] = errors + [("#pengaduan-lampiran", sentence) for sentence in draft.get("problems", [])]
        request.session[KEY] = draft | {"is_judged": True, "problems": []}
    else:
        form = TicketForm(initial=_initial(request) | {k: v for k, v in (typed or {}).items() if v}, user=request.user)
    return context | {"form": form, "kept_files": kept_files(request) if draft else [], "here": request.path}


def _initial(request: HttpRequest) -> dict[str, str]:
    user = request.user
    if not user.is_authenticated:
        return {}
    return {"name": user.get_full_name(), "email": getattr(user, "email", "")}
