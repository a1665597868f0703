"""The union's part in a PKB: asked when it is filed, answers by a secret link, stands in the way until it agrees.

A PKB has two parties (UU 13/2003 Ps 116). The link names one text: it dies when the text is replaced, when the union
is asked again, and when the application has moved past the desks that examine.
"""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ..companies.models import is_member
from ..records.models import StoredFile
from ..services.models import FieldRole, StageKind
from .actions import ACTIONS
from .errors import Forbidden, Impossible, LifecycleError
from .guards import guard
from .lifecycle import refusal
from .locking import locked as lock
from .models import RUNNING, Event, InternalNote, Status, Submission
from .signals import union_asked
from .union_models import UnionConfirmation

Answer = UnionConfirmation.Answer

#: Stages at which the union may still answer: those that receive and examine.
OPEN_STAGES = (StageKind.REGISTRATION, StageKind.COMPLETENESS, StageKind.SUBSTANCE)
#: Steps that the union's agreement must come before.
NEEDING = ("declare_complete", "declare_in_order", "sign")
#: Between two mails to a union, and most mails in a day: nobody's mailbox is for knocking at.
MINUTES_BETWEEN = 10
PER_DAY = 5
MAX_REASON = 4000
MAX_NAME = 150


def needs(submission: Submission) -> bool:
    return bool(submission.definition.get("needs_union_confirmation"))


def current(submission: Submission) -> UnionConfirmation | None:
    """The asking that counts now."""
    return submission.union_confirmations.filter(closed_at__isnull=True).first()


def files_of(submission: Submission) -> list[dict[str, Any]]:
    """What the union is asked about: the filed text, and what else the service shows it, newest versions."""
    codes = [
        row["code"] for row in submission.definition["documents"] if row["is_regulation_text"] or row.get("union_reads")
    ]
    filed = {d.code: d for d in submission.documents.filter(code__in=codes, version__gt=0).select_related("file")}
    return [
        {
            "code": code,
            "title": filed[code].title,
            "version": filed[code].version,
            "file": filed[code].file_id,
            "sha256": filed[code].file.sha256,
        }
        for code in codes
        if code in filed
    ]


def digest_of(files: list[dict[str, Any]]) -> str:
    """One hash over which documents with which content."""
    return hashlib.sha256("\n".join(f"{row['code']} {row['sha256']}" for row in files).encode()).hexdigest()


# The secret of the link


def token_of(confirmation: UnionConfirmation) -> str:
    """The secret of its link, made again from the site's key; empty where the key has changed beyond its fallbacks."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(confirmation.nonce, key)
        if _hash(token) == confirmation.token_hash:
            return token
    return ""


def _token(nonce: str, key: str) -> str:
    return salted_hmac("psk_plugin.union", nonce, secret=key, algorithm="sha256").hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> UnionConfirmation | None:
    return (
        UnionConfirmation.objects.filter(token_hash=_hash(token))
        .select_related("submission__company", "submission__edition", "submission__stage", "submission__service")
        .first()
    )


# Asking


@transaction.atomic
def ask(submission: Submission, user: Any, *, email: str = "") -> UnionConfirmation | None:
    """Ask the union about the text as filed; what it was asked before counts no more. `None`: nobody can be asked.

    `email`: an address put right by the office. The mail is written by whoever listens to `union_asked`.
    """
    locked = lock(submission)
    if not needs(locked) or locked.status not in RUNNING:
        raise Impossible(_("The union cannot be asked about this application now."))
    files = files_of(locked)
    before = current(locked)
    address = (email or (before.email if before else "") or _said(locked, FieldRole.UNION_EMAIL)).strip()
    if not files or not address:
        return None
    now = timezone.now()
    locked.union_confirmations.filter(closed_at__isnull=True).update(closed_at=now)
    nonce = secrets.token_urlsafe(32)
    confirmation = UnionConfirmation.objects.create(
        submission=locked,
        union_name=_said(locked, FieldRole.UNION),
        contact_name=_said(locked, FieldRole.UNION_CONTACT),
        email=address,
        nonce=nonce,
        token_hash=_hash(_token(nonce, settings.SECRET_KEY)),
        files=files,
        digest=digest_of(files),
        asked_at=now,
        asked_by=user,
    )
    event = _event(locked, "union_asked", user, now, is_by_company=is_member(user, locked.company_id))
    union_asked.send(sender=UnionConfirmation, confirmation=confirmation, event=event)
    return confirmation


def ask_again(submission: Submission, user: Any, *, email: str = "") -> UnionConfirmation:
    """Ask again on request of the company, or of the office, which may put the address right.

    Raises `Forbidden` for others, `Impossible` too soon, with a wrong address, or where the union has agreed.
    """
    with transaction.atomic():
        locked = lock(submission)
        is_company = is_member(user, locked.company_id)
        if not is_company and (problem := why_not_examine(locked, user)):
            raise problem
        email = "" if is_company else _right_address(email)
        _refuse_too_often(locked)
        confirmation = current(locked)
        if confirmation is not None and confirmation.agrees:
            raise Impossible(_("The union has agreed already."))
        if locked.stage is None or locked.stage.kind not in OPEN_STAGES:
            raise Impossible(_("The application has moved on; the union is not asked any more."))
        asked = ask(locked, user, email=email)
    if asked is None:
        raise Impossible(_("The application names no e-mail address of the union. Please give one."))
    return asked


def _right_address(typed: str) -> str:
    """The address typed; empty where there is none. Raises `Impossible` where it cannot be one."""
    email = typed.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Impossible(_("Please write a valid e-mail address of the union.")) from error
    return email


def _refuse_too_often(submission: Submission) -> None:
    now = timezone.now()
    asked = submission.union_confirmations.filter(asked_at__gt=now - dt.timedelta(days=1), email__gt="")
    newest = asked.order_by("-asked_at").first()
    if newest is not None and newest.asked_at > now - dt.timedelta(minutes=MINUTES_BETWEEN):
        raise Impossible(_("The union was written to just now. Please wait %d minutes.") % MINUTES_BETWEEN)
    if asked.count() >= PER_DAY:
        raise Impossible(_("The union was written to %d times within a day. Please try again tomorrow.") % PER_DAY)


# Answering


def why_closed(confirmation: UnionConfirmation) -> str:
    """Why the link takes no answer any more, as a sentence for the union; empty while it does."""
    submission = confirmation.submission
    if confirmation.closed_at is not None or confirmation.digest != digest_of(files_of(submission)):
        return _(
            "This link no longer counts: the union was asked again or the text was replaced. Please use the newest "
            "mail."
        )
    if confirmation.is_answered:
        return _("This link has been answered. Thank you.")
    if submission.status not in RUNNING or submission.stage is None or submission.stage.kind not in OPEN_STAGES:
        return _("This link no longer counts: the application has moved on or is closed.")
    return ""


def mark_seen(confirmation: UnionConfirmation) -> None:
    UnionConfirmation.objects.filter(pk=confirmation.pk, first_seen_at__isnull=True).update(
        first_seen_at=timezone.now()
    )


@transaction.atomic
def answer(
    confirmation: UnionConfirmation, *, agrees: bool, name: str, position: str, reason: str
) -> UnionConfirmation:
    """The union's answer. Raises `Impossible` where the link has died in the meantime or something is missing."""
    locked = lock(confirmation.submission)
    row = UnionConfirmation.objects.select_for_update(of=("self",)).get(pk=confirmation.pk)
    row.submission = locked
    if sentence := why_closed(row):
        raise Impossible(sentence)
    name, position, reason = name.strip(), position.strip(), reason.strip()
    if not name or not position:
        raise Impossible(_("Please write your name and position."))
    if not agrees and not reason:
        raise Impossible(_("Please write what the union objects to."))
    now = timezone.now()
    row.answer = Answer.AGREES if agrees else Answer.OBJECTS
    row.answered_at, row.reason = now, "" if agrees else reason[:MAX_REASON]
    row.answered_by, row.answered_position = name[:MAX_NAME], position[:MAX_NAME]
    row.save()
    _event(locked, "union_agreed" if agrees else "union_objected", None, now)
    if not agrees:
        InternalNote.objects.create(
            submission=locked,
            text=_("The union objects: %(reason)s (%(name)s, %(position)s)")
            % {"reason": row.reason, "name": row.answered_by, "position": row.answered_position},
        )
    _changed(locked)
    return row


def why_not_examine(submission: Submission, user: Any) -> LifecycleError | None:
    """Why `user` is not of the desk that examines the application now; `None` where they are."""
    problems = [refusal(submission, ACTIONS[code], user) for code in ("declare_complete", "declare_in_order")]
    if None in problems:
        return None
    return next((problem for problem in problems if isinstance(problem, Forbidden)), problems[0])


@transaction.atomic
def record_paper(
    submission: Submission, user: Any, *, reason: str, scan: StoredFile | None = None, scan_name: str = ""
) -> UnionConfirmation:
    """The desk that examines has the union's signed confirmation on paper and answers for it.

    Raises `Forbidden` for others, `Impossible` without words about what was seen or where the union has agreed.
    """
    locked = lock(submission)
    if problem := why_not_examine(locked, user):
        raise problem
    if not needs(locked):
        raise Impossible(_("This service does not ask the union."))
    reason = reason.strip()
    if not reason:
        raise Impossible(_("Please write what was shown: which paper, signed by whom, of which date."))
    now = timezone.now()
    before = current(locked)
    if before is not None and before.agrees:
        raise Impossible(_("The union has agreed already."))
    locked.union_confirmations.filter(closed_at__isnull=True).update(closed_at=now)
    files = files_of(locked)
    nonce = secrets.token_urlsafe(32)
    confirmation = UnionConfirmation.objects.create(
        submission=locked,
        union_name=_said(locked, FieldRole.UNION),
        contact_name=_said(locked, FieldRole.UNION_CONTACT),
        nonce=nonce,
        token_hash=_hash(nonce),
        files=files,
        digest=digest_of(files),
        asked_at=now,
        asked_by=user,
        answer=Answer.AGREES,
        answered_at=now,
        reason=reason[:MAX_REASON],
        is_paper=True,
        recorded_by=user,
        scan=scan,
        scan_name=scan_name,
    )
    _event(locked, "union_paper", user, now)
    _changed(locked)
    return confirmation


# What follows from it


@guard
def lacking_agreement(submission: Submission, action: str) -> str | None:
    """No step past the examination without the union's agreement to the text as it now is."""
    if action not in NEEDING or not needs(submission):
        return None
    confirmation = current(submission)
    if confirmation is None:
        return _("The union has not been asked. Ask it, or record its confirmation on paper.")
    if confirmation.digest != digest_of(files_of(submission)):
        return _("The union has confirmed another version of the text. Ask it again.")
    if confirmation.objects_to_it:
        return _("The union objects. Return the application, or record its confirmation on paper.")
    if not confirmation.is_answered:
        return _("The union has not confirmed yet. Remind it, or record its confirmation on paper.")
    return None


def after_step(submission: Submission, event: Event) -> None:
    """Ask the union when the text is filed, and again when a repair has replaced it."""
    if not needs(submission):
        return
    if event.action == "file":
        ask(submission, event.actor)
    elif event.action == "repair":
        confirmation = current(submission)
        if confirmation is None or confirmation.digest != digest_of(files_of(submission)):
            ask(submission, event.actor)


def _said(submission: Submission, role: str) -> str:
    return str(submission.answer_for(role) or "").strip()[:250]


def _changed(locked: Submission) -> None:
    """A decision made on the older page is refused."""
    Submission.objects.filter(pk=locked.pk).exclude(status=Status.DRAFT).update(revision=F("revision") + 1)


def _event(submission: Submission, action: str, user: Any, now: dt.datetime, *, is_by_company: bool = False) -> Event:
    stage = submission.stage
    return Event.objects.create(
        submission=submission,
        action=action,
        stage=stage,
        stage_title=stage.title if stage else "",
        actor=user,
        is_by_company=is_by_company,
        at=now,
    )
