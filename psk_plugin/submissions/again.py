"""Applying again after an application was closed without a decree: a new draft with everything that still fits."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.models import is_member
from ..records.intake import KINDS
from ..services.models import FieldKind
from . import drafts
from .answers import field_problems, label_of
from .conditions import facts_of, upload_rows
from .errors import Forbidden, Impossible
from .locking import locked
from .models import CLOSED, Status, Submission, SubmissionDocument

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Again:
    """The draft to go on with. `left_out`: titles of what the old application had and the new one cannot take."""

    draft: Submission
    is_new: bool
    left_out: list[str] = field(default_factory=list)


def successor_of(submission: Submission) -> Submission | None:
    """The application, or the draft, that was begun from this one."""
    return submission.followed_by.select_related("service").order_by("pk").last()


@transaction.atomic
def apply_again(old: Submission, user) -> Again:
    """Begin a new draft of the service as it is now with the answers and documents of a closed application.

    Documents are taken by reference to the file that is stored already. What was prepared for a repair and never sent
    comes along. Pressed twice, the second press finds the draft of the first. Raises `Forbidden` for people of other
    companies, `Impossible` where the application is not closed, has been filed again already, or law or record stands
    against it.
    """
    # The lock makes the second of two presses wait until the draft of the first is filled in.
    old = locked(old)
    if not is_member(user, old.company_id):
        raise Forbidden(_("Only people of the company can do this."))
    if old.status not in CLOSED:
        raise Impossible(_("This is no longer possible: the application is now “%s”.") % old.public_status)
    successor = successor_of(old)
    if successor is not None and successor.status != Status.DRAFT:
        raise Impossible(_("You have applied again already: the new application has the number %s.") % successor.number)
    draft, is_new = drafts.open_draft(old.service, old.company, user, claims_unrecorded=True)
    if not is_new:
        return Again(draft, False)
    left_out = [*_take_answers(old, draft), *_take_documents(old, draft)]
    draft.follows = old
    draft.workspace = {"left_out": left_out}
    draft.save(update_fields=["follows", "workspace", "data", "updated_at"])
    return Again(draft, True, left_out)


def _take_answers(old: Submission, draft: Submission) -> list[str]:
    """Answers to the questions that are still asked in the same way, and right; labels of those left out."""
    given: dict[str, Any] = old.data | old.workspace.get("fields", {})
    now = {row["code"]: row for row in draft.definition.get("fields", [])}
    left_out, taken = [], {}
    for row in old.definition.get("fields", []):
        code = row["code"]
        if row["kind"] == FieldKind.FILE or given.get(code) in (None, "", [], {}):
            continue
        if code in now and now[code]["kind"] == row["kind"]:
            taken[code] = given[code]
        else:
            left_out.append(label_of(row))
    for code in field_problems(draft.definition, draft.data | taken, facts_of(draft)):
        if code in taken:
            del taken[code]
            left_out.append(label_of(now[code]))
    draft.data = draft.data | taken
    return left_out


def _take_documents(old: Submission, draft: Submission) -> list[str]:
    """Files that are still asked for and still accepted, as prepared files of the draft; titles of those left out."""
    rows = upload_rows(draft.definition)
    left_out = []
    for document in old.documents.select_related("file", "pending"):
        stored, name = document.file, document.name
        if document.pending_id:
            stored, name = document.pending, document.pending_name
        if stored is None:
            continue
        row = rows.get(document.code)
        accepted = {KINDS[kind][0] for kind in row["allowed_types"]} if row else set()
        if stored.content_type not in accepted or stored.size > row["max_mb"] * MEGABYTE:
            left_out.append(document.title)
            continue
        taken = SubmissionDocument(
            submission=draft,
            code=document.code,
            title=row["title"],
            pending=stored,
            pending_name=name,
            pending_at=timezone.now(),
        )
        taken.skip_history_when_saving = True
        taken.save()
    return left_out
