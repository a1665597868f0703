"""A company hears in time that its regulation ends: once, the right step, and not where it is of no use."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from psk_plugin.calendar import office_calendar
from psk_plugin.outreach.models import Mail
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.reminders import verbs
from psk_plugin.reminders.models import RenewalReminder, Step
from psk_plugin.submissions.errors import Impossible

from .. import factories
from ..regulations.making import in_force

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
S = RenewalReminder.State


def mails() -> int:
    return Mail.objects.filter(code="renewal_reminder").count()


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def test_the_steps_of_a_pp_and_of_a_pkb():
    pp, pkb = in_force(last=300), in_force(last=300, kind="PKB")
    days = verbs.due_days(pp, office_calendar())
    assert days[Step.DAYS_90] == day(210)
    last_day = days[Step.LAST_DAY]
    # From the last day for filing to the day before the end, whatever day of the week that end is.
    one = dt.timedelta(days=1)
    assert office_calendar().count(last_day - one, pp.valid_until - one) == 30
    assert Step.LAST_DAY not in verbs.due_days(pkb, office_calendar())


def test_it_stands_in_the_list_a_week_before_it_goes_out():
    in_force(last=90 + verbs.AHEAD + 1)
    assert verbs.plan() == 0
    assert verbs.plan(day(1)) == 1
    row = RenewalReminder.objects.get()
    assert (row.step, row.due_on, row.state) == ("90", day(8), S.PLANNED)
    assert verbs.send_due(day(1)) == 0
    assert mails() == 0


def test_each_step_is_mailed_once_however_often_the_run_is_done():
    regulation = in_force(last=90, kind="PKB")
    for passed in range(91):
        for _twice in range(2):
            verbs.plan(day(passed))
            verbs.send_due(day(passed))
    assert list(RenewalReminder.objects.values_list("step", "state")) == [
        ("90", S.SENT),
        ("60", S.SENT),
        ("45", S.SENT),
    ]
    assert Mail.objects.filter(about=regulation.company.name).count() == 3


def test_after_missed_runs_only_the_latest_goes_out():
    in_force(last=50)
    verbs.plan()
    assert verbs.send_due() == 1
    assert mails() == 1
    states = dict(RenewalReminder.objects.filter(due_on__lte=TODAY).values_list("step", "state"))
    assert states["90"] == S.PASSED
    assert states["60"] == S.SENT


def test_people_and_the_company_are_written_to_each_once():
    regulation = in_force(last=40)
    factories.member_of(regulation.company)
    factories.member_of(regulation.company)
    verbs.plan()
    verbs.send_due()
    assert mails() == 3
    assert RenewalReminder.objects.get(state=S.SENT).recipients == 3


def test_the_link_opens_the_renewal_of_this_regulation():
    regulation = in_force(last=40)
    verbs.plan()
    verbs.send_due()
    mail = Mail.objects.get(code="renewal_reminder")
    assert reverse("psk:regulation_next", args=[regulation.pk]) in mail.text
    assert "Pasal 13" in mail.text


@pytest.mark.parametrize(("late", "words"), [(0, "Hari ini adalah hari terakhir"), (3, "seharusnya diajukan")])
def test_the_letter_says_what_is_true_on_the_day_it_goes_out(late, words):
    regulation = in_force(last=300)
    last_day = verbs.due_days(regulation, office_calendar())[Step.LAST_DAY] + dt.timedelta(days=late)
    verbs.plan(last_day)
    verbs.send_due(last_day)
    assert words in Mail.objects.get(code="renewal_reminder").text


@pytest.mark.parametrize("what", ["revoked", "replaced", "ended", "far"])
def test_no_reminder_where_it_is_of_no_use(what):
    regulation = in_force(last={"ended": -1, "far": 300}.get(what, 40), first=-300)
    changes = {"revoked": {"revoked_on": TODAY}, "replaced": {"replaced_from": TODAY}}.get(what)
    if changes:
        CompanyRegulation.objects.filter(pk=regulation.pk).update(**changes)
    assert verbs.run() == (0, 0)


def test_no_reminder_while_the_renewal_is_being_examined():
    regulation = in_force(last=40)
    factories.filed(company=regulation.company)
    assert verbs.plan() == 0


def test_a_renewal_between_plan_and_sending_takes_the_reminder_back():
    regulation = in_force(last=40)
    verbs.plan()
    in_force(regulation.company, first=41, last=700)
    assert verbs.send_due() == 0
    assert set(RenewalReminder.objects.filter(due_on__lte=TODAY).values_list("state", flat=True)) == {S.PASSED}


def test_a_company_without_any_address_is_told_to_the_office():
    regulation = in_force(last=40)
    type(regulation.company).objects.filter(pk=regulation.company_id).update(email="")
    verbs.plan()
    assert verbs.send_due() == 0
    assert RenewalReminder.objects.filter(reason__contains="telepon").exists()


def test_nothing_goes_out_at_night():
    in_force(last=40)
    night = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(3)))
    assert verbs.run(night)[1] == 0
    assert verbs.run(night.replace(hour=8))[1] == 1


def test_a_stopped_one_does_not_go_out_and_can_be_taken_up_again():
    kabid = factories.staff("kabid")
    in_force(last=90)
    verbs.plan()
    row = RenewalReminder.objects.get()
    verbs.stop(row, kabid, "Perusahaan sudah tutup")
    assert verbs.send_due() == 0
    verbs.resume(row, kabid)
    assert verbs.send_due() == 1
    with pytest.raises(Impossible):
        verbs.stop(row, kabid, "Terlambat")
    with pytest.raises(Impossible):
        verbs.resume(row, kabid)


@pytest.mark.parametrize("reason", ["", "   ", "\x00", "x" * 251, "x" * 20_000])
def test_a_stop_without_a_fit_reason_is_refused_and_kept_on_the_page(client, reason):
    client.force_login(factories.staff("kabid"))
    in_force(last=90)
    verbs.plan()
    row = RenewalReminder.objects.get()
    response = client.post(reverse("psk_reminder_stop", args=[row.pk]), {"alasan": reason})
    assert response.status_code == 422
    row.refresh_from_db()
    assert row.state == S.PLANNED


def test_staff_see_what_goes_out_tomorrow_and_stop_it(client):
    client.force_login(factories.staff("kabid"))
    in_force(factories.CompanyFactory(name="PT Besok"), last=91)
    in_force(factories.CompanyFactory(name="PT Nanti"), last=95)
    verbs.plan()
    listing = reverse("psk_pengingat_modeladmin_index")
    page = client.get(f"{listing}?kapan=besok").content.decode()
    assert "PT Besok" in page
    assert "PT Nanti" not in page
    row = RenewalReminder.objects.get(regulation__company__name="PT Besok")
    assert row.regulation.decree_number in client.get(reverse("psk_reminder", args=[row.pk])).content.decode()
    client.post(reverse("psk_reminder_stop", args=[row.pk]), {"alasan": "Sudah bertemu langsung"})
    assert "Sudah bertemu langsung" in client.get(listing).content.decode()


def test_planning_costs_the_same_for_many(django_assert_num_queries):
    for _n in range(3):
        in_force(last=95)
    with django_assert_num_queries(4):
        verbs.plan()
    for _n in range(30):
        in_force(last=95)
    with django_assert_num_queries(4):
        assert verbs.plan() == 30
