"""Sending a campaign: one transaction freezes its companies, words and numbers; making the letters comes after it."""

import random
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..background import after_commit
from ..companies.choices import Kecamatan
from ..companies.models import Company
from ..numbers import outline, render
from ..office import letterhead
from ..office.models import OfficeSettings
from ..outreach.outbox import in_our_language
from ..records.series import next_block
from ..submissions.errors import Impossible, Stale
from .choosing import held_back_of, matching
from .models import Addressee, Campaign, Exclusion, Group
from .wording import link_of, meeting_facts

#: Of the office's letters, whoever writes them.
SERIES = "letter"
#: Unguessable, so that nobody can say who will be kept out.
_dice = random.SystemRandom()


def lock(campaign: Campaign) -> Campaign:
    """The campaign's row, locked until the transaction ends."""
    return Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)


def lock_draft(campaign: Campaign) -> Campaign:
    """As `lock`. Raises `Impossible` once the campaign has been sent."""
    locked = lock(campaign)
    if not locked.is_draft:
        raise Impossible(_("This campaign has been sent and can no longer be changed."))
    return locked


@transaction.atomic
def send(campaign: Campaign, user: Any, *, expected: int, dice: random.Random = _dice) -> Campaign:
    """Freeze the set of companies, give every letter its number, and have the letters made after the commit.

    `expected`: how many companies the person was shown. `dice` draws who is kept out. Raises `Impossible` where it has
    been sent already or nobody is left to write to, `Stale` where the number is another by now.
    """
    locked = lock_draft(campaign)
    found = list(matching(locked).filter(is_left_out=False))
    if not found:
        raise Impossible(_("The filter finds no company. Please change it before sending."))
    if len(found) != expected:
        raise Stale(
            _("The filter now finds %(now)d companies, not %(then)d. Please look again before sending.")
            % {"now": len(found), "then": expected}
        )
    locked.sent_at, locked.sent_by, locked.state = timezone.now(), user, Campaign.State.SENDING
    with in_our_language():
        locked.content = frozen(locked)
    kept_out = {company.pk for company in dice.sample(found, held_back_of(len(found), locked.held_back_percent))}
    rows = _numbered([_row(locked, company) for company in found if company.pk not in kept_out])
    rows += [_row(locked, company, Group.HELD_BACK) for company in found if company.pk in kept_out]
    reasons = dict(Exclusion.objects.filter(campaign=locked).values_list("company_id", "reason"))
    for company in matching(locked).filter(is_left_out=True):
        rows.append(_row(locked, company, Group.LEFT_OUT, reasons[company.pk]))
    Addressee.objects.bulk_create(rows, batch_size=500)
    locked._change_reason = "Dikirim"
    locked.save()
    from .tasks import make_letters

    after_commit(make_letters, locked.pk)
    return locked


def frozen(campaign: Campaign) -> dict[str, Any]:
    """Everything the letters show besides the company, as plain data. Call it under `in_our_language`."""
    office = OfficeSettings.load()
    return {
        "letterhead": letterhead.frozen(office),
        "place": office.place,
        "date": date_format(timezone.localdate(campaign.sent_at or timezone.now()), "j F Y"),
        "signer": {name: getattr(office, f"signer_{name}") for name in ("title", "name", "rank", "nip")},
        "subject": campaign.subject,
        "text": campaign.text,
        "link": link_of(campaign.meeting),
        "meeting": meeting_facts(campaign.meeting),
    }


def number_outline() -> str:
    """How the numbers will look, with an ellipsis where the running number will stand."""
    office, today = OfficeSettings.load(), timezone.localdate()
    return outline(office.letter_pattern, year=today.year, month=today.month, code=office.classification_code)


def as_addressee(campaign: Campaign, company: Company) -> Addressee:
    """A company of the filter as it would be written to today; never saved."""
    row = _row(campaign, company)
    row.number = number_outline()
    return row


def _row(campaign: Campaign, company: Company, group: Group = Group.ADDRESSED, reason: str = "") -> Addressee:
    return Addressee(
        campaign=campaign,
        company=company,
        group=group,
        reason=reason,
        standing=company.standing,
        ended_on=company.ended_on,
        headcount=company.headcount or 0,
        name=company.name,
        address=company.address or "",
        kelurahan=company.kelurahan or "",
        kecamatan=Kecamatan(company.kecamatan).label if company.kecamatan in Kecamatan.values else "",
        postcode=company.postcode or "",
    )


def _numbered(rows: list[Addressee]) -> list[Addressee]:
    """Consecutive numbers of the office's letters, in the order of the rows."""
    office, today = OfficeSettings.load(), timezone.localdate()
    first = next_block(SERIES, today.year, len(rows))
    for sequence, row in enumerate(rows, first):
        row.sequence = sequence
        row.number = render(
            office.letter_pattern,
            sequence=sequence,
            year=today.year,
            month=today.month,
            code=office.classification_code,
        )
    return rows
