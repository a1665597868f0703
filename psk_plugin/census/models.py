"""Lists that the office takes in: batches, their rows as they stood in the file, headings that were assigned before."""

import datetime as dt

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..companies.models import Company
from ..records.models import StoredFile
from ..regulations.models import CompanyRegulation

#: How long one run may be silent before another process may take its place.
LEASE = dt.timedelta(minutes=5)


class BatchKind(models.TextChoices):
    """What the rows of a list are. Values are kept for good."""

    COMPANIES = "companies", _("Census of companies")
    DECREES = "decrees", _("Decrees on paper")


class BatchState(models.TextChoices):
    """How far a batch is. Nothing outside the batch changes before `DONE`."""

    READING = "reading", _("The file is being read")
    MAPPING = "mapping", _("Columns to be assigned")
    CHECKING = "checking", _("Rows are being checked")
    READY = "ready", _("Checked, not taken over yet")
    APPLYING = "applying", _("Being taken over")
    DONE = "done", _("Taken over")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Stopped")
    CANCELLED = "cancelled", _("Discarded")


#: States in which a task is at work.
WORKING = (BatchState.READING, BatchState.CHECKING, BatchState.APPLYING, BatchState.UNDOING)


class Verdict(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", pgettext_lazy("census", "New")
    MATCHED = "matched", pgettext_lazy("census", "Completes a known company")
    ASK = "ask", pgettext_lazy("census", "Needs a decision")
    SAME = "same", pgettext_lazy("census", "Known, nothing new")
    SKIPPED = "skipped", pgettext_lazy("census", "Left out")
    BAD = "bad", pgettext_lazy("census", "Refused")


#: Rows that write something when the batch is taken over.
WRITTEN = (Verdict.NEW, Verdict.MATCHED)


class BatchQuerySet(models.QuerySet):
    def waiting(self, now: dt.datetime | None = None) -> "BatchQuerySet":
        """Batches with work for a task that nobody is at: not begun, or left by a worker that stopped."""
        free = Q(busy_until__isnull=True) | Q(busy_until__lt=now or timezone.now())
        return self.filter(free, state__in=WORKING)


class CensusBatch(models.Model):
    """One file that was uploaded, from its reading to its undoing. Changed by `verbs` and by the tasks only."""

    kind = models.CharField(_("kind"), max_length=10, choices=BatchKind, default=BatchKind.COMPANIES)
    name = models.CharField(_("file"), max_length=150)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.READING)
    #: Of a workbook: the sheet that is read, and all that can be chosen.
    sheet = models.CharField(max_length=100, blank=True)
    sheets = models.JSONField(default=list)
    #: How the file is written (encoding, delimiter), in words for the page.
    written_as = models.CharField(max_length=60, blank=True)
    #: Line of the file with the headings, and what they say.
    heading_line = models.PositiveIntegerField(default=0)
    headings = models.JSONField(default=list)
    #: First rows below them, for the page on which columns are assigned.
    sample = models.JSONField(default=list)
    #: Field -> position of its column.
    mapping = models.JSONField(default=dict)
    #: What must be known about the whole file, in sentences.
    notes = models.JSONField(default=list)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(default=0)
    #: Runs of the present step; and the number of the run that may write now, which goes up with each run.
    attempts = models.PositiveIntegerField(default=0)
    claim = models.PositiveIntegerField(default=0)
    #: A task is at it until then at the latest.
    busy_until = models.DateTimeField(null=True, blank=True)
    #: Why it stopped or must be looked at again, as a sentence; and in which state it was.
    problem = models.TextField(blank=True)
    stopped_in = models.CharField(max_length=10, choices=BatchState, blank=True)
    #: Line -> [decision, company, user]: what people decided before the rows are checked once more.
    decisions = models.JSONField(default=dict)
    #: What was done: companies made, completed, decrees entered, undone, kept.
    result = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    applied_at = models.DateTimeField(_("taken over"), null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=250, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("census")
        verbose_name_plural = _("censuses")
        permissions = [("import_census", _("Can take in a census of companies"))]
        indexes = [models.Index(fields=["state", "uploaded_at"], name="psk_census_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_of_companies(self) -> bool:
        return self.kind == BatchKind.COMPANIES


class CensusRow(models.Model):
    """One row of a list: what the file says, what was understood, what becomes of it, what it changed."""

    class DecisionBy(models.TextChoices):
        """What a person may decide about a row."""

        SAME = "same", _("The same company")
        NEW = "new", _("A new company")
        SKIP = "skip", _("Leave the row out")

    batch = models.ForeignKey(CensusBatch, on_delete=models.CASCADE, related_name="rows")
    #: Line of the file, as a spreadsheet program counts.
    number = models.PositiveIntegerField(_("line"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    raw = models.JSONField(default=list)
    cleaned = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    verdict = models.CharField(_("result"), max_length=8, choices=Verdict)
    #: Sentences: why it is refused or asked about; and what was left out of it.
    problems = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    has_remarks = models.BooleanField(default=False)
    #: Digest of name and address of a row without NIB: who was decided to be meant by it is meant the next time, too.
    known_as = models.CharField(max_length=24, blank=True, editable=False)
    #: Known companies it may be: [{"pk", "why"}], best first.
    candidates = models.JSONField(default=list)
    company = models.ForeignKey(Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="census_rows")
    decision = models.CharField(max_length=4, choices=DecisionBy, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["number"]
        verbose_name = _("row of a census")
        verbose_name_plural = _("rows of a census")
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="psk_census_row_once")]
        indexes = [
            models.Index(fields=["batch", "verdict", "number"], name="psk_census_row_verdict"),
            models.Index(fields=["batch", "company"], name="psk_census_row_company"),
            models.Index(fields=["known_as"], name="psk_census_row_known_as", condition=~Q(known_as="")),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class CensusEffect(models.Model):
    """What taking a row over did to a company; read when the batch is undone. Written with the change itself."""

    batch = models.ForeignKey(CensusBatch, on_delete=models.CASCADE, related_name="effects")
    row = models.OneToOneField(CensusRow, on_delete=models.CASCADE, related_name="effect")
    company = models.ForeignKey(Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_new = models.BooleanField(default=False)
    #: Field -> value, of a company that was completed.
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    #: After undoing: why it was left as it is.
    kept = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("effect of a census")
        verbose_name_plural = _("effects of censuses")
        indexes = [models.Index(fields=["batch", "id"], name="psk_census_effect_order")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.company_id}"


class ColumnMapping(models.Model):
    """How columns with these headings were assigned the last time."""

    kind = models.CharField(max_length=10, choices=BatchKind)
    #: SHA-256 of the headings as `columns.digest` writes them.
    digest = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="psk_census_mapping_once")]
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:12]}"


class PaperDecree(models.Model):
    """A decree that was issued on paper and came in by a list: which version of a regulation it made, and its scan."""

    row = models.OneToOneField(CensusRow, on_delete=models.PROTECT, related_name="paper_decree")
    regulation = models.ForeignKey(CompanyRegulation, on_delete=models.CASCADE, related_name="paper_decrees")
    version = models.PositiveIntegerField(_("version"))
    number = models.CharField(_("number of the decree"), max_length=100, unique=True)
    file_name = models.CharField(_("name of the PDF"), max_length=150, blank=True)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    scanned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("decree on paper")
        verbose_name_plural = _("decrees on paper")

    def __str__(self) -> str:
        return self.number
