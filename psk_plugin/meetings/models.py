"""Meetings at which the office explains the duties of companies (sosialisasi), and who registers for them."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from ..companies.models import Company

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class MeetingQuerySet(models.QuerySet):
    def published(self) -> "MeetingQuerySet":
        return self.filter(is_published=True)

    def upcoming(self, now=None) -> "MeetingQuerySet":
        """Published ones that are not over, next first."""
        return self.published().filter(ends_at__gte=now or timezone.now()).order_by("starts_at", "pk")

    def past(self, now=None) -> "MeetingQuerySet":
        """Published ones that are over and took place, latest first."""
        over = self.published().filter(ends_at__lt=now or timezone.now(), called_off_at__isnull=True)
        return over.order_by("-starts_at", "-pk")

    def with_counts(self) -> "MeetingQuerySet":
        """Adds `seats_taken` and `waiting`."""
        state = Registration.State
        return self.annotate(
            seats_taken=Count("registrations", filter=Q(registrations__state__in=SEATED)),
            waiting=Count("registrations", filter=Q(registrations__state=state.WAITING)),
            attended=Count("registrations", filter=Q(registrations__state=state.ATTENDED)),
        )


class Meeting(ClusterableModel):
    """One meeting."""

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, blank=True, help_text=_("Empty: made from title and date.")
    )
    description = RichTextField(
        _("what it is about"), features=TEXT_FEATURES, help_text=_("For the public page: for whom, what, agenda.")
    )
    invitation_text = RichTextField(
        _("text of the invitation"),
        features=["bold", "italic", "ol", "ul"],
        blank=True,
        help_text=_("For the letter; date, time and place are added below it. Empty: the usual words."),
    )
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, help_text=_("Building, room, street; or: online."))
    map_url = models.URLField(_("link to a map"), blank=True)
    online_url = models.URLField(
        _("link to take part online"), blank=True, help_text=_("Only people with a seat get it, by mail.")
    )
    capacity = models.PositiveIntegerField(_("seats"), default=50)
    registration_opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: as soon as it is published.")
    )
    registration_closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty: when the meeting begins.")
    )
    is_published = models.BooleanField(_("published"), default=False)
    called_off_at = models.DateTimeField(null=True, blank=True, editable=False)
    minutes = RichTextField(
        _("minutes"), features=["h3", *TEXT_FEATURES], blank=True, help_text=_("Public once the meeting is over.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        permissions = [("manage_registrations", _("Can see and change registrations for meetings"))]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="psk_meeting_ends_after_start"),
        ]
        indexes = [models.Index(fields=["is_published", "ends_at"], name="psk_meeting_when")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("psk:meeting", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        problems = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            problems["ends_at"] = _("The end must lie after the beginning.")
        if self.capacity is not None and self.capacity < 1:
            problems["capacity"] = _("At least one seat.")
        opens, closes = self.registration_opens_at, self.registration_closes_at
        if opens and closes and closes <= opens:
            problems["registration_closes_at"] = _("Registration must close after it opens.")
        elif closes and self.ends_at and closes > self.ends_at:
            problems["registration_closes_at"] = _("Registration must close before the meeting ends.")
        if self.slug in RESERVED_SLUGS:
            problems["slug"] = _("This word is taken by the system. Please choose another address.")
        if problems:
            raise ValidationError(problems)

    def save(self, *args, **kwargs) -> None:
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        day = timezone.localtime(self.starts_at)
        stem = f"{slugify(self.title)[:60] or 'pertemuan'}-{day:%Y-%m-%d}"
        taken = set(Meeting.objects.filter(slug__startswith=stem).exclude(pk=self.pk).values_list("slug", flat=True))
        return next(s for n in range(1, len(taken) + 2) if (s := stem if n == 1 else f"{stem}-{n}") not in taken)

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None

    @property
    def registration_ends_at(self):
        return self.registration_closes_at or self.starts_at

    @property
    def is_registration_open(self) -> bool:
        now = timezone.now()
        return (
            self.is_published
            and not self.is_called_off
            and (self.registration_opens_at is None or self.registration_opens_at <= now)
            and now < self.registration_ends_at
        )

    @property
    def opens_later(self) -> bool:
        """Whether registration has a day from which it is open, and that lies ahead."""
        return self.registration_opens_at is not None and self.registration_opens_at > timezone.now()


#: Words that other addresses below /sosialisasi/ begin with.
RESERVED_SLUGS = ("pendaftaran",)


class MeetingMaterial(Orderable):
    """A paper to download: slides, leaflet."""

    meeting = ParentalKey(Meeting, on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(_("title"), max_length=160, blank=True, help_text=_("Empty: the document's own."))

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.title or self.document.title


class MeetingPhoto(Orderable):
    """A photo of the meeting; public once it is over."""

    meeting = ParentalKey(Meeting, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        "wagtailimages.Image", verbose_name=_("picture"), on_delete=models.CASCADE, related_name="+"
    )
    caption = models.CharField(
        _("caption"), max_length=200, blank=True, help_text=_("What it shows; no names without consent.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return self.caption or str(self.image)


def new_token() -> str:
    return secrets.token_urlsafe(24)


class RegistrationQuerySet(models.QuerySet):
    def seated(self) -> "RegistrationQuerySet":
        return self.filter(state__in=SEATED)

    def attended(self) -> "RegistrationQuerySet":
        return self.filter(state=Registration.State.ATTENDED)

    def in_line(self) -> "RegistrationQuerySet":
        """The waiting list, first come first."""
        return self.filter(state=Registration.State.WAITING).order_by("queued_at", "pk")


class Registration(models.Model):
    """A person who wants to come. Changed by the room's verbs only; never shown to the public."""

    class State(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("meeting", "Registered")
        WAITING = "waiting", pgettext_lazy("meeting", "On the waiting list")
        CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")
        ATTENDED = "attended", pgettext_lazy("meeting", "Attended")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="registrations"
    )
    name = models.CharField(_("name"), max_length=100)
    company = models.ForeignKey(
        Company,
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    company_name = models.CharField(_("company as written"), max_length=200)
    position = models.CharField(_("position"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State)
    #: Place in the waiting list; a person who comes back after cancelling stands at its end.
    queued_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(pgettext_lazy("meeting", "registered on"), auto_now_add=True)

    objects = RegistrationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token"])

    class Meta:
        ordering = ["queued_at", "pk"]
        verbose_name = pgettext_lazy("meeting", "registration")
        verbose_name_plural = pgettext_lazy("meeting", "registrations")
        constraints = [
            models.UniqueConstraint("meeting", Lower("email"), name="psk_registration_once"),
        ]
        indexes = [models.Index(fields=["meeting", "state", "queued_at"], name="psk_registration_line")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.created_at:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        """The person's own page; whoever has the address can cancel."""
        return reverse("psk:registration", args=[self.token])

    @property
    def has_seat(self) -> bool:
        return self.state in SEATED

    @property
    def company_words(self) -> str:
        return self.company.name if self.company_id else self.company_name


#: States that take a seat.
SEATED = (Registration.State.REGISTERED, Registration.State.ATTENDED)


class MeetingMessage(models.Model):
    """A mail to all participants, kept as written; its key makes that each gets it once."""

    class Audience(models.TextChoices):
        SEATED = "seated", _("Everybody with a seat")
        ALL = "all", _("Everybody with a seat and the waiting list")
        ATTENDED = "attended", _("Everybody who came")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="messages")
    subject = models.CharField(pgettext_lazy("mail", "subject"), max_length=150)
    text = models.TextField(_("text"), max_length=5000)
    audience = models.CharField(_("to"), max_length=10, choices=Audience)
    recipients = models.PositiveIntegerField(default=0)
    form_key = models.CharField(max_length=40, unique=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("message to participants")
        verbose_name_plural = _("messages to participants")

    def __str__(self) -> str:
        return self.subject
