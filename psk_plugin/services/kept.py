"""The history of a service. Its rows (documents, questions, stages, clauses) are kept in its editions."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ..history.registry import Kept, Row
from .models import Service, ServiceEdition

#: Part of an edition -> names that make its title, and names that say the rest.
PARTS = {
    "documents": (("title",), ("help_text", "legal_basis", "allowed_types", "max_mb", "condition")),
    "fields": (("label",), ("help_text", "kind", "choices", "required")),
    "stages": (("title",), ("public_title", "target_days")),
    "clauses": (("section",), ("text",)),
}


def rows_at(service: Service, moment: dt.datetime) -> list[Row]:
    """Rows of the newest edition that had been made by then; an edition is made when a changed service is saved."""
    # The edition is written just after the service itself, in the same press.
    until = moment + dt.timedelta(seconds=5)
    edition = ServiceEdition.objects.filter(service_id=service.pk, created_at__lte=until).order_by("-number").first()
    if edition is None:
        return []
    groups = {
        "documents": _("Required document"),
        "fields": _("Question"),
        "stages": _("Stage"),
        "clauses": _("Clause of the decree"),
    }
    rows = []
    for part, (title, rest) in PARTS.items():
        for place, row in enumerate(edition.definition.get(part, [])):
            key = f"{part}-{row.get('code') or place}"
            words = [_word(row.get(name)) for name in rest]
            name = " ".join(_word(row.get(name)) for name in title)
            rows.append(Row(key, groups[part], name, "\n".join(filter(None, words)) or "–"))
    return rows


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _home(service: Service, user: Any) -> str:
    address = reverse("psk_layanan_modeladmin_edit", args=[service.pk])
    return address if user.has_perm("psk_plugin.change_service") else ""


ENTRY = Kept(
    key="layanan",
    model=Service,
    permission="psk_plugin.view_service",
    icon="form",
    fields=tuple(field.name for field in Service._meta.concrete_fields if field.name != "id"),
    rows=rows_at,
    home=_home,
)
