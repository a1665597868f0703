"""What this room does when the rules or the office's calendar change: due days move with them."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from ..office.models import CalendarException
from .clocks import refresh_due_days
from .models import HelpdeskSettings


@receiver([post_save, post_delete], sender=CalendarException)
@receiver(post_save, sender=HelpdeskSettings)
def move_due_days(sender, **kwargs) -> None:
    """A day closed or opened, or another time limit, moves the due day of every running report."""
    refresh_due_days()
