"""What can be done with a ticket. Each verb locks the row, checks state and input, writes one entry and the mails."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import numbers
from ..calendar import office_calendar
from ..companies.merged import standing_for
from ..outreach import outbox
from ..outreach.models import Occasion
from ..records.models import StoredFile
from ..records.series import next_in_series
from ..submissions.errors import Forbidden, Impossible, Stale
from . import letters
from .access import ANSWER
from .actions import ACTIONS, CloseReason
from .clocks import clocks_of, due_on
from .models import HelpdeskSettings, Ticket, TicketCategory, TicketEntry, TicketFile, TicketKind, TicketState

SERIES = "ticket"
Files = Sequence[tuple[StoredFile, str]]


def file_ticket(values: dict[str, Any], message: str, *, user=None, files: Files = (), form_key: str = "") -> Ticket:
    """Take a report in: number, first entry, mail with the secret link.

    `values`: fields of `Ticket` that the person gives. `form_key`: from the form; the same form with the same words
    pressed twice gives the ticket of the first time.
    """
    parts = (form_key, values["email"], values["subject"], message)
    fingerprint = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    try:
        return _file(values, message, user, files, fingerprint)
    except IntegrityError:
        existing = Ticket.objects.filter(fingerprint=fingerprint).first()
        if existing is None:
            raise
        return existing


@transaction.atomic
def _file(values: dict[str, Any], message: str, user, files: Files, fingerprint: str) -> Ticket:
    rules, now = HelpdeskSettings.load(), timezone.now()
    today = timezone.localdate()
    ticket = Ticket(**values, user=user, fingerprint=fingerprint, created_at=now)
    ticket.company = standing_for(ticket.company)
    ticket.assigned_group_id = ticket.category.group_id
    ticket.number = numbers.render(
        rules.number_pattern, sequence=next_in_series(SERIES, today.year), year=today.year, month=today.month
    )
    ticket.save()
    entry = TicketEntry.objects.create(ticket=ticket, action="file", text=message, to_state=TicketState.NEW, at=now)
    _keep(entry, files)
    _set_due(ticket, rules)
    ticket.save(update_fields=["due_on"])
    with outbox.in_our_language():
        letter = letters.received(ticket, clocks_of(ticket, [entry], rules, office_calendar())[1])
    _mail(ticket, entry, letter, Occasion.TICKET_RECEIVED)
    return ticket


@dataclass
class Given:
    """What comes with a step of staff, besides text and files."""

    to_user: Any = None
    to_group: Group | None = None
    kind: str = ""
    category: TicketCategory | None = None
    needs_field_check: bool = False
    reason: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def act(
    ticket: Ticket,
    code: str,
    user,
    *,
    text: str = "",
    files: Files = (),
    seen: int | None = None,
    given: Given | None = None,
) -> TicketEntry:
    """A step of the office.

    `seen`: key of the last entry on the page the person acts from. Raises `Forbidden`, `Impossible`, or `Stale` where
    the reporter or a colleague has done something meanwhile.
    """
    if not user.has_perm(ANSWER):
        raise Forbidden(_("Your account may not answer reports."))
    if code not in ACTIONS or not ACTIONS[code].by_staff or not ACTIONS[code].states:
        raise Impossible(_("There is no such step."))
    locked = _lock(ticket)
    last = locked.entries.order_by("pk").values_list("pk", flat=True).last()
    if seen is not None and code != "note" and last != seen:
        raise Stale(_("Something new was written in the meantime. Please read it, then send again; your text is here."))
    return _step(locked, code, user, text, files, given or Given())


@transaction.atomic
def write(ticket: Ticket, code: str, *, text: str = "", files: Files = ()) -> TicketEntry:
    """A step of the person who reports: `reply`, `reopen`, `accept`. Whoever calls has checked who asks."""
    if code not in ("reply", "reopen", "accept"):
        raise Impossible(_("There is no such step."))
    locked = _lock(ticket)
    if code == "reopen" and not can_reopen(locked):
        raise Impossible(_("This report can no longer be reopened. Please write a new one and mention its number."))
    return _step(locked, code, None, text, files, Given())


def can_reopen(ticket: Ticket) -> bool:
    """Whether the reporter may still reopen a closed ticket."""
    if ticket.state != TicketState.CLOSED or ticket.closed_at is None:
        return False
    return timezone.now() <= ticket.closed_at + timedelta(days=HelpdeskSettings.load().reopen_days)


def _lock(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_for_update(of=("self",)).select_related("category").get(pk=ticket.pk)


def _step(ticket: Ticket, code: str, user, text: str, files: Files, given: Given) -> TicketEntry:
    action = ACTIONS[code]
    if ticket.state not in action.states:
        raise Impossible(
            _("The report is now “%s”, so this step is not possible.") % ticket.get_state_display(),
        )
    text = text.strip()
    if action.needs_text and not text:
        raise Impossible(_("Please write something first."))
    rules = HelpdeskSettings.load()
    before = ticket.state
    details = _apply(ticket, code, user, given)
    if action.opens and before == TicketState.NEW:
        ticket.state = TicketState.OPEN
    elif action.to_state and not (code == "reply" and before == TicketState.NEW):
        ticket.state = action.to_state
    ticket.closed_at = timezone.now() if ticket.state == TicketState.CLOSED else None
    entry = TicketEntry.objects.create(
        ticket=ticket, action=code, text=text, actor=user, from_state=before, to_state=ticket.state, details=details
    )
    _keep(entry, files)
    _set_due(ticket, rules)
    ticket.save()
    if (occasion := letters.OCCASIONS.get(code)) and given.reason != CloseReason.ABUSE:
        _mail(ticket, entry, _compose(code, ticket, entry, rules), occasion)
    return entry


def _apply(ticket: Ticket, code: str, user, given: Given) -> dict[str, Any]:
    """What the step changes besides the state. Returns what the history keeps of it."""
    if code == "take":
        if ticket.assigned_to_id == user.pk:
            raise Impossible(_("You handle this report already."))
        ticket.assigned_to, ticket.assigned_group = user, None
    elif code == "forward":
        if (given.to_user is None) == (given.to_group is None):
            raise Impossible(_("Please choose a colleague or a group."))
        ticket.assigned_to, ticket.assigned_group = given.to_user, given.to_group
        return {"to": given.to_group.name if given.to_group else person_name(given.to_user)}
    elif code == "classify":
        return _classify(ticket, given)
    elif code == "close":
        if given.reason not in CloseReason.values:
            raise Impossible(_("Please choose why the report is closed."))
        with outbox.in_our_language():
            return {"reason": given.reason, "reason_words": str(CloseReason(given.reason).label)}
    elif ticket.assigned_to_id is None and user is not None and code in ("answer", "ask"):
        # Whoever speaks with the person handles it, until somebody else takes it.
        ticket.assigned_to, ticket.assigned_group = user, None
    return {}


def _classify(ticket: Ticket, given: Given) -> dict[str, Any]:
    if given.kind not in TicketKind.values or given.category is None:
        raise Impossible(_("Please choose the kind and the category."))
    with outbox.in_our_language():
        before = {
            "kind": ticket.get_kind_display(),
            "category": ticket.category.title,
            "field": ticket.needs_field_check,
        }
        ticket.kind, ticket.category = given.kind, given.category
        ticket.needs_field_check = given.needs_field_check and given.kind == TicketKind.COMPLAINT
        after = {
            "kind": ticket.get_kind_display(),
            "category": ticket.category.title,
            "field": ticket.needs_field_check,
        }
    if before == after:
        raise Impossible(_("Nothing was changed."))
    return {"before": before, "after": after}


def _compose(code: str, ticket: Ticket, entry: TicketEntry, rules: HelpdeskSettings):
    with outbox.in_our_language():
        if code == "close":
            return letters.closed(ticket, entry, rules.reopen_days)
        return {"answer": letters.answered, "ask": letters.asked, "reopen_by_staff": letters.reopened}[code](
            ticket, entry
        )


def _keep(entry: TicketEntry, files: Files) -> None:
    TicketFile.objects.bulk_create(TicketFile(entry=entry, file=stored, name=name) for stored, name in files)


def _set_due(ticket: Ticket, rules: HelpdeskSettings) -> None:
    ticket.due_on = due_on(ticket, list(ticket.entries.all()), rules, office_calendar())


def _mail(ticket: Ticket, entry: TicketEntry, letter, occasion: Occasion) -> None:
    attachments = [(row.file, row.name) for row in entry.files.select_related("file")] if entry.actor_id else []
    outbox.post(
        letter,
        occasion,
        {ticket.email: ticket.user_id},
        key=f"ticket:{ticket.pk}:{entry.pk}",
        about=ticket.number,
        attachments=attachments,
    )


def person_name(user) -> str:
    """A member of staff as colleagues call the person."""
    return (user.get_full_name() or str(user)) if user else ""
