"""What holds in a company: one row per company and kind, each decree a version of it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .. import conf
from ..companies.models import Company
from ..records.models import StoredFile
from ..services.models import Kind


class RegulationState(models.TextChoices):
    """Computed from dates, never stored."""

    UPCOMING = "upcoming", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    EXPIRING = "expiring", _("Expires soon")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class RegulationQuerySet(models.QuerySet):
    def in_state(self, state: str, today: dt.date | None = None) -> "RegulationQuerySet":
        """Regulations that are in `state` on the day; the same rule as `CompanyRegulation.state_on`."""
        day = today or timezone.localdate()
        soon = day + dt.timedelta(days=conf.EXPIRING_DAYS)
        valid = self.filter(revoked_on__isnull=True)
        return {
            RegulationState.REVOKED: self.filter(revoked_on__isnull=False),
            RegulationState.UPCOMING: valid.filter(valid_from__gt=day),
            RegulationState.EXPIRED: valid.filter(valid_from__lte=day, valid_until__lt=day),
            RegulationState.EXPIRING: valid.filter(valid_from__lte=day, valid_until__gte=day, valid_until__lte=soon),
            RegulationState.IN_FORCE: valid.filter(valid_from__lte=day, valid_until__gt=soon),
        }[RegulationState(state)]


class CompanyRegulation(models.Model):
    """A company's PP or PKB. The row is the newest version; its history holds the earlier ones, with reasons."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="regulations")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    title = models.CharField(_("title"), max_length=250)
    version = models.PositiveIntegerField(_("version"), default=1)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    decree = models.ForeignKey(
        "psk_plugin.Decree", verbose_name=_("decree"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decree_number = models.CharField(_("number of the decree"), max_length=100)
    decree_date = models.DateField(_("date of the decree"))
    text_file = models.ForeignKey(
        StoredFile, verbose_name=_("text"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RegulationQuerySet.as_manager()
    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["company__name", "kind"]
        verbose_name = _("company regulation")
        verbose_name_plural = _("company regulations")
        constraints = [
            models.UniqueConstraint(fields=["company", "kind"], name="psk_regulation_once_per_kind"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="psk_regulation_dates"),
        ]
        indexes = [models.Index(fields=["kind", "valid_until"], name="psk_regulation_kind_until")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.company}"

    def state_on(self, day: dt.date) -> RegulationState:
        if self.revoked_on is not None:
            return RegulationState.REVOKED
        if self.valid_from > day:
            return RegulationState.UPCOMING
        if self.valid_until < day:
            return RegulationState.EXPIRED
        if self.valid_until <= day + dt.timedelta(days=conf.EXPIRING_DAYS):
            return RegulationState.EXPIRING
        return RegulationState.IN_FORCE

    @property
    def state(self) -> RegulationState:
        return self.state_on(timezone.localdate())


class RegulationText(models.Model):
    """The words of a filed text, taken out of its file in a task; what later comparisons read."""

    class State(models.TextChoices):
        READ = "read", _("Read")
        SCANNED = "scanned", _("Pictures only, no words")
        FAILED = "failed", _("Could not be read")

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="text")
    state = models.CharField(_("state"), max_length=10, choices=State)
    words = models.TextField(blank=True)
    article_count = models.PositiveIntegerField(_("articles (Pasal)"), default=0)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("text of a regulation")
        verbose_name_plural = _("texts of regulations")

    def __str__(self) -> str:
        return f"{self.file} {self.state}"
