"""Who of the office has seen personal data of an application: filed documents, and the answers on the screen."""

import datetime as dt
from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.db.models import Max
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.models import Membership
from ..records.models import FileReading
from ..submissions.conditions import upload_rows
from ..submissions.models import PersonalRead, Submission
from .moment import Moment, name_of


def record(submission: Submission, user) -> None:
    """The personal answers are on the person's screen: one row per person and day, however often."""
    PersonalRead.objects.get_or_create(submission=submission, user=user, day=timezone.localdate())


def _named(code: str) -> str:
    """A file that is none of the filed documents, in words."""
    kind, _dash, number = code.partition("-")
    if kind == "pemberitahuan":
        return _("notice for repair %s") % number
    words = {"keputusan": _("decree"), "konfirmasi": _("confirmation by the union"), "pesan": _("file of a message")}
    return words.get(kind, code)


def moments_of(submission: Submission) -> Iterator[Moment]:
    """One line per person of the office and day, with what was read; the company reading its own is no news.

    Four queries, however many readings there were.
    """
    own = set(Membership.objects.filter(company_id=submission.company_id).values_list("user_id", flat=True))
    codes: dict[tuple[int, dt.date], set[str]] = {}
    last: dict[tuple[int, dt.date], dt.datetime] = {}
    answers = set()
    files = (
        # Without an account it was the union, by its link.
        FileReading.objects.of(submission)
        .filter(user__isnull=False)
        .order_by()
        .annotate(day=TruncDate("at", tzinfo=timezone.get_current_timezone()))
        .values_list("user", "day", "part")
        .annotate(last=Max("at"))
    )
    for user, day, code, at in files:
        codes.setdefault((user, day), set()).add(code)
        last[user, day] = max(at, last.get((user, day), at))
    for user, day, at in submission.personal_reads.filter(user__isnull=False).values_list("user", "day", "at"):
        answers.add((user, day))
        last[user, day] = max(at, last.get((user, day), at))
    people = get_user_model().objects.in_bulk({user for user, _day in last} - own)
    titles = {code: row["title"] for code, row in upload_rows(submission.definition).items()}
    for (user, day), at in last.items():
        if user not in people:
            continue
        facts = []
        if opened := sorted({titles.get(code) or _named(code) for code in codes.get((user, day), ())}):
            facts.append(_("Documents opened: %s") % ", ".join(opened))
        if (user, day) in answers:
            facts.append(_("Company data and answers opened"))
        yield Moment(
            at=at,
            title=_("Personal data read"),
            who=name_of(people[user]),
            is_internal=True,
            facts=tuple(facts),
        )
