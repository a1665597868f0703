"""The conversation of a company and the office about one application, and who of the office was named in a note."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..records.models import StoredFile
from ..submissions.models import Event, InternalNote, Submission

#: Characters of one message.
MAX_TEXT = 5000


class Written(Exception):
    """A message cannot be changed or taken back: the other side may have read it."""


class Thread(models.Model):
    """One application's conversation: what lists show of it. Written under a lock with each message."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, primary_key=True, related_name="thread")
    #: Messages of the company that nobody of the present desk has opened yet.
    unread_by_office = models.PositiveIntegerField(default=0)
    #: The last word is the company's.
    is_unanswered = models.BooleanField(default=False)
    last_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = [
            models.Index(fields=["last_at"], condition=Q(unread_by_office__gt=0), name="psk_thread_unread"),
        ]

    def __str__(self) -> str:
        return str(self.submission)


class MessageQuerySet(models.QuerySet):
    def update(self, **kwargs) -> int:
        raise Written

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Written


class Message(models.Model):
    """One message. Never changed and never deleted once it is written."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="messages")
    #: The line of the timeline that tells of it.
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="message")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_by_company = models.BooleanField()
    text = models.TextField(_("message"))
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=160, blank=True)
    #: Of the form it was written in: pressed twice, it is one message.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="psk_message_words")]
        indexes = [models.Index(fields=["submission", "is_by_company", "id"], name="psk_message_side")]

    def __str__(self) -> str:
        return f"{self.submission} {self.pk}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise Written
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Written


class Reading(models.Model):
    """How far a person of the company has read the office's messages."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Id of the last message shown.
    read_to = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("reading of a conversation")
        verbose_name_plural = _("readings of conversations")
        constraints = [models.UniqueConstraint(fields=["submission", "user"], name="psk_reading_once")]

    def __str__(self) -> str:
        return f"{self.submission} {self.read_to}"


class Mention(models.Model):
    """A colleague named in an internal note; stands on the person's first page until the note is read."""

    note = models.ForeignKey(InternalNote, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="psk_mentions")
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["note", "person"], name="psk_mention_once")]
        indexes = [models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="psk_mention_unread")]

    def __str__(self) -> str:
        return f"{self.note_id} {self.person_id}"
