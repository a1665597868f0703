"""Columns of the two lists: how each is called, which cell shows it, what it is in a spreadsheet, what orders by it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, OrderBy
from django.db.models.functions import Lower
from django.utils import timezone

from ..sheets import Cell
from ..submissions.models import Status, Submission
from .models import ListColumns
from .timeline import name_of


@dataclass(frozen=True)
class Column:
    """`name` stands in addresses and in what people keep; `cell` is the list's method that shows it.

    `plain` is the value for a spreadsheet. `order`, for a column one can sort by, gives what an index serves, each
    entry with whether it runs upwards when the column does.
    """

    name: str
    cell: str
    plain: Callable[[Submission], Cell | None]
    order: tuple[str | Callable[[bool], OrderBy], ...] = ()
    is_fixed: bool = False

    def ordering(self, downwards: bool) -> list[str | OrderBy]:
        sign = "-" if downwards else ""
        return [f"{sign}{part}" if isinstance(part, str) else part(downwards) for part in self.order]


def _by_company(downwards: bool) -> OrderBy:
    return Lower("company__name").desc() if downwards else Lower("company__name").asc()


def _by_due(downwards: bool) -> OrderBy:
    """What is due on no day comes last either way."""
    return F("due_on").desc(nulls_last=True) if downwards else F("due_on").asc(nulls_last=True)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localtime(moment).date() if moment else None


NUMBER = Column("nomor", "number_link", lambda row: row.number, ("number", "pk"), is_fixed=True)
BOOK = Column("register", "book_number", lambda row: row.registration_number or "")
COMPANY = Column("perusahaan", "company_name", lambda row: row.company.name, (_by_company, "pk"))
NIB = Column("nib", "company_nib", lambda row: row.company.nib)
KECAMATAN = Column("kecamatan", "company_place", lambda row: str(row.company.get_kecamatan_display()))
SERVICE = Column("layanan", "service_title", lambda row: row.service.title)
STAGE = Column("tahap", "stage_title", lambda row: row.stage.title if row.stage_id else "")
STATUS = Column(
    "status",
    "status_words",
    lambda row: str(row.get_status_display()),
    ("status", "stage_id", "due_on", "pk"),
)
TURN = Column("giliran", "turn", lambda row: str(row.turn_words))
HANDS = Column("tangan", "hands", lambda row: name_of(row.assignee) if row.assignee_id else "")
FILED = Column("masuk", "filed_on", lambda row: _day(row.filed_at), ("filed_at", "pk"))
SINCE = Column("sejak", "since_on", lambda row: _day(row.stage_since) if row.status == Status.IN_REVIEW else None)
DUE = Column("tempo", "due_in_words", lambda row: row.due_day, (_by_due, "pk"))


def chosen_columns(user, place: str, offered: Iterable[Column], usual: Iterable[Column]) -> list[Column]:
    """The person's columns of the list, in the order in which they are offered; the usual ones until chosen."""
    kept = ListColumns.objects.filter(owner=user, place=place).values_list("names", flat=True).first()
    wanted = {column.name for column in usual} if kept is None else set(kept)
    return [column for column in offered if column.is_fixed or column.name in wanted]


def keep_columns(user, place: str, names: Iterable[str], offered: Iterable[Column]) -> None:
    """Remember which columns the person wants; names that are no column of the list count as none."""
    wanted = set(names)
    values = {"names": [column.name for column in offered if column.name in wanted]}
    try:
        with transaction.atomic():
            ListColumns.objects.update_or_create(owner=user, place=place, defaults=values)
    except IntegrityError:  # the same person in a second window, at the same moment
        ListColumns.objects.filter(owner=user, place=place).update(**values)


def forget_columns(user, place: str) -> None:
    """Back to the usual columns."""
    ListColumns.objects.filter(owner=user, place=place).delete()
