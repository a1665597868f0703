"""Reports are made here: asked for, made once in a task, kept by their content.

A report's row is claimed under a lock, so that two workers make one report; what a stopped worker left is claimed again
after `LEASE`. Files and state are written together at the end: a report is ready with all its files or not at all.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from ..background import after_commit, task
from ..records import intake
from ..sheets import XLSX
from . import evidence, papers
from .models import Report, ReportFile, ReportKind, ReportState
from .period import Period, of_plain

logger = logging.getLogger(__name__)

#: Makings tried by themselves; after that somebody has to press the button.
MAX_ATTEMPTS = 3

#: Told how far it is, of a hundred.
Told = Callable[[int], None]
CONTENT_TYPES = {"pdf": intake.PDF, "xlsx": XLSX}


def _monitoring(report: Report, period: Period, told: Told) -> dict[str, bytes]:
    return papers.monitoring(period, told)


def _complying(report: Report, period: Period, told: Told) -> dict[str, bytes]:
    return papers.complying(period, told)


def _evidence(report: Report, period: Period, told: Told) -> dict[str, bytes]:
    return {"xlsx": evidence.workbook(period, told, with_names=report.with_names, reason=report.reason)}


MAKERS: Mapping[str, Callable[[Report, Period, Told], dict[str, bytes]]] = {
    ReportKind.MONITORING: _monitoring,
    ReportKind.COMPLYING: _complying,
    ReportKind.EVIDENCE: _evidence,
}


def ask(
    user, kind: str, period: Period, *, with_names: bool = False, reason: str = "", in_task: bool = True
) -> tuple[Report, bool]:
    """A report to be made, and whether it is new: who presses twice has the one that is under way."""
    plain = period.plain()
    said = json.dumps([user.pk if user else None, kind, plain, with_names], sort_keys=True)
    key = hashlib.sha256(said.encode()).hexdigest()
    values = {"first": period.first, "last": period.last, "period": plain}
    values |= {"with_names": with_names, "reason": reason[:300], "asked_by": user}
    try:
        with transaction.atomic():
            report = Report.objects.create(kind=kind, key=key, **values)
            if in_task:
                after_commit(make_report, report.pk)
    except IntegrityError:
        under_way = Report.objects.filter(key=key, state__in=(ReportState.WAITING, ReportState.RUNNING)).first()
        if under_way is None:  # it has just become ready
            return Report.objects.filter(key=key).latest("asked_at"), False
        return under_way, False
    report.refresh_from_db()
    return report, True


def ask_again(report: Report) -> bool:
    """Make a failed report once more; `False` where it has not failed, or is being made a second time already."""
    try:
        with transaction.atomic():
            locked = Report.objects.select_for_update().get(pk=report.pk)
            if locked.state != ReportState.FAILED:
                return False
            locked.state, locked.attempts, locked.progress = ReportState.WAITING, 0, 0
            locked.save()
            after_commit(make_report, locked.pk)
    except IntegrityError:
        return False
    return True


@task()
def make_report(pk: int) -> None:
    make(pk)


def make(pk: int) -> bool:
    """Make a report that waits; `False` where somebody else does, or it is made. Errors are logged and shown."""
    report = _claim(pk)
    if report is None:
        return False

    def told(progress: int) -> None:
        Report.objects.filter(pk=pk).update(progress=progress)

    try:
        # A paper of the office is Indonesian whatever language the screen has.
        with translation.override("id"):
            files = MAKERS[report.kind](report, of_plain(report.period), told)
        with transaction.atomic():
            for ending, data in files.items():
                looked = intake.Looked(CONTENT_TYPES[ending])
                ReportFile.objects.update_or_create(
                    report=report, ending=ending, defaults={"file": intake.keep(data, looked)}
                )
            Report.objects.filter(pk=pk).update(state=ReportState.DONE, progress=100, finished_at=timezone.now())
    except Exception:
        logger.exception("Report %s could not be made", pk)
        Report.objects.filter(pk=pk).update(state=ReportState.FAILED, finished_at=timezone.now())
        return False
    return True


@transaction.atomic
def _claim(pk: int) -> Report | None:
    report = Report.objects.select_for_update().unfinished().filter(pk=pk).first()
    if report is None:
        return None
    report.state, report.started_at, report.progress = ReportState.RUNNING, timezone.now(), 5
    report.attempts += 1
    report.save()
    return report


def make_missing() -> int:
    """Make what waits or was left by a process that stopped. Returns how many were made."""
    waiting = Report.objects.unfinished().filter(attempts__lt=MAX_ATTEMPTS).order_by("asked_at")
    made = sum(make(pk) for pk in list(waiting.values_list("pk", flat=True)[:20]))
    Report.objects.unfinished().filter(attempts__gte=MAX_ATTEMPTS).update(
        state=ReportState.FAILED, finished_at=timezone.now()
    )
    return made
