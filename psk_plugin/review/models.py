"""What examiners record while they examine: the checklist's answers, the state of each document, usual wordings.

And how each of them likes the lists: filters kept by name, columns shown.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..norms.models import Norm
from ..submissions.models import Submission

#: Letters in each part of a finding.
MAX_WORDS = 5000


class NormVerdict(models.TextChoices):
    """How the text stands to one norm. The first two need nothing of the company."""

    MET = "sesuai", _("Meets the norm")
    BETTER = "lebih", _("Better than the norm")
    BELOW = "kurang", _("Below the norm")
    MISSING = "tidak-diatur", _("Not in the text")
    IRRELEVANT = "tidak-relevan", _("Not relevant")


#: Verdicts that ask something of the company where the norm must be met.
LACKING = (NormVerdict.BELOW, NormVerdict.MISSING)


class DocumentVerdict(models.TextChoices):
    """Whether a required document is there and valid."""

    VALID = "sah", _("There and valid")
    LACKING = "kurang", _("Lacking")
    IRRELEVANT = "tidak-relevan", _("Not relevant")


class NormAnswer(models.Model):
    """The examiner's answer to one norm for one application; a changed mind is a version in the history."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="norm_answers")
    norm = models.ForeignKey(Norm, verbose_name=_("norm"), on_delete=models.PROTECT, related_name="answers")
    #: The version of the norm that was asked: `Norm.history`'s row.
    norm_version = models.PositiveBigIntegerField()
    verdict = models.CharField(_("answer"), max_length=15, choices=NormVerdict)
    article = models.CharField(_("Pasal"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)
    #: The filed version of the text that was examined.
    document_version = models.PositiveIntegerField(default=0)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["norm__sort_order", "pk"]
        verbose_name = _("answer to a norm")
        verbose_name_plural = _("answers to norms")
        constraints = [models.UniqueConstraint(fields=["submission", "norm"], name="psk_norm_answer_once")]

    def __str__(self) -> str:
        return f"{self.submission} {self.norm_id} {self.verdict}"


class DocumentCheck(models.Model):
    """The verifier's answer to one filed document."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="document_checks")
    code = models.SlugField(max_length=40)
    verdict = models.CharField(_("answer"), max_length=15, choices=DocumentVerdict)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=0)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField(default=timezone.now)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("check of a document")
        verbose_name_plural = _("checks of documents")
        constraints = [models.UniqueConstraint(fields=["submission", "code"], name="psk_document_check_once")]

    def __str__(self) -> str:
        return f"{self.submission} {self.code} {self.verdict}"


class WordingQuerySet(models.QuerySet):
    def of(self, user) -> "WordingQuerySet":
        """Wordings the person can use: the office's and the person's own, most used first."""
        return self.filter(Q(is_shared=True) | Q(owner=user))

    def offered(self, user) -> "WordingQuerySet":
        return self.of(user).filter(is_active=True)


class Wording(models.Model):
    """A finding's words kept for the next time: usual faults are worded once and well.

    Shared with the whole office, or the person's own.
    """

    title = models.CharField(
        _("short name"), max_length=120, help_text=_("By which it is found in the list, e.g. “Annual leave below 12”.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_shared = models.BooleanField(
        _("for the whole office"), default=False, help_text=_("Off: only you see and use it.")
    )
    norm = models.ForeignKey(
        Norm, verbose_name=_("norm"), null=True, blank=True, on_delete=models.CASCADE, related_name="wordings"
    )
    problem = models.TextField(_("what is wrong"), validators=[MaxLengthValidator(MAX_WORDS)])
    request = models.TextField(_("what is asked"), validators=[MaxLengthValidator(MAX_WORDS)])
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    is_active = models.BooleanField(_("offered"), default=True)
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["-used", "title", "pk"]
        verbose_name = _("usual wording")
        verbose_name_plural = _("usual wordings")
        constraints = [
            models.CheckConstraint(condition=~Q(problem="") & ~Q(request=""), name="psk_wording_words"),
            models.UniqueConstraint(fields=["title"], condition=Q(is_shared=True), name="psk_wording_shared_title"),
            models.UniqueConstraint(
                fields=["owner", "title"], condition=Q(is_shared=False), name="psk_wording_own_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """One short name once: in the office's list, and in each person's own."""
        others = Wording.objects.exclude(pk=self.pk).filter(title=self.title.strip(), is_shared=self.is_shared)
        if not self.is_shared:
            others = others.filter(owner=self.owner_id)
        if others.exists():
            raise ValidationError({"title": _("There is a wording of this name already. Please choose another name.")})


class Place(models.TextChoices):
    """The lists that keep filters and columns; the value is the last part of their address."""

    INBOX = "kotak-masuk", _("Inbox")
    ALL = "semua-permohonan", _("All applications")


class SavedFilter(models.Model):
    """A search, filters and an order of one list, kept by one person under a name; colleagues see it where shared."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="psk_saved_filters")
    place = models.CharField(max_length=20, choices=Place)
    name = models.CharField(_("name of the filter"), max_length=60)
    #: The list's address after the question mark, as the list itself accepts it.
    query = models.CharField(max_length=1200, blank=True)
    group = models.ForeignKey(
        Group,
        verbose_name=_("shared with"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="psk_saved_filters",
        help_text=_("People of this group see and use it; only you change it."),
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            models.UniqueConstraint(Lower("name"), "owner", "place", name="psk_saved_filter_name"),
            models.CheckConstraint(condition=~Q(name=""), name="psk_saved_filter_named"),
        ]

    def __str__(self) -> str:
        return self.name


class ListColumns(models.Model):
    """The columns one person wants to see in one list, by their names."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="psk_list_columns")
    place = models.CharField(max_length=20, choices=Place)
    names = models.JSONField(default=list)

    class Meta:
        verbose_name = _("columns of a list")
        verbose_name_plural = _("columns of lists")
        constraints = [models.UniqueConstraint(fields=["owner", "place"], name="psk_list_columns_once")]

    def __str__(self) -> str:
        return f"{self.get_place_display()} {self.owner_id}"
