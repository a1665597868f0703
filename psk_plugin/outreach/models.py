"""Mails: one row per recipient, written before sending, with what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..submissions.models import Event, Submission


class Mail(models.Model):
    """A mail to one person. The row is written in the transaction that causes it; sending follows the commit."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed, will be tried again")
        REFUSED = "refused", _("Address refused, not tried again")

    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="mails")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.CASCADE, related_name="mails")
    code = models.CharField(_("occasion"), max_length=40)
    recipient = models.EmailField(_("recipient"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failure = models.CharField(_("failure"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(fields=["event", "code", "recipient"], name="psk_mail_once_per_event"),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="psk_mail_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.created_at:%d-%m-%Y %H:%M}"
