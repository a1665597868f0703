"""What this room does for lower ones: due days move with the calendar, and mails get the link of their report."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from ..office.models import CalendarException
from ..office.signals import calendar_filled
from ..outreach.models import Occasion
from ..outreach.outbox import SECRETS
from .clocks import refresh_due_days
from .letters import OCCASIONS, secret_of
from .models import HelpdeskSettings


@receiver([post_save, post_delete], sender=CalendarException)
@receiver(calendar_filled)
@receiver(post_save, sender=HelpdeskSettings)
def move_due_days(sender, **kwargs) -> None:
    """A day closed or opened, or another time limit, moves the due day of every running report."""
    refresh_due_days()


SECRETS.update(dict.fromkeys((Occasion.TICKET_RECEIVED, *OCCASIONS.values()), secret_of))
