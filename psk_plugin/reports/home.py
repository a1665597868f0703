"""On the admin's first page: reports that are ready for whoever asked for them, until taken."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..homekit import MOST, Count, Row, TaskPanel, Work
from ..records.models import FileReading
from .models import Report, ReportState
from .report_views import visible_to

#: A report that nobody fetched in this time is no longer waited for.
WAITED_FOR = dt.timedelta(days=14)


class ReadyPanel(TaskPanel):
    """For whoever asked: reports to be taken, and those that could not be made."""

    name = "psk_reports"
    heading = gettext_lazy("Reports you asked for")
    order = 58
    permissions = ("psk_plugin.view_monitoring",)

    def find_work(self) -> Work:
        user, since = self.request.user, timezone.now() - WAITED_FOR
        taken = Exists(FileReading.objects.filter(kind=Report._meta.model_name, row=OuterRef("pk"), user=user))
        own = visible_to(user).filter(asked_by=user, finished_at__gte=since)
        rows = list(own.filter(Q(state=ReportState.DONE) & ~taken | Q(state=ReportState.FAILED))[:100])
        if not rows:
            return Work()
        page, done = reverse("psk_reports"), sum(row.state == ReportState.DONE for row in rows)
        counts = []
        if done:
            words = ngettext("%d report is ready and not taken yet", "%d reports are ready and not taken yet", done)
            counts.append(Count(words % done, page))
        if failed := len(rows) - done:
            words = ngettext("%d report could not be made", "%d reports could not be made", failed)
            counts.append(Count(words % failed, page, "late"))
        return Work(counts, [Row(str(row), page, self._note(row)) for row in rows[:MOST]])

    def _note(self, row) -> str:
        if row.state == ReportState.FAILED:
            return _("Could not be made. Please have it made again on the page of reports.")
        at = date_format(timezone.localtime(row.finished_at), "j F Y, H.i")
        return _("Ready since %(at)s") % {"at": at}
