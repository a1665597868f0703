"""Information and complaints: a ticket, its conversation, which is its history too, and the office's rules for both."""

import re
import secrets

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from ..companies.models import Company
from ..numbers import check_pattern, render
from ..office.models import validate_pattern
from ..records.models import StoredFile

GUIDELINE = "Pedoman SP4N-LAPOR! (Kementerian PANRB, 2018)"


class DayUnit(models.TextChoices):
    WORKING = "working", _("working days")
    CALENDAR = "calendar", _("calendar days")


def _days(label, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, default=default)


def _unit() -> models.CharField:
    return models.CharField(_("counted in"), max_length=10, choices=DayUnit, default=DayUnit.WORKING)


def _source() -> models.CharField:
    return models.CharField(_("source"), max_length=200, blank=True, default=GUIDELINE)


@register_setting(icon="help")
class HelpdeskSettings(BaseGenericSetting):
    """How long the office may take, what the form says, how ticket numbers look. One row for the whole site."""

    response_days, response_unit, response_source = _days(_("first response"), 3), _unit(), _source()
    question_days, question_unit, question_source = _days(_("answer to a question"), 5), _unit(), _source()
    complaint_days, complaint_unit, complaint_source = (
        _days(_("complaint that needs no check on the spot, or suggestion"), 14),
        _unit(),
        _source(),
    )
    field_days, field_unit, field_source = _days(_("complaint that needs a check on the spot"), 60), _unit(), _source()
    reopen_days = models.PositiveSmallIntegerField(
        _("days in which a closed report can be reopened"), default=30, help_text=_("Calendar days.")
    )
    number_pattern = models.CharField(
        _("pattern of report numbers"),
        max_length=80,
        default="ADU-{year}-{sequence:05}",
        validators=[validate_pattern],
        help_text=_("Goes into addresses of pages: letters, digits and hyphens only."),
    )
    is_open = models.BooleanField(
        _("the form is open"), default=True, help_text=_("Switched off, the page shows the other channels only.")
    )
    introduction = models.TextField(
        _("sentence above the form"), blank=True, max_length=500, help_text=_("Empty: the usual words.")
    )
    lapor_url = models.URLField(_("address of SP4N-LAPOR!"), default="https://www.lapor.go.id")

    CLOCKS = ("response", "question", "complaint", "field")
    panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel(f"{clock}_{part}") for part in ("days", "unit", "source")]) for clock in CLOCKS],
            heading=_("Time limits"),
            help_text=_(
                "The guideline says days; offices commonly count working days. A change counts at once, for running "
                "reports too."
            ),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("is_open", "introduction", "lapor_url", "reopen_days", "number_pattern")],
            heading=_("Form and numbers"),
        ),
    ]

    class Meta:
        verbose_name = _("information and complaints")

    def clean(self) -> None:
        super().clean()
        if check_pattern(self.number_pattern):
            return  # the field says so itself
        if not re.fullmatch(r"[A-Za-z0-9-]+", render(self.number_pattern, sequence=1, year=2026, month=1)):
            raise ValidationError({"number_pattern": _("Only letters, digits and hyphens.")})
        if "{year" not in self.number_pattern:
            raise ValidationError({"number_pattern": _("The pattern must contain {year}: each year begins with 1.")})


class TicketCategory(models.Model):
    """What a ticket is about, and who gets it first."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    help_text = models.CharField(_("explanation"), max_length=200, blank=True)
    group = models.ForeignKey(
        Group,
        verbose_name=_("goes first to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: to everybody who answers reports."),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("offered in the form"), default=True)

    class Meta:
        ordering = ["sort_order", "title"]
        verbose_name = _("category of reports")
        verbose_name_plural = _("categories of reports")

    def __str__(self) -> str:
        return self.title


class TicketKind(models.TextChoices):
    QUESTION = "question", _("Question")
    COMPLAINT = "complaint", _("Complaint")
    SUGGESTION = "suggestion", _("Suggestion")


class TicketState(models.TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("Being handled")
    WAITING = "waiting", _("Waiting for the reporter")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


#: States in which the office has to do something.
OFFICE_TURN = (TicketState.NEW, TicketState.OPEN)


class TicketQuerySet(models.QuerySet):
    def on_our_side(self) -> "TicketQuerySet":
        """Those in which the office has to do something."""
        return self.filter(state__in=OFFICE_TURN)

    def overdue(self, today=None) -> "TicketQuerySet":
        return self.on_our_side().filter(due_on__lt=today or timezone.localdate())

    def for_desk_of(self, user) -> "TicketQuerySet":
        """Those given to the person, to a group of the person, or to nobody yet."""
        nobody = Q(assigned_to__isnull=True, assigned_group__isnull=True)
        return self.filter(
            Q(assigned_to=user) | Q(assigned_to__isnull=True, assigned_group__in=user.groups.all()) | nobody
        )

    def complaints(self) -> "TicketQuerySet":
        return self.filter(kind=TicketKind.COMPLAINT)

    def count_by_company(self) -> dict[int, int]:
        """Company -> how many of these tickets name it. One query."""
        rows = self.filter(company__isnull=False).order_by().values("company").annotate(total=Count("pk"))
        return {row["company"]: row["total"] for row in rows}


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Ticket(models.Model):
    """A question, complaint or suggestion. Changed by the room's verbs only; never shown to the public."""

    number = models.CharField(_("number"), max_length=80, unique=True)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    #: Same form pressed twice: found again by this instead of filed twice.
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=TicketKind)
    category = models.ForeignKey(
        TicketCategory, verbose_name=_("category"), on_delete=models.PROTECT, related_name="tickets"
    )
    subject = models.CharField(_("subject"), max_length=150)
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="psk_tickets"
    )
    company = models.ForeignKey(
        Company,
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tickets",
    )
    company_name = models.CharField(_("company as written"), max_length=200, blank=True)
    application_number = models.CharField(_("number of the application"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=TicketState, default=TicketState.NEW)
    needs_field_check = models.BooleanField(_("needs a check on the spot"), default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    assigned_group = models.ForeignKey(
        Group, verbose_name=_("group"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    #: Copy of the nearest running clock, for sorting lists only; written at each step and when the rules change.
    due_on = models.DateField(_("due"), null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        permissions = [("answer_ticket", _("Can answer questions and complaints"))]
        indexes = [
            models.Index(fields=["state", "due_on"], name="psk_ticket_due"),
            models.Index(fields=["-created_at", "-id"], name="psk_ticket_recent"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("psk:ticket", args=[self.number])

    @property
    def secret_url(self) -> str:
        """The address that opens the ticket to whoever holds it; goes into mails to the person only."""
        return reverse("psk:ticket_open", args=[self.token])

    @property
    def company_words(self) -> str:
        return self.company.name if self.company_id else self.company_name


class TicketEntry(models.Model):
    """One step: what was written or done, by whom, when. The rows are the conversation and the history at once."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="entries")
    action = models.CharField(_("action"), max_length=20)
    text = models.TextField(_("text"), blank=True)
    #: Staff; empty for the person who reports.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("entry of a report")
        verbose_name_plural = _("entries of reports")

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.action}"


class TicketFile(models.Model):
    """A file that came or went with an entry. Leaves the storage only through the room's views."""

    entry = models.ForeignKey(TicketEntry, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")

    def __str__(self) -> str:
        return self.name
