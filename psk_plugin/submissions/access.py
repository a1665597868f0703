"""Who may see an application of the company's area: the company's people, nobody else; to others it does not exist."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from .models import Status, Submission


def _own(request: HttpRequest) -> QuerySet[Submission]:
    return Submission.objects.of(request.user).select_related("service", "company", "edition", "stage")


def own_submission(request: HttpRequest, number: str) -> Submission:
    """A filed application of one of the person's companies. Raises `Http404` for every other."""
    if "\x00" in number or len(number) > 80:
        raise Http404
    return get_object_or_404(_own(request).exclude(status=Status.DRAFT), number=number)


def own_by_token(request: HttpRequest, token) -> Submission:
    """An application in any status, by the token of its draft. Raises `Http404` where it is another's."""
    return get_object_or_404(_own(request), token=token)
