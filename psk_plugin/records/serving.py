"""A stored file as an answer. The caller has checked who asks."""

from urllib.parse import quote

from django.http import FileResponse, HttpResponse

from .intake import DOCX, EXTENSIONS, storage
from .models import StoredFile


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
