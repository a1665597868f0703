"""What upper rooms can listen to."""

from django.dispatch import Signal

#: Sent once the PDF of a decree lies in the storage. Arguments: `decree`.
decree_rendered = Signal()
