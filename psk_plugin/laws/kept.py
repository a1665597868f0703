"""The history of a source of law."""

from ..history.registry import Kept
from .models import LegalSource

ENTRY = Kept(
    key="sumber-hukum",
    model=LegalSource,
    permission="psk_plugin.view_legalsource",
    icon="doc-full",
    fields=(
        *("code", "kind", "number", "year", "title", "short_name", "state", "in_force_from", "in_force_until"),
        *("note", "summary", "link", "is_public"),
    ),
)
