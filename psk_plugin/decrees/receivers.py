"""What this room does when an application moves, inside the transaction that moves it."""

from django.dispatch import receiver

from ..background import after_commit
from ..regulations.reading import read_later
from ..submissions.models import Event, Submission
from ..submissions.signals import transitioned
from .issuing import issue, regulation_text_file
from .rendering import render_decree


@receiver(transitioned)
def write_decree(sender, submission: Submission, event: Event, action: str, **kwargs) -> None:
    """A signature makes the decree; what keeps the decree from being made undoes the signature."""
    if action == "sign":
        decree = issue(submission, event.actor, event.at)
        after_commit(render_decree, decree.pk)


@receiver(transitioned)
def read_regulation_text(sender, submission: Submission, action: str, **kwargs) -> None:
    """The filed text is read, for the correctors' comparison. Here because regulations know no applications."""
    if action in ("file", "repair") and (stored := regulation_text_file(submission)):
        read_later(stored)
