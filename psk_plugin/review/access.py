"""Who of the office may look at what. Deciding is another matter: `lifecycle.refusal`."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ..office.acting import groups_of
from ..services.models import Stage
from ..submissions.models import Event, Submission

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


def waiting_count(request) -> int:
    """How many applications wait for the person: one query a request, however often it is asked."""
    if not hasattr(request, "_psk_waiting"):
        request._psk_waiting = Submission.objects.awaiting(request.user).count()
    return request._psk_waiting
