"""The texts that can be put beside each other: what a company filed, version by version, and what was put in force."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ..regulations.models import CompanyRegulation, RegulationText
from ..submissions.models import Submission, SubmissionDocument
from .access import may_enter, visible_to
from .timeline import name_of

#: Applications of one company and kind that are looked through; a company files a few in ten years.
MOST_APPLICATIONS = 40


@dataclass(frozen=True)
class Source:
    """One text: where it comes from, who brought it when and why."""

    key: str
    file_id: int
    sha256: str
    title: str
    #: Number of the application, or of the decree where only that is known.
    origin: str
    name: str
    who: str
    at: dt.datetime | None
    reason: str
    #: Number of the decree that approved it.
    decree_number: str = ""
    submission_id: int | None = None
    #: Code of the document in its application.
    code: str = ""
    document_url: str = ""
    text: RegulationText | None = None

    @property
    def option(self) -> str:
        """In one line, for a list to choose from."""
        if not self.decree_number:
            return self.title
        decree = _("decree %s") % self.decree_number
        return f"{self.title} · {decree}"


def texts_of(company_id: int, kind: str, user) -> list[Source]:
    """Every text of the company's PP or PKB that `user` may see, newest first. Four queries, however many there are."""
    submissions = {
        row.pk: row
        for row in visible_to(user)
        .filter(company_id=company_id, service__kind=kind)
        .select_related("edition")
        .defer("data", "company_data", "workspace")
        .order_by("-filed_at", "-pk")[:MOST_APPLICATIONS]
    }
    versions = []
    if user.has_perm("psk_plugin.view_companyregulation"):
        history = CompanyRegulation.history.filter(company_id=company_id, kind=kind, text_file__isnull=False)
        versions = list(history.select_related("text_file", "history_user").order_by("-version", "history_id"))
    decrees = {row.text_file_id: row.decree_number for row in reversed(versions)}
    sources = _filed(submissions, decrees, linked=may_enter(user))
    known, seen = {source.file_id for source in sources}, set()
    for row in versions:
        if row.text_file_id in known or row.version in seen:
            continue
        seen.add(row.version)
        sources.append(
            Source(
                key=f"p{row.version}",
                file_id=row.text_file_id,
                sha256=row.text_file.sha256,
                title=_("Regulation in version %d") % row.version,
                origin=row.decree_number,
                name=row.title,
                who=name_of(row.history_user),
                at=row.history_date,
                reason=row.history_change_reason or "",
                decree_number=row.decree_number,
            )
        )
    files = {source.file_id for source in sources}
    texts = {text.file_id: text for text in RegulationText.objects.filter(file__in=files).defer("words")}
    sources = [Source(**(vars(source) | {"text": texts.get(source.file_id)})) for source in sources]
    return sorted(sources, key=lambda source: source.at.timestamp() if source.at else 0, reverse=True)


def _filed(submissions: dict[int, Submission], decrees: dict[int, str], *, linked: bool) -> list[Source]:
    wanted = {
        (submission.pk, row["code"])
        for submission in submissions.values()
        for row in submission.definition["documents"]
        if row["is_regulation_text"]
    }
    history = (
        SubmissionDocument.history.filter(submission_id__in=submissions, version__gt=0)
        .select_related("file", "uploaded_by")
        .order_by("-history_id")
    )
    rows = {}
    for row in history:
        if (row.submission_id, row.code) in wanted:
            rows.setdefault((row.id, row.version), row)
    sources = []
    for (document, version), row in rows.items():
        submission = submissions[row.submission_id]
        url = reverse("psk_desk:document", args=[submission.pk, row.code]) if linked else ""
        sources.append(
            Source(
                key=f"d{document}-{version}",
                file_id=row.file_id,
                sha256=row.file.sha256,
                title=_("%(number)s, version %(version)d") % {"number": submission.number, "version": version},
                origin=submission.number,
                name=row.name,
                who=name_of(row.uploaded_by),
                at=row.filed_at,
                reason=row.history_change_reason or "",
                decree_number=decrees.get(row.file_id, ""),
                submission_id=submission.pk,
                code=row.code,
                document_url=f"{url}?versi={version}" if url else "",
            )
        )
    return sources


def default_pair(sources: list[Source], submission_id: int | None = None) -> tuple[Source | None, Source | None]:
    """Which two a person most likely wants: this application's newest version beside its version before, or, in a first
    round, beside what holds in the company; without an application the two newest regulations.
    """
    if submission_id is not None:
        mine = [source for source in sources if source.submission_id == submission_id]
        right = mine[0] if mine else None
        others = [source for source in sources if source.submission_id != submission_id]
        approved = [source for source in others if source.decree_number]
        left = next(iter(mine[1:] or approved or others), None)
    else:
        approved = [source for source in sources if source.decree_number]
        right = next(iter(approved or sources), None)
        others = [source for source in sources if source is not right]
        left = next(iter([source for source in approved if source is not right] or others), None)
    return left, right
