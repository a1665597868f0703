"""The filed documents of an application with their versions, and which findings each version answers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..records.intake import DOCX
from ..records.models import StoredFile
from ..submissions.models import Finding, Submission, SubmissionDocument
from .timeline import name_of

UNSETTLED = (Finding.State.DRAFT, Finding.State.OPEN, Finding.State.ANSWERED)


@dataclass
class Version:
    """One filed version of a document: who, when, why, and the findings it answers."""

    number: int
    file: StoredFile
    name: str
    who: str
    at: dt.datetime | None
    reason: str
    answers: list[Finding] = field(default_factory=list)


@dataclass
class Paper:
    """A filed document with its versions, newest first."""

    document: SubmissionDocument
    versions: list[Version]
    legal_basis: str
    has_personal_data: bool
    original_shown: bool
    open_findings: int
    is_regulation_text: bool = False

    @property
    def opens_in_page(self) -> bool:
        return self.document.file.content_type != DOCX


def papers_of(submission: Submission, documents: Iterable[SubmissionDocument], findings: list[Finding]) -> list[Paper]:
    """Filed documents in the service's order. One query, however many versions there are."""
    rows = {row["code"]: row for row in submission.definition["documents"]}
    order = {code: position for position, code in enumerate(rows)}
    versions = _versions(submission, findings)
    papers = []
    for document in sorted(documents, key=lambda document: order.get(document.code, len(order))):
        if not document.version:
            continue
        row = rows.get(document.code, {})
        papers.append(
            Paper(
                document=document,
                versions=versions.get(document.pk, []),
                legal_basis=row.get("legal_basis", ""),
                has_personal_data=row.get("has_personal_data", False),
                original_shown=row.get("original_shown", False),
                open_findings=sum(f.document_code == document.code and f.state in UNSETTLED for f in findings),
                is_regulation_text=row.get("is_regulation_text", False),
            )
        )
    return papers


def _versions(submission: Submission, findings: list[Finding]) -> dict[int, list[Version]]:
    """Filed versions by document, newest first, each once."""
    history = (
        SubmissionDocument.history.filter(submission_id=submission.pk, version__gt=0)
        .select_related("file", "uploaded_by")
        .order_by("-history_id")
    )
    versions: dict[int, dict[int, Version]] = {}
    for row in history:
        known = versions.setdefault(row.id, {})
        if row.version in known:
            continue
        known[row.version] = Version(
            number=row.version,
            file=row.file,
            name=row.name,
            who=name_of(row.uploaded_by),
            at=row.filed_at,
            reason=row.history_change_reason or "",
            answers=[f for f in findings if f.document_code == row.code and f.answered_version == row.version],
        )
    return {pk: list(known.values()) for pk, known in versions.items()}
