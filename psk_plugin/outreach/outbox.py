"""The outbox: who gets a letter, written once, and sent so that a process that dies loses or doubles nothing."""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone, translation

from ..background import after_commit
from ..companies.models import Company, Membership
from ..pdf import PdfError
from ..records import intake
from ..records.models import StoredFile
from ..submissions import notice_paper, union
from ..submissions.models import Event, Submission
from ..submissions.union_models import UnionConfirmation
from .letter import SECRET_MARK, Letter, one_line
from .models import LEASE, MAX_ATTEMPTS, Mail, MailAttachment, Occasion

logger = logging.getLogger(__name__)

#: Minutes until the next attempt, by attempts made; the last one holds for all that follow.
BACKOFF_MINUTES = (2, 5, 15, 60, 180, 360)


def recipients_of(submission: Submission, *, with_company: bool) -> dict[str, int | None]:
    """Addresses that get a letter about an application; see `recipients_of_company`."""
    return recipients_of_company(submission.company, with_company=with_company)


def recipients_of_company(company: Company, *, with_company: bool) -> dict[str, int | None]:
    """Addresses that get a letter -> the person's id; `None` for the company's own address.

    Every active person of the company, each address once whatever its spelling in capitals.
    """
    people = (
        Membership.objects.filter(company=company, state=Membership.State.ACTIVE)
        .filter(user__is_active=True)
        .exclude(user__email="")
        .order_by("pk")
        .values_list("user__email", "user_id")
    )
    found: dict[str, tuple[str, int | None]] = {}
    for address, user_id in people:
        found.setdefault(address.strip().casefold(), (address.strip(), user_id))
    if with_company and company.email:
        address = company.email.strip()
        found.setdefault(address.casefold(), (address, None))
    return dict(found.values())


#: What the office has decided goes to the company's own address as well: people change, and it binds the company.
DECISIONS = (Occasion.RETURNED, Occasion.REJECTED, Occasion.LAPSED, Occasion.ISSUED)


def addressees(submission: Submission, occasion: Occasion) -> dict[str, int | None]:
    """Who of the company gets the letters of an occasion: address -> the person's id, as `recipients_of`."""
    return recipients_of(submission, with_company=occasion in DECISIONS)


def write(letter: Letter, occasion: Occasion, submission: Submission, event: Event) -> None:
    """One row per recipient in the present transaction; sending follows its commit.

    Written twice for the same event, the second time changes nothing. The letter must have been composed under
    `in_our_language`.
    """
    with in_our_language():
        text, html = letter.text(), letter.html()
    rows = [
        Mail(
            submission=submission,
            event=event,
            code=occasion,
            recipient=address,
            user_id=user_id,
            subject=one_line(letter.subject),
            text=text,
            html=html,
        )
        for address, user_id in addressees(submission, occasion).items()
    ]
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    waiting = Mail.objects.filter(event=event, code=occasion, state=Mail.State.QUEUED, attempts=0)
    send_after_commit(waiting.values_list("pk", flat=True))


def post(
    letter: Letter,
    occasion: Occasion,
    recipients: Mapping[str, int | None],
    *,
    key: str,
    about: str = "",
    attachments: Sequence[tuple[StoredFile, str]] = (),
) -> int:
    """A letter that no event of an application stands behind: one row per recipient in the present transaction.

    `recipients`: address -> the person's id, or `None`. `key` names what it is written for, for example
    "meeting:7:reminder": the same key and address a second time change nothing. `attachments`: stored files with the
    names they go out under. Returns how many rows are new. The letter must have been composed under
    `in_our_language`.
    """
    with in_our_language():
        text, html = letter.text(), letter.html()
    written = set(Mail.objects.filter(key=key, recipient__in=recipients).values_list("recipient", flat=True))
    rows = [
        Mail(
            key=key,
            about=one_line(about, 120),
            code=occasion,
            recipient=address,
            user_id=user_id,
            subject=one_line(letter.subject),
            text=text,
            html=html,
        )
        for address, user_id in recipients.items()
        if address not in written
    ]
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    # Read again: where somebody else wrote the same row first, ours does not exist.
    fresh = list(
        Mail.objects.filter(key=key, recipient__in=[row.recipient for row in rows])
        .filter(state=Mail.State.QUEUED, attempts=0, attachments__isnull=True)
        .values_list("pk", flat=True)
    )
    MailAttachment.objects.bulk_create(
        MailAttachment(mail_id=pk, file=stored, name=name) for pk in fresh for stored, name in attachments
    )
    send_after_commit(fresh)
    return len(fresh)


def send_after_commit(keys: Iterable[int]) -> None:
    from .tasks import send_mail_row

    for pk in keys:
        after_commit(send_mail_row, pk)


def in_our_language():
    """The office writes Indonesian, whatever language the reviewer's screen has."""
    return translation.override(settings.LANGUAGE_CODE)


def deliver(pk: int) -> str | None:
    """Send one mail if it is due and nobody else is at it. Returns its new state, `None` where there was nothing to do.

    The mail is taken by one conditional update, not by a lock held while a mail server thinks: on SQLite such a lock
    would stop the whole office. Whoever dies in between leaves a mail that is due again after `LEASE`.
    """
    now = timezone.now()
    taken = Mail.objects.due(now).filter(pk=pk)
    if not taken.update(state=Mail.State.QUEUED, not_before=now + LEASE, attempts=F("attempts") + 1):
        return None
    mail = Mail.objects.get(pk=pk)
    mail.state, mail.failure = _send(mail)
    if mail.state == Mail.State.SENT:
        mail.sent_at = timezone.now()
    elif mail.state == Mail.State.FAILED:
        wait = BACKOFF_MINUTES[min(mail.attempts, len(BACKOFF_MINUTES)) - 1]
        mail.not_before = timezone.now() + dt.timedelta(minutes=wait)
    mail.save(update_fields=["state", "failure", "sent_at", "not_before"])
    # The address stays out of the log: the row has it.
    level = logging.INFO if mail.state == Mail.State.SENT else logging.WARNING
    logger.log(level, "Mail %s: %s %s", mail.pk, mail.state, mail.failure)
    return mail.state


def _union_secret(mail: Mail) -> str:
    pk = mail.key.rpartition(":")[2]
    confirmation = UnionConfirmation.objects.filter(pk=pk).first() if pk.isdigit() else None
    return union.token_of(confirmation) if confirmation else ""


#: Occasion -> the secret of the link in its mails, empty where it is gone. Upper rooms add theirs.
SECRETS: dict[str, Callable[[Mail], str]] = {Occasion.UNION_ASKED: _union_secret}


def with_secret(mail: Mail) -> tuple[str, str]:
    """Text and HTML as they go out. The secret of a link is put in only now: whoever reads the row cannot open it."""
    find = SECRETS.get(mail.code)
    secret = find(mail) if find else ""
    return tuple(body.replace(SECRET_MARK, secret or SECRET_MARK) for body in (mail.text, mail.html))


def _paper_of_notice(mail: Mail) -> tuple[StoredFile, str] | None:
    notice = mail.submission.notices.filter(sequence=mail.event.details.get("notice")).first()
    stored = notice_paper.ready(notice.pk) if notice else None
    return (stored, notice_paper.file_name(notice)) if stored else None


#: Occasion -> the paper that goes out with its mails, made by then at the latest.
PAPERS: dict[str, Callable[[Mail], tuple[StoredFile, str] | None]] = {Occasion.RETURNED: _paper_of_notice}


def _add_paper(mail: Mail) -> None:
    """Put the paper of the mail's occasion beside it, once. The letter says all by itself: a paper that cannot be drawn
    does not hold it up. Raises `OSError` where the storage fails, as for every other file.
    """
    find = PAPERS.get(mail.code)
    if find is None or mail.attachments.exists():
        return
    try:
        paper = find(mail)
    except PdfError:
        logger.exception("The paper of mail %s could not be made; it goes without", mail.pk)
        return
    if paper:
        MailAttachment.objects.create(mail=mail, file=paper[0], name=paper[1])


def _send(mail: Mail) -> tuple[str, str]:
    """What became of one attempt: state and, where it failed, why, without the address in it."""
    text, html = with_secret(mail)
    message = EmailMultiAlternatives(mail.subject, text, settings.DEFAULT_FROM_EMAIL, [mail.recipient])
    message.attach_alternative(html, "text/html")
    # Answers by machines would fill the office's mailbox.
    message.extra_headers = {"Auto-Submitted": "auto-generated"}
    try:
        _add_paper(mail)
        for row in mail.attachments.select_related("file"):
            with intake.storage().open(row.file.path, "rb") as handle:
                message.attach(row.name, handle.read(), row.file.content_type)
        sent = message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _text in refused.recipients.values()]
        permanent = bool(codes) and all(code >= 500 for code in codes)
        state = Mail.State.REFUSED if permanent else Mail.State.FAILED
        return state, f"SMTP {', '.join(map(str, codes))}"
    except smtplib.SMTPResponseException as error:
        return Mail.State.FAILED, f"SMTP {error.smtp_code}"
    except (smtplib.SMTPException, OSError) as error:
        return Mail.State.FAILED, type(error).__name__
    except ValueError as error:  # an address no mail server could take
        return Mail.State.REFUSED, type(error).__name__
    return (Mail.State.SENT, "") if sent else (Mail.State.FAILED, "0")


def send_again(mail: Mail) -> bool:
    """Send by hand whatever became of it before; `False` while a sending is under way."""
    if mail.is_in_flight:
        return False
    Mail.objects.filter(pk=mail.pk).update(
        state=Mail.State.QUEUED, not_before=timezone.now(), attempts=0, failure="", sent_at=None
    )
    send_after_commit([mail.pk])
    return True


def catch_up(limit: int = 500) -> dict[str, int]:
    """Send what waits and what failed long enough ago, oldest first. Returns how many ended in each state."""
    outcome: dict[str, int] = {}
    for pk in list(Mail.objects.due().order_by("created_at", "pk").values_list("pk", flat=True)[:limit]):
        if state := deliver(pk):
            outcome[state] = outcome.get(state, 0) + 1
    return outcome


def given_up() -> int:
    """Mails that failed too often and wait for somebody to look."""
    return Mail.objects.filter(state=Mail.State.FAILED, attempts__gte=MAX_ATTEMPTS).count()
