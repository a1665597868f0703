"""Whom a campaign means, and that this is frozen when it is sent."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from psk_plugin.campaigns import verbs
from psk_plugin.campaigns.choosing import held_back_of, in_words, matching
from psk_plugin.campaigns.models import Addressee, Campaign, Group
from psk_plugin.companies.models import Company
from psk_plugin.records.models import NumberSeries
from psk_plugin.submissions.errors import Impossible, Stale

from .. import factories
from ..regulations.making import in_force
from . import making

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def town():
    """One company for each way to stand."""
    in_force(factories.CompanyFactory(name="PT Patuh"))
    in_force(factories.CompanyFactory(name="PT Segera"), last=40)
    in_force(factories.CompanyFactory(name="PT Habis", kecamatan="jatiasih"), first=-800, last=-10)
    factories.CompanyFactory(name="PT Belum")
    factories.CompanyFactory(name="PT Besar", male_permanent=600, kbli_code="47111", kecamatan="rawalumbu")
    factories.CompanyFactory(name="CV Kecil", male_permanent=3, female_permanent=0, male_contract=0, female_contract=0)
    factories.filed(company=factories.CompanyFactory(name="PT Proses"))


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, {"PT Patuh", "PT Segera", "PT Habis", "PT Belum", "PT Besar", "CV Kecil", "PT Proses"}),
        ({"standings": ["never"]}, {"PT Belum", "PT Besar"}),
        ({"standings": ["expired"]}, {"PT Habis"}),
        ({"standings": ["expiring"]}, {"PT Segera"}),
        ({"standings": ["in_process"]}, {"PT Proses"}),
        ({"standings": ["never", "expired"]}, {"PT Belum", "PT Besar", "PT Habis"}),
        ({"standings": ["free"]}, {"CV Kecil"}),
        ({"kecamatans": ["jatiasih", "rawalumbu"]}, {"PT Habis", "PT Besar"}),
        ({"sizes": ["0-9"]}, {"CV Kecil"}),
        ({"sizes": ["0-9", "500"]}, {"CV Kecil", "PT Besar"}),
        ({"standings": ["never"], "sizes": ["50-99"]}, {"PT Belum"}),
        ({"standings": ["never"], "kecamatans": ["jatiasih"]}, set()),
        (
            {"standings": ["tidak-ada"]},
            {"PT Patuh", "PT Segera", "PT Habis", "PT Belum", "PT Besar", "CV Kecil", "PT Proses"},
        ),
    ],
)
def test_the_filter(town, conditions, expected):
    assert {company.name for company in matching(making.campaign(conditions=conditions))} == expected


def test_the_sector(town):
    sector = Company.objects.get(name="PT Besar").sector
    assert [c.name for c in matching(making.campaign(conditions={"sectors": [sector]}))] == ["PT Besar"]


def test_the_standing_of_a_day_in_the_past(town):
    row = making.campaign(conditions={"standings": ["expired"]}, day=TODAY - dt.timedelta(days=11))
    assert not matching(row).exists()
    row.conditions = {"standings": ["expiring"]}
    assert [company.name for company in matching(row)] == ["PT Habis"]


def test_the_filter_in_words():
    words = dict(in_words(making.campaign(conditions={"standings": ["never"], "kecamatans": ["jatiasih"]})))
    assert words["Kecamatan"] == "Jatiasih"
    assert "hari" in " ".join(words.values())


def test_whoever_is_left_out_gets_no_letter_and_the_reason_is_kept():
    first, second = making.companies(2)
    row, user = making.campaign(), factories.staff("kasi")
    verbs.leave_out(row, second, user, "  Sedang pailit \n")
    making.send(row)
    left_out = Addressee.objects.get(company=second)
    assert (left_out.group, left_out.reason, left_out.number) == (Group.LEFT_OUT, "Sedang pailit", "")
    assert Addressee.objects.get(company=first).group == Group.ADDRESSED


def test_taken_in_again():
    (company,) = making.companies(1)
    row = making.campaign()
    verbs.leave_out(row, company, factories.staff("kasi"), "Salah")
    verbs.take_in(row, company)
    making.send(row)
    assert Addressee.objects.get().group == Group.ADDRESSED


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "a" * 251])
def test_leaving_out_wants_a_reason(reason):
    (company,) = making.companies(1)
    with pytest.raises(Impossible):
        verbs.leave_out(making.campaign(), company, factories.staff("kasi"), reason)


def test_what_was_sent_stays_whatever_happens_to_the_companies():
    company, other = making.companies(2)
    row = making.send(making.campaign())
    in_force(company)
    Company.objects.filter(pk=other.pk).update(name="PT Berganti Nama", address="Jl. Lain")
    making.companies(3)
    assert row.addressees.count() == 2
    kept = row.addressees.get(company=other)
    assert (kept.name, kept.address, kept.standing) == (other.name, other.address, "never")
    assert row.addressees.get(company=company).standing == "never"


def test_a_company_stands_in_a_campaign_once():
    (company,) = making.companies(1)
    row = making.send(making.campaign())
    with pytest.raises(IntegrityError), transaction.atomic():
        Addressee.objects.create(campaign=row, company=company, standing="never", name="x")


def test_a_sent_campaign_is_neither_changed_nor_sent_again_nor_deleted():
    making.companies(1)
    row, user = making.send(making.campaign()), factories.staff("kabid")
    (late,) = making.companies(1)
    for attempt in (
        lambda: verbs.leave_out(row, late, user, "x"),
        lambda: verbs.take_in(row, late),
        lambda: verbs.discard(row),
        lambda: verbs.save_draft(row),
        lambda: making.send(row),
    ):
        with pytest.raises(Impossible):
            attempt()
    assert row.addressees.count() == 1


def test_more_companies_than_shown_are_not_written_to():
    from psk_plugin.campaigns import sending

    making.companies(2)
    row = making.campaign()
    with pytest.raises(Stale):
        sending.send(row, factories.staff("kabid"), expected=1)
    assert Campaign.objects.get(pk=row.pk).is_draft
    assert not NumberSeries.objects.filter(code="letter").exists()


def test_nobody_to_write_to():
    with pytest.raises(Impossible):
        making.send(making.campaign(conditions={"kecamatans": ["jatiasih"]}))


@pytest.mark.parametrize(
    ("total", "percent", "kept_out"), [(10, 0, 0), (10, 50, 5), (10, 25, 2), (1, 50, 0), (3, 50, 2), (0, 50, 0)]
)
def test_how_many_are_kept_out(total, percent, kept_out):
    assert held_back_of(total, percent) == kept_out


def test_those_kept_out_at_random_are_stored_and_get_no_number():
    making.companies(10)
    row = making.send(making.campaign(held_back_percent=30))
    assert row.addressees.filter(group=Group.HELD_BACK, number="").count() == 3
    assert row.addressees.addressed().count() == 7


def test_chance_decides_who_is_kept_out():
    making.companies(12)
    drawn = set()
    for _again in range(6):
        row = making.send(making.campaign(held_back_percent=50))
        drawn.add(
            tuple(row.addressees.filter(group=Group.HELD_BACK).order_by("company").values_list("company", flat=True))
        )
    assert len(drawn) > 1


def test_more_than_half_cannot_be_kept_out():
    with pytest.raises(IntegrityError), transaction.atomic():
        making.campaign(held_back_percent=51)
