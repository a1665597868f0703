"""What a campaign brought about: how many of each group filed within 30, 60 and 90 days after it was sent."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ..compliance.standing import rate
from .models import Addressee, Campaign, Group

WINDOWS = (30, 60, 90)


@dataclass(frozen=True)
class Cell:
    """How many of a group filed within a window. `share` in percent, none where the group is empty."""

    group: Group
    days: int
    filed: int
    share: Decimal | None


@dataclass(frozen=True)
class Row:
    group: Group
    total: int
    cells: tuple[Cell, ...]


def end_of(campaign: Campaign, days: int) -> dt.datetime:
    """The moment after the last day of a window; the day on which the campaign was sent is day 0."""
    last = timezone.localdate(campaign.sent_at) + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time()))


def filed_within(campaign: Campaign, group: str, days: int) -> QuerySet[Addressee]:
    """The companies of a group that filed in time: the list behind each number."""
    rows = campaign.addressees.with_first_filing().filter(group=group)
    return rows.filter(first_filed_at__lt=end_of(campaign, days))


def effect_of(campaign: Campaign) -> list[Row]:
    """Every group that has a company in it, the ones written to first. One query."""
    within = {f"within_{days}": Count("pk", filter=Q(first_filed_at__lt=end_of(campaign, days))) for days in WINDOWS}
    rows = campaign.addressees.with_first_filing().order_by().values("group").annotate(total=Count("pk"), **within)
    found = {row["group"]: row for row in rows}
    return [
        Row(
            group,
            found[group]["total"],
            tuple(
                Cell(group, days, found[group][f"within_{days}"], rate(found[group][f"within_{days}"], row_total))
                for days in WINDOWS
            ),
        )
        for group in Group
        if group in found and (row_total := found[group]["total"])
    ]


def is_over(campaign: Campaign, days: int) -> bool:
    """Whether the window has passed; before that its figures can only grow."""
    return timezone.now() >= end_of(campaign, days)


def differences(rows: list[Row]) -> list[Decimal | None]:
    """Percentage points from those kept out at random to those written to, per window; none without such a group."""
    shares = {row.group: [cell.share for cell in row.cells] for row in rows}
    addressed, kept_out = shares.get(Group.ADDRESSED), shares.get(Group.HELD_BACK)
    if not addressed or not kept_out:
        return [None] * len(WINDOWS)
    return [a - b for a, b in zip(addressed, kept_out, strict=True)]
