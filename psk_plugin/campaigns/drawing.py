"""The letter of a campaign as PDF, one per company, and all of them in one file for the printer."""

import io
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from .. import pdf
from ..office.letterhead import drawn
from ..outreach.outbox import in_our_language
from ..records import intake
from ..records.models import StoredFile
from ..services.placeholders import fill
from .models import Addressee
from .wording import paragraphs, values_for

TEMPLATE = "psk_plugin/pdf/campaign_letter.html"


class Press:
    """Draws the letters of one campaign; what they share is made ready once."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.letterhead = drawn(content["letterhead"])
        self.qr = pdf.qr_uri(content["link"], scale=5) if content["meeting"] else ""

    def words(self, row: Addressee) -> tuple[str, list[str]]:
        """Subject and paragraphs for one company."""
        with in_our_language():
            values = values_for(row, self.content)
            return fill(self.content["subject"], values), paragraphs(self.content["text"], values)

    def draw(self, row: Addressee) -> bytes:
        """The letter to one company. Raises `PdfError` where it cannot be drawn."""
        subject, body = self.words(row)
        with in_our_language():
            return pdf.render(
                TEMPLATE,
                {
                    "title": subject,
                    "author": self.content["letterhead"]["name"],
                    "letterhead": self.letterhead,
                    "content": self.content,
                    "row": row,
                    "subject": subject,
                    "opening": body[:-1],
                    "closing": body[-1] if body else "",
                    "qr": self.qr,
                },
                at=row.campaign.sent_at or timezone.now(),
            )


def merged(files: Iterable[StoredFile]) -> StoredFile | None:
    """All files one after the other as one kept PDF; nothing where there are none."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for stored in files:
        with intake.storage().open(stored.path, "rb") as handle:
            writer.append(PdfReader(io.BytesIO(handle.read())), import_outline=False)
    if not writer.pages:
        return None
    # Letterhead and fonts are the same in every letter.
    writer.compress_identical_objects()
    out = io.BytesIO()
    writer.write(out)
    data = out.getvalue()
    return intake.keep(data, intake.Looked(intake.PDF, len(writer.pages)))
