"""On the admin's first page: regulations that end soon."""

from django.db.models import Count as Number
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import conf
from ..homekit import MOST, Count, Row, TaskPanel, Work
from .models import CompanyRegulation, RegulationState, state_condition

#: Days from which on the end is near: a renewal is due 30 days before it (Permenaker 28/2014).
NEAR_DAYS = 30


class _End:
    """The last day of a regulation, in words."""

    def __init__(self, last, today) -> None:
        self.text = _("until %s") % date_format(last, "j M Y")
        is_near = (last - today).days <= NEAR_DAYS
        self.tone, self.icon = ("soon", "time") if is_near else ("calm", "calendar")


class ExpiringPanel(TaskPanel):
    """For the heads, who watch over companies."""

    name = "psk_expiring"
    heading = gettext_lazy("Regulations that end soon")
    order = 60
    permissions = ("psk_plugin.view_companyregulation", "psk_plugin.view_company")

    def find_work(self) -> Work:
        today = timezone.localdate()
        numbers = CompanyRegulation.objects.aggregate(
            soon=Number("pk", filter=state_condition(RegulationState.EXPIRING, today)),
            over=Number("pk", filter=state_condition(RegulationState.EXPIRED, today)),
        )
        if not any(numbers.values()):
            return Work()
        listing = reverse("psk_peraturan_modeladmin_index")
        counts = []
        if numbers["soon"]:
            words = ngettext(
                "%(number)d ends within %(days)d days", "%(number)d end within %(days)d days", numbers["soon"]
            )
            words %= {"number": numbers["soon"], "days": conf.EXPIRING_DAYS}
            counts.append(Count(words, f"{listing}?status={RegulationState.EXPIRING}", "soon"))
        if numbers["over"]:
            words = ngettext("%d has ended", "%d have ended", numbers["over"]) % numbers["over"]
            counts.append(Count(words, f"{listing}?status={RegulationState.EXPIRED}", "late"))
        ending = CompanyRegulation.objects.in_state(RegulationState.EXPIRING, today).select_related("company")
        rows = [
            Row(
                regulation.company.name,
                reverse("psk_regulation_versions", args=[regulation.pk]),
                regulation.get_kind_display(),
                _End(regulation.valid_until, today),
            )
            for regulation in ending.order_by("valid_until", "pk")[:MOST]
        ]
        return Work(counts, rows)
