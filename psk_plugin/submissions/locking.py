"""The lock under which an application changes."""

from django.utils.translation import gettext as _

from .errors import Stale
from .models import Submission


def locked(submission: Submission) -> Submission:
    """The application as it is now, with what it points to; its row stays locked until the transaction ends.

    First the row alone, then the rows it points to. One query that joins them and has to wait puts the row as it has
    become beside the others as they were: an application whose company was merged, or which went to another stage,
    would seem not to exist, or to be nowhere. Raises `Stale` where it was deleted, as a draft can be.
    """
    rows = Submission.objects.filter(pk=submission.pk)
    if not rows.select_for_update().values_list("pk"):
        raise Stale(_("This draft was deleted meanwhile."))
    return rows.select_related("stage", "edition", "service", "company", "assignee").get()
