"""What this room adds to an application's timeline: the decree, with the hash of its PDF, and its revocation."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from ..review.moment import in_halves
from ..review.timeline import Moment, name_of, source
from ..submissions.models import Submission
from .models import Decree


@source
def decree_of(submission: Submission) -> Iterator[Moment]:
    decree = Decree.objects.filter(submission=submission).select_related("file", "revoked_by").first()
    if decree is None:
        return
    if decree.file and decree.rendered_at:
        yield Moment(
            at=decree.rendered_at,
            title=_("PDF of the decree made"),
            who=_("the system"),
            facts=(_("Number %s") % decree.number, f"SHA-256 {in_halves(decree.file.sha256)}"),
        )
    if decree.revoked_on:
        row = decree.history.filter(revoked_on__isnull=False).order_by("history_id").first()
        yield Moment(
            at=row.history_date if row else timezone.now(),
            title=_("Decree revoked"),
            who=name_of(decree.revoked_by),
            text=decree.revocation_reason,
        )
