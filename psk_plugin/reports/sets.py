"""The applications behind each figure. A figure is the number of rows of its set, so the list it opens always fits."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..submissions.models import FINAL, Status, Submission


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included, and what the report is narrowed by."""

    first: dt.date
    last: dt.date
    service_id: int | None = None
    kecamatan: str = ""
    sector: str = ""

    @property
    def begins(self) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.first, dt.time()))

    @property
    def ends(self) -> dt.datetime:
        """The moment after the last day."""
        return timezone.make_aware(dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time()))

    def within(self, name: str) -> Q:
        """Rows whose moment `name` lies in the period."""
        return Q(**{f"{name}__gte": self.begins, f"{name}__lt": self.ends})

    def narrowed(self, prefix: str = "") -> Q:
        """Applications of the service, the kecamatan and the sector of the report."""
        wanted = {
            "service_id": self.service_id,
            "company__kecamatan": self.kecamatan,
            "company__sector": self.sector,
        }
        return Q(**{f"{prefix}{name}": value for name, value in wanted.items() if value})


@dataclass(frozen=True)
class Figured:
    """One figure: its name in addresses, in words, and the applications that it counts."""

    code: str
    label: Promise | str
    condition: Callable[[Period], Q] = field(repr=False)

    def applications(self, period: Period) -> QuerySet[Submission]:
        return _filed(period).filter(self.condition(period))


def _filed(period: Period) -> QuerySet[Submission]:
    return Submission.objects.exclude(status=Status.DRAFT).filter(period.narrowed())


def _closed_as(status: str) -> Callable[[Period], Q]:
    return lambda period: period.within("closed_at") & Q(status=status)


def _open(period: Period) -> Q:
    return Q(filed_at__lt=period.ends) & (Q(closed_at__isnull=True) | Q(closed_at__gte=period.ends))


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
        Figured(
            "dikembalikan",
            _("Returned for repair at least once"),
            lambda period: Q(
                pk__in=Submission.objects.filter(
                    notices__sent_at__gte=period.begins, notices__sent_at__lt=period.ends
                ).values("pk")
            ),
        ),
    )
}
