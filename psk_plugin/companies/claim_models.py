"""Claims: somebody says that a company which the office knows from its census is the one they work for."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..records.models import StoredFile
from .models import Company


class Claim(models.Model):
    """One person's claim of one company, with the whole profile as typed. Decided once, by `claims` only."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for the office")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    company = models.ForeignKey(Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="psk_claims",
    )
    #: As typed, for lists and for searching; everything else of the profile is in `typed`.
    name = models.CharField(_("name as typed"), max_length=200)
    nib = models.CharField(_("NIB as typed"), max_length=13)
    #: The form as it was sent: name of the field -> its values.
    typed = models.JSONField(default=dict)
    proof = models.ForeignKey(StoredFile, verbose_name=_("proof"), on_delete=models.PROTECT, related_name="+")
    proof_name = models.CharField(max_length=150)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("claimed"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("claim of a company")
        verbose_name_plural = _("claims of companies")
        permissions = [("decide_claim", _("Can decide claims of companies"))]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "user"], condition=Q(state="waiting"), name="psk_claim_waits_once"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="psk_refused_claim_has_reason"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="psk_decided_claim_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="psk_claim_waiting")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    def as_sent(self, **changes: Any) -> QueryDict:
        """The form as the person sent it, with `changes`."""
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            data.setlist(name, values)
        for name, value in changes.items():
            data[name] = value
        return data
