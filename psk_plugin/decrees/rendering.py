"""A decree's PDF: made once, from its frozen content alone, kept by its hash and never made again."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import pdf
from ..background import task
from ..office.letterhead import bytes_of
from ..records import intake
from .models import Decree
from .signals import decree_rendered

logger = logging.getLogger(__name__)

TEMPLATE = "psk_plugin/pdf/decree.html"


@task()
def render_decree(decree_pk: int) -> None:
    render_once(decree_pk)


@transaction.atomic
def render_once(decree_pk: int) -> bool:
    """Make the PDF of a decree that has none yet; `False` where it has.

    The row is locked meanwhile, so that two workers make one file. `decree_rendered` is sent inside the transaction:
    the decree can be downloaded and its letters are written, or neither. Raises `PdfError` or `OSError` where the
    file could not be made or kept; the decree then waits for `render_missing`.
    """
    decree = Decree.objects.select_for_update(of=("self",)).get(pk=decree_pk)
    if decree.file_id is not None:
        return False
    data = draw(decree.content)
    decree.file = intake.keep(data, intake.Looked(intake.PDF, pdf.page_count(data)))
    decree.rendered_at = timezone.now()
    decree._change_reason = _("PDF made")
    decree._history_user = None
    decree.save()
    decree_rendered.send(sender=Decree, decree=decree)
    return True


def draw(content: dict[str, Any], *, emblem: bytes | None = None) -> bytes:
    """The PDF of a decree's content. The same content gives the same bytes.

    `emblem`: the picture itself where it is not kept yet, as in a preview.
    """
    if kept := content["letterhead"].get("emblem_sha256"):
        emblem = bytes_of(kept)
    letterhead = content["letterhead"] | {"emblem": pdf.png_uri(emblem) if emblem else ""}
    return pdf.render(
        TEMPLATE,
        content
        | {
            "letterhead": letterhead,
            "title": content["document_title"],
            "author": content["letterhead"]["name"],
            "qr": pdf.qr_uri(content["verify_url"]),
            "code_in_groups": Decree(code=content["code"]).code_in_groups,
        },
        at=dt.datetime.fromisoformat(content["signed_at"]),
    )


def render_missing(limit: int = 100) -> int:
    """Make the PDFs that should exist and do not, oldest first; one that fails does not hold up the others.

    Returns how many were made.
    """
    made = 0
    waiting = Decree.objects.filter(file__isnull=True).order_by("signed_at").values_list("pk", flat=True)
    for pk in list(waiting[:limit]):
        try:
            made += render_once(pk)
        except Exception:
            logger.exception("The PDF of decree %s could not be made", pk)
    return made
