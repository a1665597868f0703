"""A stored file as an answer: the one door by which files leave, with a record of who read what.

The caller has checked who asks.
"""

from pathlib import PurePath
from urllib.parse import quote

from django.db.models import Model
from django.http import FileResponse, HttpRequest, HttpResponse

from .intake import EXTENSIONS, storage
from .models import FileReading, StoredFile


def respond(
    request: HttpRequest, stored: StoredFile, name: str, about: Model, part: str = "", *, inline: bool = True
) -> HttpResponse:
    """The bytes of a stored file, and a `FileReading` where they are asked for by GET.

    `about`: the row that the file belongs to; `part`: which of its files. The content type is what we found, not what
    was claimed; nothing in it may run. What is neither PDF nor picture is always offered for download. Raises
    `FileNotFoundError` where the storage has lost the bytes; then nothing is recorded.
    """
    response = FileResponse(storage().open(stored.path, "rb"), content_type=stored.content_type)
    ending = PurePath(name).suffix.lower().removeprefix(".")
    extension = EXTENSIONS.get(stored.content_type) or (ending if ending.isascii() and ending.isalnum() else "bin")
    stem = name.rsplit(".", 1)[0] or "berkas"
    disposition = "inline" if inline and (stored.is_pdf or stored.is_image) else "attachment"
    response["Content-Disposition"] = (
        f"{disposition}; filename=\"berkas.{extension}\"; filename*=UTF-8''{quote(stem)}.{extension}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    # A PDF viewer needs its own scripts, which are the browser's; the document itself gets none.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Content-Length"] = str(stored.size)
    if request.method == "GET":
        FileReading.by(request.user, stored, about, part).save()
    return response
