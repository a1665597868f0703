"""The history of a norm of the checklist."""

from django.urls import reverse

from ..history.registry import Kept
from .models import Norm

ENTRY = Kept(
    key="norma",
    model=Norm,
    permission="psk_plugin.view_norm",
    icon="tasks",
    fields=tuple(field.name for field in Norm._meta.concrete_fields if field.name != "id"),
    home=lambda norm, user: (
        reverse("psk_norma_modeladmin_edit", args=[norm.pk]) if user.has_perm("psk_plugin.change_norm") else ""
    ),
)
