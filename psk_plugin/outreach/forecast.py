"""What an action will mail, before it is taken: the letters and addressees of the functions that write the mails."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from ..decrees.models import Decree
from ..decrees.preview import preview_content
from ..office.models import OfficeSettings
from ..persons import full_name
from ..review.announced import MESSAGE, Announced, forecast
from ..submissions.answers import period_of
from ..submissions.models import Event, Finding, RepairNotice, Submission
from . import letters, outbox
from .models import OCCASIONS, Occasion


def _event(submission: Submission, reason: str = "", **details) -> Event:
    """The event as it would be written now; never saved."""
    return Event(submission=submission, reason=reason, details=details, at=timezone.now())


def _returned(submission: Submission) -> letters.Letter:
    notice = RepairNotice(
        submission=submission,
        sequence=submission.notices.count() + 1,
        repair_days=submission.definition["days"]["repair"],
    )
    drafts = submission.findings.filter(state=Finding.State.DRAFT, stage_id=submission.stage_id).order_by("pk")
    return letters.returned_with(submission, notice, drafts)


def issued_soon(submission: Submission) -> letters.Letter:
    """The letter of a decree that is not signed yet: its number shows how it will look."""
    today, period = timezone.localdate(), period_of(submission)
    content = preview_content(submission, OfficeSettings.load(), today)
    return letters.issued(
        Decree(
            submission=submission,
            kind=submission.definition["kind"],
            number=content["number"],
            register_number="…",
            issued_on=today,
            valid_from=period[0] if period else None,
            valid_until=period[1] if period else None,
            code=content["code"],
            content=content,
        )
    )


#: Action -> occasion and letter, as things stand. What is still to be written by the person is left out of it.
LETTERS: dict[str, tuple[Occasion, Callable[[Submission], letters.Letter]]] = {
    "return": (OCCASIONS["return"], _returned),
    "reject": (OCCASIONS["reject"], lambda row: letters.rejected(row, _event(row, "…"))),
    "lapse": (OCCASIONS["lapse"], lambda row: letters.lapsed(row, _event(row))),
    "sign": (Occasion.ISSUED, issued_soon),
    MESSAGE: (Occasion.MESSAGE, lambda row: letters.message(row, _event(row))),
}


@forecast
def mails_of(submission: Submission, action: str, user) -> list[Announced]:
    """The letter of an action with everyone it goes to; nothing for actions that mail nobody."""
    if action not in LETTERS:
        return []
    occasion, compose = LETTERS[action]
    with outbox.in_our_language():
        letter = compose(submission)
        text = letter.text()
    people = outbox.addressees(submission, occasion)
    return [
        Announced(
            subject=letters.one_line(letter.subject),
            recipients=tuple(_named(people)),
            text=text,
            when=_("once the PDF is made") if occasion == Occasion.ISSUED else "",
        )
    ]


def _named(people: dict[str, int | None]) -> list[str]:
    users = get_user_model().objects.in_bulk([pk for pk in people.values() if pk])
    names = {address: full_name(users[pk]) if pk in users else "" for address, pk in people.items()}
    return [f"{names[address]} ({address})" if names[address] else address for address in people]
