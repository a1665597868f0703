"""Filed documents leave the storage here only: after the caller has checked who asks, with a record of the reading."""

from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse

from ..records.intake import DOCX, EXTENSIONS, storage
from ..records.models import StoredFile
from .models import FileRead, Submission


def respond(stored: StoredFile, name: str, *, inline: bool = True) -> HttpResponse:
    """The bytes of a stored file. The content type is what we found, not what was claimed; nothing in it may run.

    Word files are always offered for download. Raises `FileNotFoundError` where the storage has lost the bytes.
    """
    as_attachment = not inline or stored.content_type == DOCX
    response = FileResponse(storage().open(stored.path, "rb"), content_type=stored.content_type)
    extension = EXTENSIONS.get(stored.content_type, "bin")
    stem = name.rsplit(".", 1)[0] or "berkas"
    disposition = "attachment" if as_attachment else "inline"
    response["Content-Disposition"] = (
        f"{disposition}; filename=\"berkas.{extension}\"; filename*=UTF-8''{quote(stem)}.{extension}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    # A PDF viewer needs its own scripts, which are the browser's; the document itself gets none.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Content-Length"] = str(stored.size)
    return response


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
