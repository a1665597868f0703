"""What upper rooms can listen to. Receivers run inside the transaction: an error in one undoes the whole step."""

from django.dispatch import Signal

#: Sent by `lifecycle.perform`. Arguments: `submission`, `event` (the row just written), `action` (code).
transitioned = Signal()
#: Sent when a union is asked to confirm. Arguments: `confirmation`, `event`.
union_asked = Signal()
