"""The office's side of talking: whose the company's messages are, and which colleagues can be named in a note."""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from ..companies.models import Membership
from ..office.acting import appointments_on, groups_of
from ..office.models import Absence
from ..submissions.models import Event, Submission
from ..talk import verbs
from ..talk.models import Thread
from .access import REVIEW, SEE_ALL
from .handling import works_at
from .timeline import name_of


def _away() -> QuerySet:
    today = timezone.localdate()
    return Absence.objects.filter(valid_from__lte=today, valid_until__gte=today).values("person")


def answers(user, submission: Submission) -> bool:
    """Whether the company's messages are for this person: the desk's people, or who of them has it in hand."""
    if not works_at(user, submission):
        return False
    holder = submission.assignee_id
    return holder in (None, user.pk) or _away().filter(person=holder).exists()


def unread_threads(user) -> QuerySet[Thread]:
    """Conversations with unread messages that are for this person, oldest first."""
    if not user.has_perm(REVIEW):
        return Thread.objects.none()
    mine = Q(submission__assignee=None) | Q(submission__assignee=user) | Q(submission__assignee__in=_away())
    own = Membership.objects.filter(user=user, state=Membership.State.ACTIVE).values("company")
    return (
        verbs.unread_for_desks(groups_of(user))
        .filter(mine)
        .exclude(submission__company__in=own)
        .select_related("submission__company")
    )


def _with_permission(name: str) -> Q:
    app, _dot, codename = name.partition(".")
    meant = {"content_type__app_label": app, "codename": codename}
    return Q(groups__permissions__in=_permissions(meant)) | Q(user_permissions__in=_permissions(meant))


def _permissions(meant: dict) -> QuerySet:
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(**meant).values("pk")


def colleagues(submission: Submission, user) -> list[tuple[int, str]]:
    """Who else of the office may see the application, by name: the set behind `access.visible_to`, turned round."""
    people = get_user_model().objects.filter(is_active=True).exclude(pk=user.pk)
    desk = submission.stage.groups.all() if submission.stage_id else []
    acting = appointments_on().filter(group__in=desk).values("person")
    acted = Event.objects.filter(submission=submission).values("actor")
    involved = Q(groups__in=desk) | Q(pk__in=acting) | Q(pk__in=acted)
    may = Q(is_superuser=True) | _with_permission(SEE_ALL)
    at_desk = people.filter(_with_permission(REVIEW)).filter(involved).values("pk")
    theirs = Membership.objects.filter(company_id=submission.company_id, state=Membership.State.ACTIVE).values("user")
    found = people.filter(may | Q(pk__in=at_desk)).exclude(pk__in=theirs).distinct()
    return sorted(((person.pk, name_of(person)) for person in found), key=lambda row: row[1].casefold())
