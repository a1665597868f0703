"""Answers to the satisfaction survey: one for each application, read only as a sum."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..services.models import Service
from ..submissions.models import Submission
from .questions import CODES, ELEMENTS


def _score(name: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(name, validators=[MinValueValidator(1), MaxValueValidator(4)])


class SurveyAnswer(models.Model):
    """What one applicant thought of the service: nine scores from 1 to 4 and a free comment.

    The application is named only so that it answers once; no list shows who answered what.
    """

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="survey_answer")
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="survey_answers"
    )
    answered_on = models.DateField(_("answered on"), db_index=True)
    persyaratan, prosedur, waktu = _score("Persyaratan"), _score("Prosedur"), _score("Waktu")
    biaya, produk, kompetensi = _score("Biaya"), _score("Produk"), _score("Kompetensi")
    perilaku, sarana, pengaduan = _score("Perilaku"), _score("Sarana"), _score("Pengaduan")
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        ordering = ["-answered_on", "-pk"]
        verbose_name = _("answer to the survey")
        verbose_name_plural = _("answers to the survey")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{code}__range": (1, 4) for code in CODES}), name="psk_survey_scores"
            )
        ]
        indexes = [models.Index(fields=["service", "answered_on"], name="psk_survey_service")]

    def __str__(self) -> str:
        return f"{self.service} · {self.answered_on:%d-%m-%Y}"


assert len(CODES) == len(ELEMENTS) == 9  # noqa: S101 - the columns above are named after the elements
