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

from ..records.intake import KINDS
from .placeholders import placeholder_problem, unknown_placeholders


class Kind(models.TextChoices):
    """What the service is about. PP is approved, PKB is registered: different verbs, papers and texts."""

    PP = "PP", _("Company regulation (PP)")
    PKB = "PKB", _("Collective labour agreement (PKB)")


class FilingType(models.TextChoices):
    NEW = "baru", _("New")
    RENEWAL = "pembaharuan", _("Renewal")
    EXTENSION = "perpanjangan", _("Extension")
    AMENDMENT = "perubahan", _("Amendment")


class Condition(models.TextChoices):
    """When a document must be there."""

    REQUIRED = "required", _("Required")
    IF_NO_UNION = "if_no_union", _("Required if there is no union")
    IF_UNION = "if_union", _("Required if there is a union")
    IF_BRANCHES = "if_branches", _("Required if there are branches")
    OPTIONAL = "optional", _("Optional")


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
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")


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
    legal_basis = models.TextField(_("legal basis"), blank=True, help_text=_("One source per line, with its year."))
    fee = models.CharField(_("cost"), max_length=120, default="Layanan ini tidak dipungut biaya.")
    product = models.CharField(_("product"), max_length=150, help_text=_("What the company receives."))
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
    decree_title = models.CharField(
        _("title of the decree"), max_length=250, help_text=_("In capitals under TENTANG. May use {company}.")
    )

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
            self.is_open
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

    def active_stages(self) -> list["Stage"]:
        return [stage for stage in self.stages.all() if stage.is_active]


def default_types() -> list[str]:
    return ["pdf"]


class DocumentRequirement(Orderable):
    """A document the company attaches, and when."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="documents")
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("document"), max_length=150)
    help_text = models.CharField(_("explanation"), max_length=300, blank=True)
    condition = models.CharField(_("needed"), max_length=15, choices=Condition, default=Condition.REQUIRED)
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
    kind = models.CharField(_("kind of answer"), max_length=12, choices=FieldKind)
    choices = models.TextField(_("choices"), blank=True, help_text=_("For one of several: one per line."))
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
    is_active = models.BooleanField(_("in use"), default=True, help_text=_("Off: new applications skip it."))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["service", "code"], name="psk_stage_code")]
        verbose_name = _("stage")
        verbose_name_plural = _("stages")

    def __str__(self) -> str:
        return self.title


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
