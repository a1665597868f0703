"""Offering and taking in an answer: once for each decided application, never a condition for anything."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..submissions.models import Status, Submission
from .models import SurveyAnswer

#: Ends of an application after which the applicant is asked: the office has decided.
DECIDED = (Status.ISSUED, Status.REJECTED)


def is_offered(submission: Submission) -> bool:
    """Whether this application is still to be asked. One query."""
    return (
        submission.status in DECIDED
        and bool(submission.definition.get("has_survey", True))
        and not SurveyAnswer.objects.filter(submission=submission).exists()
    )


def answer(submission: Submission, scores: Mapping[str, int], comment: str) -> bool:
    """Keep an answer; `False` where the application has answered already, whoever pressed first."""
    try:
        with transaction.atomic():
            SurveyAnswer.objects.create(
                submission=submission,
                service_id=submission.service_id,
                answered_on=timezone.localdate(),
                comment=comment.strip(),
                **scores,
            )
    except IntegrityError:
        return False
    return True
