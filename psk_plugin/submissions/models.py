"""An application: what the company filed, where it stands, everything that happened to it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition
from simple_history.models import HistoricalRecords

from ..companies.models import Company, Membership
from ..indexes import LastFirstIndex, TrigramIndex
from ..office.acting import groups_of
from ..records.models import StoredFile
from ..regulations.models import CompanyRegulation
from ..services.models import REGULATION_KINDS, Service, ServiceEdition, Stage
from .notices import Finding, RepairNotice
from .trail import Event, InternalNote, LimitWarning, Movement, PersonalRead

#: The room's door: other rooms import its models from here.
__all__ = [
    "CLOSED",
    "FINAL",
    "RUNNING",
    "Event",
    "Finding",
    "InternalNote",
    "LimitWarning",
    "Movement",
    "PersonalRead",
    "RepairNotice",
    "Status",
    "Submission",
    "SubmissionDocument",
    "SubmissionQuerySet",
]


class Status(models.TextChoices):
    """Few states; the station on the way is `Submission.stage`, a repair is a `RepairNotice`."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Under examination")
    RETURNED = "returned", _("Returned for repair")
    ISSUED = "issued", _("Decree issued")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn by the company")
    LAPSED = "lapsed", _("Closed, time for repair is over")


#: Statuses in which nothing more happens.
FINAL = (Status.ISSUED, Status.REJECTED, Status.WITHDRAWN, Status.LAPSED)
#: Statuses of which a company can apply again: closed without a decree.
CLOSED = (Status.REJECTED, Status.WITHDRAWN, Status.LAPSED)
#: Statuses in which an application is under way.
RUNNING = (Status.IN_REVIEW, Status.RETURNED)


class SubmissionQuerySet(models.QuerySet):
    def filed(self) -> "SubmissionQuerySet":
        return self.exclude(status=Status.DRAFT)

    def of(self, user) -> "SubmissionQuerySet":
        """Applications of the companies `user` acts for."""
        return self.filter(
            company__in=Membership.objects.filter(user=user, state=Membership.State.ACTIVE).values("company")
        )

    def awaiting(self, user) -> "SubmissionQuerySet":
        """Applications that wait for one of `user`'s groups: the inbox, as a set.

        Administrators decide nothing by being administrators: they see what their groups see.
        """
        return self.filter(
            status=Status.IN_REVIEW, stage__in=Stage.objects.filter(groups__in=groups_of(user)).values("pk")
        )


class Submission(FSMModelMixin, models.Model):
    """A company's application for a service, from its first draft to the decree.

    Only `lifecycle.perform` and the drafting verbs change it; status is protected.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=80, unique=True, null=True, editable=False)
    registration_number = models.CharField(
        _("registration number"), max_length=80, unique=True, null=True, editable=False
    )
    service = models.ForeignKey(Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(ServiceEdition, null=True, on_delete=models.PROTECT, related_name="submissions")
    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.PROTECT, related_name="submissions"
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("applicant"), on_delete=models.PROTECT, related_name="+"
    )
    status = FSMField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, protected=True)
    stage = models.ForeignKey(
        Stage,
        verbose_name=_("stage"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    #: The company's regulation that a renewal, extension or amendment starts from, with how it stood
    #: (`origin.snapshot`); none where the office has no record of it, or the service starts anew.
    origin = models.ForeignKey(
        CompanyRegulation, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    origin_data = models.JSONField(default=dict, blank=True)
    #: The closed application whose answers and documents this one began with.
    follows = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="followed_by"
    )
    #: What the office notes about a PKB's clauses: printed on the decree, no obstacle to it.
    decree_notes = models.TextField(_("notes on the decree"), blank=True)
    data = models.JSONField(default=dict, blank=True)
    company_data = models.JSONField(default=dict, blank=True)
    #: What the company is preparing: {"fields": {...}} in a draft's repair, {"answers": {finding id: text}}, and
    #: {"refused": {document code: sentence}} for uploads that were not accepted.
    workspace = models.JSONField(default=dict, blank=True)
    source_path = models.CharField(max_length=300, blank=True, help_text="Page on which the form was begun.")
    revision = models.PositiveIntegerField(default=0, help_text="Grows with every change a decision may depend on.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True)
    stage_since = models.DateTimeField(null=True, blank=True)
    #: Who of the present stage's people works on it; nobody while it lies in the common inbox.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in the hands of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="psk_in_hand",
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    #: Day by which the present stage is due: kept for ordering lists, recomputed from dates at each movement.
    due_on = models.DateField(_("due"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_at", "-pk"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        permissions = [
            ("review_submission", _("Can examine applications")),
            ("view_all_submissions", _("Can see all applications")),
            ("assign_submission", _("Can give applications to others to work on")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "service"], condition=Q(status="draft"), name="psk_one_draft_per_service"
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=Q(status__in=("in_review", "returned")),
                name="psk_one_change_under_way",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(number__isnull=False, filed_at__isnull=False, edition__isnull=False),
                name="psk_filed_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(status="in_review") | Q(stage__isnull=False), name="psk_in_review_has_stage"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "stage", "due_on", "id"], name="psk_submission_inbox"),
            models.Index(fields=["company", "-filed_at"], name="psk_submission_company"),
            models.Index(fields=["assignee", "status"], name="psk_submission_assignee"),
            models.Index(fields=["-filed_at", "-id"], name="psk_submission_recent"),
            models.Index(fields=["due_on", "id"], name="psk_submission_due"),
            LastFirstIndex(fields=["due_on"], name="psk_submission_due_last"),
            TrigramIndex(fields=["number"], name="psk_submission_number_words"),
            TrigramIndex(fields=["registration_number"], name="psk_submission_book_words"),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft"))

    def get_absolute_url(self) -> str:
        """The company's own page of this application; a draft's is the form."""
        if self.status == Status.DRAFT:
            return reverse("psk:draft_resume", args=[self.token])
        return reverse("psk:submission_detail", args=[self.number])

    # The states. Guards, people, records: `lifecycle`.
    @transition(field=status, source=Status.DRAFT, target=Status.IN_REVIEW)
    def to_filed(self) -> None: ...

    @transition(field=status, source=Status.IN_REVIEW, target=Status.RETURNED)
    def to_returned(self) -> None: ...

    @transition(field=status, source=Status.RETURNED, target=Status.IN_REVIEW)
    def to_repaired(self) -> None: ...

    @transition(field=status, source=Status.IN_REVIEW, target=Status.ISSUED)
    def to_issued(self) -> None: ...

    @transition(field=status, source=Status.IN_REVIEW, target=Status.REJECTED)
    def to_rejected(self) -> None: ...

    @transition(field=status, source=list(RUNNING), target=Status.WITHDRAWN)
    def to_withdrawn(self) -> None: ...

    @transition(field=status, source=Status.RETURNED, target=Status.LAPSED)
    def to_lapsed(self) -> None: ...

    @property
    def is_final(self) -> bool:
        return self.status in FINAL

    @property
    def definition(self) -> dict:
        """The service as filed: documents, fields, stages, clocks, decree text."""
        return self.edition.definition if self.edition else {}

    @property
    def route(self) -> list[dict]:
        """The stages this application passes, in order, as filed: id, code, kind, title, public_title, target_days."""
        return self.definition.get("stages", [])

    @property
    def makes_regulation(self) -> bool:
        """Whether its decree puts a regulation of the company in force, by the service as filed."""
        return self.definition.get("kind") in REGULATION_KINDS

    @property
    def kind_code(self) -> str:
        """What {kind} becomes in its numbers."""
        return self.definition.get("kind_code") or self.definition.get("kind") or self.service.kind_code

    def answer_for(self, role: str):
        """The answer to the field that plays `role`; `None` where there is none."""
        for field in self.definition.get("fields", []):
            if field["role"] == role:
                return self.data.get(field["code"])
        return None

    @property
    def public_status(self) -> str:
        """Where it stands, in words for the company."""
        if self.status == Status.IN_REVIEW and self.stage is not None:
            for stage in self.route:
                if stage["id"] == self.stage_id:
                    return stage["public_title"]
            return self.stage.public_title
        if self.status == Status.ISSUED and (outcome := self.definition.get("outcome")):
            return outcome
        return str(self.get_status_display())


class SubmissionDocument(models.Model):
    """One required document of one application. `file` is what was filed; `pending` is what is being prepared.

    Every filing or repair raises `version`; the history holds the earlier versions.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="documents")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=150)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    filed_at = models.DateTimeField(null=True, blank=True)
    pending = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pending_name = models.CharField(max_length=160, blank=True)
    pending_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords(
        excluded_fields=["pending", "pending_name", "pending_at"],
        history_change_reason_field=models.TextField(null=True),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "code"], name="psk_document_once"),
            models.CheckConstraint(condition=Q(version=0) | Q(file__isnull=False), name="psk_filed_document_has_file"),
        ]
        verbose_name = _("filed document")
        verbose_name_plural = _("filed documents")

    def __str__(self) -> str:
        return self.title

    def versions(self):
        """Filed versions, newest first, each once: history rows with `version`, `file`, `name`, `filed_at`."""
        seen: set[int] = set()
        rows = []
        for row in self.history.filter(version__gt=0).select_related("file", "uploaded_by").order_by("-history_id"):
            if row.version not in seen:
                seen.add(row.version)
                rows.append(row)
        return rows
