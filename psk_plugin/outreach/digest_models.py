"""What each person of the office wants of the daily overview, and on which days one was written."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Mail


class Rhythm(models.TextChoices):
    WORKING_DAYS = "kerja", _("On working days, when there is something")
    EVERY_DAY = "harian", _("Every day, when there is something")
    NEVER = "tidak", _("Never")


class DigestChoice(models.Model):
    """One person's choice; whoever has not chosen gets it on working days."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="psk_digest_choice"
    )
    rhythm = models.CharField(_("daily overview by e-mail"), max_length=8, choices=Rhythm, default=Rhythm.WORKING_DAYS)
    with_mentions = models.BooleanField(
        _("also notes in which colleagues name me"),
        default=True,
        help_text=_("They stand on the first page of the admin in any case."),
    )

    class Meta:
        verbose_name = _("choice of the daily overview")
        verbose_name_plural = _("choices of the daily overview")

    def __str__(self) -> str:
        return self.get_rhythm_display()


class Digest(models.Model):
    """One person's overview of one day. No `mail`: on that day there was nothing to tell."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    mail = models.ForeignKey(Mail, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("daily overview")
        verbose_name_plural = _("daily overviews")
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="psk_digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
