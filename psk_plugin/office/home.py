"""On the admin's first page: the list of holidays that the office's time limits need and do not have."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..homekit import Count, TaskPanel, Work
from .national import missing_year


class CalendarPanel(TaskPanel):
    """For whoever keeps the calendar; there only while a list is missing."""

    name = "psk_calendar"
    heading = gettext_lazy("Office calendar")
    order = 45
    permissions = ("psk_plugin.add_calendarexception",)

    def find_work(self) -> Work:
        year = missing_year(timezone.localdate())
        if year is None:
            return Work()
        words = _("The holidays of %d are not known yet, so time limits are estimates: fill in the list") % year
        return Work([Count(words, reverse("psk_calendar_fill", args=[year]), "soon")])
