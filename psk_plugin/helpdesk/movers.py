"""How reports move when two companies are merged."""

from ..companies.merging import register
from .models import Ticket

register(Ticket)
