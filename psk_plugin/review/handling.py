"""Who has an application in hand: take, give back, hand over. No decision, no new state, always in the timeline.

Whoever may work at the present stage may take an application that nobody has. One that a colleague has is decided by
that colleague, until it is given back, handed over, or taken over with a reason. People with `assign_submission` move
work between others.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.models import is_member
from ..office.acting import absent_on, appointments_on, groups_of
from ..services.models import Stage
from ..submissions.errors import Forbidden, Impossible, LifecycleError
from ..submissions.locking import locked as lock
from ..submissions.models import Event, Status, Submission
from .access import REVIEW, visible_to
from .timeline import name_of

ASSIGN = "psk_plugin.assign_submission"
#: Applications moved by one press.
MOST_AT_ONCE = 100


def works_at(user, submission: Submission) -> bool:
    """Whether the present stage is one of the person's desks today, and the company not the person's own."""
    stage = submission.stage
    return (
        stage is not None
        and user.is_active
        and user.has_perm(REVIEW)
        and stage.groups.filter(pk__in=groups_of(user)).exists()
        and not is_member(user, submission.company_id)
    )


def people_at(stage: Stage) -> QuerySet:
    """Active people who work at a stage today, those who act for others among them."""
    acting = appointments_on().filter(group__in=stage.groups.all()).values("person")
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(Q(groups__in=stage.groups.all()) | Q(pk__in=acting)).distinct().order_by("pk")


def _locked(submission: Submission) -> Submission:
    locked = lock(submission)
    if locked.status != Status.IN_REVIEW:
        raise Impossible(_("This application does not wait for the office now."))
    return locked


def _give(locked: Submission, user, to, action: str, reason: str = "") -> Submission:
    now = timezone.now()
    before = locked.assignee
    locked.assignee, locked.assigned_at = to, now if to else None
    locked.save(update_fields=["assignee", "assigned_at", "updated_at"])
    if to is not None:
        locked.movements.filter(left_at__isnull=True).update(assignee=to)
    Event.objects.create(
        submission=locked,
        action=action,
        stage=locked.stage,
        stage_title=locked.stage.title,
        actor=user,
        is_public=False,
        reason=reason,
        details={"hands": [name_of(before) if before else "", name_of(to) if to else ""]},
        at=now,
    )
    return locked


@transaction.atomic
def take(submission: Submission, user, reason: str = "") -> Submission:
    """Take it in hand. From a colleague's hands only with a reason, unless the colleague is away today.

    Raises `Forbidden` where it is another desk's, `Impossible` where a reason is missing.
    """
    locked = _locked(submission)
    if not works_at(user, locked):
        raise Forbidden(_("This application waits for another desk: %s.") % locked.stage.title)
    if locked.assignee_id == user.pk:
        return locked
    reason = reason.strip()
    if locked.assignee_id is not None and not reason:
        away = absent_on([locked.assignee_id])
        if not away:
            raise Impossible(
                _("%s has this application in hand. Please write why you take it over.") % name_of(locked.assignee)
            )
        reason = _("%s is away.") % name_of(locked.assignee)
    return _give(locked, user, user, "take", reason)


@transaction.atomic
def release(submission: Submission, user) -> Submission:
    """Give it back to the common inbox: by whoever has it, or by people who distribute work."""
    locked = _locked(submission)
    if locked.assignee_id is None:
        return locked
    if locked.assignee_id != user.pk and not user.has_perm(ASSIGN):
        raise Forbidden(_("Only who has it in hand can give it back."))
    return _give(locked, user, None, "release")


@transaction.atomic
def hand_over(submission: Submission, user, to, reason: str = "") -> Submission:
    """Put it into a colleague's hands: by whoever has it or could take it, or by people who distribute work.

    Raises `Forbidden`, or `Impossible` where the colleague does not work at this stage.
    """
    locked = _locked(submission)
    may = user.has_perm(ASSIGN) or (works_at(user, locked) and locked.assignee_id in (None, user.pk))
    if not may:
        raise Forbidden(_("Only who has it in hand can hand it over."))
    if not works_at(to, locked):
        raise Impossible(
            _("%(name)s does not work at this desk: %(stage)s.") % {"name": name_of(to), "stage": locked.stage.title}
        )
    if locked.assignee_id == to.pk:
        return locked
    return _give(locked, user, to, "hand_over", reason.strip())


@dataclass(frozen=True)
class Outcome:
    """What became of one application of several."""

    submission: Submission
    problem: str = ""


def hand_over_many(pks: Iterable[int], user, to, reason: str = "") -> list[Outcome]:
    """Move several applications, each for itself: what fails says why, the others go. At most `MOST_AT_ONCE`."""
    pks = list(dict.fromkeys(pks))
    if len(pks) > MOST_AT_ONCE:
        raise Impossible(_("At most %d applications can be moved at once.") % MOST_AT_ONCE)
    if not user.has_perm(ASSIGN):
        raise Forbidden(_("Your account does not distribute work."))
    outcomes = []
    for submission in visible_to(user).filter(pk__in=pks).order_by("pk"):
        try:
            outcomes.append(Outcome(hand_over(submission, user, to, reason)))
        except LifecycleError as problem:
            outcomes.append(Outcome(submission, str(problem)))
    return outcomes


@dataclass(frozen=True)
class Load:
    """What one person has in hand today. `person` is `None` for what lies in the common inbox."""

    person: object | None
    name: str
    in_hand: int
    late: int
    absence: object | None = None
    acting: str = ""


def loads() -> list[Load]:
    """Everybody at a desk with what is in hand, heaviest first; what nobody has comes first. Five queries."""
    today = timezone.localdate()
    running = Submission.objects.filter(status=Status.IN_REVIEW)
    counted = {
        row["assignee"]: (row["total"], row["late"])
        for row in running.order_by()
        .values("assignee")
        .annotate(total=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    }
    desks = Stage.objects.filter(is_active=True).values("groups")
    acting = {row.person_id: str(row) for row in appointments_on(today).select_related("group")}
    people = list(
        get_user_model()
        .objects.filter(is_active=True)
        .filter(Q(groups__in=desks) | Q(pk__in=acting) | Q(pk__in=[pk for pk in counted if pk]))
        .distinct()
        .order_by("pk")
    )
    away = absent_on([person.pk for person in people], today)
    rows = [
        Load(person, name_of(person), *counted.get(person.pk, (0, 0)), away.get(person.pk), acting.get(person.pk, ""))
        for person in people
    ]
    rows.sort(key=lambda row: (-row.late, -row.in_hand, row.name))
    nobody = counted.get(None, (0, 0))
    return [Load(None, _("In nobody's hands"), *nobody), *rows]
