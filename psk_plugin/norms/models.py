"""What the law asks of a company's regulation, as dated rows that the office keeps: topic, minimum, basis, words."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..services.models import Kind


class Chapter(models.TextChoices):
    """Parts of the checklist, in the order in which a regulation is usually written."""

    GENERAL = "A", "Umum"
    EMPLOYMENT = "B", "Hubungan kerja"
    HOURS = "C", "Waktu kerja dan istirahat"
    LEAVE = "D", "Cuti dan izin"
    WAGES = "E", "Pengupahan"
    SECURITY = "K", "Jaminan sosial dan K3"
    DISCIPLINE = "G", "Disiplin"
    TERMINATION = "H", "Pemutusan hubungan kerja"
    RELATIONS = "I", "Hubungan industrial"


class NormQuerySet(models.QuerySet):
    def in_force(self, day: dt.date, kind: str) -> "NormQuerySet":
        """Norms switched on that hold on `day` for a regulation of `kind`."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            Q(kind="") | Q(kind=kind),
            is_on=True,
        )


class Norm(models.Model):
    """One row of the checklist (domain: substance of a PP, usable for a PKB).

    A changed law is a new row from its day on, or a new version of this one; the history keeps what was asked before.
    """

    code = models.SlugField(_("code"), max_length=12, unique=True, help_text=_("As colleagues cite it, e.g. D1."))
    chapter = models.CharField(_("part"), max_length=1, choices=Chapter)
    topic = models.CharField(_("topic"), max_length=120)
    minimum = models.TextField(_("minimum"), help_text=_("What the text must say at least, in plain words."))
    legal_basis = models.CharField(_("legal basis"), max_length=250)
    kind = models.CharField(
        _("holds for"), max_length=5, choices=[(Kind.PP.value, "PP"), (Kind.PKB.value, "PKB")], blank=True
    )
    is_mandatory = models.BooleanField(
        _("must be met"), default=True, help_text=_("Off: advice; the company may leave it as it is.")
    )
    is_on = models.BooleanField(_("on the checklist"), default=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    keywords = models.TextField(
        _("words that find it"),
        blank=True,
        help_text=_("One word or phrase per line. An article that has one of them is offered beside the row."),
    )
    request = models.TextField(
        _("what to ask of the company"),
        blank=True,
        help_text=_("Put into a finding, where the korektor may change it. Empty: the minimum is quoted."),
    )
    needs_check = models.BooleanField(
        _("source to be confirmed"),
        default=False,
        help_text=_("Shown on the desk until somebody has compared it with the law's own text."),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = NormQuerySet.as_manager()
    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["sort_order", "code"]
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="psk_norm_dates",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.topic}"

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day lies before the first.")})

    @property
    def phrases(self) -> list[str]:
        """Words that find it, one each, without blanks."""
        return [line.strip() for line in self.keywords.splitlines() if line.strip()]
