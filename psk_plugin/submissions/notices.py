"""The rows of a repair: what is to be repaired, and the notice that tells the company."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..norms.models import Norm
from ..records.models import StoredFile
from ..services.models import Stage


class RepairNotice(models.Model):
    """Findings sent together to the company.

    Its first reading starts the days for repair (Permenaker 28/2014 Ps 9), or the day on which a notice that nobody
    reads counts as delivered: `clocks.repair_start`.
    """

    submission = models.ForeignKey("psk_plugin.Submission", on_delete=models.CASCADE, related_name="notices")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    message = models.TextField(_("message to the company"), blank=True)
    repair_days = models.PositiveSmallIntegerField()
    #: Working days after which a notice that nobody reads counts as delivered; the office's setting when it was sent.
    delivery_days = models.PositiveSmallIntegerField(default=5)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    first_read_at = models.DateTimeField(null=True, blank=True)
    first_read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    #: All that the paper shows, frozen when it was sent; the paper is made from it once and kept (`notice_paper`).
    content = models.JSONField(default=dict, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "sequence"], name="psk_notice_sequence"),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(closed_at__isnull=True), name="psk_one_open_notice"
            ),
        ]
        verbose_name = _("repair notice")
        verbose_name_plural = _("repair notices")

    def __str__(self) -> str:
        return f"{self.submission} #{self.sequence}"


class Finding(models.Model):
    """One thing to repair: where, what is wrong, what is asked, on what legal basis."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        OPEN = "open", _("Sent, waiting for the company")
        ANSWERED = "answered", _("Repaired, to be checked")
        ACCEPTED = "accepted", _("Accepted")
        DROPPED = "dropped", _("Dropped")

    submission = models.ForeignKey("psk_plugin.Submission", on_delete=models.CASCADE, related_name="findings")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(RepairNotice, null=True, blank=True, on_delete=models.CASCADE, related_name="findings")
    document_code = models.SlugField(
        _("document"), max_length=40, blank=True, help_text=_("The company may replace this document.")
    )
    field_code = models.SlugField(
        _("answer in the form"), max_length=40, blank=True, help_text=_("The company may change this answer.")
    )
    article = models.CharField(_("Pasal or page"), max_length=80, blank=True)
    norm = models.ForeignKey(
        Norm, verbose_name=_("norm"), null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    problem = models.TextField(_("what is wrong"))
    request = models.TextField(_("what is asked"))
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    is_mandatory = models.BooleanField(_("must be repaired"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    answer = models.TextField(_("answer of the company"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_version = models.PositiveIntegerField(null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        indexes = [models.Index(fields=["submission", "state"], name="psk_finding_state")]

    def __str__(self) -> str:
        return self.problem[:60]
