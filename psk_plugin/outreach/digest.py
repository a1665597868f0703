"""The daily overview: one mail to each person of the office on whom something waits, at most once a day.

`send_digests` may run any number of times and beside itself: a row per person and day is written first. Who has nothing
to read gets no mail. Names of people who work at companies do not stand in it; numbers and names of companies do.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import conf
from ..calendar import WorkingCalendar, office_calendar
from ..office.acting import absent_on, appointments_on
from ..review.access import REVIEW, visible_to
from ..review.due import SOON_DAYS, due_label
from ..review.talk_home import desk_url
from ..review.talking import unread_threads
from ..review.timeline import name_of
from ..submissions.models import Submission
from ..talk import verbs as talk
from . import outbox
from .digest_models import Digest, DigestChoice, Rhythm
from .letter import Letter, Line, Link, Part, public_url
from .models import Mail, Occasion
from .watch import parts_for_administrators

logger = logging.getLogger(__name__)

#: Rows told of one kind; the rest is a number.
MOST = 10


def is_due(now: dt.datetime | None = None) -> bool:
    """Whether the day has come far enough for overviews to go out."""
    return timezone.localtime(now).hour >= conf.DIGEST_HOUR


def readers() -> QuerySet:
    """Active people of the office who can be written to: those who may open the admin, or act for a desk today."""
    admin = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin").values("pk")
    acting = appointments_on().values("person")
    entitled = Q(is_superuser=True) | Q(groups__permissions__in=admin) | Q(user_permissions__in=admin)
    people = get_user_model().objects.filter(is_active=True).exclude(email="")
    return people.filter(entitled | Q(pk__in=acting)).distinct().order_by("pk")


def send_digests(day: dt.date | None = None) -> int:
    """Write today's overviews for everybody who has none yet. Returns how many mails were written."""
    day = day or timezone.localdate()
    calendar = office_calendar()
    is_working_day = calendar.is_working_day(day)
    people = list(readers().exclude(pk__in=Digest.objects.filter(day=day).values("person")))
    choices = DigestChoice.objects.in_bulk([person.pk for person in people])
    away = absent_on([person.pk for person in people], day)
    written = 0
    for person in people:
        choice = choices.get(person.pk) or DigestChoice(user=person)
        if choice.rhythm == Rhythm.NEVER or person.pk in away:
            continue
        if choice.rhythm == Rhythm.WORKING_DAYS and not is_working_day:
            continue
        try:
            written += _write_one(person, choice, day, calendar)
        except IntegrityError:  # another process was faster
            continue
        except Exception:
            # One person's overview must not keep the others from theirs.
            logger.exception("Daily overview of %s could not be written", person.pk)
    return written


@transaction.atomic
def _write_one(person, choice: DigestChoice, day: dt.date, calendar: WorkingCalendar) -> bool:
    row = Digest.objects.create(person=person, day=day)
    with outbox.in_our_language():
        letter = compose(person, choice, day, calendar)
    if letter is None:
        return False
    key = f"digest:{day:%Y-%m-%d}:{person.pk}"
    outbox.post(letter, Occasion.DIGEST, {person.email.strip(): person.pk}, key=key, about=f"{day:%d-%m-%Y}")
    row.mail = Mail.objects.filter(key=key).first()
    row.save(update_fields=["mail"])
    return True


def compose(person, choice: DigestChoice, day: dt.date, calendar: WorkingCalendar) -> Letter | None:
    """The overview of one person; `None` where there is nothing to tell."""
    parts = [part for part in _parts(person, choice, day, calendar) if part.lines]
    if not parts:
        return None
    return Letter(
        subject=_("Your work on %s") % date_format(day, "l, j F Y"),
        happened=[_("This is what waits for you in PSK today.")],
        facts=[],
        parts=parts,
        button=Link(_("Open the first page"), public_url(reverse("wagtailadmin_home"))),
        links=[Link(_("Change or stop this daily mail"), public_url(reverse("wagtailadmin_account")))],
        is_to_staff=True,
    )


def _parts(person, choice: DigestChoice, day: dt.date, calendar: WorkingCalendar) -> Iterable[Part]:
    if person.has_perm(REVIEW):
        yield from _work(person, day, calendar)
    if choice.with_mentions:
        yield _mentions(person)
    if person.has_perm(REVIEW):
        yield _messages(person)
    yield from parts_for_administrators(person, day)


def _work(person, day: dt.date, calendar: WorkingCalendar) -> Iterable[Part]:
    """Late, soon due and the rest; what a colleague has in hand is the colleague's."""
    mine = Submission.objects.awaiting(person).filter(Q(assignee=None) | Q(assignee=person))
    mine = mine.select_related("company", "stage").defer("data", "company_data", "workspace").order_by("due_on", "pk")
    soon = calendar.add(day, SOON_DAYS)
    sets = (
        (_("Late: %d"), mine.filter(due_on__lt=day)),
        (_("Due within two working days: %d"), mine.filter(due_on__gte=day, due_on__lte=soon)),
        (_("Also waiting for you: %d"), mine.filter(Q(due_on__gt=soon) | Q(due_on=None))),
    )
    for heading, rows in sets:
        total = rows.count()
        lines = []
        for row in rows[:MOST] if total else ():
            label = due_label(row.due_on, day, calendar)
            words = f"{row.company}, {row.stage.title}" + (f" – {label.text}" if label else "")
            lines.append(Line(row.number, words, public_url(desk_url(row.pk, "periksa"))))
        yield Part(heading % total, lines, _more(total))


def _more(total: int) -> str:
    rest = total - MOST
    return ngettext("and %d more", "and %d more", rest) % rest if rest > 0 else ""


def _mentions(person) -> Part:
    """Who has named the person where; the words stay behind the sign-in."""
    rows = talk.mentions_of(person).filter(note__submission__in=visible_to(person).values("pk"))
    total = rows.count()
    lines = [
        Line(
            row.note.submission.number,
            _("%(name)s names you in a note") % {"name": name_of(row.note.author)},
            public_url(desk_url(row.note.submission_id, "catatan")),
        )
        for row in rows[:MOST]
    ]
    return Part(ngettext("%d note names you", "%d notes name you", total) % total, lines, _more(total))


def _messages(person) -> Part:
    rows = unread_threads(person)
    total = rows.count()
    lines = [
        Line(
            row.submission.number,
            ngettext("%(company)s: %(counter)d new message", "%(company)s: %(counter)d new messages", new)
            % {"company": row.submission.company, "counter": new},
            public_url(desk_url(row.pk, "pesan")),
        )
        for row in rows[:MOST]
        if (new := row.unread_by_office)
    ]
    heading = ngettext("Messages about %d application", "Messages about %d applications", total) % total
    return Part(heading, lines, _more(total))
