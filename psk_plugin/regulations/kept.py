"""The history of a company's regulation: each decree is a version of it."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..history.registry import Kept
from .models import CompanyRegulation


def _texts(regulation: CompanyRegulation, before: Any, after: Any, _user: Any) -> str:
    if not before.text_file_id or not after.text_file_id or before.text_file_id == after.text_file_id:
        return ""
    query = urlencode({"kiri": f"f{before.text_file_id}", "kanan": f"f{after.text_file_id}"})
    return f"{reverse('psk_regulation_redline', args=[regulation.pk])}?{query}"


ENTRY = Kept(
    key="peraturan",
    model=CompanyRegulation,
    permission="psk_plugin.view_companyregulation",
    icon="doc-full-inverse",
    fields=(
        *("company", "kind", "title", "version", "valid_from", "valid_until", "previous_until"),
        *("decree_number", "decree_date", "text_file", "revoked_on"),
    ),
    labels={"text_file": _("Text of the regulation (SHA-256)")},
    home=lambda regulation, _user: reverse("psk_regulation_versions", args=[regulation.pk]),
    texts=_texts,
)
