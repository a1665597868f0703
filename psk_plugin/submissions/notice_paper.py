"""The repair notice as a paper: frozen when it is sent, made once, kept by its hash and never made again."""

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .. import conf, pdf
from ..background import task
from ..calendar import office_calendar
from ..office import letterhead
from ..office.models import OfficeSettings
from ..records import intake
from ..records.models import StoredFile
from . import clocks
from .models import Finding, RepairNotice, Submission

logger = logging.getLogger(__name__)

TEMPLATE = "psk_plugin/pdf/notice.html"


def place_of(submission: Submission, finding: Finding) -> str:
    """What a finding is about: document, answer in the form, Pasal or page; on one line, empty for the whole."""
    documents = {row["code"]: row["title"] for row in submission.definition["documents"]}
    fields = {row["code"]: row["label"] for row in submission.definition["fields"]}
    parts = (
        documents.get(finding.document_code, finding.document_code),
        fields.get(finding.field_code, finding.field_code),
        finding.article,
    )
    return " ".join(", ".join(part for part in parts if part).split())


def compose(submission: Submission, notice: RepairNotice, findings: Iterable[Finding]) -> dict[str, Any]:
    """All that the paper shows, as plain data. `notice` need not be saved."""
    calendar = office_calendar()
    delivered = clocks.counts_as_delivered_on(notice, calendar)
    latest = calendar.add(delivered, notice.repair_days) if notice.repair_days else None
    filed = submission.company_data
    address = [filed.get("address"), filed.get("kelurahan"), filed.get("kecamatan_label")]
    with translation.override(settings.LANGUAGE_CODE):
        items = [
            {
                "where": place_of(submission, finding) or _("General"),
                "problem": finding.problem.strip(),
                "request": finding.request.strip(),
                "legal_basis": finding.legal_basis.strip(),
                "is_mandatory": finding.is_mandatory,
            }
            for finding in findings
        ]
    return {
        "letterhead": letterhead.frozen(OfficeSettings.load()),
        "place": OfficeSettings.load().place,
        "number": submission.number,
        "registration_number": submission.registration_number or "",
        "service": submission.definition["title"],
        "kind": submission.definition["kind"],
        "company": filed.get("name") or submission.company.name,
        "address": ", ".join(part for part in address if part),
        "sequence": notice.sequence,
        "desk": notice.stage.title,
        "sent_at": notice.sent_at.isoformat(),
        "message": notice.message.strip(),
        "items": items,
        "repair_days": notice.repair_days,
        "delivered_on": delivered.isoformat(),
        "latest": latest.isoformat() if latest else "",
        "latest_is_certain": latest is None or calendar.is_certain(latest),
        "url": conf.PUBLIC_URL.rstrip("/") + submission.get_absolute_url(),
    }


@task()
def render_notice(pk: int) -> None:
    ready(pk)


@transaction.atomic
def ready(pk: int) -> StoredFile | None:
    """The paper of a notice, made now if it was not; `None` for a notice older than its paper.

    The row is locked meanwhile, so that a mail, a download and a worker at once make one file. Raises `PdfError` or
    `OSError` where the file could not be made or kept; then it waits for `render_missing`.
    """
    notice = RepairNotice.objects.select_for_update(of=("self",)).get(pk=pk)
    if notice.file_id is None and notice.content:
        data = draw(notice.content)
        notice.file = intake.keep(data, intake.Looked(intake.PDF, pdf.page_count(data)))
        notice.save(update_fields=["file"])
    return notice.file


def draw(content: dict[str, Any]) -> bytes:
    """The PDF of a notice's content. The same content gives the same bytes."""
    sent = dt.datetime.fromisoformat(content["sent_at"])
    days = {
        name: dt.date.fromisoformat(content[name]) if content[name] else None for name in ("delivered_on", "latest")
    }
    # A letter of the office is Indonesian whatever language the screen has.
    with translation.override(settings.LANGUAGE_CODE):
        return pdf.render(
            TEMPLATE,
            content
            | days
            | {
                "letterhead": letterhead.drawn(content["letterhead"]),
                "title": f"Pemberitahuan perbaikan {content['number']} ke-{content['sequence']}",
                "author": content["letterhead"]["name"],
                "sent_at": timezone.localtime(sent),
                "qr": pdf.qr_uri(content["url"], scale=5),
            },
            at=sent,
        )


def file_name(notice: RepairNotice) -> str:
    return f"pemberitahuan-perbaikan-{notice.content['number']}-{notice.sequence}.pdf"


def render_missing(limit: int = 100) -> int:
    """Make the papers that should exist and do not, oldest first. Returns how many were made."""
    made = 0
    waiting = RepairNotice.objects.filter(file__isnull=True).exclude(content={}).order_by("sent_at")
    for pk in list(waiting.values_list("pk", flat=True)[:limit]):
        try:
            made += ready(pk) is not None
        except Exception:
            logger.exception("The paper of repair notice %s could not be made", pk)
    return made
