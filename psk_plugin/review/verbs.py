"""What examiners write: findings, answers to repairs, notes. Each verb locks the application and checks the person.

Who may write findings is who could return the application: the people of a stage that examines, while it is in review.
Every change of a finding raises `Submission.revision`, so that a decision made on the older page is refused.
"""

import hashlib
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..services.models import Kind
from ..submissions.actions import ACTIONS
from ..submissions.errors import Forbidden, Impossible, LifecycleError, Stale
from ..submissions.lifecycle import refusal
from ..submissions.locking import locked as lock
from ..submissions.models import Event, Finding, InternalNote, Submission
from ..talk.models import Mention
from .access import REVIEW, visible_to
from .talking import colleagues

#: What an examiner writes of a finding.
WRITTEN = ("document_code", "field_code", "article", "problem", "request", "legal_basis", "is_mandatory")


def why_not_write(submission: Submission, user) -> LifecycleError | None:
    """Why `user` cannot write findings now; `None` where nothing stands against it."""
    if not user.has_perm(REVIEW):
        return Forbidden(_("Your account may read applications, not examine them."))
    return refusal(submission, ACTIONS["return"], user)


def seen(finding: Finding) -> str:
    """A mark of the finding as the person sees it; differs once a colleague has changed it."""
    values = [str(getattr(finding, name)) for name in WRITTEN]
    return hashlib.sha256("\x1f".join([finding.state, *values]).encode()).hexdigest()[:16]


def _lock(submission: Submission, user) -> Submission:
    locked = lock(submission)
    if problem := why_not_write(locked, user):
        raise problem
    return locked


def _changed(locked: Submission) -> None:
    locked.revision += 1
    locked.save(update_fields=["revision", "updated_at"])


def _finding(locked: Submission, pk: int, state: str, mark: str | None) -> Finding:
    finding = locked.findings.filter(pk=pk).first()
    if finding is None:
        raise Stale(_("A colleague has deleted this finding in the meantime."))
    if finding.state != state:
        raise Stale(_("This finding is now “%s”. Please look at it again.") % finding.get_state_display())
    if mark is not None and mark != seen(finding):
        raise Stale(_("A colleague has changed this finding in the meantime. Please compare before saving again."))
    return finding


@transaction.atomic
def add_finding(submission: Submission, user, values: Mapping) -> Finding:
    """Write a finding at the present stage. The company sees it once it is sent.

    `values`: the names in `WRITTEN`, and `norm_id` where it comes from a row of the checklist.
    """
    locked = _lock(submission, user)
    finding = Finding.objects.create(
        submission=locked,
        stage=locked.stage,
        written_by=user,
        norm_id=values.get("norm_id"),
        **{name: values[name] for name in WRITTEN},
    )
    _changed(locked)
    return finding


@transaction.atomic
def edit_finding(submission: Submission, user, pk: int, values: Mapping, mark: str | None = None) -> Finding:
    """Change a finding that has not been sent. One left behind by a later stage becomes the present stage's."""
    locked = _lock(submission, user)
    finding = _finding(locked, pk, Finding.State.DRAFT, mark)
    for name in WRITTEN:
        setattr(finding, name, values[name])
    finding.stage, finding.written_by, finding.written_at = locked.stage, user, timezone.now()
    finding.save()
    _changed(locked)
    return finding


@transaction.atomic
def delete_finding(submission: Submission, user, pk: int, mark: str | None = None) -> None:
    """Delete a finding that has not been sent. What was sent stays for ever."""
    locked = _lock(submission, user)
    _finding(locked, pk, Finding.State.DRAFT, mark).delete()
    _changed(locked)


@transaction.atomic
def accept(submission: Submission, user, pk: int) -> Finding:
    """The company's repair settles the finding."""
    locked = _lock(submission, user)
    finding = _finding(locked, pk, Finding.State.ANSWERED, None)
    _resolve(finding, Finding.State.ACCEPTED, user)
    _changed(locked)
    return finding


@transaction.atomic
def ask_again(submission: Submission, user, pk: int) -> Finding:
    """The repair does not settle it: the old finding is dropped, a new one begins with its words and the answer."""
    locked = _lock(submission, user)
    old = _finding(locked, pk, Finding.State.ANSWERED, None)
    _resolve(old, Finding.State.DROPPED, user)
    values = {name: getattr(old, name) for name in WRITTEN}
    if old.answer:
        values["problem"] += "\n\n" + _("Answer of the company: %s") % old.answer
    again = Finding.objects.create(
        submission=locked, stage=locked.stage, written_by=user, norm_id=old.norm_id, **values
    )
    _changed(locked)
    return again


def _resolve(finding: Finding, state: str, user) -> None:
    finding.state, finding.resolved_by, finding.resolved_at = state, user, timezone.now()
    finding.save(update_fields=["state", "resolved_by", "resolved_at"])


def why_not_note_on_decree(submission: Submission, user) -> LifecycleError | None:
    """Why `user` cannot write what is noted on the decree now: the desks that correct and endorse a PKB can."""
    if submission.definition.get("kind") != Kind.PKB:
        return Impossible(_("Only the decree of a PKB carries notes."))
    if not user.has_perm(REVIEW):
        return Forbidden(_("Your account may read applications, not examine them."))
    problems = [refusal(submission, ACTIONS[code], user) for code in ("declare_in_order", "endorse")]
    return None if None in problems else next((p for p in problems if isinstance(p, Forbidden)), problems[0])


@transaction.atomic
def write_decree_notes(submission: Submission, user, text: str) -> Submission:
    """Notes about a PKB's clauses, one per line, printed on the decree: they do not keep it from being registered."""
    locked = lock(submission)
    if problem := why_not_note_on_decree(locked, user):
        raise problem
    locked.decree_notes = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    locked.revision += 1
    locked.save(update_fields=["decree_notes", "revision", "updated_at"])
    Event.objects.create(
        submission=locked,
        action="decree_notes",
        stage=locked.stage,
        stage_title=locked.stage.title,
        actor=user,
        is_public=False,
        reason=locked.decree_notes,
    )
    return locked


@transaction.atomic
def add_note(submission: Submission, user, text: str, mentions: Iterable[int] = ()) -> InternalNote:
    """A note among colleagues, at any time. It changes nothing a decision depends on.

    `mentions`: ids of colleagues to tell; who may not see the application is left out.
    """
    if not user.has_perm(REVIEW) or not visible_to(user).filter(pk=submission.pk).exists():
        raise Forbidden(_("Your account may read applications, not examine them."))
    text = text.strip()
    if not text:
        raise Impossible(_("Please write the note."))
    note = InternalNote.objects.create(submission=submission, author=user, text=text)
    if wanted := set(mentions):
        known = [pk for pk, _name in colleagues(submission, user) if pk in wanted]
        Mention.objects.bulk_create(Mention(note=note, person_id=pk) for pk in known)
    return note
