"""Companies and the people who act for them."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Case, F, IntegerField, Q, When
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..indexes import TrigramIndex
from .choices import Investment, KBLIEdition, Kecamatan, LegalForm, Province, Sector, sector_of

# [0-9] and not \d, which takes the digits of every script; \Z and not $, which lets a line break pass.
validate_nib = RegexValidator(r"^[0-9]{13}\Z", _("An NIB has exactly 13 digits."))
validate_npwp = RegexValidator(r"^[0-9]{15,16}\Z", _("An NPWP has 16 digits (15 on older cards)."))
validate_kbli = RegexValidator(r"^(?!00)[0-9]{5}\Z", _("A KBLI code has five digits, for example 28110."))
validate_postcode = RegexValidator(r"^[0-9]{5}\Z", _("A postcode has five digits."))
validate_phone = RegexValidator(
    r"^(?=(?:[^0-9]*[0-9]){6})[0-9+()./ -]+\Z",
    _("Write the telephone number in digits, for example 021 8000000."),
)
#: No company of the city comes near it: a larger number is a slip of the finger.
MAX_WORKERS = 500_000
validate_headcount = MaxValueValidator(MAX_WORKERS, _("This number is too large. Please check it."))


def headcount() -> Case:
    """Workers of a company (or of a row of its history), for a query; the same rule as `Company.workers`."""
    told = F("male_permanent") + F("female_permanent") + F("male_contract") + F("female_contract")
    nothing_told = Q(male_permanent=0, female_permanent=0, male_contract=0, female_contract=0)
    return Case(When(nothing_told, then=Coalesce("counted_workers", 0)), default=told, output_field=IntegerField())


class CompanyQuerySet(models.QuerySet):
    def of(self, user) -> "CompanyQuerySet":
        """Companies for which `user` may act."""
        return self.filter(memberships__user_id=user.pk, memberships__state=Membership.State.ACTIVE)


class Company(models.Model):
    """A company located in the city, known by its NIB.

    One that comes from a census may lack its NIB, NPWP and whatever else the list did not say, until its own people
    complete the profile; one that signed up says everything (`MUST_BE_TOLD`).
    """

    class Source(models.TextChoices):
        """How the office came to know it."""

        SIGNUP = "signup", _("signed up itself")
        CENSUS = "census", _("census of companies")

    #: What a company says about itself at sign-up, and completes when its people take over a census company.
    MUST_BE_TOLD = (
        *("name", "legal_form", "nib", "npwp", "address", "kecamatan", "kelurahan", "phone", "email"),
        *("kbli_code", "kbli_edition", "business", "investment"),
    )

    name = models.CharField(_("name of the company"), max_length=200, help_text=_("As in the deed, with PT or CV."))
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm, blank=True)
    nib = models.CharField(
        "NIB",
        max_length=13,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_nib],
        help_text=_("13 digits, from OSS."),
    )
    npwp = models.CharField(
        "NPWP", max_length=16, blank=True, validators=[validate_npwp], help_text=_("16 digits (15 on older cards).")
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    kecamatan = models.CharField(_("kecamatan"), max_length=30, choices=Kecamatan)
    kelurahan = models.CharField(_("kelurahan"), max_length=60, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True, validators=[validate_postcode])
    phone = models.CharField(_("telephone"), max_length=30, blank=True, validators=[validate_phone])
    email = models.EmailField(
        _("company e-mail"), blank=True, help_text=_("Of the company, not of one person: people change.")
    )
    website = models.URLField(_("website"), blank=True)
    kbli_code = models.CharField(
        _("KBLI code"),
        max_length=5,
        blank=True,
        validators=[validate_kbli],
        help_text=_("Five digits of the main business."),
    )
    kbli_edition = models.CharField(_("KBLI edition"), max_length=4, choices=KBLIEdition, blank=True)
    business = models.CharField(_("line of business"), max_length=200, blank=True, help_text=_("In a few words."))
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, editable=False)
    investment = models.CharField(_("investment status"), max_length=10, choices=Investment, blank=True)
    male_permanent = models.PositiveIntegerField(
        _("men, permanent (PKWTT)"), default=0, validators=[validate_headcount]
    )
    female_permanent = models.PositiveIntegerField(
        _("women, permanent (PKWTT)"), default=0, validators=[validate_headcount]
    )
    male_contract = models.PositiveIntegerField(_("men, fixed-term (PKWT)"), default=0, validators=[validate_headcount])
    female_contract = models.PositiveIntegerField(
        _("women, fixed-term (PKWT)"), default=0, validators=[validate_headcount]
    )
    #: What a census says where it does not tell men and women apart; counts while the four numbers are 0.
    counted_workers = models.PositiveIntegerField(
        _("workers by the census"), null=True, blank=True, editable=False, validators=[validate_headcount]
    )
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.SIGNUP, editable=False)
    wlkp_number = models.CharField(_("WLKP number"), max_length=60, blank=True)
    wlkp_valid_until = models.DateField(_("WLKP valid until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CompanyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(
                condition=Q(nib__regex=r"^[0-9]{13}$") | Q(nib__isnull=True, source="census"),
                name="psk_company_nib_13_digits",
            ),
            models.CheckConstraint(
                condition=Q(npwp__regex=r"^[0-9]{15,16}$") | Q(npwp="", source="census"),
                name="psk_company_npwp_digits",
            ),
        ]
        indexes = [
            models.Index(Lower("name"), name="psk_company_name"),
            # The public register runs by name: as it is written, the way the database sorts.
            models.Index(fields=["name"], name="psk_company_by_name"),
            TrigramIndex(fields=["name"], name="psk_company_name_words"),
            TrigramIndex(fields=["nib"], name="psk_company_nib_words"),
            models.Index(fields=["kecamatan", "sector"], name="psk_company_place_sector"),
            models.Index(fields=["npwp"], name="psk_company_npwp"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        # A census may know the sector and no code.
        if self.kbli_code or not self.sector:
            self.sector = sector_of(self.kbli_code)
        self.nib = self.nib or None
        super().save(*args, **kwargs)

    def clean_fields(self, exclude=None) -> None:
        super().clean_fields(exclude)
        left_out = set(exclude or ())
        if self.source != self.Source.CENSUS and (missing := [n for n in self.missing if n not in left_out]):
            raise ValidationError({name: _("Please fill this in.") for name in missing})

    @property
    def missing(self) -> list[str]:
        """Fields of `MUST_BE_TOLD` that nobody has told yet."""
        return [name for name in self.MUST_BE_TOLD if not getattr(self, name)]

    @property
    def is_complete(self) -> bool:
        """Whether the profile says what an application needs."""
        return not self.missing

    @property
    def identity(self) -> str:
        """The NIB as it stands under the name, or that there is none yet."""
        return f"NIB {self.nib}" if self.nib else gettext("without NIB")

    @property
    def workers_male(self) -> int:
        return self.male_permanent + self.male_contract

    @property
    def workers_female(self) -> int:
        return self.female_permanent + self.female_contract

    @property
    def workers_permanent(self) -> int:
        return self.male_permanent + self.female_permanent

    @property
    def workers_contract(self) -> int:
        return self.male_contract + self.female_contract

    @property
    def workers(self) -> int:
        """What the company says of itself, or what the census counted while it has said nothing."""
        return self.workers_male + self.workers_female or self.counted_workers or 0

    @property
    def has_union(self) -> bool:
        return len(self.unions.all()) > 0

    @property
    def has_branches(self) -> bool:
        return len(self.branches.all()) > 0

    @property
    def branches_elsewhere(self) -> list["Branch"]:
        """Branches outside the city: one is enough to take the company beyond the office's authority."""
        return [branch for branch in self.branches.all() if not branch.in_city]

    def snapshot(self) -> dict:
        """The company as it is now, as plain data to keep with an application."""
        plain = (
            *(
                "name",
                "legal_form",
                "nib",
                "npwp",
                "address",
                "kecamatan",
                "kelurahan",
                "postcode",
                "phone",
                "email",
            ),
            *("website", "kbli_code", "kbli_edition", "business", "sector", "investment"),
            *("male_permanent", "female_permanent", "male_contract", "female_contract", "wlkp_number"),
        )
        return {name: getattr(self, name) for name in plain} | {
            "nib": self.nib or "",
            "kecamatan_label": self.get_kecamatan_display(),
            "legal_form_label": str(self.get_legal_form_display()),
            "investment_label": str(self.get_investment_display()),
            "wlkp_valid_until": self.wlkp_valid_until.isoformat() if self.wlkp_valid_until else None,
            "workers": self.workers,
            "unions": [
                {"name": u.name, "registration": u.registration_number, "members": u.members} for u in self.unions.all()
            ],
            "branches": [
                {"name": b.name, "address": b.address, "regency": b.regency, "workers": b.workers}
                for b in self.branches.all()
            ],
        }


class Union(models.Model):
    """A trade union in the company (SP/SB)."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="unions")
    name = models.CharField(_("name of the union"), max_length=200)
    registration_number = models.CharField(_("registration number (pencatatan)"), max_length=100, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    members = models.PositiveIntegerField(_("members in this company"), default=0, validators=[validate_headcount])

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("union")
        verbose_name_plural = _("unions")

    def __str__(self) -> str:
        return self.name


class Branch(models.Model):
    """A further place of work. Decides who has authority (Permenaker 28/2014 Ps 7)."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="branches")
    name = models.CharField(_("name of the branch"), max_length=200)
    address = models.CharField(_("address"), max_length=250)
    in_city = models.BooleanField(_("located in Kota Bekasi"))
    regency = models.CharField(
        _("kabupaten/kota"), max_length=100, help_text=_("For example Kota Bekasi, Kabupaten Karawang.")
    )
    province = models.CharField(_("province"), max_length=60, choices=Province)
    workers = models.PositiveIntegerField(_("workers"), default=0, validators=[validate_headcount])

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("branch")
        verbose_name_plural = _("branches")

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet):
    def owners(self) -> "MembershipQuerySet":
        """Those who manage a company now: active, with an account that still signs in."""
        return self.filter(role=Membership.Role.OWNER, state=Membership.State.ACTIVE, user__is_active=True)


class Membership(models.Model):
    """A person who acts, or asks to act, for a company. Changed by the verbs of `people` only."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Manager")
        MEMBER = "member", _("Member")

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waiting for consent")
        ACTIVE = "active", _("Active")
        ENDED = "ended", _("Ended")

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="psk_memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["company", "user"], name="psk_member_once")]
        verbose_name = _("member of a company")
        verbose_name_plural = _("members of companies")

    def __str__(self) -> str:
        return f"{self.user} · {self.company}"


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Invitation(models.Model):
    """A company's invitation to one e-mail address; good once, until it lapses or is withdrawn."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True, help_text=_("When the mail server last took the mail."))
    mail_failed = models.BooleanField(default=False, help_text=_("The last attempt to send the mail failed."))

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="psk_invitation_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.created_at:%d-%m-%Y}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


def is_member(user, company_id: int) -> bool:
    """Whether `user` may act for the company now."""
    return (
        user.is_authenticated
        and Membership.objects.filter(user=user, company_id=company_id, state=Membership.State.ACTIVE).exists()
    )
