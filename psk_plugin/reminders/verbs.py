"""Planning, sending and stopping reminders. Runs that are missed, doubled or side by side do no harm."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import conf
from ..calendar import WorkingCalendar, office_calendar
from ..companies.merged import FOR_OFFICE
from ..outreach.models import Occasion
from ..outreach.outbox import in_our_language, post, recipients_of_company
from ..regulations.models import CompanyRegulation
from ..services.models import Kind
from ..submissions.errors import Impossible
from ..submissions.models import RUNNING, Submission
from . import letters
from .models import RenewalReminder, Step

#: Days that a reminder stands in the list before it goes out.
AHEAD = 7
#: Longest step in days.
LONGEST = 90
#: Hour of the day before which nothing goes out: mails at night look like a fault.
FIRST_HOUR = 7

_S = RenewalReminder.State


def due_days(regulation: CompanyRegulation, calendar: WorkingCalendar) -> dict[Step, dt.date]:
    """The days on which a company is reminded of the end of its regulation."""
    days = {
        step: regulation.valid_until - dt.timedelta(days=int(step))
        for step in (Step.DAYS_90, Step.DAYS_60, Step.DAYS_45)
    }
    if regulation.kind == Kind.PP:
        days[Step.LAST_DAY] = calendar.add(regulation.valid_until, -conf.RENEWAL_WORKING_DAYS)
    return days


def ending(today: dt.date) -> QuerySet[CompanyRegulation]:
    """Regulations that hold, end within the longest step and are not being followed by another."""
    under_way = Submission.objects.filter(company_id=OuterRef("company_id"), status__in=RUNNING).filter(
        Q(service__kind=OuterRef("kind")) | Q(service__kind=Kind.PKB)
    )
    last = today + dt.timedelta(days=LONGEST + AHEAD)
    return CompanyRegulation.objects.filter(
        ~Exists(under_way),
        valid_until__gte=today,
        valid_until__lte=last,
        revoked_on__isnull=True,
        replaced_from__isnull=True,
    ).select_related("company")


def plan(today: dt.date | None = None) -> int:
    """Write the rows of the reminders due within the next days, and of those that were missed. Returns how many."""
    today = today or timezone.localdate()
    calendar = office_calendar()
    known = set(
        RenewalReminder.objects.filter(valid_until__gte=today).values_list("regulation_id", "valid_until", "step")
    )
    rows = [
        RenewalReminder(regulation=regulation, valid_until=regulation.valid_until, step=step, due_on=due_on)
        for regulation in ending(today).iterator(chunk_size=500)
        for step, due_on in due_days(regulation, calendar).items()
        if due_on <= today + dt.timedelta(days=AHEAD)
        and (regulation.pk, regulation.valid_until, step.value) not in known
    ]
    RenewalReminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def send_due(today: dt.date | None = None) -> int:
    """Write the mails of the reminders that are due. Of several missed ones only the latest goes out.

    Returns how many companies were written to.
    """
    today = today or timezone.localdate()
    due = RenewalReminder.objects.filter(state=_S.PLANNED, due_on__lte=today)
    sent = 0
    for pk in due.order_by("regulation_id").values_list("regulation_id", flat=True).distinct():
        sent += _send_for(pk, today)
    return sent


@transaction.atomic
def _send_for(regulation_id: int, today: dt.date) -> bool:
    """The reminders of one regulation that are due, under a lock. Whether a mail was written."""
    due = RenewalReminder.objects.select_for_update().filter(
        regulation_id=regulation_id, state=_S.PLANNED, due_on__lte=today
    )
    rows = list(due.order_by("due_on", "pk"))
    if not rows:  # Another run was faster.
        return False
    regulation = ending(today).filter(pk=regulation_id).first()
    *missed, latest = rows
    if regulation is None or latest.valid_until != regulation.valid_until:
        _close(rows, _S.PASSED, _("Renewed, replaced, revoked or being renewed."))
        return False
    _close(missed, _S.PASSED, _("A later reminder took its place."))
    recipients = recipients_of_company(regulation.company, with_company=True)
    if not recipients:
        _close([latest], _S.PASSED, _("The company has given no e-mail address: please telephone."))
        return False
    with in_our_language():
        letter = letters.ends(regulation, today, office_calendar())
        post(letter, Occasion.RENEWAL_REMINDER, recipients, key=f"reminder:{latest.pk}", about=regulation.company.name)
    latest.recipients = len(recipients)
    _close([latest], _S.SENT, "")
    return True


def _close(rows: list[RenewalReminder], state: str, reason: str, user: Any = None) -> None:
    for row in rows:
        row.state, row.reason, row.decided_at, row.decided_by = state, reason, timezone.now(), user
        row.save(update_fields=["state", "reason", "decided_at", "decided_by", "recipients"])


def _locked(reminder: RenewalReminder) -> RenewalReminder:
    row = RenewalReminder.objects.select_for_update().filter(pk=reminder.pk).first()
    if row is None:
        raise Impossible(str(FOR_OFFICE))
    return row


@transaction.atomic
def stop(reminder: RenewalReminder, user: Any, reason: str) -> None:
    """It does not go out. Raises `Impossible` where it has gone out, or the reason is missing."""
    row = _locked(reminder)
    if row.state != _S.PLANNED:
        raise Impossible(_("This reminder is no longer planned: %s.") % row.get_state_display())
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise Impossible(_("Please say why, in one sentence."))
    if len(reason) > 250:
        raise Impossible(_("Please say it in at most 250 characters."))
    _close([row], _S.STOPPED, reason, user)


@transaction.atomic
def resume(reminder: RenewalReminder, user: Any) -> None:
    """It goes out after all. Raises `Impossible` where nobody had stopped it."""
    row = _locked(reminder)
    if row.state != _S.STOPPED:
        raise Impossible(_("Nobody has stopped this reminder."))
    _close([row], _S.PLANNED, "", user)


def run(now: dt.datetime | None = None) -> tuple[int, int]:
    """Plan and, from the morning on, send: for the command that runs every few minutes. Numbers of both."""
    now = timezone.localtime(now)
    planned = plan(now.date())
    return planned, send_due(now.date()) if now.hour >= FIRST_HOUR else 0
