"""The applications behind each figure. A figure is the number of rows of its set, so the list it opens always fits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..submissions.models import FINAL, Status, Submission
from ..submissions.notices import RepairNotice
from .period import Period


@dataclass(frozen=True)
class Figured:
    """One figure: its name in addresses, in words, and the applications that it counts."""

    code: str
    label: Promise | str
    condition: Callable[[Period], Q] = field(repr=False)

    def applications(self, period: Period) -> QuerySet[Submission]:
        return filed(period).filter(self.condition(period))


def filed(period: Period) -> QuerySet[Submission]:
    """Every application that was ever filed, narrowed as the report is."""
    return Submission.objects.exclude(status=Status.DRAFT).filter(period.narrowed())


def _closed_as(status: str) -> Callable[[Period], Q]:
    return lambda period: period.within("closed_at") & Q(status=status)


def _open(period: Period) -> Q:
    return Q(filed_at__lt=period.ends) & (Q(closed_at__isnull=True) | Q(closed_at__gte=period.ends))


def _returned(period: Period) -> Q:
    return Q(pk__in=RepairNotice.objects.filter(period.within("sent_at")).values("submission"))


def _never_returned(period: Period) -> Q:
    return _closed_as(Status.ISSUED)(period) & ~Q(pk__in=RepairNotice.objects.values("submission"))


FIGURED: Mapping[str, Figured] = {
    figured.code: figured
    for figured in (
        Figured("masuk", _("Applications filed"), lambda period: period.within("filed_at")),
        Figured("selesai", _("Applications closed"), lambda period: period.within("closed_at") & Q(status__in=FINAL)),
        Figured("terbit", _("Decrees issued"), _closed_as(Status.ISSUED)),
        Figured("ditolak", _("Rejected"), _closed_as(Status.REJECTED)),
        Figured("dibatalkan", _("Withdrawn by the company"), _closed_as(Status.WITHDRAWN)),
        Figured("lewat", _("Closed, time for repair is over"), _closed_as(Status.LAPSED)),
        Figured("berjalan", _("Open at the end of the period"), _open),
        Figured("dikembalikan", _("Returned for repair at least once"), _returned),
        Figured("langsung", _("Decree issued without any repair"), _never_returned),
    )
}
