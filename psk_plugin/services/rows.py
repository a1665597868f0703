"""The rows of a service: legal basis, documents, questions, stages, clauses of the decree, mails."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..laws.models import LegalSource
from ..records.intake import KINDS
from .choices import Asked, ClauseSection, Condition, FieldKind, FieldRole, MailMoment, SendBack, StageKind
from .placeholders import BEFORE_ISSUE, PLACEHOLDERS, placeholder_problem, too_early, unknown_placeholders

CODE_HELP = _("Made from the title; it stays once applications use it.")


class ServiceLegalSource(Orderable):
    """A source of law on which the service stands, with the articles that matter."""

    service = ParentalKey("psk_plugin.Service", on_delete=models.CASCADE, related_name="legal_sources")
    source = models.ForeignKey(
        LegalSource,
        verbose_name=_("source of law"),
        on_delete=models.PROTECT,
        related_name="services",
        help_text=_("From the library of sources of law."),
    )
    articles = models.CharField(
        _("articles (Pasal)"), max_length=120, blank=True, help_text=_("E.g. Pasal 106, or Pasal 2-13.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal basis")

    def __str__(self) -> str:
        return f"{self.source}, {self.articles}" if self.articles else str(self.source)


class ServiceMail(Orderable):
    """Words of the editor for one mail to the company; without a row the mail has its usual words.

    The facts, the findings and the button are always added by the system: an editor cannot lose them.
    """

    service = ParentalKey("psk_plugin.Service", on_delete=models.CASCADE, related_name="mails")
    moment = models.CharField(
        _("when"), max_length=12, choices=MailMoment, help_text=_("At which step the company gets this mail.")
    )
    subject = models.CharField(
        _("subject"), max_length=150, help_text=_("E.g. Tanda bukti LKS {company} sudah terbit.")
    )
    text = models.TextField(
        _("text"),
        help_text=_(
            "Opens the mail; facts, findings and the button follow by themselves. May use the words in braces. A blank "
            "line makes a paragraph."
        ),
    )

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["service", "moment"], name="psk_mail_moment")]
        verbose_name = _("text of a mail")
        verbose_name_plural = _("texts of mails")

    def __str__(self) -> str:
        return str(self.get_moment_display())

    @property
    def names(self) -> Collection[str]:
        """Words in braces that are known at its moment, besides the answers."""
        return PLACEHOLDERS if self.moment == MailMoment.ISSUED else BEFORE_ISSUE

    def clean(self) -> None:
        super().clean()
        problems = {}
        for name in ("subject", "text"):
            if unknown := unknown_placeholders(getattr(self, name), self.names):
                early = [word for word in unknown if word in PLACEHOLDERS]
                problems[name] = too_early(early) if early else placeholder_problem(unknown)
        if problems:
            raise ValidationError(problems)


def default_types() -> list[str]:
    return ["pdf"]


class DocumentRequirement(Orderable):
    """A document the company attaches, and when."""

    service = ParentalKey("psk_plugin.Service", on_delete=models.CASCADE, related_name="documents")
    code = models.SlugField(_("code"), max_length=40, help_text=CODE_HELP)
    title = models.CharField(_("document"), max_length=150, help_text=_("E.g. Berita acara pembentukan LKS Bipartit."))
    help_text = models.CharField(
        _("explanation"),
        max_length=300,
        blank=True,
        help_text=_("What it must show. E.g. Signed by employer and workers' representatives."),
    )
    condition = models.CharField(
        _("needed"),
        max_length=15,
        choices=Condition,
        default=Condition.REQUIRED,
        help_text=_("Who has to attach it."),
    )
    condition_field = models.SlugField(
        _("which question"), max_length=40, blank=True, help_text=_("The question that decides; it must come earlier.")
    )
    condition_value = models.CharField(
        _("which answer"), max_length=150, blank=True, help_text=_("E.g. ya, or one of the choices as written there.")
    )
    allowed_types = models.JSONField(
        _("accepted kinds"), default=default_types, help_text=_("Of: pdf, docx, jpg, png.")
    )
    max_mb = models.PositiveSmallIntegerField(
        _("largest size, MB"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("5 is enough for a few scanned pages, 10 for a whole regulation."),
    )
    template = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("template to download"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Your own form that companies fill in; upload it as DOCX or PDF."),
    )
    is_regulation_text = models.BooleanField(
        _("is the text of the regulation"), default=False, help_text=_("For PP and PKB: exactly one document.")
    )
    union_reads = models.BooleanField(
        _("the union reads it"),
        default=False,
        help_text=_("Shown to the union beside the text when it confirms, e.g. the agreement to extend."),
    )
    has_personal_data = models.BooleanField(
        _("contains personal data"), default=False, help_text=_("Each reading is recorded.")
    )
    original_shown = models.BooleanField(
        _("original must be shown"), default=False, help_text=_("The company is told to bring the original when asked.")
    )
    legal_basis = models.CharField(
        _("legal basis"), max_length=200, blank=True, help_text=_("E.g. Permenaker 28/2014 Pasal 8(2)a.")
    )

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

    service = ParentalKey("psk_plugin.Service", on_delete=models.CASCADE, related_name="fields")
    code = models.SlugField(_("code"), max_length=40, help_text=CODE_HELP)
    step = models.CharField(
        _("step"),
        max_length=60,
        help_text=_("Questions with the same step stand on one page, e.g. Data LKS Bipartit."),
    )
    label = models.CharField(_("question"), max_length=150, help_text=_("E.g. Nama ketua LKS Bipartit."))
    help_text = models.CharField(
        _("explanation"), max_length=300, blank=True, help_text=_("Under the question. E.g. As in the minutes.")
    )
    label_en = models.CharField(
        _("question in English"), max_length=150, blank=True, help_text=_("For readers of the English form.")
    )
    help_text_en = models.CharField(
        _("explanation in English"), max_length=300, blank=True, help_text=_("For readers of the English form.")
    )
    kind = models.CharField(
        _("kind of answer"),
        max_length=12,
        choices=FieldKind,
        default=FieldKind.TEXT,
        help_text=_("Decides how it is asked and checked."),
    )
    choices = models.TextField(
        _("choices or columns"),
        blank=True,
        help_text=_("One of several, several of several: one choice per line. Table: one column per line."),
    )
    asked = models.CharField(
        _("asked"), max_length=15, choices=Asked, default=Asked.ALWAYS, help_text=_("Which companies see it.")
    )
    condition_field = models.SlugField(
        _("which question"), max_length=40, blank=True, help_text=_("The question that decides; it must come earlier.")
    )
    condition_value = models.CharField(
        _("which answer"), max_length=150, blank=True, help_text=_("E.g. ya, or one of the choices as written there.")
    )
    required = models.BooleanField(
        _("required"), default=True, help_text=_("Without an answer the application cannot be filed.")
    )
    role = models.CharField(
        _("used as"),
        max_length=25,
        choices=FieldRole,
        blank=True,
        help_text=_("Where the office uses the answer itself, in the decree and in letters. Otherwise: none."),
    )

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["service", "code"], name="psk_field_code")]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        written = self.choice_list
        if self.kind in (FieldKind.CHOICE, FieldKind.SEVERAL) and len(written) < 2:
            raise ValidationError({"choices": _("Write at least two choices, one per line.")})
        if self.kind == FieldKind.TABLE and not written:
            raise ValidationError({"choices": _("Write at least one column, one per line.")})
        if len({line.casefold() for line in written}) != len(written):
            raise ValidationError({"choices": _("One line stands there twice. Please take one away.")})

    @property
    def choice_list(self) -> list[str]:
        """Choices, or columns of a table, as the editor wrote them."""
        return [line.strip() for line in self.choices.splitlines() if line.strip()]


class Stage(Orderable, ClusterableModel):
    """A station on the way: who works there, what they can decide, in how many working days.

    A stage that applications have passed is retired (`is_active` off), never deleted.
    """

    service = ParentalKey("psk_plugin.Service", on_delete=models.CASCADE, related_name="stages")
    code = models.SlugField(_("code"), max_length=40, help_text=CODE_HELP)
    kind = models.CharField(
        _("kind"),
        max_length=15,
        choices=StageKind,
        help_text=_("Decides which buttons the desk has. First: registration. Last: signature."),
    )
    title = models.CharField(_("title for staff"), max_length=80, help_text=_("E.g. Verifikasi berkas."))
    public_title = models.CharField(
        _("title for the company"), max_length=80, help_text=_("E.g. Sedang Diverifikasi. May be the same for several.")
    )
    groups = ParentalManyToManyField(
        Group,
        verbose_name=_("groups"),
        related_name="psk_stages",
        blank=True,
        help_text=_("Whoever is in one of these groups can work at this stage."),
    )
    target_days = models.PositiveSmallIntegerField(
        _("target, working days"), default=1, help_text=_("How long an application may lie here, e.g. 2.")
    )
    send_back = models.CharField(
        _("may send back to"),
        max_length=10,
        choices=SendBack,
        default=SendBack.ANY,
        help_text=_("Where colleagues may return it when something was overlooked."),
    )
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


class DecreeClause(Orderable):
    """One paragraph of the decree's text, with placeholders that are checked when it is saved."""

    service = ParentalKey("psk_plugin.Service", on_delete=models.CASCADE, related_name="clauses")
    section = models.CharField(
        _("section"),
        max_length=12,
        choices=ClauseSection,
        help_text=_("Menetapkan is needed at least once; in a letter its paragraphs are the text."),
    )
    text = models.TextField(
        _("text"), help_text=_("E.g. LKS Bipartit {company} dengan ketua {jawaban.nama-ketua} telah dicatat.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("paragraph of the decree")
        verbose_name_plural = _("text of the decree")

    def __str__(self) -> str:
        return self.text[:60]

    def clean(self) -> None:
        super().clean()
        if unknown := unknown_placeholders(self.text):
            raise ValidationError({"text": placeholder_problem(unknown)})
