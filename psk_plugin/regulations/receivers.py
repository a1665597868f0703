"""Regulations hear of no application: those live on a floor above, and `decrees.receivers` calls this room's verbs."""

from django.db.models.signals import post_save

from .models import CompanyRegulation
from .public import forget_totals

post_save.connect(forget_totals, sender=CompanyRegulation, dispatch_uid="psk_register_totals")
