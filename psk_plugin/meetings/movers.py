"""How registrations for meetings move when two companies are merged."""

from ..companies.merging import register
from .models import Registration

register(Registration)
