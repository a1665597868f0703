"""The effect of a campaign, against an independent recount company by company."""

import datetime as dt
import random

import pytest
from django.urls import reverse
from django.utils import timezone

from psk_plugin.campaigns import effect
from psk_plugin.campaigns.models import Campaign, Group
from psk_plugin.services.models import Service
from psk_plugin.submissions.models import Status, Submission

from .. import factories
from . import making

pytestmark = pytest.mark.django_db


def filed(company, moment: dt.datetime, *, status: str = Status.IN_REVIEW, service=None) -> Submission:
    """An application as it would stand after having been filed at a moment."""
    number = Submission.objects.count() + 1
    row = factories.draft(company, factories.member_of(company), complete=False)
    values = {"status": status, "number": f"UJI-{number:05}", "filed_at": moment}
    if service:
        values["service"] = service
    if status == Status.IN_REVIEW:
        values["stage"] = row.service.stages.first()
    Submission.objects.filter(pk=row.pk).update(**values)
    return row


def shifted(row: Campaign, days: int) -> Campaign:
    """As if it had been sent so many days earlier, in the morning."""
    Campaign.objects.filter(pk=row.pk).update(sent_at=day(row, -days, 9))
    return Campaign.objects.get(pk=row.pk)


def day(row: Campaign, days: int, hour: int = 12) -> dt.datetime:
    first = timezone.localdate(row.sent_at) + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(first, dt.time(hour)))


def recount(row: Campaign) -> dict[str, tuple[int, list[int]]]:
    """The same by going through every company and every application by hand."""
    found = {}
    for group in Group.values:
        members = [a for a in row.addressees.all() if a.group == group]
        if not members:
            continue
        counts = []
        for window in (30, 60, 90):
            count = 0
            for member in members:
                for application in Submission.objects.filter(company=member.company):
                    if application.status == Status.DRAFT or application.service.kind not in ("PP", "PKB"):
                        continue
                    passed = (timezone.localdate(application.filed_at) - timezone.localdate(row.sent_at)).days
                    if application.filed_at >= row.sent_at and passed <= window:
                        count += 1
                        break
            counts.append(count)
        found[group] = (len(members), counts)
    return found


def test_the_effect_equals_a_recount():
    dice = random.Random(7)
    companies = making.companies(24)
    row = shifted(making.send(making.campaign(held_back_percent=40)), 120)
    other = Service.objects.get_or_create(
        code="lain-uji", defaults={"title": "Lain", "kind": "OTHER", "filing_type": "baru"}
    )[0]
    for company in companies:
        if dice.random() < 0.7:
            moment = day(row, dice.choice([0, 5, 29, 30, 31, 60, 61, 90, 91, 110]))
            status = dice.choice([Status.IN_REVIEW, Status.ISSUED, Status.WITHDRAWN, Status.DRAFT])
            filed(company, moment, status=status, service=other if dice.random() < 0.15 else None)
    counted = {r.group.value: (r.total, [cell.filed for cell in r.cells]) for r in effect.effect_of(row)}
    assert counted == recount(row)
    for line in effect.effect_of(row):
        for cell in line.cells:
            assert effect.filed_within(row, cell.group, cell.days).count() == cell.filed
            assert (
                cell.share == round(100 * cell.filed / line.total, 1)
                or abs(float(cell.share) - 100 * cell.filed / line.total) <= 0.051
            )


@pytest.mark.parametrize(
    ("days", "counts"),
    [(0, [1, 1, 1]), (30, [1, 1, 1]), (31, [0, 1, 1]), (60, [0, 1, 1]), (90, [0, 0, 1]), (91, [0, 0, 0])],
)
def test_the_last_day_of_a_window_counts(days, counts):
    (company,) = making.companies(1)
    row = shifted(making.send(making.campaign()), 100)
    filed(company, day(row, days, 23))
    assert [cell.filed for cell in effect.effect_of(row)[0].cells] == counts


def test_what_was_filed_before_the_letter_does_not_count():
    (company,) = making.companies(1)
    row = shifted(making.send(making.campaign()), 100)
    filed(company, row.sent_at - dt.timedelta(minutes=1))
    assert effect.effect_of(row)[0].cells[2].filed == 0


def test_the_difference_is_in_points_and_says_nothing_without_a_group():
    companies = making.companies(4)
    row = shifted(making.send(making.campaign(held_back_percent=50)), 100)
    addressed = row.addressees.addressed().first().company
    filed(addressed, day(row, 3))
    assert [float(points) for points in effect.differences(effect.effect_of(row))] == [50, 50, 50]
    alone = shifted(making.send(making.campaign()), 100)
    assert effect.differences(effect.effect_of(alone)) == [None, None, None]
    assert len(companies) == 4


def test_the_page_says_honestly_that_nobody_was_kept_out(client):
    client.force_login(factories.staff("kadis"))
    making.companies(2)
    row = making.send(making.campaign())
    shown = client.get(reverse("psk_campaign", args=[row.pk])).content.decode()
    assert "Tidak ada kelompok pembanding" in shown
    assert "sampai hari ini" in shown


def test_the_list_behind_a_number(client):
    client.force_login(factories.staff("kadis"))
    first, second = making.companies(2)
    row = shifted(making.send(making.campaign()), 100)
    filed(first, day(row, 40))
    names = [
        client.get(reverse("psk_campaign_behind", args=[row.pk, "addressed", days])).content.decode().count(first.name)
        for days in effect.WINDOWS
    ]
    assert names == [0, 1, 1]
    for group, days in (("addressed", 31), ("x", 30)):
        assert client.get(reverse("psk_campaign_behind", args=[row.pk, group, days])).status_code == 404
    assert (
        second.name not in client.get(reverse("psk_campaign_behind", args=[row.pk, "addressed", 90])).content.decode()
    )
