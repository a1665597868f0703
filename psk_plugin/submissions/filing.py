"""From draft to filed: check, freeze, number, first versions."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..office.models import OfficeSettings
from ..regulations.models import CompanyRegulation
from ..services.editions import current_edition
from ..services.models import FieldKind
from . import origin, rules
from .answers import draft_problems
from .conditions import asked_answers, wanted_documents
from .errors import Impossible, Incomplete
from .models import Submission
from .numbers import next_number


def file_draft(submission: Submission, user, now) -> dict:
    """Freeze the draft under its lock. Raises `Incomplete` with every gap, `Impossible` where the service is closed."""
    service = submission.service
    if not service.accepts_applications:
        raise Impossible(_("This service does not accept applications at present. Your draft is kept."))
    if service.makes_regulation and submission.company.branches_elsewhere:
        raise Impossible(
            _(
                "The company also works outside the city, so the provincial office or the ministry decides "
                "(Permenaker 28/2014 Ps 7). Your draft is kept."
            )
        )
    submission.edition = current_edition(service)
    freeze_origin(submission)
    if problems := draft_problems(submission):
        raise Incomplete(_("Some things are still missing. Your draft is kept."), problems)
    submission.data = asked_answers(submission)
    asked_files = {row["code"] for row, _must in wanted_documents(submission)}
    asked_files |= {code for code in file_questions(submission) if code in submission.data}
    submission.company_data = submission.company.snapshot()
    submission.applicant = user
    submission.number = next_number(
        "submission", OfficeSettings.load().submission_pattern, timezone.localdate(now), service.kind_code
    )
    submission.filed_at = now
    submission.workspace = {}
    file_pending(submission, user, now, _("Filed"), asked_files)
    # Files that were prepared and are not asked for any more: the office has no business with them.
    submission.documents.filter(version=0).delete()
    name_files(submission)
    return {"number": submission.number}


def file_questions(submission: Submission) -> list[str]:
    """Codes of the questions that a file answers."""
    return [row["code"] for row in submission.definition["fields"] if row["kind"] == FieldKind.FILE]


def name_files(submission: Submission) -> None:
    """Write name and hash of each filed file that answers a question among the other answers."""
    questions = file_questions(submission)
    documents = submission.documents.filter(code__in=questions, version__gt=0).select_related("file")
    filed = {document.code: document for document in documents}
    for code in questions:
        if code in submission.data:
            document = filed.get(code)
            submission.data[code] = {"name": document.name, "sha256": document.file.sha256} if document else None


def freeze_origin(submission: Submission) -> None:
    """Take the regulation it starts from as it stands now, under its lock: no two changes of it run side by side."""
    regulation = origin.regulation_for(submission.service, submission.company)
    if regulation is not None:
        regulation = CompanyRegulation.objects.select_for_update().get(pk=regulation.pk)
    if sentence := rules.why_not(submission.service, submission.company, apart=submission.pk):
        raise Impossible(sentence + " " + _("Your draft is kept."))
    submission.origin = regulation
    submission.origin_data = origin.snapshot(regulation)


def file_pending(submission: Submission, user, now, reason: str, codes: set[str] | None = None) -> list[str]:
    """Turn prepared files into filed versions, each with a row of history. Returns the titles."""
    filed = []
    for document in submission.documents.filter(pending__isnull=False):
        if codes is not None and document.code not in codes:
            continue
        document.file, document.name = document.pending, document.pending_name
        document.pending, document.pending_name, document.pending_at = None, "", None
        document.version += 1
        document.uploaded_by, document.filed_at = user, now
        document._change_reason = reason
        document._history_user = user
        document.save()
        filed.append(document.title)
    return filed
