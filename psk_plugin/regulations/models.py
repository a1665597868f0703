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
from ..services.models import FilingType, Kind


class RegulationState(models.TextChoices):
    """How a company stands with its regulation. Computed from dates, never stored."""

    UPCOMING = "upcoming", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    EXPIRING = "expiring", _("Expires soon")
    EXPIRED = "expired", _("Expired")
    REPLACED = "replaced", _("Replaced by a PKB")
    REVOKED = "revoked", _("Revoked")


class VersionState(models.TextChoices):
    """How one version stands, and so the decree that made it: it may have been replaced by a later one."""

    UPCOMING = RegulationState.UPCOMING.value, RegulationState.UPCOMING.label
    IN_FORCE = RegulationState.IN_FORCE.value, RegulationState.IN_FORCE.label
    EXPIRING = RegulationState.EXPIRING.value, RegulationState.EXPIRING.label
    EXPIRED = RegulationState.EXPIRED.value, RegulationState.EXPIRED.label
    AMENDED = "amended", _("Amended by a later decree")
    REPLACED = "replaced", _("Replaced by a newer decree")
    REVOKED = RegulationState.REVOKED.value, RegulationState.REVOKED.label


def version_state(
    first: dt.date | None,
    last: dt.date | None,
    day: dt.date,
    *,
    revoked_on: dt.date | None,
    replaced_from: dt.date | None,
    amended_from: dt.date | None = None,
) -> VersionState:
    """How a version valid from `first` to `last` stands on `day`; a date left open does not limit.

    `replaced_from`: first day of the version that follows it; until that day the earlier one still holds. One that
    is followed before it has begun never begins. `amended_from`: first day of an amendment of it, which leaves its last
    day as it is.
    """
    if revoked_on is not None:
        return VersionState.REVOKED
    if replaced_from is not None and replaced_from <= max(day, first or day):
        return VersionState.REPLACED
    if first is not None and first > day:
        return VersionState.UPCOMING
    if amended_from is not None and amended_from <= day and (last is None or last >= day):
        return VersionState.AMENDED
    if last is None:
        return VersionState.IN_FORCE
    if last < day:
        return VersionState.EXPIRED
    if last <= day + dt.timedelta(days=conf.EXPIRING_DAYS):
        return VersionState.EXPIRING
    return VersionState.IN_FORCE


def state_condition(state: str, day: dt.date) -> Q:
    """The rows in `state` on `day`, as a condition for a query; the same rule as `CompanyRegulation.state_on`."""
    soon = day + dt.timedelta(days=conf.EXPIRING_DAYS)
    taken_over = Q(replaced_from__isnull=False, replaced_from__lte=day)
    valid = Q(revoked_on__isnull=True) & ~taken_over
    renewed = Q(valid_from__gt=day, previous_until__isnull=False, previous_until__gte=day)
    begun = Q(valid_from__lte=day)
    return {
        RegulationState.REVOKED: Q(revoked_on__isnull=False),
        RegulationState.REPLACED: Q(revoked_on__isnull=True) & taken_over,
        RegulationState.UPCOMING: valid & Q(valid_from__gt=day) & ~renewed,
        RegulationState.EXPIRED: valid & begun & Q(valid_until__lt=day),
        RegulationState.EXPIRING: valid & begun & Q(valid_until__gte=day, valid_until__lte=soon),
        RegulationState.IN_FORCE: valid & (renewed | (begun & Q(valid_until__gt=soon))),
    }[RegulationState(state)]


class RegulationQuerySet(models.QuerySet):
    def in_state(self, state: str, today: dt.date | None = None) -> "RegulationQuerySet":
        """Regulations that are in `state` on the day; the same rule as `CompanyRegulation.state_on`."""
        return self.filter(state_condition(state, today or timezone.localdate()))


class CompanyRegulation(models.Model):
    """A company's PP or PKB. The row is the newest version; its history holds the earlier ones, with reasons."""

    #: No index of its own: that of the constraint begins with it, and answers which kinds there are without the row.
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="regulations", db_index=False)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    title = models.CharField(_("title"), max_length=250)
    version = models.PositiveIntegerField(_("version"), default=1)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    #: A renewal is decreed before the version before it has ended: until that day the company has a regulation in
    #: force although this version has not begun.
    previous_until = models.DateField(_("version before valid until"), null=True, blank=True, editable=False)
    decree = models.ForeignKey(
        "psk_plugin.Decree",
        verbose_name=_("decree"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decree_number = models.CharField(_("number of the decree"), max_length=100)
    decree_date = models.DateField(_("date of the decree"))
    text_file = models.ForeignKey(
        StoredFile,
        verbose_name=_("text of the regulation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    #: What kind of application made this version.
    change = models.CharField(_("kind of change"), max_length=15, choices=FilingType, default=FilingType.NEW)
    #: A PKB takes the place of the company's PP (UU 13/2003 Ps 108(2)) from its first day.
    replaced_from = models.DateField(_("replaced by a PKB from"), null=True, blank=True, editable=False)
    replaced_by = models.CharField(_("number of the PKB's decree"), max_length=100, blank=True, editable=False)
    #: Why the public register does not show it; empty where it does. Set by `verbs.hold_back` only.
    held_back = models.CharField(_("held back from the public register"), max_length=250, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RegulationQuerySet.as_manager()
    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["company__name", "kind"]
        verbose_name = _("company regulation")
        verbose_name_plural = _("company regulations")
        permissions = [("hold_back_regulation", _("Can hold a regulation back from the public register"))]
        constraints = [
            models.UniqueConstraint(fields=["company", "kind"], name="psk_regulation_once_per_kind"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="psk_regulation_dates"),
        ]
        indexes = [
            models.Index(fields=["kind", "valid_until"], name="psk_regulation_kind_until"),
            # Few are revoked; found without it, they are looked for among all.
            models.Index(fields=["revoked_on"], name="psk_regulation_revoked", condition=Q(revoked_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.company}"

    def state_on(self, day: dt.date) -> RegulationState:
        if self.revoked_on is None:
            if self.replaced_from is not None and self.replaced_from <= day:
                return RegulationState.REPLACED
            if self.is_renewed_ahead(day):
                return RegulationState.IN_FORCE
        state = version_state(self.valid_from, self.valid_until, day, revoked_on=self.revoked_on, replaced_from=None)
        return RegulationState(state.value)

    def is_renewed_ahead(self, day: dt.date) -> bool:
        """Whether this version is still to begin and the one before it still holds on `day`."""
        return self.valid_from > day and self.previous_until is not None and self.previous_until >= day

    @property
    def state(self) -> RegulationState:
        return self.state_on(timezone.localdate())


class RegulationText(models.Model):
    """The words of a filed text, taken out of its file in a task; what comparisons and the outline read.

    Pages are divided by form feeds. How it can fail is a state with a sentence, never an exception for a page.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Not read yet")
        READ = "read", _("Text read")
        SCANNED = "scanned", _("Pictures only, no words")
        EMPTY = "empty", _("Nothing written in it")
        LOCKED = "locked", _("Locked with a password")
        FAILED = "failed", _("Could not be read")
        RECOGNISING = "recognising", _("Being recognised from pictures")
        RECOGNISED = "recognised", _("Recognised from pictures")

    class Problem(models.TextChoices):
        """Why the recognition of pictures gave nothing."""

        TOO_LONG = "too_long", _("it has too many pages to be recognised")
        TIMEOUT = "timeout", _("it took too long")
        BROKEN = "broken", _("the program that recognises pictures reported a fault")
        NOTHING = "nothing", _("no words were found in the pictures")

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="text")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    problem = models.CharField(_("problem"), max_length=10, choices=Problem, blank=True)
    words = models.TextField(blank=True)
    article_count = models.PositiveIntegerField(_("articles (Pasal)"), default=0)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("text of a regulation")
        verbose_name_plural = _("texts of regulations")

    def __str__(self) -> str:
        return f"{self.file} {self.state}"

    @property
    def has_words(self) -> bool:
        return self.state in (self.State.READ, self.State.RECOGNISED)

    @property
    def explanation(self) -> str:
        """What the reader must know about this text before relying on it, as a sentence; empty where all is well."""
        sentences = {
            self.State.WAITING: _("The words of this file have not been read yet. Please open the page again shortly."),
            self.State.SCANNED: _(
                "The pages of this file are pictures (a scan), so it has no words to search or compare."
            ),
            self.State.EMPTY: _("There is nothing written in this file."),
            self.State.LOCKED: _(
                "This file is locked with a password, so its words cannot be read. A file without a password is needed."
            ),
            self.State.FAILED: _(
                "The words of this file cannot be read because it is damaged. A file saved anew is needed."
            ),
            self.State.RECOGNISING: _(
                "The words are being recognised from the pictures. This takes some minutes; please open the page again."
            ),
            self.State.RECOGNISED: _(
                "The words were recognised from pictures. Letters may have been misread: "
                "please look into the document itself before you rely on a difference."
            ),
        }
        sentence = str(sentences.get(self.State(self.state), ""))
        if self.problem:
            told = _("Recognising the pictures gave nothing: %s.") % self.get_problem_display()
            return f"{sentence} {told}".strip()
        return sentence


class Comparison(models.Model):
    """A redline that was made once, kept under the hashes of the two texts' words: the second visit is instant.

    Can be deleted at any time; it is made again when somebody asks.
    """

    old_sha256 = models.CharField(max_length=64)
    new_sha256 = models.CharField(max_length=64)
    #: `redline.ENGINE` that made it.
    engine = models.PositiveSmallIntegerField()
    data = models.JSONField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("comparison of two texts")
        verbose_name_plural = _("comparisons of two texts")
        constraints = [models.UniqueConstraint(fields=["old_sha256", "new_sha256"], name="psk_comparison_once")]
        indexes = [models.Index(fields=["made_at"], name="psk_comparison_made")]

    def __str__(self) -> str:
        return f"{self.old_sha256[:12]} {self.new_sha256[:12]}"
