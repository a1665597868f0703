"""The texts that companies filed for the decrees behind a regulation, with all their versions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..regulations.models import RegulationText
from ..submissions.models import SubmissionDocument
from .models import Decree


@dataclass(frozen=True)
class FiledText:
    """One version of a regulation's text as it was filed with one application."""

    submission_pk: int
    submission_number: str
    decree_number: str
    document_code: str
    title: str
    name: str
    version: int
    filed_at: dt.datetime
    by: Any
    reason: str
    sha256: str
    text: RegulationText | None
    #: The version that the decree approved.
    is_approved: bool


def filed_texts(decree_ids: Iterable[int]) -> list[FiledText]:
    """Newest application first, newest version first. Three queries, however many there are."""
    decrees = list(
        Decree.objects.filter(pk__in=decree_ids)
        .select_related("submission__edition")
        .defer("content")
        .order_by("-signed_at")
    )
    wanted = {
        (decree.submission_id, row["code"])
        for decree in decrees
        for row in decree.submission.definition["documents"]
        if row["is_regulation_text"]
    }
    by_submission = {decree.submission_id: decree for decree in decrees}
    history = (
        SubmissionDocument.history.filter(submission_id__in=by_submission, version__gt=0)
        .select_related("file", "uploaded_by")
        .order_by("submission_id", "code", "-version", "history_id")
    )
    rows = {}
    for row in history:
        if (row.submission_id, row.code) in wanted:
            rows.setdefault((row.submission_id, row.code, row.version), row)
    files = {row.file_id for row in rows.values()}
    read = {text.file_id: text for text in RegulationText.objects.filter(file__in=files).defer("words")}
    newest: dict[tuple[int, str], int] = {}
    for submission_id, code, version in rows:
        newest[submission_id, code] = max(version, newest.get((submission_id, code), 0))
    order = {decree.submission_id: position for position, decree in enumerate(decrees)}
    return [
        FiledText(
            submission_pk=submission_id,
            submission_number=by_submission[submission_id].submission.number,
            decree_number=by_submission[submission_id].number,
            document_code=code,
            title=row.title,
            name=row.name,
            version=version,
            filed_at=row.filed_at,
            by=row.uploaded_by,
            reason=row.history_change_reason or "",
            sha256=row.file.sha256,
            text=read.get(row.file_id),
            is_approved=version == newest[submission_id, code],
        )
        for (submission_id, code, version), row in sorted(
            rows.items(), key=lambda item: (order[item[0][0]], item[0][1], -item[0][2])
        )
    ]
