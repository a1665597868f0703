"""A merging that is refused changes nothing; of two people who press at once one merges, and nobody waits for ever."""

import pytest
from django.utils import timezone

from psk_plugin.companies.merge_models import CompanyMerge
from psk_plugin.companies.models import Company
from psk_plugin.companies.people import Refused
from psk_plugin.companies.profile import latest_version
from psk_plugin.decrees.models import Decree
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.submissions.lifecycle import perform
from tests import factories

from .test_at_once import at_once
from .test_merging import choices, merge, pair

TODAY = timezone.localdate()
db = pytest.mark.django_db


@db
@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "  "},
        {"reason": "x" * 501},
        {"choices": {"name": "kept"}},
        {"choices": choices(name="keduanya")},
        {"seen": (0, 0)},
    ],
)
def test_without_reason_choices_or_the_newest_profiles_nothing_happens(wrong):
    kept, gone = pair()
    with pytest.raises(Refused):
        merge(kept, gone, **wrong)
    assert Company.objects.count() == 2
    assert not CompanyMerge.objects.exists()


@db
def test_a_company_is_not_merged_with_itself():
    kept, _gone = pair()
    with pytest.raises(Refused):
        merge(kept, kept)


@db
def test_people_in_both_need_a_confirmation():
    kept, gone = pair()
    factories.member_of(kept), factories.member_of(gone)
    with pytest.raises(Refused):
        merge(kept, gone)
    merge(kept, gone, people_confirmed=True)
    assert kept.memberships.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["the same", "crosswise"])
def test_two_who_merge_at_once_merge_once(way):
    kept, gone = pair()
    one, other = factories.staff("kabid"), factories.staff("kabid")
    seen = latest_version(kept.pk), latest_version(gone.pk)
    second = (kept, gone, seen) if way == "the same" else (gone, kept, seen[::-1])
    outcomes = at_once(
        lambda: merge(kept, gone, one, seen=seen), lambda: merge(second[0], second[1], other, seen=second[2])
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CompanyMerge", "Refused"]
    assert Company.objects.count() == 1


@db
@pytest.mark.django_db(transaction=True)
def test_a_decree_signed_while_its_company_is_merged_belongs_to_the_one_that_stays():
    kept, gone = pair()
    office, by = factories.Office(), factories.staff("kabid")
    submission = factories.filed(office, steps=5, company=gone)
    kadis, seen = office.kadis, (latest_version(kept.pk), latest_version(gone.pk))
    outcomes = at_once(
        lambda: perform(submission, "sign", kadis),
        lambda: merge(kept, gone, by, seen=seen, people_confirmed=True),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CompanyMerge", "Submission"]
    assert Decree.objects.get().company_id == CompanyRegulation.objects.get().company_id == kept.pk
