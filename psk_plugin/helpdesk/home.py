"""The panel on the admin's first page: reports that wait, and those that are late."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..review.due import calendar_for, due_label
from .access import ANSWER, waiting_count
from .models import Ticket

MOST = 5


class TicketPanel(Component):
    """Up to five reports that wait for the person; late ones are counted over the whole office, so that heads see."""

    name = "psk_tickets"
    template_name = "psk_plugin/helpdesk/home_panel.html"
    order = 55

    def __init__(self, request) -> None:
        self.request = request

    def is_shown(self) -> bool:
        return self.request.user.has_perm(ANSWER) and waiting_count(self.request) > 0

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        today, calendar = timezone.localdate(), calendar_for(self.request)
        waiting = Ticket.objects.on_our_side().for_desk_of(self.request.user)
        rows = list(waiting.select_related("category").order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST])
        for row in rows:
            row.due_label = due_label(row.due_on, today, calendar)
        return {
            "rows": rows,
            "waiting": waiting_count(self.request),
            "late": Ticket.objects.overdue(today).count(),
            "inbox_url": reverse("psk_pengaduan_modeladmin_index"),
        }
