"""The panel on the admin's first page: reports that wait, and those that are late."""

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..homekit import MOST, Count, Row, TaskPanel, Work
from ..review.due import calendar_for, due_label
from .access import ANSWER, waiting_count
from .models import Ticket


class TicketPanel(TaskPanel):
    """The reports that wait for the person; late ones are counted over the whole office, so that heads see."""

    name = "psk_tickets"
    heading = gettext_lazy("Reports that wait for you")
    order = 55
    permissions = (ANSWER,)

    def find_work(self) -> Work:
        waiting = waiting_count(self.request)
        if not waiting:
            return Work()
        listing = reverse("psk_pengaduan_modeladmin_index")
        today, calendar = timezone.localdate(), calendar_for(self.request)
        words = ngettext("%(counter)s report waits for you.", "%(counter)s reports wait for you.", waiting)
        counts = [Count(words % {"counter": waiting}, f"{listing}?giliran=saya")]
        if late := Ticket.objects.overdue(today).count():
            words = ngettext("%(counter)s in the office is late", "%(counter)s in the office are late", late)
            counts.append(Count(words % {"counter": late}, f"{listing}?tempo=terlambat", "late"))
        mine = Ticket.objects.on_our_side().for_desk_of(self.request.user)
        rows = [
            Row(
                ticket.number,
                reverse("psk_ticket", args=[ticket.pk]),
                ticket.subject,
                due_label(ticket.due_on, today, calendar),
            )
            for ticket in mine.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST]
        ]
        return Work(counts, rows, f"{listing}?giliran=saya", _("To all of them"))
