"""Decrees: numbered once, rendered once, checkable by anyone."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..companies.models import Company
from ..records.models import StoredFile
from ..services.models import Kind
from ..submissions.models import Submission

#: Letters and digits nobody mistakes for one another when typing a code from paper.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    """Twelve characters, about 59 bits: cannot be guessed, can be typed."""
    return "".join(secrets.choice(CODE_ALPHABET) for _i in range(12))


class Decree(models.Model):
    """The office's decision on paper. Written in the transaction that signs; its PDF follows and never changes."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="decree")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="decrees")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    number = models.CharField(_("number"), max_length=100, unique=True)
    sequence = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    register_number = models.CharField(_("number in the register book"), max_length=100)
    issued_on = models.DateField(_("date of the decree"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    regulation_title = models.CharField(max_length=250)
    company_name = models.CharField(_("company"), max_length=200)
    code = models.CharField(_("verification code"), max_length=16, unique=True, default=new_code, editable=False)
    content = models.JSONField(help_text="Everything the page shows, frozen at the signature.")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    signed_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rendered_at = models.DateTimeField(null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revocation_reason = models.TextField(_("reason of the revocation"), blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["-issued_on", "-sequence"]
        verbose_name = _("decree")
        verbose_name_plural = _("decrees")
        permissions = [("revoke_decree", _("Can revoke decrees"))]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "sequence"], name="psk_decree_sequence"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="psk_decree_dates"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page on which anyone checks it."""
        return reverse("psk:decree_verify", args=[self.code])
