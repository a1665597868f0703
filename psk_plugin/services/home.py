"""On the admin's first page: services in which something looks wrong."""

from django.db.models import Count as Number
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..homekit import MOST, Count, Row, TaskPanel, Work
from .judging import doubts
from .models import Service, Stage
from .rows import ServiceLegalSource


def troubled_services() -> list[tuple[Service, list[str]]]:
    """Published services with what looks wrong in each; three queries however many there are.

    Beside what saving a service would say: a stage in whose groups nobody is, where applications would lie for ever.
    """
    empty: dict[int, list[str]] = {}
    lonely = Stage.objects.filter(is_active=True, service__is_published=True).annotate(
        people=Number("groups__user", filter=Q(groups__user__is_active=True))
    )
    for service_id, title in lonely.filter(people=0).values_list("service_id", "title"):
        empty.setdefault(service_id, []).append(title)
    bases = Prefetch("legal_sources", ServiceLegalSource.objects.select_related("source"))
    found = []
    for service in Service.objects.filter(is_published=True).prefetch_related(bases).order_by("title", "pk"):
        problems = [_("Nobody works at the stage “%s”.") % title for title in empty.get(service.pk, ())]
        # Sorted and without doubles: one source can stand under a service with several articles.
        sources = {basis.source_id: basis.source for basis in service.legal_sources.all()}.values()
        problems += doubts(service, sources)
        if problems:
            found.append((service, problems))
    return found


class ServicesPanel(TaskPanel):
    """For whoever builds services."""

    name = "psk_services"
    heading = gettext_lazy("Services that need a look")
    order = 70
    permissions = ("psk_plugin.change_service",)

    def find_work(self) -> Work:
        found = troubled_services()
        if not found:
            return Work()
        words = ngettext("%d service needs a look.", "%d services need a look.", len(found)) % len(found)
        rows = [
            Row(service.title, reverse("psk_layanan_modeladmin_edit", args=[service.pk]), " ".join(problems))
            for service, problems in found[:MOST]
        ]
        return Work([Count(words, tone="soon")], rows, reverse("psk_layanan_modeladmin_index"), _("To all services"))
