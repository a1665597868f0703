"""The office itself: its letterhead, who signs, how numbers look, on which days it is closed."""

import re

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from ..calendar import WorkingCalendar, office_calendar
from ..numbers import PATTERN_FIELDS, check_pattern, render


def validate_pattern(value: str) -> None:
    if problem := check_pattern(value):
        raise ValidationError(problem)


@register_setting(icon="home")
class OfficeSettings(BaseGenericSetting):
    """What letters and decrees of the office carry. One row for the whole site."""

    government = models.CharField(_("government"), max_length=120, default="PEMERINTAH KOTA BEKASI")
    name = models.CharField(_("name of the office"), max_length=120, default="DINAS TENAGA KERJA")
    address = models.CharField(
        _("address"), max_length=200, default="Jl. Ahmad Yani No. 13, Bekasi Selatan, Kota Bekasi"
    )
    contact = models.CharField(
        _("telephone, e-mail, website"),
        max_length=200,
        blank=True,
        help_text=_("One line under the address."),
    )
    emblem = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("emblem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Printed at the left of the letterhead."),
    )
    place = models.CharField(_("place of issue"), max_length=60, default="Bekasi")
    signer_title = models.CharField(_("signer's office"), max_length=120, default="Kepala Dinas Tenaga Kerja")
    signer_name = models.CharField(_("signer's name"), max_length=120, default="Kepala Dinas")
    signer_rank = models.CharField(_("signer's rank"), max_length=80, blank=True)
    signer_nip = models.CharField(_("signer's NIP"), max_length=30, blank=True)

    submission_pattern = models.CharField(
        _("pattern of application numbers"),
        max_length=80,
        default="PSK-{year}-{sequence:05}",
        validators=[validate_pattern],
        help_text=_("Goes into addresses of pages: letters, digits and hyphens only."),
    )
    registration_pattern = models.CharField(
        _("pattern of registration numbers"),
        max_length=80,
        default="{sequence:04}/REG/{year}",
        validators=[validate_pattern],
    )
    decree_pattern = models.CharField(
        _("pattern of decree numbers"),
        max_length=80,
        default="{code}/{sequence:03}/{kind}-Disnaker.HI/{roman_month}/{year}",
        validators=[validate_pattern],
    )
    register_pattern = models.CharField(
        _("pattern of register book numbers"),
        max_length=80,
        default="{sequence:04}/{kind}/{year}",
        validators=[validate_pattern],
    )
    letter_pattern = models.CharField(
        _("pattern of letter numbers"),
        max_length=80,
        default="{code}/{sequence:04}/Disnaker.HI/{roman_month}/{year}",
        validators=[validate_pattern],
        help_text=_("Of the letters of campaigns; {kind} stays empty in them."),
    )
    classification_code = models.CharField(
        _("classification code"),
        max_length=20,
        default="500.15",
        help_text=_("Fills {code} in the patterns (Permendagri 83/2022: 500.15 for manpower)."),
    )
    notice_delivery_days = models.PositiveSmallIntegerField(
        _("an unread notice counts as delivered, working days"),
        default=5,
        help_text=_(
            "A repair notice that nobody of the company opens counts as received after this many working days; the "
            "days for the repair begin then. The law names no number: ask the legal division."
        ),
    )
    closes_overdue_repairs = models.BooleanField(
        _("close an application by itself when its time for repair is over"),
        default=True,
        help_text=_(
            "On the day after the last one; the company is told and can apply again with what it had filed. Off: a "
            "reviewer closes it (Permenaker 28/2014 Ps 9)."
        ),
    )
    electronic_signature_note = models.TextField(
        _("note on the signature"),
        blank=True,
        help_text=_(
            "Printed under the decree. Name a certified electronic signature only when the document really carries one."
        ),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(n) for n in ("government", "name", "address", "contact", "emblem", "place")],
            heading=_("Letterhead"),
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("signer_title", "signer_name", "signer_rank", "signer_nip")],
            heading=_("Signer"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(n)
                for n in (
                    "submission_pattern",
                    "registration_pattern",
                    "decree_pattern",
                    "register_pattern",
                    "letter_pattern",
                    "classification_code",
                )
            ],
            heading=_("Numbers"),
            help_text=format_lazy(
                _("Available in a pattern: {names}. With :04 a figure is filled up with zeros to four digits."),
                names=", ".join(f"{{{name}}}" for name in PATTERN_FIELDS),
            ),
        ),
        FieldPanel("notice_delivery_days"),
        FieldPanel("closes_overdue_repairs"),
        FieldPanel("electronic_signature_note"),
    ]

    class Meta:
        verbose_name = _("office and letterhead")

    def clean(self) -> None:
        super().clean()
        if check_pattern(self.submission_pattern):
            return  # the field says so itself
        sample = render(self.submission_pattern, sequence=1, year=2026, month=1)
        if not re.fullmatch(r"[A-Za-z0-9-]+", sample):
            raise ValidationError({"submission_pattern": _("Only letters, digits and hyphens.")})


#: Years before and after this one in which an exception makes sense.
YEARS_AROUND = 10


class CalendarException(models.Model):
    """A day on which the office is closed, or open, other than the national list says."""

    date = models.DateField(_("date"), unique=True)
    is_open = models.BooleanField(
        _("the office is open"), default=False, help_text=_("Leave empty for a day on which it is closed.")
    )
    reason = models.CharField(_("reason"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    #: Of a national list that the office entered itself. One such row, and the package's list of that year counts no
    #: more; once the last is deleted it counts again.
    is_national = models.BooleanField(_("from the national list"), default=False, editable=False)

    class Meta:
        ordering = ["-date"]
        verbose_name = _("calendar exception")
        verbose_name_plural = _("calendar exceptions")

    def __str__(self) -> str:
        return f"{self.date:%d-%m-%Y} {self.reason}"

    def clean(self) -> None:
        super().clean()
        if self.date is None:
            return
        if abs(self.date.year - timezone.localdate().year) > YEARS_AROUND:
            raise ValidationError({"date": _("The year of this date cannot be right. Please check it.")})
        if self.is_national and not CalendarException.objects.filter(pk=self.pk, date__year=self.date.year).exists():
            raise ValidationError({"date": _("This day belongs to the list of another year. Please enter it there.")})
        national = WorkingCalendar(kept_years=office_calendar().kept_years)
        if national.is_certain(self.date) and national.is_working_day(self.date) == self.is_open:
            raise ValidationError(
                {
                    "date": _("This is a working day anyway. An exception is not needed.")
                    if self.is_open
                    else _("The office is closed on this day anyway. An exception is not needed.")
                }
            )


class ActingKind(models.TextChoices):
    """Why somebody acts for a head (PP 30/2014 on government administration distinguishes the two)."""

    PLT = "plt", "Plt. (pelaksana tugas)"
    PLH = "plh", "Plh. (pelaksana harian)"


class ActingAppointment(models.Model):
    """Somebody who does the work of a desk for a time: a vacant post (Plt.) or a head on leave (Plh.).

    While it lasts the person belongs to the group as if a member; a decree signed then names the person's title.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="psk_acting"
    )
    group = models.ForeignKey(Group, verbose_name=_("acts for"), on_delete=models.CASCADE, related_name="psk_acting")
    kind = models.CharField(_("kind"), max_length=3, choices=ActingKind, default=ActingKind.PLH)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))
    letter = models.CharField(
        _("number of the order"), max_length=120, help_text=_("Number and date of the letter that orders it.")
    )
    signer_name = models.CharField(
        _("name on decrees"), max_length=120, blank=True, help_text=_("Only where the person signs decrees.")
    )
    signer_rank = models.CharField(_("rank"), max_length=80, blank=True)
    signer_nip = models.CharField("NIP", max_length=30, blank=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = _("acting appointment")
        verbose_name_plural = _("acting appointments")
        constraints = [
            models.CheckConstraint(condition=models.Q(valid_until__gte=models.F("valid_from")), name="psk_acting_dates")
        ]
        indexes = [models.Index(fields=["person", "valid_until"], name="psk_acting_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.group}"

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day lies before the first.")})


class Absence(models.Model):
    """Days on which a member of the office is away: colleagues see it, and take over what the person has in hand."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="psk_absences"
    )
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="psk_absence_dates"
            )
        ]
        indexes = [models.Index(fields=["person", "valid_until"], name="psk_absence_person")]

    def __str__(self) -> str:
        return f"{self.valid_from:%d-%m-%Y} – {self.valid_until:%d-%m-%Y}"

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day lies before the first.")})
