"""Every action on an application: who may do it, when, and how it is told. Data, no behaviour."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..services.models import StageKind
from .models import RUNNING, Status


class By(StrEnum):
    COMPANY = "company"
    STAFF = "staff"


class RejectionGround(StrEnum):
    """The law knows no rejection of a PP in scope; these three lie outside it."""

    WRONG_AUTHORITY = "wrong_authority"
    DUPLICATE = "duplicate"
    NOT_A_COMPANY = "not_a_company"


GROUND_LABELS = {
    RejectionGround.WRONG_AUTHORITY: _("Not within the office's authority"),
    RejectionGround.DUPLICATE: _("Duplicate of another application"),
    RejectionGround.NOT_A_COMPANY: _("Not filed by a company"),
}


@dataclass(frozen=True)
class Action:
    code: str
    #: On the button.
    label: Promise | str
    #: In the timeline, as done.
    done: Promise | str
    by: By
    statuses: tuple[str, ...]
    #: Kinds of stage at which staff can do it; empty: any.
    stage_kinds: tuple[str, ...] = ()
    needs_reason: bool = False
    #: Counts for the four eyes.
    is_decision: bool = True
    #: Moves the application on: not while a mandatory finding is open.
    is_forward: bool = False


#: What colleagues do among themselves with an application, as done, for the timeline: no decision, no new state.
HANDLING: dict[str, Promise] = {
    "take": _("Taken in hand"),
    "release": _("Given back to the common inbox"),
    "hand_over": _("Handed over"),
}
#: What else a timeline tells, besides the actions.
TOLD: dict[str, Promise] = {
    "union_asked": _("Union asked to confirm the text"),
    "union_agreed": _("Union has confirmed the text"),
    "union_objected": _("Union objects to the text"),
    "union_paper": _("Union's confirmation on paper recorded"),
    "decree_notes": _("Notes on the decree written"),
    "message_company": _("Message of the company"),
    "message_office": _("Message of the office to the company"),
}


def done_words(code: str) -> str:
    """What happened, for a timeline."""
    action = ACTIONS.get(code)
    return str(action.done if action else (HANDLING | TOLD).get(code, code))


_S, _K = Status, StageKind

ACTIONS: dict[str, Action] = {
    action.code: action
    for action in (
        Action("file", _("File application"), _("Application filed"), By.COMPANY, (_S.DRAFT,), is_decision=False),
        Action(
            *("receive", _("Receive and register"), _("Received and registered"), By.STAFF, (_S.IN_REVIEW,)),
            stage_kinds=(_K.REGISTRATION,),
            is_forward=True,
        ),
        Action(
            *("declare_complete", _("Declare complete"), _("Documents complete"), By.STAFF, (_S.IN_REVIEW,)),
            stage_kinds=(_K.COMPLETENESS,),
            is_forward=True,
        ),
        Action(
            *("declare_in_order", _("Declare in order"), _("Substance in order"), By.STAFF, (_S.IN_REVIEW,)),
            stage_kinds=(_K.SUBSTANCE,),
            is_forward=True,
        ),
        Action(
            *("endorse", _("Approve and initial"), _("Approved and initialled"), By.STAFF, (_S.IN_REVIEW,)),
            stage_kinds=(_K.ENDORSEMENT,),
            is_forward=True,
        ),
        Action(
            *("sign", _("Sign and issue decree"), _("Decree signed and issued"), By.STAFF, (_S.IN_REVIEW,)),
            stage_kinds=(_K.SIGNATURE,),
            is_forward=True,
        ),
        Action(
            *("return", _("Return for repair"), _("Returned for repair"), By.STAFF, (_S.IN_REVIEW,)),
            stage_kinds=(_K.COMPLETENESS, _K.SUBSTANCE),
        ),
        Action(
            *("send_back", _("Send back to an earlier stage"), _("Sent back to an earlier stage"), By.STAFF),
            statuses=(_S.IN_REVIEW,),
            stage_kinds=(_K.COMPLETENESS, _K.SUBSTANCE, _K.ENDORSEMENT, _K.SIGNATURE),
            needs_reason=True,
        ),
        Action(
            *("reject", _("Reject"), _("Rejected"), By.STAFF, (_S.IN_REVIEW,)),
            stage_kinds=(_K.REGISTRATION,),
            needs_reason=True,
        ),
        Action(
            *("lapse", _("Close, time for repair is over"), _("Closed, time for repair is over"), By.STAFF),
            statuses=(_S.RETURNED,),
            stage_kinds=(_K.COMPLETENESS, _K.SUBSTANCE),
            is_decision=False,
        ),
        Action("repair", _("Send repair"), _("Repair sent"), By.COMPANY, (_S.RETURNED,), is_decision=False),
        Action(
            *("withdraw", _("Withdraw application"), _("Withdrawn by the company"), By.COMPANY, RUNNING),
            needs_reason=True,
            is_decision=False,
        ),
    )
}
