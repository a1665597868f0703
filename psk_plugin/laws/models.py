"""Sources of law as dated rows: what services, norms and the public library name, and whether it still stands."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class LawKind(models.TextChoices):
    """Rank in the order of sources (UU 12/2011 Ps 7-8), highest first."""

    CONSTITUTION = "uud", "UUD 1945"
    ACT = "uu", "Undang-Undang"
    COURT = "putusan-mk", "Putusan Mahkamah Konstitusi"
    GOVERNMENT = "pp", "Peraturan Pemerintah"
    PRESIDENT = "perpres", "Peraturan Presiden"
    MINISTER = "permen", "Peraturan Menteri"
    MINISTER_DECISION = "kepmen", "Keputusan Menteri"
    CIRCULAR = "se", "Surat Edaran"
    PROVINCE = "pergub", "Peraturan Daerah Provinsi / Gubernur"
    CITY = "perda", "Peraturan Daerah Kota"
    MAYOR = "perwal", "Peraturan Wali Kota"
    OTHER = "lain", _("Other")


class LawState(models.TextChoices):
    IN_FORCE = "berlaku", _("In force")
    AMENDED = "diubah", _("In force, amended")
    REVOKED = "dicabut", _("No longer in force")


class LegalSource(models.Model):
    """One source of law. Old ones stay as rows: applications filed under them still name them."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("Short and lasting, e.g. uu-13-2003."))
    kind = models.CharField(_("kind"), max_length=12, choices=LawKind)
    number = models.CharField(_("number"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=300, help_text=_("What it is about, after the word “tentang”."))
    short_name = models.CharField(_("short name"), max_length=60, help_text=_("As people cite it, e.g. UU 13/2003."))
    state = models.CharField(_("state"), max_length=10, choices=LawState, default=LawState.IN_FORCE)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    note = models.CharField(
        _("amended or replaced by"), max_length=300, blank=True, help_text=_("Name the newer source and its year.")
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("What it means for companies, in plain words."))
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = models.URLField(_("link"), max_length=300, blank=True, help_text=_("To the official text."))
    is_public = models.BooleanField(_("shown to the public"), default=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["-year", "kind", "number"]
        verbose_name = _("source of law")
        verbose_name_plural = _("sources of law")
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_from__isnull=True)
                | Q(in_force_until__isnull=True)
                | Q(in_force_until__gte=F("in_force_from")),
                name="psk_law_dates",
            )
        ]
        indexes = [models.Index(fields=["state", "-year"], name="psk_law_state")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def full_name(self) -> str:
        """As the office writes it in a decree: kind, number, year and subject."""
        if self.kind == LawKind.COURT:  # The year is part of a judgment's number.
            return f"{self.get_kind_display()} Nomor {self.number} tentang {self.title}"
        return f"{self.get_kind_display()} Nomor {self.number} Tahun {self.year} tentang {self.title}"

    def clean(self) -> None:
        super().clean()
        if self.in_force_from and self.in_force_until and self.in_force_until < self.in_force_from:
            raise ValidationError({"in_force_until": _("The last day lies before the first.")})

    def stands_on(self, day: dt.date) -> bool:
        """Whether it is in force on `day`, as far as the row knows; a date left open does not limit."""
        if (self.in_force_from and day < self.in_force_from) or (self.in_force_until and day > self.in_force_until):
            return False
        return self.state != LawState.REVOKED or (self.in_force_until is not None and day <= self.in_force_until)

    @property
    def stands(self) -> bool:
        return self.stands_on(timezone.localdate())
