"""Mails: one row per recipient, written before sending, with what became of it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..records.models import StoredFile
from ..submissions.models import Event, Submission

#: Sendings tried by themselves, over four days: a server down over a long weekend loses nothing. After that somebody
#: has to look, and can send by hand.
MAX_ATTEMPTS = 20
#: How long one sending may take before another process may take the mail over.
LEASE = dt.timedelta(minutes=10)


class Occasion(models.TextChoices):
    """Why a mail is written. Values are kept for good."""

    FILED = "filed", _("Application filed")
    RETURNED = "returned", _("Returned for repair")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Closed, time for repair is over")
    ISSUED = "issued", _("Decree issued")
    MESSAGE = "message", _("Message of the office")
    DIGEST = "digest", _("Daily overview")
    UNION_ASKED = "union_asked", _("Union asked to confirm")
    LIMIT_NEAR = "limit_near", _("Time limit of the law is near")
    TICKET_RECEIVED = "ticket_received", _("Report received")
    TICKET_ANSWERED = "ticket_answered", _("Report answered")
    TICKET_ASKED = "ticket_asked", _("Question about a report")
    TICKET_CLOSED = "ticket_closed", _("Report closed")
    TICKET_REOPENED = "ticket_reopened", _("Report reopened")
    MEETING_REGISTERED = "meeting_registered", _("Registered for a meeting")
    MEETING_WAITING = "meeting_waiting", _("On the waiting list of a meeting")
    MEETING_MOVED_UP = "meeting_moved_up", _("Moved up from the waiting list")
    MEETING_CANCELLED = "meeting_cancelled", _("Registration cancelled")
    MEETING_CALLED_OFF = "meeting_called_off", _("Meeting called off")
    MEETING_REMINDER = "meeting_reminder", _("Reminder of a meeting")
    MEETING_MESSAGE = "meeting_message", _("Message to participants")
    RENEWAL_REMINDER = "renewal_reminder", _("Reminder that a regulation ends")
    CAMPAIGN = "campaign", _("Letter of a campaign")


#: Action of the lifecycle -> why the company is written to. Steps not named here are mailed to nobody.
OCCASIONS = {
    "file": Occasion.FILED,
    "return": Occasion.RETURNED,
    "reject": Occasion.REJECTED,
    "withdraw": Occasion.WITHDRAWN,
    "lapse": Occasion.LAPSED,
}


class MailQuerySet(models.QuerySet):
    def due(self, now: dt.datetime | None = None) -> "MailQuerySet":
        """Mails that somebody should send now: waiting, or failed long enough ago."""
        return self.filter(
            state__in=(Mail.State.QUEUED, Mail.State.FAILED),
            not_before__lte=now or timezone.now(),
            attempts__lt=MAX_ATTEMPTS,
        )


class Mail(models.Model):
    """A mail to one person. The row is written in the transaction that causes it; sending follows the commit."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed, will be tried again")
        REFUSED = "refused", _("Address refused, not tried again")

    submission = models.ForeignKey(
        Submission,
        verbose_name=_("application"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mails",
    )
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.CASCADE, related_name="mails")
    #: What it was written for, where no event of an application stands behind it: written once to each recipient.
    key = models.CharField(max_length=120, blank=True)
    #: What it is about, for people who read the list: a number or a title.
    about = models.CharField(_("about"), max_length=120, blank=True)
    code = models.CharField(_("occasion"), max_length=40, choices=Occasion)
    recipient = models.EmailField(_("recipient"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failure = models.CharField(_("failure"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    #: Nobody sends it before. In the future while a sending is under way, and between two attempts.
    not_before = models.DateTimeField(_("next attempt"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(fields=["event", "code", "recipient"], name="psk_mail_once_per_event"),
            models.UniqueConstraint(
                fields=["key", "recipient"], condition=~models.Q(key=""), name="psk_mail_once_per_key"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "not_before"], name="psk_mail_due"),
            models.Index(fields=["-created_at", "-id"], name="psk_mail_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {timezone.localtime(self.created_at):%d-%m-%Y %H:%M}"

    @property
    def masked_recipient(self) -> str:
        """Enough to recognise an address one knows, too little to use: h***@contoh.test."""
        local, _at, host = self.recipient.rpartition("@")
        return f"{local[:1]}***@{host}"

    @property
    def failure_in_words(self) -> str:
        """What the short note in `failure` means for somebody who wants to repair it."""
        if self.state == self.State.REFUSED:
            return str(_("The mail server does not know this address. Ask the company for the right one."))
        return str(_("The mail server could not be reached or did not take the mail. It is tried again."))

    @property
    def is_in_flight(self) -> bool:
        """Some process is sending it right now."""
        return self.state == self.State.QUEUED and self.not_before > timezone.now()


class MailAttachment(models.Model):
    """A file that goes out with a mail, kept as it was sent."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file with a mail")
        verbose_name_plural = _("files with mails")

    def __str__(self) -> str:
        return self.name
