"""The one door through which an application changes: `perform`.

Every step takes the row under a lock, checks state, person, four eyes and findings, writes status, movement,
event and document versions, and lets the upper rooms take part, all in one transaction. Nothing is sent or
rendered before commit.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..calendar import office_calendar
from ..companies.models import is_member
from ..office.acting import groups_of
from ..office.models import OfficeSettings
from ..services.models import SendBack, Stage, StageKind
from . import clocks, repairs
from .actions import ACTIONS, GROUND_LABELS, Action, By
from .errors import Forbidden, Impossible, LifecycleError, Stale
from .filing import file_draft
from .guards import objection
from .locking import locked as lock
from .models import Event, Finding, Movement, RepairNotice, Status, Submission
from .numbers import next_number
from .signals import transitioned

__all__ = ["Forbidden", "Impossible", "LifecycleError", "Stale", "available_actions", "perform", "refusal"]

logger = logging.getLogger(__name__)

#: What the system does without anybody's press: `perform` with no user.
BY_ITSELF = ("lapse",)
UNSETTLED = (Finding.State.DRAFT, Finding.State.OPEN, Finding.State.ANSWERED)


def available_actions(submission: Submission, user) -> list[Action]:
    """Actions that `perform` would accept from `user` now, findings and reasons aside."""
    return [action for action in ACTIONS.values() if refusal(submission, action, user) is None]


def refusal(submission: Submission, action: Action, user) -> LifecycleError | None:
    """Why `user` cannot do `action` now; `None` where nothing stands against it. Three queries at most.

    `user` is `None` for what the system does by itself.
    """
    if action.by == By.COMPANY:
        if user is None or not is_member(user, submission.company_id):
            return Forbidden(_("Only people of the company can do this."))
        if submission.status not in action.statuses:
            return Impossible(_already(submission))
        return None
    stage = submission.stage
    # Kind and status first: what no one can do here is impossible, not forbidden.
    if submission.status not in action.statuses or stage is None:
        return Impossible(_already(submission))
    if action.stage_kinds and stage.kind not in action.stage_kinds:
        return Impossible(_("At this stage (%s) this decision does not exist.") % stage.title)
    if user is None:
        problem = None if action.code in BY_ITSELF else Forbidden(_("Only people of the office can do this."))
    else:
        problem = _not_this_person(submission, stage, action, user)
    if problem is None and action.code == "lapse" and not clocks.repair_is_overdue(submission):
        return Impossible(_("The company still has time for its repair."))
    return problem


def _not_this_person(submission: Submission, stage: Stage, action: Action, user) -> Forbidden | None:
    if not stage.groups.filter(pk__in=groups_of(user)).exists():
        return Forbidden(_("This application waits for another desk: %s.") % stage.title)
    if submission.assignee_id not in (None, user.pk):
        return Forbidden(_("A colleague has this application in hand: %s. Take it over first.") % submission.assignee)
    if is_member(user, submission.company_id):
        return Forbidden(_("You act for this company, so a colleague must decide."))
    if action.is_decision and not submission.definition.get("allow_same_decider"):
        decided_elsewhere = (
            Event.objects.filter(submission=submission, actor=user, is_decision=True)
            .exclude(stage_id=submission.stage_id)
            .exists()
        )
        if decided_elsewhere:
            return Forbidden(_("You have decided at another stage of this application; a colleague must decide here."))
    return None


@transaction.atomic
def perform(
    submission: Submission,
    action_code: str,
    user,
    *,
    reason: str = "",
    revision: int | None = None,
    data: Mapping[str, Any] | None = None,
) -> Submission:
    """Do one action and return the application as it then is.

    `revision`: the `Submission.revision` the person was looking at; a newer one refuses the action as stale.
    `data`: what the action needs besides: `stage` (id) for send_back, `ground` for reject, `message` for return.
    Raises `Forbidden` (not this person), `Impossible` (not in this state, or something is missing), `Stale`.
    """
    action = ACTIONS.get(action_code)
    if action is None:
        raise Impossible(_("This action does not exist."))
    locked = lock(submission)
    if problem := refusal(locked, action, user):
        raise problem
    if revision is not None and revision != locked.revision:
        raise Stale(_("Someone else has just worked on this application. Please look at it again before deciding."))
    reason = reason.strip()
    if action.needs_reason and not reason:
        raise Impossible(_("Please write the reason."))
    if action.is_forward:
        _refuse_unsettled_findings(locked)
    if sentence := objection(locked, action.code):
        raise Impossible(sentence)
    stage_before = locked.stage
    now = timezone.now()
    details = _STEPS[action.code](locked, user, now, reason, dict(data or {})) or {}
    locked.revision += 1
    locked.save()
    event = Event.objects.create(
        submission=locked,
        action=action.code,
        stage=stage_before,
        stage_title=stage_before.title if stage_before else "",
        actor=user,
        is_by_company=action.by == By.COMPANY,
        is_decision=action.is_decision,
        # Where colleagues send it among themselves is not the company's concern.
        is_public=action.code != "send_back",
        reason=reason,
        details=details,
        at=now,
    )
    transitioned.send(sender=Submission, submission=locked, event=event, action=action.code)
    return locked


def lapse_overdue() -> int:
    """Close every application whose company let the time for repair pass, if the office wants that done by itself.

    Meant for the day after the last one, any number of times. Returns how many were closed.
    """
    if not OfficeSettings.load().closes_overdue_repairs:
        return 0
    calendar, today = office_calendar(), timezone.localdate()
    closed = 0
    open_notices = RepairNotice.objects.filter(
        closed_at__isnull=True, repair_days__gt=0, submission__status=Status.RETURNED
    )
    for notice in open_notices.select_related("submission").order_by("sent_at"):
        due = clocks.repair_due(notice, calendar, today)
        if due is None or due >= today:
            continue
        try:
            perform(notice.submission, "lapse", None)
            closed += 1
        except LifecycleError as refused:  # the company's repair came in this very moment
            logger.info("Application %s was not closed: %s", notice.submission_id, refused)
    return closed


def _already(submission: Submission) -> str:
    return _("This is no longer possible: the application is now “%s”.") % submission.public_status


def _refuse_unsettled_findings(submission: Submission) -> None:
    states = set(submission.findings.filter(state__in=UNSETTLED, is_mandatory=True).values_list("state", flat=True))
    if Finding.State.DRAFT in states:
        raise Impossible(_("There are findings not sent yet. Return the application, or delete them first."))
    if states:
        raise Impossible(_("There are findings not settled yet. Accept each repair, or ask again, first."))


# Steps: what each action does inside the transaction. Each may return details for the event.


def _file(submission, user, now, reason, data) -> dict:
    details = file_draft(submission, user, now)
    submission.to_filed()
    _enter(submission, submission.route[0], now)
    return details


def _forward(submission, user, now, reason, data) -> None:
    """On to the next stage of the route as filed; retired stages are passed over."""
    following = _after(submission)
    _leave(submission, user, now, "forward")
    _enter(submission, following, now)


def _receive(submission, user, now, reason, data) -> dict:
    if submission.registration_number is None:
        submission.registration_number = next_number(
            "registration",
            OfficeSettings.load().registration_pattern,
            timezone.localdate(now),
            submission.kind_code,
        )
    _forward(submission, user, now, reason, data)
    return {"registration_number": submission.registration_number}


def _sign(submission, user, now, reason, data) -> None:
    _leave(submission, user, now, "sign")
    submission.to_issued()
    _close(submission, now)


def _return(submission, user, now, reason, data) -> dict:
    notice = repairs.send_notice(submission, user, now, str(data.get("message", "")).strip())
    _leave(submission, user, now, "return")
    submission.to_returned()
    submission.due_on = None
    return {"notice": notice.sequence, "findings": notice.findings.count()}


def _repair(submission, user, now, reason, data) -> dict:
    details = repairs.take_in(submission, user, now)
    submission.to_repaired()
    _enter(submission, _station(submission, submission.stage_id), now)
    return details


def _send_back(submission, user, now, reason, data) -> dict:
    try:
        target = _station(submission, int(data.get("stage", "")))
    except (TypeError, ValueError) as error:
        raise Impossible(_("Please choose the stage.")) from error
    if target not in earlier_stages(submission):
        raise Impossible(_("From here it cannot go back to that stage. Please choose one of the stages offered."))
    _leave(submission, user, now, "send_back")
    _enter(submission, target, now)
    return {"to": target["title"]}


def _reject(submission, user, now, reason, data) -> dict:
    ground = data.get("ground")
    if ground not in GROUND_LABELS:
        raise Impossible(_("Please choose the ground of the rejection."))
    _leave(submission, user, now, "reject")
    submission.to_rejected()
    _close(submission, now)
    return {"ground": str(ground)}


def _withdraw(submission, user, now, reason, data) -> None:
    submission.notices.filter(closed_at__isnull=True).update(closed_at=now)
    _leave(submission, user, now, "withdraw")
    submission.to_withdrawn()
    _close(submission, now)


def _lapse(submission, user, now, reason, data) -> dict:
    submission.notices.filter(closed_at__isnull=True).update(closed_at=now)
    submission.to_lapsed()
    _close(submission, now)
    return {"by_itself": True} if user is None else {}


_STEPS = {
    "file": _file,
    "receive": _receive,
    "declare_complete": _forward,
    "declare_in_order": _forward,
    "endorse": _forward,
    "sign": _sign,
    "return": _return,
    "repair": _repair,
    "send_back": _send_back,
    "reject": _reject,
    "withdraw": _withdraw,
    "lapse": _lapse,
}


def earlier_stages(submission: Submission) -> list[dict]:
    """Stages to which it can be sent back, as the service was filed: any before the present one, only the one just
    before, or none. Registration has given its number and is done.
    """
    before: list[dict] = []
    for station in submission.route:
        if station["id"] == submission.stage_id:
            match station.get("send_back", SendBack.ANY):
                case SendBack.NONE:
                    return []
                case SendBack.PREVIOUS:
                    return before[-1:]
            return before
        if station["kind"] != StageKind.REGISTRATION:
            before.append(station)
    return before


def _station(submission: Submission, stage_id: int) -> dict:
    for station in submission.route:
        if station["id"] == stage_id:
            return station
    raise Impossible(_("This stage is not part of the application's route."))


def _after(submission: Submission) -> dict:
    ids = [station["id"] for station in submission.route]
    position = ids.index(submission.stage_id)
    if position + 1 >= len(ids):
        raise Impossible(_("This is the last stage."))
    return submission.route[position + 1]


def _enter(submission: Submission, station: dict, now) -> None:
    stage = Stage.objects.get(pk=station["id"])
    # Back at a desk where it has been: it returns into the hands that had it.
    before = submission.movements.filter(stage=stage).select_related("assignee").last()
    had_it = before.assignee if before and before.assignee and before.assignee.is_active else None
    if had_it is not None and not stage.groups.filter(pk__in=groups_of(had_it)).exists():
        had_it = None
    Movement.objects.create(
        submission=submission,
        stage=stage,
        target_days=station["target_days"],
        entered_at=now,
        assignee=had_it,
    )
    submission.assignee, submission.assigned_at = had_it, now if had_it else None
    submission.stage = stage
    submission.stage_since = now
    submission.due_on = clocks.stage_due(timezone.localdate(now), station["target_days"])


def _leave(submission: Submission, user, now, action: str) -> None:
    submission.movements.filter(left_at__isnull=True).update(left_at=now, left_by=user, action=action)


def _close(submission: Submission, now) -> None:
    submission.due_on = None
    submission.assignee, submission.assigned_at = None, None
    submission.closed_at = now
