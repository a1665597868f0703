"""Early signs: the rules as rows with numbers an administrator can change, and what people say they are doing about it.

The signs themselves are computed (`finding`) and stored nowhere.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..companies.models import Company


class Sign(models.TextChoices):
    """What can be a sign. Values are kept for good."""

    TALKS = "talks", _("Talks past the end of the PKB")
    RETURNS = "returns", _("Returned again and again")
    COMPLAINTS = "complaints", _("Many complaints")
    UNFILED = "unfiled", _("Many workers, nothing filed")
    GAVE_UP = "gave_up", _("Ended, and the application given up")


#: Sign -> threshold and period with which the office starts.
STARTS: dict[Sign, tuple[int, int | None]] = {
    Sign.TALKS: (0, None),
    Sign.RETURNS: (3, 12),
    Sign.COMPLAINTS: (3, 6),
    Sign.UNFILED: (100, None),
    Sign.GAVE_UP: (30, None),
}
#: Sign -> what its threshold counts.
COUNTS = {
    Sign.TALKS: _("more than so many days past the end"),
    Sign.RETURNS: _("returns, at least"),
    Sign.COMPLAINTS: _("complaints, at least"),
    Sign.UNFILED: _("workers, at least"),
    Sign.GAVE_UP: _("more than so many days past the end"),
}
#: Signs that look back a number of months.
WITH_MONTHS = (Sign.RETURNS, Sign.COMPLAINTS)
#: Signs whose threshold counts things: one at least.
FROM_ONE = (Sign.RETURNS, Sign.COMPLAINTS, Sign.UNFILED)


class SignRule(models.Model):
    """One rule: whether it counts, and from which number on."""

    code = models.CharField(_("sign"), max_length=10, choices=Sign, unique=True, editable=False)
    threshold = models.PositiveIntegerField(
        _("threshold"), validators=[MaxValueValidator(500_000, _("This number is too large. Please check it."))]
    )
    months = models.PositiveSmallIntegerField(
        _("within the last months"),
        null=True,
        blank=True,
        validators=[
            MinValueValidator(1, _("At least one month.")),
            MaxValueValidator(60, _("At most 60 months.")),
        ],
    )
    is_on = models.BooleanField(_("counts"), default=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("rule of early signs")
        verbose_name_plural = _("rules of early signs")

    def __str__(self) -> str:
        return str(self.get_code_display())

    def clean(self) -> None:
        super().clean()
        problems = {}
        if self.code in FROM_ONE and self.threshold is not None and self.threshold < 1:
            problems["threshold"] = _("At least 1; to stop the rule, take the tick from “counts”.")
        if self.code in WITH_MONTHS and self.months is None:
            problems["months"] = _("Please say how many months this rule looks back.")
        if self.code not in WITH_MONTHS and self.months is not None:
            problems["months"] = _("This rule does not look back. Please leave the months empty.")
        if problems:
            raise ValidationError(problems)

    @property
    def threshold_words(self) -> str:
        """What the threshold counts."""
        return str(COUNTS[Sign(self.code)])


class SignMark(models.Model):
    """Somebody looks after a company until a day. Rows are added, never changed; the newest of a company counts."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="sign_marks")
    until = models.DateField(_("looked after until"))
    note = models.CharField(_("note"), max_length=500)
    #: Signs of the company when it was marked; a new one brings it back.
    codes = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("early sign looked after")
        verbose_name_plural = _("early signs looked after")
        indexes = [models.Index(fields=["company", "-id"], name="psk_mark_newest")]

    def __str__(self) -> str:
        return f"{self.company}: {self.until:%d-%m-%Y}"


def rules() -> list[SignRule]:
    """Every rule, those without a row yet made with the numbers of the start."""
    found = {rule.code: rule for rule in SignRule.objects.all()}
    for sign, (threshold, months) in STARTS.items():
        if sign.value not in found:
            rule, _created = SignRule.objects.get_or_create(
                code=sign.value, defaults={"threshold": threshold, "months": months}
            )
            found[sign.value] = rule
    return [found[sign.value] for sign in STARTS]
