"""Each rule of early signs at the border of its threshold, switched on and off."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from psk_plugin.companies.models import Company
from psk_plugin.helpdesk.models import Ticket
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.services.models import Service
from psk_plugin.signs.finding import signs
from psk_plugin.signs.models import Sign, SignRule, rules
from psk_plugin.submissions.models import FINAL, Status, Submission
from psk_plugin.submissions.trail import Event

from .. import factories
from ..helpdesk import making as tickets
from ..regulations.making import in_force

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def rule(sign: Sign, **values) -> None:
    """All other rules off, this one with these numbers."""
    rules()
    SignRule.objects.exclude(code=sign).update(is_on=False)
    SignRule.objects.filter(code=sign).update(**values)


def reasons(company: Company, sign: Sign) -> list[str]:
    found = signs().get(company.pk)
    return [r.words for r in found.reasons if r.sign == sign] if found else []


def small(**values) -> Company:
    """A company that no rule about workers means."""
    base = {"male_permanent": 20, "female_permanent": 0, "male_contract": 0, "female_contract": 0}
    return factories.CompanyFactory(**base | values)


def application(company: Company, status: str, *, service=None, days_ago: int = 1) -> Submission:
    row = factories.draft(company, factories.member_of(company), complete=False)
    values = {"status": status, "number": f"UJI-{row.pk:05}", "filed_at": timezone.now() - dt.timedelta(days=days_ago)}
    if service:
        values["service"] = service
    if status == Status.IN_REVIEW:
        values["stage"] = row.service.stages.first()
    elif status in FINAL:
        values["closed_at"] = timezone.now() - dt.timedelta(days=days_ago)
    Submission.objects.filter(pk=row.pk).update(**values)
    return Submission.objects.get(pk=row.pk)


def returned(row: Submission, moment: dt.datetime) -> None:
    Event.objects.create(submission=row, action="return", at=moment)


@pytest.mark.parametrize(("days_past", "threshold", "is_sign"), [(1, 0, True), (30, 30, False), (31, 30, True)])
def test_a_pkb_past_its_end(days_past, threshold, is_sign):
    rule(Sign.TALKS, threshold=threshold)
    company = in_force(small(), kind="PKB", first=-700, last=-days_past).company
    assert bool(reasons(company, Sign.TALKS)) == is_sign


def test_a_pkb_on_its_last_day_is_no_sign():
    rule(Sign.TALKS, threshold=0)
    assert not reasons(in_force(small(), kind="PKB", first=-700, last=0).company, Sign.TALKS)


def test_a_pp_extended_for_talks_counts_and_a_plain_one_does_not():
    rule(Sign.TALKS, threshold=0)
    extended = in_force(small(), first=-400, last=-20, change="perpanjangan").company
    plain = in_force(small(), first=-400, last=-20).company
    assert "20 hari" in reasons(extended, Sign.TALKS)[0]
    assert not reasons(plain, Sign.TALKS)


def test_talks_that_led_to_an_application_are_no_sign():
    rule(Sign.TALKS, threshold=0)
    company = in_force(small(), kind="PKB", first=-700, last=-20).company
    service = Service.objects.create(code="pkb-uji", title="PKB", kind="PKB", filing_type="baru")
    row = application(company, Status.IN_REVIEW, service=service)
    assert not reasons(company, Sign.TALKS)
    Submission.objects.filter(pk=row.pk).update(status=Status.WITHDRAWN, closed_at=timezone.now())
    assert reasons(company, Sign.TALKS)


def test_what_holds_instead_is_no_sign():
    rule(Sign.TALKS, threshold=0)
    company = in_force(small(), first=-400, last=-20, change="perpanjangan").company
    in_force(company, kind="PKB", first=-19, last=600)
    assert not reasons(company, Sign.TALKS)


def test_a_revoked_pkb_is_no_talk():
    rule(Sign.TALKS, threshold=0)
    company = in_force(small(), kind="PKB", first=-700, last=-20).company
    CompanyRegulation.objects.filter(company=company).update(revoked_on=TODAY)
    assert not reasons(company, Sign.TALKS)


@pytest.mark.parametrize(("times", "is_sign"), [(2, False), (3, True), (4, True)])
def test_returns(times, is_sign):
    rule(Sign.RETURNS, threshold=3, months=12)
    company = small()
    rows = [application(company, Status.RETURNED) for _n in range(1)]
    for _n in range(times):
        returned(rows[0], timezone.now())
    found = reasons(company, Sign.RETURNS)
    assert bool(found) == is_sign
    if is_sign:
        assert f"{times} kali dalam 12 bulan" in found[0]


@pytest.mark.parametrize(("days_too_early", "is_sign"), [(0, True), (1, False)])
def test_returns_within_the_months(days_too_early, is_sign):
    rule(Sign.RETURNS, threshold=1, months=6)
    company = small()
    first = TODAY - relativedelta(months=6) - dt.timedelta(days=days_too_early)
    returned(application(company, Status.RETURNED), timezone.make_aware(dt.datetime.combine(first, dt.time(9))))
    assert bool(reasons(company, Sign.RETURNS)) == is_sign


@pytest.mark.parametrize(("count", "is_sign"), [(2, False), (3, True)])
def test_complaints(count, is_sign):
    rule(Sign.COMPLAINTS, threshold=3, months=6)
    company = small()
    for _n in range(count):
        tickets.ticket(company=company)
    tickets.ticket(kind="question", company=company)
    tickets.ticket()
    assert bool(reasons(company, Sign.COMPLAINTS)) == is_sign


def test_old_complaints_do_not_count():
    rule(Sign.COMPLAINTS, threshold=1, months=6)
    company = small()
    row = tickets.ticket(company=company)
    assert reasons(company, Sign.COMPLAINTS)
    Ticket.objects.filter(pk=row.pk).update(created_at=timezone.now() - relativedelta(months=6, days=1))
    assert not reasons(company, Sign.COMPLAINTS)


@pytest.mark.parametrize(("workers", "is_sign"), [(99, False), (100, True)])
def test_many_workers_and_nothing_filed(workers, is_sign):
    rule(Sign.UNFILED, threshold=100)
    company = small(male_permanent=workers)
    assert bool(reasons(company, Sign.UNFILED)) == is_sign
    if is_sign:
        application(company, Status.IN_REVIEW)
        assert not reasons(company, Sign.UNFILED)


@pytest.mark.parametrize(("days_past", "is_sign"), [(30, False), (31, True)])
@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.LAPSED, Status.REJECTED])
def test_ended_and_given_up(days_past, is_sign, status):
    rule(Sign.GAVE_UP, threshold=30)
    company = in_force(small(), first=-700, last=-days_past).company
    assert not reasons(company, Sign.GAVE_UP)
    row = application(company, status)
    found = reasons(company, Sign.GAVE_UP)
    assert bool(found) == is_sign
    if is_sign:
        assert row.number in found[0]
        application(company, Status.IN_REVIEW, days_ago=0)
        assert not reasons(company, Sign.GAVE_UP)


@pytest.mark.parametrize("sign", list(Sign))
def test_a_rule_that_is_off_finds_nothing(sign):
    big = small(male_permanent=500)
    in_force(small(), kind="PKB", first=-700, last=-20)
    given_up = in_force(small(), first=-700, last=-60).company
    row = application(given_up, Status.WITHDRAWN)
    for _n in range(3):
        returned(row, timezone.now())
        tickets.ticket(company=big)
    rules()
    assert sign.value in {code for found in signs().values() for code in found.codes}
    SignRule.objects.filter(code=sign).update(is_on=False)
    assert sign.value not in {code for found in signs().values() for code in found.codes}


def test_a_company_stands_once_with_all_its_reasons():
    company = small(male_permanent=500)
    for _n in range(3):
        tickets.ticket(company=company)
    assert signs()[company.pk].codes == {"unfiled", "complaints"}


def test_the_rules_are_made_once():
    first = [row.pk for row in rules()]
    assert [row.pk for row in rules()] == first
    assert SignRule.objects.count() == len(Sign)


def test_the_same_queries_for_any_number_of_companies(django_assert_max_num_queries, django_assert_num_queries):
    small(male_permanent=500)
    rules()
    with django_assert_max_num_queries(8) as counted:
        signs()
    for _n in range(5):
        in_force(small(male_permanent=300), kind="PKB", first=-700, last=-20)
        small(male_permanent=500)
    with django_assert_num_queries(len(counted)):
        signs()
