"""What the list behind a figure shows of each row: headings, cells, and where the row leads."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..compliance.standing import Standing
from ..outreach.models import Mail
from ..sheets import Cell
from ..submissions.models import Submission
from ..submissions.notices import RepairNotice
from ..submissions.trail import Movement
from .figures import Monitoring
from .lists import Rows


@dataclass(frozen=True)
class Line:
    """One row: what its cells say, and the address that its first cell leads to; none for who may not go there."""

    cells: Sequence[Cell | None]
    address: str = ""

    @property
    def shown(self) -> list[str]:
        return [_words(cell) for cell in self.cells]


def _words(cell: Cell | None) -> str:
    if cell is None or cell == "":
        return "–"
    return date_format(cell, "j M Y") if isinstance(cell, dt.date) else str(cell)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


class Shown:
    """The rows of one kind. `may`: permissions of the person, which decide what rows lead to."""

    def __init__(self, kind: str, monitoring: Monitoring, rows: Rows, user: Any) -> None:
        self.kind, self.monitoring, self.rows = kind, monitoring, rows
        # What leads to a page is asked once, not for each row.
        self.to_desk = user.has_perm("psk_plugin.review_submission") or user.has_perm("psk_plugin.view_all_submissions")
        self.to_company = user.has_perm("psk_plugin.view_company")

    @property
    def headings(self) -> list[str]:
        match self.kind:
            case "stay":
                return [
                    *(_("Number"), _("Company"), _("Stage"), _("Came in"), _("Passed on")),
                    *(_("Working days"), _("Target")),
                ]
            case "notice":
                return [_("Number"), _("Company"), _("Sent"), pgettext("notice", "Closed"), _("Stage")]
            case "company":
                return [
                    *(_("Company"), "NIB", _("Kecamatan"), _("Sector"), _("Workers")),
                    *(_("Standing"), _("Valid until")),
                ]
            case "draft":
                return [_("Company"), _("Service"), _("Begun"), _("Last saved")]
            case "mail":
                return [_("Sent"), _("Occasion"), _("About")]
            case _:
                return [
                    *(_("Number"), _("Company"), _("Service"), _("Filed"), pgettext("application", "Closed")),
                    *(_("Status"), _("Working days"), _("Of the company")),
                ]

    def count(self) -> int:
        return self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)

    def lines(self, start: int = 0, stop: int | None = None) -> list[Line]:
        """The rows from `start` to `stop`, in a constant number of queries."""
        objects = self._objects(start, stop)
        return list(getattr(self, f"_{self.kind}s" if self.kind != "company" else "_companies")(objects))

    def _objects(self, start: int, stop: int | None) -> list[Any]:
        base, order = {
            "application": (Submission.objects.select_related("company", "service"), ("-filed_at", "-pk")),
            "stay": (
                Movement.objects.select_related("submission__company", "stage"),
                ("-left_at", "-pk"),
            ),
            "notice": (RepairNotice.objects.select_related("submission__company", "stage"), ("-sent_at", "-pk")),
            "company": (None, ("name", "pk")),
            "draft": (Submission.objects.select_related("company", "service"), ("-created_at", "-pk")),
            "mail": (Mail.objects.defer("text", "html"), ("-sent_at", "-pk")),
        }[self.kind]
        if isinstance(self.rows, QuerySet):
            if base is None:
                return list(self.rows.order_by(*order)[start:stop])
            keys = list(self.rows.order_by(*order).values_list("pk", flat=True)[start:stop])
        else:
            keys = list(reversed(self.rows))[start:stop]
        if self.kind in ("application", "draft"):
            base = base.defer("data", "company_data", "workspace", "origin_data")
        found = base.in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def _desk(self, submission: Submission) -> str:
        return reverse("psk_desk:desk", args=[submission.pk]) if self.to_desk else ""

    def _applications(self, objects: list[Submission]) -> Iterator[Line]:
        days = {row.pk: row for row in self.monitoring.decided}
        for row in objects:
            spent = days.get(row.pk)
            yield Line(
                (
                    *(row.number, row.company.name, row.service.title, _day(row.filed_at), _day(row.closed_at)),
                    *(str(row.get_status_display()), spent and spent.used, spent and spent.paused),
                ),
                self._desk(row),
            )

    def _stays(self, objects: list[Movement]) -> Iterator[Line]:
        days = {stay.pk: stay.days for stay in self.monitoring.stays}
        for row in objects:
            application = row.submission
            yield Line(
                (
                    *(application.number, application.company.name, row.stage.title),
                    *(_day(row.entered_at), _day(row.left_at), days.get(row.pk), row.target_days),
                ),
                self._desk(application),
            )

    def _notices(self, objects: list[RepairNotice]) -> Iterator[Line]:
        for row in objects:
            application = row.submission
            cells = (application.number, application.company.name, _day(row.sent_at), _day(row.closed_at))
            yield Line((*cells, row.stage.title), self._desk(application))

    def _companies(self, objects: list[Any]) -> Iterator[Line]:
        for row in objects:
            address = reverse("psk_compliance_company", args=[row.pk]) if self.to_company else ""
            yield Line(
                (
                    *(row.name, row.nib or "", str(row.get_kecamatan_display()), str(row.get_sector_display())),
                    *(row.headcount, str(Standing(row.standing).label), row.covered_until or row.ended_on),
                ),
                address,
            )

    def _drafts(self, objects: list[Submission]) -> Iterator[Line]:
        for row in objects:
            yield Line((row.company.name, row.service.title, _day(row.created_at), _day(row.saved_at)))

    def _mails(self, objects: list[Mail]) -> Iterator[Line]:
        for row in objects:
            yield Line((_day(row.sent_at), str(row.get_code_display()), row.about))
