"""The part of the desk about findings: being written, sent as notices, answered by the company."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils import timezone

from ..calendar import WorkingCalendar
from ..submissions import clocks, repairs
from ..submissions.models import Finding, RepairNotice, Submission, SubmissionDocument
from . import timeline, verbs, wordings
from .forms import FindingForm


class FindingsPart:
    """Mixed into `desk.Desk`, which gathers what stands below."""

    submission: Submission
    user: Any
    today: dt.date
    calendar: WorkingCalendar
    forms: Mapping[str, Any]
    editing_pk: int | None
    documents: list[SubmissionDocument]
    steps: list

    @cached_property
    def notices(self) -> list[RepairNotice]:
        rows = list(self.submission.notices.select_related("stage", "sent_by", "first_read_by"))
        for row in rows:
            row.delivered_on = clocks.counts_as_delivered_on(row, self.calendar)
        return rows

    @cached_property
    def open_notice(self) -> RepairNotice | None:
        return next((notice for notice in self.notices if notice.closed_at is None), None)

    @cached_property
    def findings(self) -> list[Finding]:
        return self.named(list(self.submission.findings.select_related("stage", "written_by", "resolved_by")))

    def named(self, rows: list[Finding]) -> list[Finding]:
        """Findings with the titles of what they are about, and what a page needs to change them."""
        documents = {document.code: document.title for document in self.documents}
        fields = {row["code"]: row["label"] for row in self.submission.definition["fields"]}
        for row in rows:
            row.document_title = documents.get(row.document_code, row.document_code)
            row.field_label = fields.get(row.field_code, row.field_code)
            row.mark = verbs.seen(row)
            row.author = timeline.name_of(row.written_by)
        return rows

    @cached_property
    def drafts(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.state == Finding.State.DRAFT]

    @cached_property
    def drafts_to_send(self) -> list[Finding]:
        """What goes out together if the application is returned now."""
        return [finding for finding in self.drafts if finding.stage_id == self.submission.stage_id]

    @cached_property
    def if_returned(self) -> tuple[dt.date, dt.date] | None:
        """Until when the company would have time if the application were returned now: read today, or by nobody.

        `None` where the service sets no limit. By the function that sets it once the notice is out.
        """
        now = timezone.now()
        notice = repairs.new_notice(self.submission, self.user, now)
        delivered = clocks.counts_as_delivered_on(notice, self.calendar)
        latest = clocks.repair_due(notice, self.calendar, delivered)
        notice.first_read_at = now
        soonest = clocks.repair_due(notice, self.calendar, self.today)
        return (soonest, latest) if soonest and latest else None

    @cached_property
    def answered(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.state == Finding.State.ANSWERED]

    @cached_property
    def sent(self) -> list[tuple[RepairNotice, list[Finding]]]:
        """Notices, newest first, with their findings."""
        by_notice: dict[int, list[Finding]] = {}
        for finding in self.findings:
            by_notice.setdefault(finding.notice_id, []).append(finding)
        return [(notice, by_notice.get(notice.pk, [])) for notice in reversed(self.notices)]

    @cached_property
    def editing(self) -> Finding | None:
        return next((finding for finding in self.drafts if finding.pk == self.editing_pk), None)

    @cached_property
    def finding_form(self) -> FindingForm:
        return self.forms.get("finding") or self.make_finding_form(instance=self.editing)

    def make_finding_form(self, *args, **kwargs) -> FindingForm:
        documents = [(document.code, document.title) for document in self.documents if document.version]
        # A question that does not apply cannot be corrected; a filed file stands among the documents.
        filed = {code for code, _title in documents}
        asked = [answer for _step, rows in self.steps for answer in rows if answer.row["code"] not in filed]
        fields = [(answer.row["code"], answer.label) for answer in asked]
        if self.user.has_perm(wordings.ADD):
            kwargs["wordings"] = wordings.choices_for(self.user)
        return FindingForm(documents, fields, *args, **kwargs)

    @cached_property
    def can_keep_wordings(self) -> bool:
        return self.user.has_perm(wordings.ADD)

    @property
    def kept_wording(self) -> dict:
        """What was typed to keep a wording and refused: `finding`, `title`, `is_shared`."""
        return self.forms.get("wording", {})

    @cached_property
    def legal_bases(self) -> list[str]:
        """Sources named by the service's documents, each once, to choose from while typing."""
        named = [row["legal_basis"] for row in self.submission.definition["documents"] if row["legal_basis"]]
        return list(dict.fromkeys(named))
