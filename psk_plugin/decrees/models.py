"""Decrees: numbered once, rendered once, checkable by anyone."""

import datetime as dt
import re
import secrets

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..companies.models import Company
from ..indexes import TrigramIndex
from ..records.models import StoredFile
from ..regulations.models import VersionState, version_state
from ..services.models import REGULATION_KINDS, FilingType, Kind
from ..submissions.models import Submission

#: Letters and digits nobody mistakes for one another when typing a code from paper.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    """Twelve characters, about 59 bits: cannot be guessed, can be typed."""
    return "".join(secrets.choice(CODE_ALPHABET) for _i in range(12))


def clean_code(typed: str) -> str:
    """A code typed from paper, as we keep it: capitals, no spaces and dashes; empty where it cannot be one."""
    code = re.sub(r"[\s.\-–—_/]+", "", typed[:60]).upper()
    return code if re.fullmatch(r"[A-Z0-9]{1,16}", code) else ""


class DecreeQuerySet(models.QuerySet):
    def with_successor(self) -> "DecreeQuerySet":
        """Adds `replaced_from`, `successor_number`, `amended_from`: a list knows each row's state by one query."""
        later = (
            Decree.objects.filter(company_id=OuterRef("company_id"), signed_at__gt=OuterRef("signed_at"))
            .annotate(earlier_kind=ExpressionWrapper(OuterRef("kind"), output_field=models.CharField()))
            .filter(Q(kind=F("earlier_kind")) | Q(kind=Kind.PKB), earlier_kind__in=REGULATION_KINDS)
        )
        following, amending = _took_over(later), _amending(later.filter(kind=F("earlier_kind")))
        return self.annotate(
            replaced_from=Subquery(following.values("valid_from")[:1]),
            successor_number=Subquery(following.values("number")[:1]),
            amended_from=Subquery(amending.values("valid_from")[:1]),
        )


def _took_over(later: models.QuerySet) -> models.QuerySet:
    """Of later decrees those that ever took force, first to begin first; one revoked before its day never did.

    An amendment takes no other's place: what it amends holds on, as amended.
    """
    stands = Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("valid_from"))
    return later.exclude(change=FilingType.AMENDMENT).filter(stands).order_by("valid_from", "signed_at")


def _amending(later: models.QuerySet) -> models.QuerySet:
    """Of later decrees the amendments that stand, first to begin first. Which version they amend is not asked here."""
    amendments = later.filter(change=FilingType.AMENDMENT, revoked_on__isnull=True)
    return amendments.order_by("valid_from", "signed_at")


class Decree(models.Model):
    """The office's decision on paper. Written in the transaction that signs; its PDF follows and never changes."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="decree")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="decrees")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    change = models.CharField(_("kind of change"), max_length=15, choices=FilingType, default=FilingType.NEW)
    series = models.CharField(max_length=12, help_text="Services with the same code share one series of numbers.")
    number = models.CharField(_("number"), max_length=100, unique=True)
    sequence = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    register_number = models.CharField(_("number in the register book"), max_length=100)
    issued_on = models.DateField(_("date of the decree"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    regulation_title = models.CharField(max_length=250)
    company_name = models.CharField(_("company"), max_length=200)
    code = models.CharField(_("verification code"), max_length=16, unique=True, default=new_code, editable=False)
    content = models.JSONField(help_text="Everything the page shows, frozen at the signature.")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    signed_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rendered_at = models.DateTimeField(null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revocation_reason = models.TextField(_("reason of the revocation"), blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DecreeQuerySet.as_manager()
    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ["-issued_on", "-sequence"]
        verbose_name = _("decree")
        verbose_name_plural = _("decrees")
        indexes = [
            models.Index(fields=["company", "kind", "signed_at"], name="psk_decree_succession"),
            TrigramIndex(fields=["number"], name="psk_decree_number_words"),
        ]
        permissions = [("revoke_decree", _("Can revoke decrees"))]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "sequence"], name="psk_decree_sequence"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="psk_decree_dates"),
            models.CheckConstraint(
                condition=~Q(kind__in=REGULATION_KINDS) | Q(valid_from__isnull=False, valid_until__isnull=False),
                name="psk_decree_of_regulation_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page on which anyone checks it."""
        return reverse("psk:decree_verify", args=[self.code])

    @property
    def is_regulation(self) -> bool:
        """Whether it put a regulation of the company in force; any other document stands for itself."""
        return self.kind in REGULATION_KINDS

    @property
    def document_name(self) -> str:
        """What it calls itself: a decree, or as the editor headed it, e.g. Tanda Bukti Pencatatan."""
        return self.content.get("document_name") or str(_("Decree"))

    @property
    def subject(self) -> str:
        """What it is about, for lists and the check page: the kind of regulation, or the service."""
        return str(self.get_kind_display()) if self.is_regulation else self.content.get("service", "")

    @cached_property
    def successor(self) -> "Decree | None":
        """The decree that replaces, or will replace, this one; a document of another service replaces none."""
        if not self.is_regulation:
            return None
        return _took_over(self._later).first()

    @property
    def _later(self) -> DecreeQuerySet:
        """Later decrees about the same matter: of the same kind, and for a PP the company's PKB."""
        kinds = {self.kind, Kind.PKB.value}
        return Decree.objects.filter(company_id=self.company_id, kind__in=kinds, signed_at__gt=self.signed_at)

    @cached_property
    def amendments(self) -> "list[Decree]":
        """Decrees that amend what this one put in force, first to begin first."""
        if not self.is_regulation:
            return []
        amending = _amending(self._later).filter(kind=self.kind)
        if self.successor is not None:
            amending = amending.filter(signed_at__lt=self.successor.signed_at)
        return list(amending.only("number", "valid_from", "code"))

    @cached_property
    def amended_from(self) -> dt.date | None:
        """First day of the first amendment; annotated in lists by `with_successor`."""
        return self.amendments[0].valid_from if self.amendments else None

    @cached_property
    def replaced_from(self) -> dt.date | None:
        """First day of the decree that follows; annotated in lists by `with_successor`."""
        return self.successor.valid_from if self.successor else None

    @cached_property
    def successor_number(self) -> str | None:
        return self.successor.number if self.successor else None

    def state_on(self, day: dt.date) -> VersionState:
        return version_state(
            self.valid_from,
            self.valid_until,
            day,
            revoked_on=self.revoked_on,
            replaced_from=self.replaced_from,
            amended_from=self.amended_from,
        )

    @property
    def state(self) -> VersionState:
        return self.state_on(timezone.localdate())

    @property
    def code_in_groups(self) -> str:
        """The code as it is printed, in groups that are easy to read aloud."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))
