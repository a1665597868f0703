"""Every step of a ticket: who may take it, when, where it leads, who reads it. Data, no behaviour."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import TicketState

_S = TicketState
RUNNING = (_S.NEW, _S.OPEN, _S.WAITING, _S.ANSWERED)
ANY = (*RUNNING, _S.CLOSED)


class CloseReason(TextChoices):
    """Why the office closes a ticket. Values are kept for good."""

    SETTLED = "settled", _("Settled")
    NO_REPLY = "no_reply", _("The reporter did not reply")
    NOT_OURS = "not_ours", _("Not within the office's authority")
    DUPLICATE = "duplicate", _("Reported before")
    ABUSE = "abuse", _("Spam or abuse")


@dataclass(frozen=True)
class Action:
    code: str
    #: On the button.
    label: Promise | str
    #: In the history, as done.
    done: Promise | str
    states: tuple[str, ...]
    #: Where it leads; `None`: nowhere.
    to_state: str | None = None
    by_staff: bool = True
    needs_text: bool = False
    #: The person reads it, text and all.
    is_public: bool = False
    #: Counts as the office's first response.
    is_response: bool = False
    #: A new ticket is being handled from then on; in other states nothing moves.
    opens: bool = False


ACTIONS: dict[str, Action] = {
    action.code: action
    for action in (
        Action("file", _("Send"), _("Report received"), (), _S.NEW, by_staff=False, is_public=True),
        Action(
            "reply",
            _("Send"),
            _("Message of the reporter"),
            RUNNING,
            _S.OPEN,
            by_staff=False,
            needs_text=True,
            is_public=True,
        ),
        Action(
            "reopen",
            _("Reopen the report"),
            _("Reopened by the reporter"),
            (_S.CLOSED,),
            _S.OPEN,
            by_staff=False,
            needs_text=True,
            is_public=True,
        ),
        Action(
            "accept",
            _("It is clear, close the report"),
            _("Closed by the reporter"),
            (_S.ANSWERED,),
            _S.CLOSED,
            by_staff=False,
            is_public=True,
        ),
        Action(
            "answer",
            pgettext_lazy("step", "Answer"),
            _("Answer of the office"),
            RUNNING,
            _S.ANSWERED,
            needs_text=True,
            is_public=True,
            is_response=True,
        ),
        Action(
            "ask",
            _("Ask back"),
            _("Question of the office"),
            (_S.NEW, _S.OPEN, _S.ANSWERED),
            _S.WAITING,
            needs_text=True,
            is_public=True,
            is_response=True,
        ),
        Action("take", _("I handle this"), _("Taken on"), RUNNING, is_response=True, opens=True),
        Action("forward", _("Forward"), _("Forwarded"), RUNNING, is_response=True, opens=True),
        Action("classify", _("Change kind or category"), _("Kind or category changed"), RUNNING),
        Action("note", _("Internal note"), pgettext_lazy("history", "Internal note"), ANY, needs_text=True),
        Action("close", _("Close"), _("Closed by the office"), RUNNING, _S.CLOSED, needs_text=True, is_public=True),
        Action(
            "reopen_by_staff",
            _("Reopen"),
            _("Reopened by the office"),
            (_S.CLOSED,),
            _S.OPEN,
            needs_text=True,
            is_public=True,
        ),
    )
}
#: Codes in the order of the buttons.
STAFF_BUTTONS = ("answer", "ask", "take", "forward", "classify", "note", "close", "reopen_by_staff")
PUBLIC_CODES = frozenset(action.code for action in ACTIONS.values() if action.is_public)


def open_to_staff(state: str) -> list[Action]:
    """What staff can do with a ticket in this state."""
    return [ACTIONS[code] for code in STAFF_BUTTONS if state in ACTIONS[code].states]
