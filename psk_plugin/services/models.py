"""A service of the office, as rows that an editor writes: documents, fields, stages, decree text."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords
from wagtail.models import Orderable

from ..laws.models import LegalSource
from ..records.intake import KINDS
from .placeholders import placeholder_problem, unknown_placeholders


class Kind(models.TextChoices):
    """What the service is about. PP is approved, PKB is registered: different verbs, papers and texts.

    Only these two put a regulation of the company in force; any other service ends with its certificate.
    """

    PP = "PP", _("Company regulation (PP)")
    PKB = "PKB", _("Collective labour agreement (PKB)")
    OTHER = "LAIN", _("Other service")


class FilingType(models.TextChoices):
    NEW = "baru", _("New")
    RENEWAL = "pembaharuan", _("Renewal")
    EXTENSION = "perpanjangan", _("Extension")
    AMENDMENT = "perubahan", _("Amendment")


class Condition(models.TextChoices):
    """When a document must be there, or a question is asked."""

    REQUIRED = "required", _("Required")
    IF_NO_UNION = "if_no_union", _("Required if there is no union")
    IF_UNION = "if_union", _("Required if there is a union")
    IF_BRANCHES = "if_branches", _("Required if there are branches")
    IF_ANSWER = "if_answer", _("Required if a question is answered so")
    OPTIONAL = "optional", _("Optional")


class Asked(models.TextChoices):
    """When a question is asked."""

    ALWAYS = "always", _("Always")
    IF_NO_UNION = "if_no_union", _("Only if there is no union")
    IF_UNION = "if_union", _("Only if there is a union")
    IF_BRANCHES = "if_branches", _("Only if there are branches")
    IF_ANSWER = "if_answer", _("Only if an earlier question is answered so")


class SendBack(models.TextChoices):
    """To which earlier stages staff may send an application back."""

    ANY = "any", _("Any earlier stage")
    PREVIOUS = "previous", _("Only the stage before")
    NONE = "none", _("None")


class MailMoment(models.TextChoices):
    """Moments at which the company gets a mail whose words an editor may write."""

    FILED = "file", _("Application filed")
    RETURNED = "return", _("Returned for repair")
    REJECTED = "reject", _("Rejected")
    WITHDRAWN = "withdraw", _("Withdrawn by the company")
    LAPSED = "lapse", _("Closed, time for repair is over")
    ISSUED = "issue", _("Decree issued")


class StageKind(models.TextChoices):
    """Carries behaviour; order, people, titles and days are the editor's."""

    REGISTRATION = "registration", pgettext_lazy("stage", "Registration")
    COMPLETENESS = "completeness", _("Completeness of documents")
    SUBSTANCE = "substance", _("Substance")
    ENDORSEMENT = "endorsement", _("Initials (paraf)")
    SIGNATURE = "signature", _("Signature")


class FieldKind(models.TextChoices):
    TEXT = "text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    NUMBER = "number", pgettext_lazy("kind of answer", "Number")
    MONEY = "money", _("Money (rupiah)")
    DATE = "date", _("Date")
    PERIOD = "period", _("Period (from, until)")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of several")
    SEVERAL = "several", _("Several of several")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    NIB = "nib", "NIB"
    NPWP = "npwp", "NPWP"
    KBLI = "kbli", "KBLI"
    KECAMATAN = "kecamatan", "Kecamatan"
    FILE = "file", _("File")
    TABLE = "table", _("Table of rows")


class FieldRole(models.TextChoices):
    """What the office's machinery uses an answer for, whatever the editor called the field."""

    NONE = "", _("None")
    TITLE = "title", _("Title of the regulation")
    PERIOD = "period", _("Period of validity")
    LETTER_NUMBER = "letter_number", _("Number of the application letter")
    LETTER_DATE = "letter_date", _("Date of the application letter")
    RESPONSIBLE = "responsible", _("Name of the responsible person")
    RESPONSIBLE_POSITION = "responsible_position", _("Position of the responsible person")


class Service(ClusterableModel):
    """One service with its own documents, stages, clocks, words and decree."""

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("Short and lasting, e.g. pp-baru."))
    title = models.CharField(_("title"), max_length=150)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    filing_type = models.CharField(_("type of application"), max_length=15, choices=FilingType)
    summary = models.TextField(_("summary"), help_text=_("One or two sentences for the public."))
    eligibility = models.TextField(_("who may apply"), blank=True)
    fee = models.CharField(_("cost"), max_length=120, default="Layanan ini tidak dipungut biaya.")
    product = models.CharField(_("product"), max_length=150, help_text=_("What the company receives."))
    is_published = models.BooleanField(
        _("published"), default=True, help_text=_("Off: the public does not see the service, running work goes on.")
    )
    is_open = models.BooleanField(_("open for applications"), default=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)

    examination_days = models.PositiveSmallIntegerField(
        _("examination, working days"), default=6, help_text=_("Permenaker 28/2014 Ps 8(5).")
    )
    decree_days = models.PositiveSmallIntegerField(
        _("decree, working days"), default=5, help_text=_("Permenaker 28/2014 Ps 10(2).")
    )
    statutory_days = models.PositiveSmallIntegerField(
        _("time limit of the law, working days"), default=30, help_text=_("UU 13/2003 Ps 112(1)-(2).")
    )
    repair_days = models.PositiveSmallIntegerField(
        _("repair by the company, working days"), default=14, help_text=_("UU 13/2003 Ps 112(4).")
    )
    max_validity_months = models.PositiveSmallIntegerField(
        _("longest validity, months"), default=24, help_text=_("UU 13/2003 Ps 111(3).")
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
        help_text=_("Fills {kind} in the numbers of decrees and registers. Empty: PP or PKB."),
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
        help_text=_("E.g. TANDA BUKTI PENCATATAN. Empty: KEPUTUSAN with the office of the signer."),
    )
    decree_title = models.CharField(
        _("title of the decree"), max_length=250, help_text=_("In capitals under TENTANG. May use {company}.")
    )

    # Service standard (Permenpan RB 15/2014): six components of delivery, of which requirements, time, cost and
    # product are computed from the service itself, and eight of management, of which legal basis is.
    procedure = models.TextField(_("system and procedure"), blank=True)
    complaint_handling = models.TextField(_("complaints, suggestions"), blank=True)
    facilities = models.TextField(_("facilities"), blank=True)
    competence = models.TextField(_("competence of the staff"), blank=True)
    supervision = models.TextField(_("internal supervision"), blank=True)
    staffing = models.TextField(_("number of staff"), blank=True)
    guarantee = models.TextField(_("guarantee of the service"), blank=True)
    safety = models.TextField(_("guarantee of safety"), blank=True)
    evaluation = models.TextField(_("evaluation of performance"), blank=True)

    history = HistoricalRecords()

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
        if unknown := unknown_placeholders(self.decree_title):
            raise ValidationError({"decree_title": placeholder_problem(unknown)})

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
        """Working days a company is told to expect: examination and decree."""
        return self.examination_days + self.decree_days

    @property
    def validity_phrase(self) -> str:
        months = self.max_validity_months
        return _("%d years") % (months // 12) if months % 12 == 0 else _("%d months") % months

    @property
    def kind_code(self) -> str:
        """What {kind} becomes in numbers, and what their series are named after."""
        return self.number_code or self.kind

    @property
    def makes_regulation(self) -> bool:
        """Whether its decree puts a regulation of the company in force."""
        return self.kind in (Kind.PP, Kind.PKB)

    @property
    def starts_from_regulation(self) -> bool:
        """Whether an application builds on the company's regulation in force."""
        return self.makes_regulation and self.filing_type != FilingType.NEW

    def active_stages(self) -> list["Stage"]:
        return [stage for stage in self.stages.all() if stage.is_active]


class ServiceLegalSource(Orderable):
    """A source of law on which the service stands, with the articles that matter."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="legal_sources")
    source = models.ForeignKey(
        LegalSource, verbose_name=_("source of law"), on_delete=models.PROTECT, related_name="services"
    )
    articles = models.CharField(_("articles (Pasal)"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal basis")

    def __str__(self) -> str:
        return f"{self.source}, {self.articles}" if self.articles else str(self.source)


class ServiceMail(Orderable):
    """Words of the editor for one mail to the company; without a row the mail has its usual words.

    The facts, the findings and the button are always added by the system: an editor cannot lose them.
    """

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="mails")
    moment = models.CharField(_("when"), max_length=12, choices=MailMoment)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), help_text=_("May use the words in braces. A blank line makes a paragraph."))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["service", "moment"], name="psk_mail_moment")]
        verbose_name = _("text of a mail")
        verbose_name_plural = _("texts of mails")

    def __str__(self) -> str:
        return str(self.get_moment_display())


def default_types() -> list[str]:
    return ["pdf"]


class DocumentRequirement(Orderable):
    """A document the company attaches, and when."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="documents")
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("document"), max_length=150)
    help_text = models.CharField(_("explanation"), max_length=300, blank=True)
    condition = models.CharField(_("needed"), max_length=15, choices=Condition, default=Condition.REQUIRED)
    condition_field = models.SlugField(
        _("which question"), max_length=40, blank=True, help_text=_("Code of the question that decides.")
    )
    condition_value = models.CharField(
        _("which answer"), max_length=150, blank=True, help_text=_("E.g. ya, or one of the choices as written there.")
    )
    allowed_types = models.JSONField(
        _("accepted kinds"), default=default_types, help_text=_("Of: pdf, docx, jpg, png.")
    )
    max_mb = models.PositiveSmallIntegerField(
        _("largest size, MB"), default=5, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    template = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("template to download"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_regulation_text = models.BooleanField(
        _("is the text of the regulation"), default=False, help_text=_("One document per service.")
    )
    has_personal_data = models.BooleanField(
        _("contains personal data"), default=False, help_text=_("Each reading is recorded.")
    )
    original_shown = models.BooleanField(_("original must be shown"), default=False)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["service", "code"], name="psk_requirement_code")]
        verbose_name = _("required document")
        verbose_name_plural = _("required documents")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self.allowed_types or set(self.allowed_types) - set(KINDS):
            raise ValidationError({"allowed_types": _("Choose at least one of: %s.") % ", ".join(KINDS)})


class ServiceField(Orderable):
    """A question of the form."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="fields")
    code = models.SlugField(_("code"), max_length=40)
    step = models.CharField(_("step"), max_length=60, help_text=_("Fields with the same step stand together."))
    label = models.CharField(_("question"), max_length=150)
    help_text = models.CharField(_("explanation"), max_length=300, blank=True)
    label_en = models.CharField(_("question in English"), max_length=150, blank=True)
    help_text_en = models.CharField(_("explanation in English"), max_length=300, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=12, choices=FieldKind)
    choices = models.TextField(
        _("choices or columns"),
        blank=True,
        help_text=_("One of several, several of several: one choice per line. Table: one column per line."),
    )
    asked = models.CharField(_("asked"), max_length=15, choices=Asked, default=Asked.ALWAYS)
    condition_field = models.SlugField(
        _("which question"), max_length=40, blank=True, help_text=_("Code of the question that decides.")
    )
    condition_value = models.CharField(
        _("which answer"), max_length=150, blank=True, help_text=_("E.g. ya, or one of the choices as written there.")
    )
    required = models.BooleanField(_("required"), default=True)
    role = models.CharField(_("used as"), max_length=25, choices=FieldRole, blank=True)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["service", "code"], name="psk_field_code")]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.kind == FieldKind.CHOICE and len(self.choices.split("\n")) < 2:
            raise ValidationError({"choices": _("Write at least two choices, one per line.")})


class Stage(Orderable, ClusterableModel):
    """A station on the way: who works there, what they can decide, in how many working days.

    A stage that applications have passed is retired (`is_active` off), never deleted.
    """

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="stages")
    code = models.SlugField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=15, choices=StageKind)
    title = models.CharField(_("title for staff"), max_length=80)
    public_title = models.CharField(_("title for the company"), max_length=80)
    groups = ParentalManyToManyField(Group, verbose_name=_("groups"), related_name="psk_stages", blank=True)
    target_days = models.PositiveSmallIntegerField(_("target, working days"), default=1)
    send_back = models.CharField(_("may send back to"), max_length=10, choices=SendBack, default=SendBack.ANY)
    is_active = models.BooleanField(_("in use"), default=True, help_text=_("Off: new applications skip it."))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["service", "code"], name="psk_stage_code")]
        verbose_name = _("stage")
        verbose_name_plural = _("stages")

    def __str__(self) -> str:
        return self.title

    @property
    def returns_to_company(self) -> bool:
        """Whether applications can go back to the company for repair from here."""
        return self.kind in (StageKind.COMPLETENESS, StageKind.SUBSTANCE)


class ClauseSection(models.TextChoices):
    READING = "membaca", "Membaca"
    CONSIDERING = "menimbang", "Menimbang"
    RECALLING = "mengingat", "Mengingat"
    DECIDING = "menetapkan", "Menetapkan"
    COPIES = "tembusan", "Tembusan"


class DecreeClause(Orderable):
    """One paragraph of the decree's text, with placeholders that are checked when it is saved."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="clauses")
    section = models.CharField(_("section"), max_length=12, choices=ClauseSection)
    text = models.TextField(_("text"))

    class Meta(Orderable.Meta):
        verbose_name = _("paragraph of the decree")
        verbose_name_plural = _("text of the decree")

    def __str__(self) -> str:
        return self.text[:60]

    def clean(self) -> None:
        super().clean()
        if unknown := unknown_placeholders(self.text):
            raise ValidationError({"text": placeholder_problem(unknown)})


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
