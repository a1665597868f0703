"""Work of this room that follows a commit."""

from ..background import task
from . import outbox


@task()
def send_mail_row(pk: int) -> None:
    """Send one mail. Safe to run twice: what is sent, or being sent, is left alone."""
    outbox.deliver(pk)
