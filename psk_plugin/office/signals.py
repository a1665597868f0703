"""What this room tells upper ones."""

from django.dispatch import Signal

#: Many days of the calendar were entered in one go, inside the transaction: due days have to be computed anew.
calendar_filled = Signal()
