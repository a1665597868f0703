"""How marks of early signs move when two companies are merged."""

from ..companies.merging import register
from .models import SignMark

register(SignMark)
