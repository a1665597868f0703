"""What this room adds to an application's timeline: which mails went out, to how many, with what success."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..review.timeline import Moment, source
from ..submissions.models import Submission
from .models import Mail


@source
def mails_of(submission: Submission) -> Iterator[Moment]:
    """One line per letter, however many got it. Addresses stay in the list of mails."""
    letters: dict[tuple[str, int | None, str], list[Mail]] = {}
    rows = submission.mails.order_by("created_at", "pk").defer("text", "html")
    for row in rows:
        letters.setdefault((row.code, row.event_id, row.key), []).append(row)
    for mails in letters.values():
        facts = []
        states = [mail.state for mail in mails]
        for state in Mail.State:
            if count := states.count(state):
                words = ngettext("%(count)d address", "%(count)d addresses", count) % {"count": count}
                facts.append(f"{state.label}: {words}")
        yield Moment(
            at=mails[0].created_at,
            title=_("Mail: %s") % mails[0].get_code_display(),
            who=_("the system"),
            text=mails[0].subject,
            facts=tuple(facts),
        )
