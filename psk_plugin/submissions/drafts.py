"""Drafting: what a company does before it files, and while it repairs. Nothing typed or uploaded is thrown away."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.merged import FOR_COMPANY, held
from ..companies.models import Company, is_member
from ..records import intake
from ..services.editions import current_edition
from ..services.models import Service
from . import origin, repairs, rules
from .conditions import upload_rows
from .errors import Forbidden, Impossible
from .locking import locked as lock
from .models import RUNNING, Status, Submission, SubmissionDocument
from .prefill import prefilled


@transaction.atomic
def open_draft(
    service: Service, company: Company, user, source_path: str = "", *, claims_unrecorded: bool = False
) -> tuple[Submission, bool]:
    """The company's draft for the service, begun now if there is none. Returns it and whether it is new.

    A renewal, extension or amendment begins filled in from the regulation it starts from. `claims_unrecorded`: the
    company says that it has one which the office's records do not hold. Raises `Impossible` where law or record stands
    against it, or the company was merged away meanwhile.
    """
    # Two tabs that press at once come one after the other: both get the one draft.
    company = held(company.pk)
    if company is None:
        raise Impossible(str(FOR_COMPANY))
    if not is_member(user, company.pk):
        raise Forbidden(_("Only people of the company can do this."))
    draft = Submission.objects.filter(service=service, company=company, status=Status.DRAFT).first()
    if draft is not None:
        return draft, False
    if not service.accepts_applications:
        raise Impossible(_("This service does not accept applications at present."))
    if sentence := rules.why_not(service, company):
        raise Impossible(sentence)
    regulation = origin.regulation_for(service, company)
    if service.starts_from_regulation and regulation is None and not claims_unrecorded:
        raise Impossible(rules.unrecorded_sentence(service))
    draft = Submission.objects.create(
        service=service,
        company=company,
        applicant=user,
        edition=current_edition(service),
        source_path=source_path[:300],
        origin=regulation,
        origin_data=origin.snapshot(regulation),
        data=prefilled(service, company, regulation),
    )
    return draft, True


def running_twin(submission: Submission) -> Submission | None:
    """Another application of the company for the same service that is still under way."""
    return (
        Submission.objects.filter(company_id=submission.company_id, service_id=submission.service_id)
        .filter(status__in=RUNNING)
        .exclude(pk=submission.pk)
        .first()
    )


def _lock(submission: Submission, user, *statuses: str) -> Submission:
    locked = lock(submission)
    if not is_member(user, locked.company_id):
        raise Forbidden(_("Only people of the company can do this."))
    if locked.status not in statuses:
        raise Impossible(_("This can no longer be changed: the application is now “%s”.") % locked.public_status)
    return locked


@transaction.atomic
def keep_answers(submission: Submission, user, typed: Mapping[str, Any]) -> Submission:
    """Keep what was typed, right or wrong, in the draft. Raises `Impossible` once it is filed."""
    locked = _lock(submission, user, Status.DRAFT)
    locked.data = {**locked.data, **typed}
    locked.saved_at = timezone.now()
    locked.save(update_fields=["data", "saved_at", "updated_at"])
    return locked


@transaction.atomic
def keep_repair(submission: Submission, user, typed: Mapping[str, Any], answers: Mapping[str, str]) -> Submission:
    """Keep changed fields and answers to findings while a repair is being prepared."""
    locked = _lock(submission, user, Status.RETURNED)
    workspace = dict(locked.workspace)
    workspace["fields"] = {**workspace.get("fields", {}), **typed}
    workspace["answers"] = {**workspace.get("answers", {}), **answers}
    locked.workspace = workspace
    locked.saved_at = timezone.now()
    locked.save(update_fields=["workspace", "saved_at", "updated_at"])
    return locked


def attach(submission: Submission, user, code: str, upload) -> SubmissionDocument:
    """Prepare a file for a document or a question of the draft, or of a repair that asks for it.

    `upload`: Django's `UploadedFile`. Raises `ValidationError` where the content is not acceptable; what was attached
    before then stays. The bytes lie in the storage before any row names them.
    """
    row = upload_rows(submission.definition).get(code)
    if row is None:
        raise Impossible(_("This document is not asked for."))
    if upload.size is not None and upload.size > row["max_mb"] * 1024 * 1024:  # before reading it
        raise ValidationError(
            _("The file is %(size).1f MB; at most %(limit)g MB is accepted. Please make it smaller."),
            code="size",
            params={"size": upload.size / 1024 / 1024, "limit": row["max_mb"]},
        )
    data = upload.read()
    stored = intake.keep(data, intake.look(data, row["allowed_types"], row["max_mb"]))
    with transaction.atomic():
        locked = _lock(submission, user, Status.DRAFT, Status.RETURNED)
        if locked.status == Status.RETURNED and code not in repairs.open_scope(locked).uploads:
            raise Impossible(_("This document is not part of the repair."))
        document, _created = SubmissionDocument.objects.get_or_create(
            submission=locked, code=code, defaults={"title": row["title"]}
        )
        document.pending, document.pending_name = stored, intake.clean_name(upload.name or "")
        document.pending_at = timezone.now()
        document.skip_history_when_saving = True
        document.save()
        _refused(locked, code, None)
    return document


@transaction.atomic
def detach(submission: Submission, user, code: str) -> None:
    """Take a prepared file out again; what was filed stays."""
    locked = _lock(submission, user, Status.DRAFT, Status.RETURNED)
    if code not in upload_rows(locked.definition):
        raise Impossible(_("This document is not asked for."))
    document = locked.documents.filter(code=code).first()
    if document:
        document.pending, document.pending_name, document.pending_at = None, "", None
        document.skip_history_when_saving = True
        document.save()
    _refused(locked, code, None)


@transaction.atomic
def note_refused(submission: Submission, user, code: str, sentence: str) -> None:
    """Remember why an upload was not accepted, to say so on the next page."""
    _refused(_lock(submission, user, Status.DRAFT, Status.RETURNED), code, sentence)


def _refused(locked: Submission, code: str, sentence: str | None) -> None:
    workspace = dict(locked.workspace)
    refused = dict(workspace.get("refused", {}))
    if sentence:
        refused[code] = sentence
    else:
        refused.pop(code, None)
    workspace["refused"] = refused
    locked.workspace = workspace
    locked.saved_at = timezone.now()
    locked.save(update_fields=["workspace", "saved_at", "updated_at"])


@transaction.atomic
def discard(submission: Submission, user) -> None:
    """Throw a draft away, because the person asked for it. Filed applications are withdrawn instead."""
    _lock(submission, user, Status.DRAFT).delete()
