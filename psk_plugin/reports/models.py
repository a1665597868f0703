"""Reports that were asked for: what about, by whom, how far they are, the finished files, and who took them."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..records.models import StoredFile

#: How long the making of one report may take before another process may take it over.
LEASE = dt.timedelta(minutes=15)


class ReportKind(models.TextChoices):
    """What is made. Values are kept for good."""

    MONITORING = "monitoring", _("Monitoring and evaluation report")
    COMPLYING = "complying", _("List of complying companies")
    EVIDENCE = "evidence", _("Evidence of the trial")


class ReportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


class ReportQuerySet(models.QuerySet):
    def unfinished(self, now: dt.datetime | None = None) -> "ReportQuerySet":
        """Reports that some process should make now: waiting, or left by a process that has stopped."""
        now = now or timezone.now()
        return self.filter(
            models.Q(state=ReportState.WAITING) | models.Q(state=ReportState.RUNNING, started_at__lt=now - LEASE)
        )


class Report(models.Model):
    """One report. Its figures are computed once, when it is made, so that its files say the same for good."""

    kind = models.CharField(_("kind"), max_length=12, choices=ReportKind)
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    #: `Period.plain()`: the days again, and what it is narrowed to.
    period = models.JSONField(default=dict)
    #: Evidence only: companies by name instead of by a code, and why.
    with_names = models.BooleanField(_("with company names"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    #: Who asked for what, as a hash: the same report is not made twice at a time.
    key = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.WAITING)
    #: Of a hundred.
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        permissions = [
            ("view_monitoring", _("Can see monitoring and evaluation")),
            ("make_evidence", _("Can make the evidence of the trial")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=("waiting", "running")),
                name="psk_report_once_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="psk_report_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {date_format(self.first, 'j M Y')} – {date_format(self.last, 'j M Y')}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (ReportState.WAITING, ReportState.RUNNING)


class ReportFile(models.Model):
    """A finished file of a report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    ending = models.CharField(max_length=5)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["ending"]
        constraints = [models.UniqueConstraint(fields=["report", "ending"], name="psk_report_file_once")]
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")

    def __str__(self) -> str:
        return f"{self.report_id}.{self.ending}"
