"""What upper rooms can listen to. Receivers run inside the transaction: an error in one undoes the message."""

from django.dispatch import Signal

#: Sent when a message is written. Arguments: `message`, with its `submission` and `event`.
message_written = Signal()
