"""Filed documents leave the storage here only: after the caller has checked who asks, with a record of the reading."""

from django.http import HttpRequest, HttpResponse

from ..records.models import StoredFile
from ..records.serving import respond
from .models import FileRead, Submission

__all__ = ["respond", "respond_and_record"]


def respond_and_record(
    request: HttpRequest,
    submission: Submission,
    code: str,
    stored: StoredFile,
    name: str,
    *,
    inline: bool = True,
) -> HttpResponse:
    """`respond`, and a row that says who opened which document when. Only for people already checked."""
    response = respond(stored, name, inline=inline)
    FileRead.objects.create(submission=submission, file=stored, code=code, user=request.user)
    return response
