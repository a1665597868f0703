"""Every clock of an application, computed from dates: movements, notices, the calendar. No counter is kept.

Which clocks there are and how long they run is the service's own data; a length of 0 means that there is none. Legal
sources stand in `BASIS`. The days stop while the company has the file.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..calendar import WorkingCalendar, office_calendar
from ..services.models import Kind, StageKind
from .models import Movement, RepairNotice, Status, Submission

#: Kind of service -> what each clock rests on: examination and decree of a PP, thirty working days after which a PP
#: counts as approved; examination and registration of a PKB. Any other service rests on no such article.
BASIS: dict[str, dict[str, str]] = {
    Kind.PP: {
        "examination": "Permenaker 28/2014 Ps 8(5)",
        "decree": "Permenaker 28/2014 Ps 10(2)",
        "statutory": "UU 13/2003 Ps 112(2)",
    },
    Kind.PKB: {"examination": "Permenaker 28/2014 Ps 31", "decree": "Permenaker 28/2014 Ps 31"},
}


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)


@dataclass(frozen=True)
class Clock:
    """One clock as it stands. `used` and `left` are working days; `left` is negative past `due`."""

    code: str
    title: str
    legal_basis: str
    start: dt.date
    allowed: int
    used: int
    due: dt.date
    is_stopped: bool = False
    is_done: bool = False
    is_certain: bool = True

    @property
    def left(self) -> int:
        return self.allowed - self.used

    @property
    def is_overdue(self) -> bool:
        return self.used > self.allowed


def stage_due(entered: dt.date, target_days: int) -> dt.date:
    """The day by which a stage should be done with an application that entered it on `entered`."""
    return office_calendar().add(entered, target_days)


def pauses(notices: list[RepairNotice], today: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Spans in which the company had the file."""
    return [(_day(n.sent_at), _day(n.closed_at) if n.closed_at else today) for n in notices]


def days_left(due: dt.date | None, today: dt.date, calendar: WorkingCalendar) -> int | None:
    """Working days until `due`; 0 on the day itself, negative after it."""
    return None if due is None else calendar.count(today, due)


class _Counted:
    """A filed application with what its clocks are counted from: one query, none where notices were fetched before."""

    def __init__(self, submission: Submission, calendar: WorkingCalendar | None, today: dt.date | None) -> None:
        self.submission = submission
        self.calendar = calendar or office_calendar()
        self.days = submission.definition["days"]
        self.start = _day(submission.filed_at)
        self.end = _day(submission.closed_at) if submission.closed_at else today or timezone.localdate()
        self.spans = pauses(list(submission.notices.all()), self.end)
        self.basis = BASIS.get(submission.definition["kind"], {})

    def clock(self, code: str, title: str, first: dt.date, last: dt.date, is_done: bool) -> Clock:
        due = self.calendar.due(first, self.days[code], self.spans)
        return Clock(
            code=code,
            title=str(title),
            legal_basis=self.basis.get(code, ""),
            start=first,
            allowed=self.days[code],
            used=self.calendar.count_outside(first, last, self.spans),
            due=due,
            is_stopped=self.submission.status == Status.RETURNED and not is_done,
            is_done=is_done,
            is_certain=self.calendar.is_certain(due),
        )

    def statutory(self) -> Clock | None:
        if not self.days["statutory"]:
            return None
        return self.clock("statutory", _("Time limit of the law"), self.start, self.end, self.submission.is_final)


def clocks_of(
    submission: Submission, calendar: WorkingCalendar | None = None, today: dt.date | None = None
) -> list[Clock]:
    """The clocks of a filed application: examination, decree (once in order), and the limit of the law, each where the
    service has one.
    """
    if submission.filed_at is None:
        return []
    counted = _Counted(submission, calendar, today)
    in_order = _in_order_on(submission, list(submission.movements.select_related("stage")))
    result: list[Clock | None] = []
    if counted.days["examination"]:
        is_done = in_order is not None or submission.is_final
        last = in_order or counted.end
        result.append(counted.clock("examination", _("Examination"), counted.start, last, is_done))
    if counted.days["decree"] and in_order is not None:
        result.append(counted.clock("decree", _("Decree"), in_order, counted.end, submission.is_final))
    result.append(counted.statutory())
    return [clock for clock in result if clock is not None]


def statutory_clock(
    submission: Submission, calendar: WorkingCalendar | None = None, today: dt.date | None = None
) -> Clock | None:
    """The limit of the law alone; `None` before filing and where the service has none."""
    return None if submission.filed_at is None else _Counted(submission, calendar, today).statutory()


def _in_order_on(submission: Submission, movements: list[Movement]) -> dt.date | None:
    """The day on which documents and substance met the conditions; none while it is before or at that stage."""
    examined = [m for m in movements if m.stage.kind in (StageKind.COMPLETENESS, StageKind.SUBSTANCE)]
    if not examined:
        return None
    last = examined[-1]
    if last.left_at is None or last.action != "forward" or submission.status == Status.RETURNED:
        return None
    ids = [s["id"] for s in submission.route if s["kind"] in (StageKind.COMPLETENESS, StageKind.SUBSTANCE)]
    return _day(last.left_at) if ids and last.stage_id == ids[-1] else None


def counts_as_delivered_on(notice: RepairNotice, calendar: WorkingCalendar | None = None) -> dt.date:
    """The day on which the notice counts as received though nobody has read it."""
    return (calendar or office_calendar()).add(_day(notice.sent_at), notice.delivery_days)


def was_deemed_delivered(
    notice: RepairNotice, calendar: WorkingCalendar | None = None, today: dt.date | None = None
) -> bool:
    """Whether the days for repair began without anybody reading: the day of delivery came first."""
    delivered = counts_as_delivered_on(notice, calendar)
    last = _day(notice.closed_at) if notice.closed_at else (today or timezone.localdate())
    return delivered <= last and (notice.first_read_at is None or delivered < _day(notice.first_read_at))


def repair_start(
    notice: RepairNotice, calendar: WorkingCalendar | None = None, today: dt.date | None = None
) -> dt.date | None:
    """The day from which the days for repair run: first reading, or the day it counts as delivered, whichever is first.

    `None` while neither has come. Opening a notice after it has counted as delivered starts nothing anew.
    """
    delivered = counts_as_delivered_on(notice, calendar)
    if notice.first_read_at is not None:
        return min(_day(notice.first_read_at), delivered)
    return delivered if delivered <= (today or timezone.localdate()) else None


def repair_due(
    notice: RepairNotice, calendar: WorkingCalendar | None = None, today: dt.date | None = None
) -> dt.date | None:
    """The last day for the company's repair.

    `None` until the notice has been read or counts as delivered, and where the service sets no limit.
    """
    calendar = calendar or office_calendar()
    start = repair_start(notice, calendar, today)
    return None if start is None or not notice.repair_days else calendar.add(start, notice.repair_days)


def repair_is_overdue(submission: Submission, today: dt.date | None = None) -> bool:
    notice = submission.notices.filter(closed_at__isnull=True).first()
    due = repair_due(notice, today=today) if notice else None
    return due is not None and (today or timezone.localdate()) > due


def refresh_due_dates() -> int:
    """Recompute the due day of every open stay, after the office's calendar has changed. Returns how many moved."""
    calendar = office_calendar()
    moved = []
    open_stays = Movement.objects.filter(left_at__isnull=True).select_related("submission")
    for stay in open_stays.iterator():
        due = calendar.add(_day(stay.entered_at), stay.target_days)
        if stay.submission.due_on != due:
            stay.submission.due_on = due
            moved.append(stay.submission)
    Submission.objects.bulk_update(moved, ["due_on"], batch_size=500)
    return len(moved)
