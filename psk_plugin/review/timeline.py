"""Everything that happened to an application, merged in order, with how long each desk had it."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..calendar import WorkingCalendar
from ..persons import full_name
from ..submissions import clocks
from ..submissions.actions import GROUND_LABELS, done_words
from ..submissions.models import Event, Finding, Movement, RepairNotice

#: Steps of somebody without an account.
BY_UNION = ("union_agreed", "union_objected")


@dataclass(frozen=True)
class Moment:
    """One line. `is_internal`: the company does not see it. `stay`: how long the stage that ends here had the file."""

    at: dt.datetime
    title: str
    who: str
    is_by_company: bool = False
    is_internal: bool = False
    stage: str = ""
    text: str = ""
    facts: tuple[str, ...] = ()
    stay: str = ""
    stay_is_late: bool = False


def name_of(user) -> str:
    """A person's name as colleagues know it."""
    return (full_name(user) or user.get_username()) if user else _("Account no longer exists")


def stay_words(movement: Movement, until: dt.datetime, calendar: WorkingCalendar) -> tuple[str, bool]:
    """How many working days a stage had the file, against its target, and whether that was too long."""
    used = calendar.count(timezone.localdate(movement.entered_at), timezone.localdate(until))
    words = ngettext("%d working day at this desk", "%d working days at this desk", used) % used
    words += " " + _("(target %d)") % movement.target_days
    return words, used > movement.target_days


def moments(
    events: list[Event],
    movements: list[Movement],
    notices: list[RepairNotice],
    findings: list[Finding],
    calendar: WorkingCalendar,
) -> list[Moment]:
    """The timeline, newest first."""
    left = {movement.left_at: movement for movement in movements if movement.left_at}
    lines = [_of_event(event, left, calendar) for event in events]
    lines += [
        Moment(
            at=notice.first_read_at,
            title=_("Notice %d read by the company") % notice.sequence,
            who=name_of(notice.first_read_by),
            is_by_company=True,
            facts=(_("The days for the repair count from here."),),
        )
        for notice in notices
        if notice.first_read_at
    ]
    lines += [
        Moment(
            at=timezone.make_aware(
                dt.datetime.combine(clocks.counts_as_delivered_on(notice, calendar), dt.time(23, 59))
            ),
            title=_("Notice %d counts as delivered") % notice.sequence,
            who=_("the system"),
            facts=(_("Nobody of the company had opened it. The days for the repair count from here."),),
        )
        for notice in notices
        if clocks.was_deemed_delivered(notice, calendar)
    ]
    lines += [
        Moment(
            at=finding.resolved_at,
            title=_("Repair accepted") if finding.state == Finding.State.ACCEPTED else _("Asked again"),
            who=name_of(finding.resolved_by),
            is_internal=True,
            stage=finding.stage.title,
            text=finding.problem,
        )
        for finding in findings
        if finding.resolved_at
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _who(event: Event) -> str:
    if event.actor is None and event.action in BY_UNION:
        return _("the union")
    return name_of(event.actor)


def _of_event(event: Event, left: dict[dt.datetime, Movement], calendar: WorkingCalendar) -> Moment:
    stay, is_late = "", False
    if event.at in left:
        stay, is_late = stay_words(left[event.at], event.at, calendar)
    return Moment(
        at=event.at,
        title=done_words(event.action),
        who=_who(event),
        is_by_company=event.is_by_company,
        is_internal=not event.is_public,
        stage=event.stage_title,
        text=event.reason,
        facts=tuple(_facts(event.details)),
        stay=stay,
        stay_is_late=is_late,
    )


def _facts(details: dict) -> list[str]:
    """What an event carries besides its name, in words. Unknown keys are left to the database."""
    facts = []
    if number := details.get("registration_number"):
        facts.append(_("Registration number %s") % number)
    if "findings" in details:
        count = details["findings"]
        facts.append(
            ngettext("Notice %(notice)d with %(count)d finding", "Notice %(notice)d with %(count)d findings", count)
            % {"notice": details.get("notice", 0), "count": count}
        )
    if titles := details.get("documents"):
        facts.append(_("Replaced: %s") % ", ".join(titles))
    if target := details.get("to"):
        facts.append(_("To: %s") % target)
    if details.get("has_file"):
        facts.append(_("With a file"))
    if hands := details.get("hands"):
        facts.append(" → ".join(name or _("common inbox") for name in hands))
    if ground := details.get("ground"):
        facts.append(str(GROUND_LABELS.get(ground, ground)))
    return facts
