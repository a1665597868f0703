"""Work of this room that follows a commit."""

from ..background import task
from ..submissions.models import Submission
from . import limits, outbox


@task()
def send_mail_row(pk: int) -> None:
    """Send one mail. Safe to run twice: what is sent, or being sent, is left alone."""
    outbox.deliver(pk)


@task()
def warn_of_limit(pk: int) -> None:
    """Tell the heads if this application is near the limit of law. Safe to run at any time."""
    limits.warn_of_limits(Submission.objects.filter(pk=pk))


@task()
def send_daily_digests() -> None:
    """Write today's overviews. Safe to run twice: a person gets one a day."""
    from .digest import send_digests

    send_digests()
