"""Everything that happened to an application, merged in order, with how long each desk had it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..calendar import WorkingCalendar
from ..submissions import clocks
from ..submissions.actions import GROUND_LABELS, done_words
from ..submissions.models import Event, Finding, Movement, RepairNotice, Submission
from . import reads
from .moment import Moment, name_of

__all__ = ["BY_UNION", "SOURCES", "Moment", "moments", "name_of", "source", "stay_words", "timeline_of"]

#: Steps of somebody without an account.
BY_UNION = ("union_agreed", "union_objected")


def stay_words(movement: Movement, until: dt.datetime, calendar: WorkingCalendar) -> tuple[str, bool]:
    """How many working days a stage had the file, against its target, and whether that was too long."""
    used = calendar.count(timezone.localdate(movement.entered_at), timezone.localdate(until))
    words = ngettext("%d working day at this desk", "%d working days at this desk", used) % used
    words += " " + _("(target %d)") % movement.target_days
    return words, used > movement.target_days


#: What upper rooms add to a timeline: application -> moments, each with a constant number of queries.
SOURCES: list[Callable[[Submission], Iterable[Moment]]] = []


def source(tell: Callable[[Submission], Iterable[Moment]]) -> Callable[[Submission], Iterable[Moment]]:
    """Let `tell` add its moments to every timeline; for rooms above this one."""
    SOURCES.append(tell)
    return tell


def timeline_of(submission: Submission, calendar: WorkingCalendar) -> list[Moment]:
    """All that happened to an application, newest first, with a number of queries that does not grow."""
    lines = moments(
        list(submission.events.select_related("actor")),
        list(submission.movements.select_related("stage")),
        list(submission.notices.select_related("first_read_by")),
        list(submission.findings.select_related("stage", "resolved_by")),
        calendar,
    )
    lines += reads.moments_of(submission)
    # What follows from a step has its very moment: the mail stands above the step, as the newer of both.
    follows: list[Moment] = []
    for tell in SOURCES:
        follows += tell(submission)
    return sorted([*follows, *lines], key=lambda line: line.at, reverse=True)


def moments(
    events: list[Event],
    movements: list[Movement],
    notices: list[RepairNotice],
    findings: list[Finding],
    calendar: WorkingCalendar,
) -> list[Moment]:
    """What the application's own rows tell, newest first."""
    by_notice: dict[int | None, list[Finding]] = {}
    for finding in findings:
        by_notice.setdefault(finding.notice_id, []).append(finding)
    sent_with = {notice.sequence: by_notice.get(notice.pk, []) for notice in notices}
    left = {movement.left_at: movement for movement in movements if movement.left_at}
    lines = [_of_event(event, left, calendar, sent_with) for event in events]
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
    if event.details.get("by_itself"):
        return _("the system")
    return name_of(event.actor)


def _of_event(
    event: Event,
    left: dict[dt.datetime, Movement],
    calendar: WorkingCalendar,
    sent_with: Mapping[int, list[Finding]],
) -> Moment:
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
        facts=(*_facts(event.details), *_words_of_findings(event, sent_with)),
        stay=stay,
        stay_is_late=is_late,
    )


def _words_of_findings(event: Event, sent_with: Mapping[int, list[Finding]]) -> list[str]:
    """Each finding as it was sent, or each answer as it was given."""
    findings = sent_with.get(event.details.get("notice"), [])
    if event.action == "return":
        return [
            _("Finding %(number)d: %(words)s")
            % {"number": number, "words": ", ".join(filter(None, (finding.article, finding.problem)))}
            for number, finding in enumerate(findings, 1)
        ]
    if event.action == "repair":
        return [
            _("Answer to finding %(number)d: %(words)s") % {"number": number, "words": finding.answer}
            for number, finding in enumerate(findings, 1)
            if finding.answer
        ]
    return []


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
