"""The history of a rule of early signs."""

from django.urls import reverse

from ..history.registry import Kept
from .models import SignRule

ENTRY = Kept(
    key="tanda-dini",
    model=SignRule,
    permission="psk_plugin.view_signrule",
    icon="warning",
    fields=("code", "is_on", "threshold", "months"),
    home=lambda rule, user: (
        reverse("psk_aturan-tanda-dini_modeladmin_edit", args=[rule.pk])
        if user.has_perm("psk_plugin.change_signrule")
        else ""
    ),
)
