"""The description of the register's JSON (OpenAPI 3.1), made from the same lists as the JSON itself."""

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import conf
from ..companies.choices import Kecamatan, Sector
from ..counting import MOST
from ..services.models import REGULATION_KINDS
from .filters import ProgramFilter
from .models import RegulationState
from .public import PUBLIC_FIELDS

#: Public fact -> its codes, where it is one of a closed list.
CODES: dict[str, list[str]] = {
    "kecamatan": list(Kecamatan.values),
    "sector": list(Sector.values),
    "kind": [kind.value for kind in REGULATION_KINDS],
    "state": list(RegulationState.values),
}
DATES = ("decree_date", "valid_from", "valid_until")


def description() -> dict[str, Any]:
    """The whole description, in the language that is active."""
    address = reverse("psk:register_api")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": str(_("Register of companies")),
            "version": "1",
            "description": str(
                _(
                    "Companies with an approved PP or a registered PKB. Free to use, no key; at most 120 requests a "
                    "minute. Answers carry an ETag: send it back as If-None-Match."
                )
            ),
        },
        "servers": [{"url": conf.PUBLIC_URL.rstrip("/")}],
        "paths": {
            address: {
                "get": {
                    "operationId": "register",
                    "parameters": _filters(),
                    "responses": {
                        "200": _answer(_("One page of the register"), {"$ref": "#/components/schemas/Page"}),
                        "304": {"description": str(_("Nothing has changed since the ETag that was sent"))},
                        "400": _answer(
                            _("A filter that makes no sense; the sentences say which"),
                            {"$ref": "#/components/schemas/Errors"},
                        ),
                        "429": {"description": str(_("Too many requests; Retry-After says how many seconds to wait"))},
                    },
                }
            }
        },
        "components": {"schemas": _schemas()},
    }


def _answer(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": str(words), "content": {"application/json": {"schema": schema}}}


def _filters() -> list[dict[str, Any]]:
    found = []
    for name, field in ProgramFilter().fields.items():
        schema: dict[str, Any] = {"type": "string"}
        if isinstance(field, forms.IntegerField):
            schema = {"type": "integer", "minimum": field.min_value}
        elif isinstance(field, forms.ChoiceField):
            schema["enum"] = [str(value) for value, _label in field.choices if value]
        elif isinstance(field, forms.CharField):
            schema["maxLength"] = field.max_length
        found.append(
            {"name": name, "in": "query", "required": False, "description": str(field.label), "schema": schema}
        )
    return found


def _schemas() -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for field in PUBLIC_FIELDS:
        schema: dict[str, Any] = {"type": "string", "description": str(field.label)}
        if field.name in CODES:
            schema["enum"] = CODES[field.name]
        if field.name in DATES:
            schema |= {"format": "date", "examples": [dt.date(2026, 1, 31).isoformat()]}
        facts[field.name] = schema
        if field.display is not None:
            facts[f"{field.name}_label"] = {"type": "string", "description": str(_("The same in words"))}
    facts["url"] = {"type": "string", "format": "uri"}
    address = {"type": ["string", "null"], "format": "uri"}
    return {
        "Regulation": {"type": "object", "properties": facts, "required": list(facts), "additionalProperties": False},
        "Page": {
            "type": "object",
            "properties": {
                "count": {"type": "integer", "maximum": MOST},
                "count_is_exact": {"type": "boolean", "description": str(_("False where there are more than that"))},
                "next": address,
                "results": {"type": "array", "items": {"$ref": "#/components/schemas/Regulation"}},
            },
            "required": ["count", "count_is_exact", "next", "results"],
        },
        "Errors": {
            "type": "object",
            "properties": {
                "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
            },
        },
    }
