"""Who of the office may look at what. Deciding is another matter: `lifecycle.refusal`."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ..counting import Bounded, bounded_count
from ..office.acting import groups_of
from ..services.models import Stage
from ..submissions.models import Event, Status, Submission

REVIEW = "psk_plugin.review_submission"
SEE_ALL = "psk_plugin.view_all_submissions"

NOT_YOURS = _("Your account has no access to applications. Please ask the administrator to add you to a PSK group.")


def may_enter(user) -> bool:
    """Whether any application can be open to this person of the office."""
    return user.has_perm(REVIEW) or user.has_perm(SEE_ALL)


def visible_to(user) -> QuerySet[Submission]:
    """Filed applications the person may open: all, or those that stand at or have passed the person's desk."""
    filed = Submission.objects.filed()
    if user.has_perm(SEE_ALL):
        return filed
    if not user.has_perm(REVIEW):
        return filed.none()
    stages = Stage.objects.filter(groups__in=groups_of(user)).values("pk")
    acted = Event.objects.filter(actor=user).values("submission")
    return filed.filter(Q(stage__in=stages) | Q(pk__in=acted))


@dataclass(frozen=True)
class Desk:
    """Stages of the same code in all services: one desk to the people who sit at it. `stages` are their keys."""

    code: str
    title: str
    stages: tuple[int, ...]


def all_desks(request) -> list[Desk]:
    """Every desk, in the order an application passes them; read once a request."""
    if not hasattr(request, "_psk_desks"):
        request._psk_desks = _desks(Stage.objects.all())
    return request._psk_desks


def own_desks(request) -> list[Desk]:
    """Desks at which the person sits today; read once a request."""
    if not hasattr(request, "_psk_own_desks"):
        request._psk_own_desks = _desks(Stage.objects.filter(groups__in=groups_of(request.user)).distinct())
    return request._psk_own_desks


def _desks(stages: QuerySet[Stage]) -> list[Desk]:
    found: dict[str, tuple[str, list[int]]] = {}
    for pk, code, title in stages.order_by("sort_order", "pk").values_list("pk", "code", "title"):
        found.setdefault(code, (title, []))[1].append(pk)
    return [Desk(code, title, tuple(keys)) for code, (title, keys) in found.items()]


def waiting_for(request) -> QuerySet[Submission]:
    """What waits for the person, as `Submission.objects.awaiting`, with the desks by their keys.

    So the database sees which stages they are and goes straight to their rows; a subquery it has to guess about.
    """
    stages = [pk for desk in own_desks(request) for pk in desk.stages]
    return Submission.objects.filter(status=Status.IN_REVIEW, stage__in=stages)


def waiting_count(request) -> Bounded:
    """How many applications wait for the person: one query a request, however often it is asked."""
    if not hasattr(request, "_psk_waiting"):
        request._psk_waiting = bounded_count(waiting_for(request))
    return request._psk_waiting
