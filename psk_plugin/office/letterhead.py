"""The office's letterhead on its papers: as it is today, or frozen with its emblem kept by content."""

import logging
from collections.abc import Mapping

from django.db import transaction

from .. import conf, pdf
from ..records import intake
from ..records.models import StoredFile
from .models import OfficeSettings

logger = logging.getLogger(__name__)

#: The emblem on the page is 21 mm high: 400 pixels are about 480 per inch.
EMBLEM_FILTER = "max-400x400|format-png"
WORDS = ("government", "name", "address", "contact")


def emblem_bytes(office: OfficeSettings) -> bytes | None:
    """The emblem as it is today; `None` where there is none, or where it cannot be drawn."""
    if office.emblem_id is None:
        return None
    try:
        # A savepoint: a picture that cannot be drawn must not cost the step that needs it.
        with transaction.atomic():
            rendition = office.emblem.get_rendition(EMBLEM_FILTER)
            with rendition.file.open("rb") as handle:
                data = handle.read()
        # Looked at again: an SVG, for one, passes through the filter as it is.
        intake.look(data, ["png"], conf.MAX_UPLOAD_MB)
    except Exception:
        logger.exception("The emblem of the office could not be read; the paper goes without")
        return None
    return data


def kept_emblem(office: OfficeSettings) -> StoredFile | None:
    """The emblem kept by its content: a paper must look the same when the office changes it."""
    data = emblem_bytes(office)
    return intake.keep(data, intake.look(data, ["png"], conf.MAX_UPLOAD_MB)) if data else None


def frozen(office: OfficeSettings) -> dict[str, str]:
    """The letterhead as plain data to keep with a paper; `drawn` makes it ready for the markup."""
    emblem = kept_emblem(office)
    return _words(office) | {"emblem_sha256": emblem.sha256 if emblem else ""}


def drawn(kept: Mapping[str, str]) -> dict[str, str]:
    """What `letterhead.html` wants, from a frozen letterhead."""
    sha256 = kept.get("emblem_sha256")
    return {**kept, "emblem": pdf.png_uri(bytes_of(sha256)) if sha256 else ""}


def of_today(office: OfficeSettings) -> dict[str, str]:
    """What `letterhead.html` wants, for a paper that is not kept."""
    emblem = emblem_bytes(office)
    return _words(office) | {"emblem": pdf.png_uri(emblem) if emblem else ""}


def _words(office: OfficeSettings) -> dict[str, str]:
    return {name: getattr(office, name) for name in WORDS}


def bytes_of(sha256: str) -> bytes:
    with intake.storage().open(StoredFile(sha256=sha256).path, "rb") as handle:
        return handle.read()
