"""What this room does when an application moves: it writes letters, inside the transaction that moves it.

Reviewers get no mail per event on purpose: their inbox serves them. A repair sent by the company is mailed to nobody.
"""

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from ..background import after_commit
from ..calendar import office_calendar
from ..decrees.models import Decree
from ..decrees.signals import decree_rendered
from ..submissions.limits import could_be_near
from ..submissions.models import Event, Submission
from ..submissions.signals import transitioned, union_asked
from ..submissions.union_models import UnionConfirmation
from ..talk.models import Message
from ..talk.signals import message_written
from . import forecast, letters, outbox  # noqa: F401 - registers what the desk announces
from .models import OCCASIONS, Occasion
from .tasks import warn_of_limit


@receiver(transitioned)
def write_letters(sender, submission: Submission, event: Event, action: str, **kwargs) -> None:
    """Mail rows for a step that the company should hear of."""
    if compose := letters.BY_ACTION.get(action):
        with outbox.in_our_language():
            letter = compose(submission, event)
        occasion = OCCASIONS[action]
        outbox.write(letter, occasion, submission, event)


@receiver(message_written)
def write_of_a_message(sender, message: Message, **kwargs) -> None:
    """The company is told that the office has written; the office finds the company's words in its lists."""
    if message.is_by_company:
        return
    with outbox.in_our_language():
        letter = letters.message(message.submission, message.event)
    outbox.write(letter, Occasion.MESSAGE, message.submission, message.event)


@receiver(transitioned)
def watch_the_limit(sender, submission: Submission, event: Event, **kwargs) -> None:
    """Back from its company an application may be near the limit of law at once: the heads need not wait for a run."""
    if (
        event.action == "repair"
        and could_be_near(office_calendar(), timezone.localdate()).filter(pk=submission.pk).exists()
    ):
        after_commit(warn_of_limit, submission.pk)


@receiver(union_asked)
def write_to_the_union(sender, confirmation: UnionConfirmation, **kwargs) -> None:
    """The union of a PKB gets its own letter, with a link that only the sent mail holds."""
    with outbox.in_our_language():
        letter = letters.union_asked(confirmation)
    number = confirmation.submission.number
    outbox.post(letter, Occasion.UNION_ASKED, {confirmation.email: None}, key=f"union:{confirmation.pk}", about=number)


@receiver(decree_rendered)
@transaction.atomic
def write_decree_letters(sender, decree: Decree, **kwargs) -> None:
    """The decree can be downloaded: now, not at the signature, the company is told."""
    event = decree.submission.events.filter(action="sign").order_by("pk").last()
    with outbox.in_our_language():
        letter = letters.issued(decree)
    outbox.write(letter, Occasion.ISSUED, decree.submission, event)
