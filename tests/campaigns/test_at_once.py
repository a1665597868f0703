"""Two at the same moment, on real connections: numbers without gaps, a campaign sent once, a letter made once."""

import pytest

from psk_plugin.campaigns import sending, tasks
from psk_plugin.campaigns.models import Addressee, Campaign
from psk_plugin.outreach.models import Mail

from .. import factories
from ..companies.test_at_once import at_once
from . import making

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_campaigns_sent_at_once_share_no_number_and_leave_none_out():
    making.companies(5)
    user = factories.staff("kabid")
    rows = [making.campaign(sends_mail=False) for _n in range(2)]
    outcomes = at_once(*(lambda r=r: sending.send(r, user, expected=5) for r in rows))
    assert all(isinstance(outcome, Campaign) for outcome in outcomes)
    numbers = sorted(Addressee.objects.values_list("sequence", flat=True))
    assert numbers == list(range(1, 11))


def test_one_campaign_sent_by_two_is_sent_once():
    making.companies(2)
    row, user = making.campaign(), factories.staff("kabid")
    outcomes = at_once(*(lambda: sending.send(row, user, expected=2) for _n in range(2)))
    assert sum(isinstance(outcome, Campaign) for outcome in outcomes) == 1
    assert row.addressees.count() == 2


def test_two_workers_send_each_mail_once():
    making.companies(3)
    row = making.campaign()
    sending.send(row, factories.staff("kabid"), expected=3)
    Mail.objects.all().delete()
    row.addressees.update(file=None, mails=None)
    Campaign.objects.filter(pk=row.pk).update(state=Campaign.State.SENDING, busy_until=None)
    at_once(*(lambda: tasks.work_on(row.pk) for _n in range(2)))
    assert row.addressees.filter(file__isnull=False).count() == 3
    assert Mail.objects.filter(code="campaign").count() == 3
