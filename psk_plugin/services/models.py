"""A service of the office, as rows that an editor writes: documents, fields, stages, decree text."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from .choices import (
    REGULATION_KINDS,
    Asked,
    ClauseSection,
    Condition,
    FieldKind,
    FieldRole,
    FilingType,
    Kind,
    MailMoment,
    SendBack,
    StageKind,
)
from .placeholders import placeholder_problem, unknown_placeholders
from .rows import (
    DecreeClause,
    DocumentRequirement,
    ServiceField,
    ServiceLegalSource,
    ServiceMail,
    Stage,
    default_types,
)

#: The room's door: other rooms import its models and closed lists from here.
__all__ = [
    "REGULATION_KINDS",
    "Asked",
    "ClauseSection",
    "Condition",
    "DecreeClause",
    "DocumentRequirement",
    "FieldKind",
    "FieldRole",
    "FilingType",
    "Kind",
    "MailMoment",
    "SendBack",
    "Service",
    "ServiceEdition",
    "ServiceField",
    "ServiceLegalSource",
    "ServiceMail",
    "Stage",
    "StageKind",
    "default_types",
]


class Service(ClusterableModel):
    """One service with its own documents, stages, clocks, words and decree."""

    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("In the address of the form; made from the title. Stays once applications use it. E.g. pp-baru."),
    )
    title = models.CharField(
        _("title"), max_length=150, help_text=_("As the public reads it, e.g. Pencatatan LKS Bipartit.")
    )
    kind = models.CharField(
        _("kind"),
        max_length=5,
        choices=Kind,
        help_text=_("PP and PKB end with a regulation in force. Any other service ends with its document."),
    )
    filing_type = models.CharField(
        _("type of application"),
        max_length=15,
        choices=FilingType,
        default=FilingType.NEW,
        help_text=_("Renewal, extension and amendment start from the company's regulation in force."),
    )
    summary = models.TextField(
        _("summary"),
        help_text=_("One or two sentences for the public. E.g. For companies with 50 workers or more."),
    )
    eligibility = models.TextField(
        _("who may apply"),
        blank=True,
        help_text=_("E.g. Companies with at least 50 workers whose places of work all lie in Kota Bekasi."),
    )
    fee = models.CharField(
        _("cost"),
        max_length=120,
        default="Layanan ini tidak dipungut biaya.",
        help_text=_("One sentence, e.g. Layanan ini tidak dipungut biaya."),
    )
    product = models.CharField(
        _("product"),
        max_length=150,
        help_text=_("What the company receives, e.g. Tanda Bukti Pencatatan LKS Bipartit."),
    )
    is_published = models.BooleanField(
        _("published"),
        default=False,
        help_text=_("Off: the public does not see the service; running applications go on."),
    )
    is_open = models.BooleanField(
        _("open for applications"),
        default=True,
        help_text=_("Off: the public reads about the service but cannot apply."),
    )
    opens_on = models.DateField(
        _("opens on"), null=True, blank=True, help_text=_("First day of applying. Empty: at once.")
    )
    closes_on = models.DateField(
        _("closes on"), null=True, blank=True, help_text=_("Last day of applying. Empty: open without end.")
    )

    examination_days = models.PositiveSmallIntegerField(
        _("examination, working days"),
        default=6,
        help_text=_(
            "From filing until everything is in order. PP: 6 (Permenaker 28/2014 Ps 8(5)). PKB: 4, not verified, "
            "please check with the ministry. 0: not limited."
        ),
    )
    decree_days = models.PositiveSmallIntegerField(
        _("decree, working days"),
        default=5,
        help_text=_(
            "From everything in order until the document is issued. PP: 5 (Ps 10(2)). PKB: 1, not verified. 0: not "
            "limited."
        ),
    )
    statutory_days = models.PositiveSmallIntegerField(
        _("time limit of the law, working days"),
        default=0,
        help_text=_("PP: 30, after which it counts as approved (UU 13/2003 Ps 112(2)). 0: the law sets none."),
    )
    repair_days = models.PositiveSmallIntegerField(
        _("repair by the company, working days"),
        default=14,
        help_text=_("From the first reading of the notice. PP: 14 (UU 13/2003 Ps 112(4)). 0: not limited."),
    )
    max_validity_months = models.PositiveSmallIntegerField(
        _("longest validity, months"),
        default=24,
        help_text=_("PP and PKB: 24 (UU 13/2003 Ps 111(3), 123). 0: not limited, or the document has no last day."),
    )
    allow_same_decider = models.BooleanField(
        _("one person may decide several stages"),
        default=False,
        help_text=_("Leave off: four eyes see more than two."),
    )
    needs_union_confirmation = models.BooleanField(
        _("the union confirms too"),
        default=False,
        help_text=_("For a PKB: the union receives a link by e-mail and confirms the filed text (UU 13/2003 Ps 116)."),
    )
    has_survey = models.BooleanField(
        _("satisfaction survey"), default=True, help_text=_("Offered after the decision, never a condition.")
    )
    number_code = models.CharField(
        _("code in numbers"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9.-]+\Z", _("Only letters, digits, full stops and hyphens."))],
        help_text=_("Fills {kind} in the numbers, e.g. LKS. The same code means the same series. Empty: PP, PKB."),
    )
    outcome = models.CharField(
        _("word for the outcome"),
        max_length=40,
        blank=True,
        help_text=_("What companies and the public read when it is done, e.g. Disahkan, Terdaftar, Tercatat."),
    )
    decree_heading = models.CharField(
        _("heading of the document"),
        max_length=120,
        blank=True,
        help_text=_(
            "Empty: a decree (KEPUTUSAN, MEMUTUSKAN, KESATU). Filled in, e.g. TANDA BUKTI PENCATATAN: a letter with "
            "plain paragraphs under this heading."
        ),
    )
    decree_title = models.CharField(
        _("title of the decree"),
        max_length=250,
        help_text=_("In capitals under TENTANG or under the heading, e.g. PENCATATAN LKS BIPARTIT {company}."),
    )

    # Service standard (Permenpan RB 15/2014): six components of delivery, of which requirements, time, cost and
    # product are computed from the service itself, and eight of management, of which legal basis is.
    procedure = models.TextField(
        _("system and procedure"),
        blank=True,
        help_text=_("Steps as the company takes them. E.g. Sign in, fill in the form, wait, download."),
    )
    complaint_handling = models.TextField(
        _("complaints, suggestions"),
        blank=True,
        help_text=_("Where, and how soon you answer. E.g. The complaints page, within 5 working days."),
    )
    facilities = models.TextField(
        _("facilities"), blank=True, help_text=_("E.g. Service counter, waiting room, computer for online filing.")
    )
    competence = models.TextField(
        _("competence of the staff"), blank=True, help_text=_("E.g. Industrial relations mediator, at least S1.")
    )
    supervision = models.TextField(
        _("internal supervision"), blank=True, help_text=_("E.g. By the head of division, each week.")
    )
    staffing = models.TextField(_("number of staff"), blank=True, help_text=_("E.g. 4 persons."))
    guarantee = models.TextField(
        _("guarantee of the service"), blank=True, help_text=_("E.g. Served by the standard, free of charge.")
    )
    safety = models.TextField(
        _("guarantee of safety"),
        blank=True,
        help_text=_("E.g. Documents are kept closed; each reading is recorded; the decree carries a QR code."),
    )
    evaluation = models.TextField(
        _("evaluation of performance"), blank=True, help_text=_("E.g. Satisfaction survey, evaluated twice a year.")
    )

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["title"]
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The last day lies before the first.")})
        for name in ("decree_heading", "decree_title"):
            if unknown := unknown_placeholders(getattr(self, name)):
                raise ValidationError({name: placeholder_problem(unknown)})

    @property
    def accepts_applications(self) -> bool:
        today = timezone.localdate()
        return (
            self.is_published
            and self.is_open
            and (self.opens_on is None or self.opens_on <= today)
            and (self.closes_on is None or today <= self.closes_on)
        )

    @property
    def target_days(self) -> int:
        """Working days a company is told to expect: examination and decree; 0 where neither is limited."""
        return self.examination_days + self.decree_days

    @property
    def validity_phrase(self) -> str:
        """The longest validity in words; empty where it is not limited."""
        months = self.max_validity_months
        if not months:
            return ""
        return _("%d years") % (months // 12) if months % 12 == 0 else _("%d months") % months

    @property
    def kind_code(self) -> str:
        """What {kind} becomes in numbers, and what their series are named after."""
        return self.number_code or self.kind

    @property
    def makes_regulation(self) -> bool:
        """Whether its decree puts a regulation of the company in force."""
        return self.kind in REGULATION_KINDS

    @property
    def starts_from_regulation(self) -> bool:
        """Whether an application builds on the company's regulation in force."""
        return self.makes_regulation and self.filing_type != FilingType.NEW

    def active_stages(self) -> list["Stage"]:
        return [stage for stage in self.stages.all() if stage.is_active]


class ServiceEdition(models.Model):
    """The service as it stood when applications were filed with it: they keep it to their end.

    Written by `editions.current_edition`; never changed, never deleted.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    definition = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["service", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="psk_edition_number"),
            models.UniqueConstraint(fields=["service", "digest"], name="psk_edition_digest"),
        ]
        verbose_name = _("edition of a service")
        verbose_name_plural = _("editions of services")

    def __str__(self) -> str:
        return f"{self.service} · {self.number}"
