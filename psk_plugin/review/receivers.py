"""What this room holds against a step of an application."""

from ..submissions.guards import guard
from ..submissions.models import Submission
from .checklist import what_blocks


@guard
def lacking_norms(submission: Submission, action: str) -> str | None:
    """No declaring in order over a mandatory norm answered as lacking."""
    return what_blocks(submission) if action == "declare_in_order" else None
