"""The rows of what happened to an application: where it lay, who did what, who noted or read what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..services.models import Stage


class Movement(models.Model):
    """A stay of an application at a stage: in, out, who. The one source for time per desk."""

    submission = models.ForeignKey("psk_plugin.Submission", on_delete=models.CASCADE, related_name="movements")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    target_days = models.PositiveSmallIntegerField()
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.CharField(max_length=30, blank=True)
    #: Who had it in hand last during this stay.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(left_at__isnull=True), name="psk_one_open_movement"
            )
        ]
        verbose_name = _("movement")
        verbose_name_plural = _("movements")

    def __str__(self) -> str:
        return f"{self.submission} · {self.stage}"


class Event(models.Model):
    """One line of the timeline. Written in the same transaction as what it tells; never changed."""

    submission = models.ForeignKey("psk_plugin.Submission", on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=30)
    stage = models.ForeignKey(Stage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stage_title = models.CharField(max_length=80, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_by_company = models.BooleanField(default=False)
    is_decision = models.BooleanField(default=False, help_text="Counts for the four eyes.")
    is_public = models.BooleanField(default=True, help_text="The company sees it.")
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["submission", "at"], name="psk_event_timeline")]

    def __str__(self) -> str:
        return f"{self.submission} {self.action}"


class InternalNote(models.Model):
    """A note among colleagues; the company never sees it."""

    submission = models.ForeignKey("psk_plugin.Submission", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("note"))
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")

    def __str__(self) -> str:
        return self.text[:60]


class LimitWarning(models.Model):
    """That the heads were told how near an application is to its limit of law: once per step, however often it runs."""

    submission = models.ForeignKey("psk_plugin.Submission", on_delete=models.CASCADE, related_name="limit_warnings")
    #: Working days before the limit at which it is told: one of `limits.STEPS`.
    step = models.PositiveSmallIntegerField()
    #: Working days that were left when it was told; below 0 where the limit had passed.
    left = models.SmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "step"], name="psk_limit_told_once")]
        verbose_name = _("warning of a time limit")
        verbose_name_plural = _("warnings of time limits")

    def __str__(self) -> str:
        return f"{self.submission} {self.step}"


class PersonalRead(models.Model):
    """Who of the office had the personal answers of an application on the screen, once per person and day.

    Rows are added, never changed (UU 27/2022: who has seen personal data can be told). Documents: `FileReading`.
    """

    submission = models.ForeignKey("psk_plugin.Submission", on_delete=models.CASCADE, related_name="personal_reads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("reading of personal answers")
        verbose_name_plural = _("readings of personal answers")
        constraints = [models.UniqueConstraint(fields=["submission", "user", "day"], name="psk_personal_read_daily")]

    def __str__(self) -> str:
        return f"{self.submission} {self.day}"
