"""What this room does when the office's calendar changes."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from ..office.models import CalendarException
from . import rescue  # noqa: F401 - listens to people signing in
from .clocks import refresh_due_dates


@receiver([post_save, post_delete], sender=CalendarException)
def move_due_dates(sender, **kwargs) -> None:
    """A day closed or opened moves the due day of every open stay."""
    refresh_due_dates()
