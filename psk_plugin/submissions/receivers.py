"""What this room does when the office's calendar changes, and when a text is filed that a union has to confirm."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from ..office.models import CalendarException
from ..office.signals import calendar_filled
from . import (
    rescue,  # noqa: F401 - listens to people signing in
    union,
)
from .clocks import refresh_due_dates
from .models import Event, Submission
from .signals import transitioned


@receiver([post_save, post_delete], sender=CalendarException)
@receiver(calendar_filled)
def move_due_dates(sender, **kwargs) -> None:
    """A day closed or opened moves the due day of every open stay."""
    refresh_due_dates()


@receiver(transitioned)
def ask_the_union(sender, submission: Submission, event: Event, **kwargs) -> None:
    """The union hears of the text in the step that files or replaces it."""
    union.after_step(submission, event)
