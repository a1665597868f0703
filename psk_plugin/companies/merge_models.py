"""Companies that are one: what was said of a pair, and what was merged, for good."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .models import Company


class CompanyPair(models.Model):
    """Two companies of which somebody said something: that they may be one, or that they are not.

    Pairs that only look alike have no row; they are computed.
    """

    class State(models.TextChoices):
        REPORTED = "reported", _("reported at sign-up")
        APART = "apart", _("not doubles")

    first = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("pair of companies")
        verbose_name_plural = _("pairs of companies")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="psk_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="psk_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} + {self.second_id}: {self.get_state_display()}"


class CompanyMerge(models.Model):
    """One merging: which company stayed, which went, with everything it said of itself. Rows are never changed.

    Only `kept` moves on where the company that stayed is merged into another one later.
    """

    kept = models.ForeignKey(
        Company, verbose_name=_("company that stayed"), on_delete=models.PROTECT, related_name="merges"
    )
    kept_name = models.CharField(max_length=200)
    gone_pk = models.PositiveBigIntegerField(unique=True)
    gone_name = models.CharField(_("company that went"), max_length=200)
    gone_nib = models.CharField("NIB", max_length=13, blank=True)
    #: Both as they stood before: field -> value.
    kept_data = models.JSONField(default=dict)
    gone_data = models.JSONField(default=dict)
    #: Parts of the profile (`comparing.PARTS`) that were taken from the company that went.
    taken = models.JSONField(default=list)
    #: Model -> how many of its rows moved.
    moved = models.JSONField(default=dict)
    #: What could not simply move, as sentences.
    notes = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("merged by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("merged"), auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("merging of two companies")
        verbose_name_plural = _("mergings of companies")

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"


def moved_to(pk: int) -> int | None:
    """Key of the company into which the one with the key `pk` was merged."""
    return CompanyMerge.objects.filter(gone_pk=pk).values_list("kept_id", flat=True).first()
