"""One row per company and kind; every decree a version; what holds follows from dates."""

import datetime as dt

import pytest
from django.utils import timezone

from psk_plugin.decrees.issuing import revoke
from psk_plugin.decrees.models import Decree
from psk_plugin.regulations.models import CompanyRegulation, RegulationState
from psk_plugin.regulations.versions import compare, versions_of

from .. import factories
from ..decrees import making as decrees
from .making import in_force

pytestmark = pytest.mark.django_db


def _day(offset: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=offset)


def test_a_second_decree_is_a_second_version_of_the_same_row(office):
    company = factories.CompanyFactory()
    first = in_force(company, number="SK/1", last=100, user=office.kadis, reason="Disahkan pertama")
    second = in_force(company, number="SK/2", first=101, last=800, reason="Disahkan kedua")
    assert first.pk == second.pk and CompanyRegulation.objects.count() == 1
    assert (second.version, second.decree_number) == (2, "SK/2")
    versions = versions_of(second)
    assert [(v.number, v.decree_number, v.reason, v.is_current) for v in versions] == [
        (2, "SK/2", "Disahkan kedua", True),
        (1, "SK/1", "Disahkan pertama", False),
    ]
    assert versions[1].made_by == office.kadis


def test_pp_and_pkb_of_one_company_stand_side_by_side():
    company = factories.CompanyFactory()
    in_force(company)
    in_force(company, kind="PKB")
    assert CompanyRegulation.objects.filter(company=company).count() == 2


STATES = [
    (1, 700, RegulationState.UPCOMING),
    (0, 700, RegulationState.IN_FORCE),
    (-10, 91, RegulationState.IN_FORCE),
    (-10, 90, RegulationState.EXPIRING),
    (-10, 0, RegulationState.EXPIRING),
    (-10, -1, RegulationState.EXPIRED),
]


@pytest.mark.parametrize(("first", "last", "state"), STATES)
def test_the_state_is_the_same_computed_in_python_and_in_the_database(first, last, state):
    regulation = in_force(first=first, last=last)
    assert regulation.state == state
    assert [s for s in RegulationState if CompanyRegulation.objects.in_state(s).exists()] == [state]


def test_a_renewal_decreed_in_time_leaves_no_gap():
    company = factories.CompanyFactory()
    in_force(company, first=-600, last=30)
    renewed = in_force(company, first=31, last=760)
    for offset, state in [
        (0, RegulationState.IN_FORCE),
        (30, RegulationState.IN_FORCE),
        (31, RegulationState.IN_FORCE),
        (700, RegulationState.EXPIRING),
        (761, RegulationState.EXPIRED),
    ]:
        assert renewed.state_on(_day(offset)) == state
        assert CompanyRegulation.objects.in_state(state, _day(offset)).get() == renewed
    assert versions_of(renewed, _day(0))[1].state == "expiring"
    assert versions_of(renewed, _day(31))[1].state == "replaced"


def test_between_two_versions_with_a_gap_nothing_is_in_force():
    company = factories.CompanyFactory()
    in_force(company, first=-600, last=10)
    renewed = in_force(company, first=20, last=700)
    assert renewed.state_on(_day(10)) == RegulationState.IN_FORCE
    assert renewed.state_on(_day(11)) == RegulationState.UPCOMING
    assert CompanyRegulation.objects.in_state(RegulationState.UPCOMING, _day(11)).exists()


def test_a_new_decree_after_an_ended_or_revoked_one_does_not_revive_it():
    ended = factories.CompanyFactory()
    in_force(ended, first=-700, last=-1)
    assert in_force(ended, first=5).state == RegulationState.UPCOMING
    revoked = factories.CompanyFactory()
    regulation = in_force(revoked)
    CompanyRegulation.objects.filter(pk=regulation.pk).update(revoked_on=_day(0))
    again = in_force(revoked, first=5)
    assert again.state == RegulationState.UPCOMING and again.revoked_on is None


def _two_decrees(office, first_dates, second_dates):
    company = factories.CompanyFactory()
    user = factories.member_of(company)
    older = decrees.issued(office, company=company, user=user)
    older = decrees.with_dates(older, *first_dates)
    CompanyRegulation.objects.filter(company=company).update(valid_from=older.valid_from, valid_until=older.valid_until)
    regulation = CompanyRegulation.objects.get(company=company)
    regulation.history.update(valid_from=older.valid_from, valid_until=older.valid_until)
    newer = decrees.issued(office, company=company, user=user)
    newer = decrees.with_dates(newer, *second_dates)
    regulation = CompanyRegulation.objects.get(company=company)
    CompanyRegulation.objects.filter(company=company).update(valid_from=newer.valid_from, valid_until=newer.valid_until)
    regulation.history.filter(version=2).update(valid_from=newer.valid_from, valid_until=newer.valid_until)
    return older, newer


def test_revoking_a_renewal_before_it_begins_brings_the_earlier_version_back(office):
    older, newer = _two_decrees(office, (-100, 30), (31, 700))
    revoke(newer, office.kadis, "Salah ketik.")
    regulation = CompanyRegulation.objects.get(company=older.company)
    assert regulation.decree == older and regulation.state == RegulationState.EXPIRING
    assert (regulation.version, regulation.revoked_on) == (3, None)
    assert "Salah ketik." in regulation.history.first().history_change_reason
    assert Decree.objects.get(pk=older.pk).state == "expiring"
    assert [v.state for v in versions_of(regulation)][:2] == ["expiring", "revoked"]


def test_revoking_the_decree_in_force_revokes_the_regulation(office):
    older, newer = _two_decrees(office, (-100, 30), (-5, 700))
    revoke(newer, office.kadis, "Data palsu.")
    regulation = CompanyRegulation.objects.get(company=older.company)
    assert regulation.state == RegulationState.REVOKED
    assert Decree.objects.get(pk=older.pk).state == "replaced"


def test_revoking_a_replaced_decree_leaves_the_newer_one_alone(office):
    older, newer = _two_decrees(office, (-100, 30), (-5, 700))
    revoke(older, office.kadis, "Terlambat diketahui.")
    regulation = CompanyRegulation.objects.get(company=older.company)
    assert regulation.decree == newer and regulation.state == RegulationState.IN_FORCE


def test_revoking_what_still_holds_before_the_renewal_begins_opens_a_gap(office):
    older, _newer = _two_decrees(office, (-100, 30), (31, 700))
    assert CompanyRegulation.objects.get(company=older.company).state == RegulationState.IN_FORCE
    revoke(older, office.kadis, "Data palsu.")
    assert CompanyRegulation.objects.get(company=older.company).state == RegulationState.UPCOMING


def test_comparing_names_what_changed_in_words():
    company = factories.CompanyFactory()
    in_force(company, number="SK/1", title="Lama", last=100)
    regulation = in_force(company, number="SK/2", title="Baru", first=101)
    after, before = versions_of(regulation)
    changes = {
        str(change.label): (change.before, change.after) for change in compare(before, after) if change.is_changed
    }
    assert ("Lama", "Baru") in changes.values() and ("SK/1", "SK/2") in changes.values()
    assert all(isinstance(value, str) for pair in changes.values() for value in pair)
    assert not [change for change in compare(after, after) if change.is_changed]
