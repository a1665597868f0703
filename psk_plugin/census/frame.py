"""What all pages of the room share."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import CensusBatch

INDEX = "psk_sensus_modeladmin_index"
IMPORT = "psk_plugin.import_census"
may_import = permission_required(IMPORT, raise_exception=True)


def batch_or_404(pk: int) -> CensusBatch:
    return get_object_or_404(
        CensusBatch.objects.select_related("file", "uploaded_by", "applied_by", "undone_by"), pk=pk
    )


def frame(batch: CensusBatch | None, title: str) -> dict[str, Any]:
    """What every page of the room shows around its own content."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse(INDEX), "label": _("Census of companies")},
    ]
    if batch is not None and title != batch.name:
        crumbs.append({"url": reverse("psk_census", args=[batch.pk]), "label": batch.name})
    return {
        "batch": batch,
        "header_title": title,
        "page_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
    }
