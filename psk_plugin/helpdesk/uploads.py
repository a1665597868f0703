"""Files that come with a message: judged by their content, stored before any row names them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..records import intake
from ..records.models import StoredFile

KINDS = ["pdf", "docx", "jpg", "png"]
MAX_MB = 5
#: Files with one message.
MOST = 3


def take_in(uploads: Iterable, already: int = 0) -> tuple[list[tuple[StoredFile, str]], list[str]]:
    """Stored files with their names, and a sentence for each upload that was not accepted.

    `uploads`: Django's uploaded files. `already`: how many the message carries before these.
    """
    kept, problems = [], []
    for upload in uploads:
        name = intake.clean_name(upload.name or "")
        if already + len(kept) >= MOST:
            problems.append(_("“%(name)s” was left out: at most %(most)d files.") % {"name": name, "most": MOST})
            continue
        try:
            kept.append((_judge(upload), name))
        except ValidationError as error:
            problems.append(f"“{name}”: {' '.join(error.messages)}")
    return kept, problems


def _judge(upload) -> StoredFile:
    if upload.size and upload.size > MAX_MB * 1024 * 1024:  # before reading it
        raise ValidationError(
            _("The file is %(size).1f MB; at most %(limit)g MB is accepted. Please make it smaller."),
            params={"size": upload.size / 1024 / 1024, "limit": MAX_MB},
        )
    data = upload.read()
    return intake.keep(data, intake.look(data, KINDS, MAX_MB))
