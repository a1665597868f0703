"""Making and posting the letters of a campaign: in short runs, each of which goes on where the last one stopped."""

import logging
import time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..background import task
from ..outreach.letter import Letter, Link, one_line
from ..outreach.models import Occasion
from ..outreach.outbox import in_our_language, post, recipients_of_company
from ..records import intake
from ..records.models import StoredFile
from .drawing import Press, merged
from .models import LEASE, Addressee, Campaign

logger = logging.getLogger(__name__)

#: Seconds after which a run makes way for other work of the worker; the next run is queued behind it.
RUN_SECONDS = 20


@task()
def make_letters(pk: int) -> None:
    """Go on with a campaign. Safe to run twice and side by side: whoever comes second finds it taken or done."""
    is_left = work_on(pk)
    # Where tasks run at once, inside a request, the rest is left to the button and the command for cron.
    if is_left and make_letters.get_backend().supports_defer:
        make_letters.enqueue(pk)


def work_on(pk: int, seconds: float = RUN_SECONDS) -> bool:
    """Make letters for so long. Whether some are left to make.

    The campaign is taken by one conditional update. Whoever dies leaves one that is free again after `LEASE`; should
    two be at it all the same, the lock on each letter's row and the key of its mail keep them from doing it twice.
    """
    now = timezone.now()
    if not Campaign.objects.waiting(now).filter(pk=pk).update(busy_until=now + LEASE):
        return False
    campaign = Campaign.objects.get(pk=pk)
    until = time.monotonic() + seconds
    try:
        press = Press(campaign.content)
        while row := campaign.addressees.pending().select_related("campaign", "company").first():
            if time.monotonic() > until:
                return True
            Campaign.objects.filter(pk=pk).update(busy_until=timezone.now() + LEASE)
            _make(press, row)
        _finish(campaign)
    finally:
        Campaign.objects.filter(pk=pk).update(busy_until=None)
    return False


def _make(press: Press, row: Addressee) -> None:
    """One letter: drawn and kept first, then entered and posted in one step."""
    try:
        data = press.draw(row)
        stored = intake.keep(data, intake.Looked(intake.PDF, None))
        enter(press, row, stored)
    except Exception as error:
        logger.exception("The letter of addressee %s could not be made", row.pk)
        Addressee.objects.filter(pk=row.pk, file__isnull=True).update(problem=type(error).__name__)


@transaction.atomic
def enter(press: Press, row: Addressee, stored: StoredFile) -> bool:
    """Write down the letter's file and its mails; `False` where another worker has."""
    locked = Addressee.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=row.pk)
    if locked.file_id is not None:
        return False
    locked.file, locked.drawn_at, locked.problem, locked.mails = stored, timezone.now(), "", 0
    if locked.campaign.sends_mail:
        recipients = recipients_of_company(locked.company, with_company=True)
        if recipients:
            post(
                mail_of(press, locked),
                Occasion.CAMPAIGN,
                recipients,
                key=f"campaign:{locked.campaign_id}:{locked.company_id}",
                about=locked.number,
                attachments=[(stored, file_name(locked))],
            )
        locked.mails = len(recipients)
    locked.save(update_fields=["file", "drawn_at", "problem", "mails"])
    return True


def mail_of(press: Press, row: Addressee) -> Letter:
    """The letter's words as a mail; the PDF goes with it."""
    subject, body = press.words(row)
    content = press.content
    with in_our_language():
        facts = [(_("Number of the letter"), row.number), (_("Company"), row.name)]
        if meeting := content["meeting"]:
            facts += [
                (_("Meeting"), meeting["acara"]),
                (_("Day and time"), meeting["waktu"]),
                (_("Place"), meeting["tempat"]),
            ]
        label = _("Register for the meeting") if meeting else _("Open the services")
        return Letter(
            subject=one_line(subject),
            happened=body,
            facts=facts,
            to_do=[_("The letter is attached as PDF.")],
            button=Link(label, content["link"]),
        )


def file_name(row: Addressee) -> str:
    """Name under which a letter is downloaded."""
    return intake.clean_name(f"Surat {row.number.replace('/', '-')} {row.name}.pdf")


def _finish(campaign: Campaign) -> None:
    """All letters are made: put them together for the printer, then say so. Left open while one could not be made."""
    rows = campaign.addressees.addressed()
    if rows.filter(file__isnull=True).exists():
        return
    in_order = StoredFile.objects.filter(pk__in=rows.values("file"))
    by_number = {stored.pk: stored for stored in in_order}
    all_files = [by_number[pk] for pk in rows.order_by("sequence").values_list("file_id", flat=True)]
    on_paper = [by_number[pk] for pk in rows.filter(mails=0).order_by("sequence").values_list("file_id", flat=True)]
    whole = merged(all_files)
    paper = whole if len(on_paper) == len(all_files) else merged(on_paper)
    Campaign.objects.filter(pk=campaign.pk, state=Campaign.State.SENDING).update(
        state=Campaign.State.SENT, done_at=timezone.now(), print_file=whole, paper_file=paper
    )


def go_on(campaign: Campaign) -> None:
    """Try again what could not be made, and go on with the rest."""
    campaign.addressees.addressed().filter(file__isnull=True).exclude(problem="").update(problem="")
    make_letters.enqueue(campaign.pk)


def catch_up() -> int:
    """Go on with campaigns that a worker left behind. Returns how many; for the command that runs every few minutes."""
    keys = list(Campaign.objects.waiting().exclude(pk__in=_stuck()).values_list("pk", flat=True))
    for pk in keys:
        make_letters.enqueue(pk)
    return len(keys)


def _stuck() -> QuerySet:
    """Campaigns whose letters are made but for some that cannot be: a person has to look."""
    rows = Addressee.objects.addressed().filter(file__isnull=True)
    pending = Addressee.objects.pending().order_by().values("campaign")
    return rows.exclude(problem="").exclude(campaign__in=pending).values("campaign")
