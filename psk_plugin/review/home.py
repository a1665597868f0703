"""The panel on the admin's first page: what waits for me."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..homekit import MOST
from ..submissions.models import Submission
from .access import REVIEW, waiting_count
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
        waiting = Submission.objects.awaiting(self.request.user)
        rows = list(
            waiting.select_related("company", "service", "stage")
            .defer("data", "company_data", "workspace")
            .order_by("due_on", "pk")[:MOST]
        )
        for row in rows:
            row.due_label = due_label(row.due_on, today, calendar)
        numbers = waiting.order_by().aggregate(
            late=Count("pk", filter=Q(due_on__lt=today)),
            soon=Count("pk", filter=Q(due_on__gte=today, due_on__lte=soon_day(self.request, today))),
        )
        return numbers | {
            "rows": rows,
            "waiting": waiting_count(self.request),
            "inbox_url": reverse("psk_kotak-masuk_modeladmin_index"),
        }
