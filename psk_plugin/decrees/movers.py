"""How decrees move when two companies are merged: what a decree says of its company is frozen in it."""

from ..companies.merging import lock_first, register
from .models import Decree

register(Decree)
lock_first(Decree)
