"""What a union is asked about a filed text, and what it answered. A row is never changed once it is answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..records.models import StoredFile
from .models import Submission


class UnionConfirmation(models.Model):
    """One asking of the union about the text as filed; asking again, or a new text, closes it and makes another.

    Names and address of the union's people are personal data: staff see them, the public and the company do not.
    """

    class Answer(models.TextChoices):
        AGREES = "agrees", _("Agrees")
        OBJECTS = "objects", _("Objects")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="union_confirmations")
    union_name = models.CharField(_("name of the union"), max_length=250)
    contact_name = models.CharField(_("person asked"), max_length=250, blank=True)
    email = models.EmailField(_("e-mail of the union"), blank=True)
    #: The link's secret is derived from this and from the site's key, so that no mail we keep can open it.
    nonce = models.CharField(max_length=43, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    #: What the union is asked about: [{"code", "title", "version", "file", "sha256"}], and one hash over all of it.
    files = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    first_seen_at = models.DateTimeField(_("first opened"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True)
    answered_position = models.CharField(_("position"), max_length=150, blank=True)
    #: On paper: a member of the office has seen the signed confirmation and answers for it.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_paper = models.BooleanField(_("on paper"), default=False)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan_name = models.CharField(max_length=160, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("confirmation of the union")
        verbose_name_plural = _("confirmations of unions")
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(closed_at__isnull=True), name="psk_one_open_confirmation"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="psk_confirmation_answer_has_moment",
            ),
            models.CheckConstraint(condition=~Q(answer="objects") | ~Q(reason=""), name="psk_objection_has_reason"),
            models.CheckConstraint(condition=Q(is_paper=False) | ~Q(reason=""), name="psk_paper_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.asked_at:%d-%m-%Y}"

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)

    @property
    def agrees(self) -> bool:
        return self.answer == self.Answer.AGREES

    @property
    def objects_to_it(self) -> bool:
        return self.answer == self.Answer.OBJECTS
