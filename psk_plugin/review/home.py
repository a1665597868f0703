"""The panel on the admin's first page: what waits for me."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..counting import MOST as MOST_COUNTED
from ..counting import bounded_counts
from ..homekit import MOST
from .access import REVIEW, waiting_count, waiting_for
from .due import calendar_for, due_label, soon_day


class WaitingPanel(Component):
    """The applications that wait for the person: how many, how many late or nearly so, and the most urgent ones."""

    name = "psk_waiting"
    template_name = "psk_plugin/review/home_panel.html"
    order = 50

    def __init__(self, request) -> None:
        self.request = request

    def is_shown(self) -> bool:
        user = self.request.user
        return user.has_perm(REVIEW) and (not user.is_superuser or waiting_count(self.request) > 0)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        today, calendar = timezone.localdate(), calendar_for(self.request)
        waiting = waiting_for(self.request)
        rows = list(
            waiting.select_related("company", "service", "stage")
            .defer("data", "company_data", "workspace")
            .order_by("due_on", "pk")[:MOST]
        )
        for row in rows:
            row.due_label = due_label(row.due_on, today, calendar)
        soon = waiting.filter(due_on__gte=today, due_on__lte=soon_day(self.request, today))
        late_count, soon_count = bounded_counts(
            [(waiting.filter(due_on__lt=today), MOST_COUNTED), (soon, MOST_COUNTED)]
        )
        return {
            "late": late_count,
            "soon": soon_count,
            "rows": rows,
            "waiting": waiting_count(self.request),
            "inbox_url": reverse("psk_kotak-masuk_modeladmin_index"),
        }
