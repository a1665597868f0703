"""The heads hear of applications that come near the limit of law: a mail at each step, once, whoever is head today."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .. import roles
from ..calendar import office_calendar
from ..office.acting import people_of
from ..submissions.clocks import Clock
from ..submissions.limits import STEPS, could_be_near, near_limit, step_of
from ..submissions.models import LimitWarning, Status, Submission
from . import letters, outbox
from .models import Occasion

#: Who is told. Whoever acts for one of them today (Plt., Plh.) is told as well.
HEADS = (roles.KABID, roles.KADIS)


def addresses_of_heads(day: dt.date | None = None) -> dict[str, int | None]:
    """Address -> person, of everybody who is a head on the day and has an address; each address once."""
    found: dict[str, tuple[str, int | None]] = {}
    for person in people_of(HEADS, day):
        if address := person.email.strip():
            found.setdefault(address.casefold(), (address, person.pk))
    return dict(found.values())


def warn_of_limits(rows: QuerySet[Submission] | None = None) -> int:
    """Tell the heads of every application that has reached a step since it was told last; returns how many.

    Run any number of times, at any time: a step is told once, and where runs were missed only the most urgent one is.
    While nobody is head nothing is written, so that it is told once somebody is.
    """
    calendar, today = office_calendar(), timezone.localdate()
    near = could_be_near(calendar, today).exclude(limit_warnings__step=min(STEPS))
    if rows is not None:
        near = near.filter(pk__in=rows)
    heads = addresses_of_heads(today)
    if not heads:
        return 0
    return sum(_warn(submission, clock, heads) for submission, clock in near_limit(near, calendar, today))


def _warn(submission: Submission, clock: Clock, heads: dict[str, int | None]) -> bool:
    step = step_of(clock.left)
    with transaction.atomic():
        # A colleague may have signed or returned it meanwhile: then there is nothing to warn of.
        if not Submission.objects.select_for_update().filter(pk=submission.pk, status=Status.IN_REVIEW).exists():
            return False
        _row, is_new = LimitWarning.objects.get_or_create(
            submission=submission, step=step, defaults={"left": clock.left}
        )
        if not is_new:
            return False
        with outbox.in_our_language():
            letter = letters.limit_near(submission, clock)
        key = f"limit:{submission.pk}:{step}"
        outbox.post(letter, Occasion.LIMIT_NEAR, heads, key=key, about=submission.number)
    return True
