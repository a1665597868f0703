"""Reminders that a regulation ends: a row per regulation, end and step, so that nobody is told twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..regulations.models import CompanyRegulation


class Step(models.TextChoices):
    """When a company is reminded, counted from the last day of its regulation."""

    DAYS_90 = "90", _("90 days before the end")
    DAYS_60 = "60", _("60 days before the end")
    DAYS_45 = "45", _("45 days before the end")
    #: Of a PP only: 30 working days before its end (Permenaker 28/2014 Ps 13(1)).
    LAST_DAY = "last", _("last day for asking for the renewal")


class RenewalReminder(models.Model):
    """One reminder, planned some days ahead so that the office can stop it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SENT = "sent", _("Sent")
        STOPPED = "stopped", _("Stopped by the office")
        PASSED = "passed", _("Not needed any more")

    regulation = models.ForeignKey(
        CompanyRegulation, verbose_name=_("regulation"), on_delete=models.CASCADE, related_name="reminders"
    )
    #: The end it reminds of. After a renewal the regulation has another end, and reminders of its own.
    valid_until = models.DateField(_("valid until"))
    step = models.CharField(_("step"), max_length=4, choices=Step)
    due_on = models.DateField(_("goes out on"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.PLANNED)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    recipients = models.PositiveIntegerField(_("mails written"), default=0)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        permissions = [("stop_renewalreminder", _("Can stop reminders"))]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "valid_until", "step"], name="psk_reminder_once_per_step")
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="psk_reminder_due")]

    def __str__(self) -> str:
        return f"{self.regulation}: {self.get_step_display()}"
