"""Writing and reading messages. Neither changes the state of an application, its clocks or its revision."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.models import is_member
from ..records.models import StoredFile
from ..submissions.errors import Forbidden, Impossible, LifecycleError
from ..submissions.locking import locked as lock
from ..submissions.models import Event, InternalNote, Status, Submission
from .models import MAX_TEXT, Mention, Message, Reading, Thread
from .signals import message_written

#: Actions of the timeline.
BY_COMPANY, BY_OFFICE = "message_company", "message_office"
REVIEW = "psk_plugin.review_submission"
#: Messages of a company about one application within a day.
MOST_A_DAY = 30


def why_not_write(submission: Submission, user, *, by_company: bool) -> LifecycleError | None:
    """Why `user` cannot write now; `None` where nothing stands against it."""
    if submission.is_final:
        return Impossible(_("This application is closed. Its messages can be read, but not continued."))
    if submission.status == Status.DRAFT:
        return Impossible(_("Messages can be written once the application is filed."))
    if by_company:
        return None if is_member(user, submission.company_id) else Forbidden(_("You do not act for this company."))
    if not user.has_perm(REVIEW):
        return Forbidden(_("Your account may read applications, not examine them."))
    if is_member(user, submission.company_id):
        return Forbidden(_("You act for this company yourself; a colleague must write for the office."))
    return None


@transaction.atomic
def write(
    submission: Submission,
    user,
    text: str,
    *,
    by_company: bool,
    file: StoredFile | None = None,
    file_name: str = "",
    key: uuid.UUID | None = None,
) -> Message:
    """Write a message to the other side. The same `key` a second time gives the message that is there.

    `file`: judged and stored before (`records.intake`). Raises `Forbidden` or `Impossible`.
    """
    locked = lock(submission)
    if problem := why_not_write(locked, user, by_company=by_company):
        raise problem
    if key and (written := Message.objects.filter(key=key).first()):
        if (written.submission_id, written.author_id) != (locked.pk, user.pk):
            raise Impossible(_("The message was not sent. Please open the page again."))
        return written
    text = text.replace("\x00", "").strip()
    if not text:
        raise Impossible(_("Please write the message."))
    if len(text) > MAX_TEXT:
        raise Impossible(_("The message is too long: at most %d characters.") % MAX_TEXT)
    now = timezone.now()
    if by_company and _written_since(locked, now - dt.timedelta(days=1)) >= MOST_A_DAY:
        raise Impossible(_("Your company has written very many messages today. Please go on tomorrow, or telephone."))
    # The words stand in the conversation only: a timeline that is printed for the file tells that, not what.
    event = Event.objects.create(
        submission=locked,
        action=BY_COMPANY if by_company else BY_OFFICE,
        stage=locked.stage,
        stage_title=locked.stage.title if locked.stage else "",
        actor=user,
        is_by_company=by_company,
        details={"has_file": True} if file else {},
        at=now,
    )
    message = Message(
        submission=locked,
        event=event,
        author=user,
        is_by_company=by_company,
        text=text,
        file=file,
        file_name=file_name if file else "",
        key=key or uuid.uuid4(),
        at=now,
    )
    message.save()
    thread, _new = Thread.objects.get_or_create(submission=locked)
    thread.last_at, thread.is_unanswered = now, by_company
    # Whoever answers has read what stood there.
    thread.unread_by_office = thread.unread_by_office + 1 if by_company else 0
    thread.save()
    if by_company:
        read_by_company(locked, user, message.pk)
    message_written.send(sender=Message, message=message)
    return message


def _written_since(submission: Submission, moment: dt.datetime) -> int:
    return submission.messages.filter(is_by_company=True, at__gt=moment).count()


def read_by_company(submission: Submission, user, last: int) -> None:
    """The person has seen the conversation up to the message `last` (id); what came in meanwhile stays unread."""
    known = Reading.objects.filter(submission=submission, user=user)
    if known.filter(read_to__lt=last).update(read_to=last) or known.exists():
        return
    try:
        with transaction.atomic():
            Reading.objects.create(submission=submission, user=user, read_to=last)
    except IntegrityError:  # two windows at once
        known.filter(read_to__lt=last).update(read_to=last)


def read_by_office(submission: Submission, seen: int) -> None:
    """Somebody of the desk that has the application has opened the conversation with `seen` unread messages.

    Where another has come in meanwhile they stay unread together: nothing is lost, it is looked at once more.
    """
    Thread.objects.filter(submission=submission, unread_by_office__gt=0, unread_by_office__lte=seen).update(
        unread_by_office=0
    )


def unread_of(submissions: Iterable[Submission], user) -> Mapping[int, int]:
    """Messages of the office that a person of the company has not seen: application id -> number. One query."""
    read = Reading.objects.filter(submission=OuterRef("submission"), user=user).values("read_to")
    rows = (
        Message.objects.filter(submission__in=[row.pk for row in submissions], is_by_company=False)
        .annotate(read_to=Coalesce(Subquery(read), 0))
        .filter(pk__gt=F("read_to"))
        .order_by()
        .values("submission")
        .annotate(total=Count("pk"))
    )
    return {row["submission"]: row["total"] for row in rows}


def unread_for_desks(groups: QuerySet) -> QuerySet[Thread]:
    """Conversations with unread messages of companies at the desks of `groups`, oldest first."""
    return (
        Thread.objects.filter(unread_by_office__gt=0, submission__stage__groups__in=groups)
        .filter(~Q(submission__status=Status.DRAFT))
        .order_by("last_at", "pk")
        .distinct()
    )


def mentions_of(user) -> QuerySet[Mention]:
    """Notes that name the person and were not read yet, oldest first."""
    unread = Mention.objects.filter(person=user, read_at__isnull=True)
    return unread.select_related("note__author", "note__submission__company").order_by("pk")


def read_mentions(notes: Iterable[InternalNote], user) -> int:
    """The person has these notes before the eyes. Returns how many mentions that settles."""
    unread = Mention.objects.filter(person=user, read_at__isnull=True, note__in=[note.pk for note in notes])
    return unread.update(read_at=timezone.now())
