"""The heads are told before a PP counts as approved: at 10, 5 and 2 working days, once, whatever runs are missed."""

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import formats, timezone

from psk_plugin.calendar import WorkingCalendar
from psk_plugin.office.models import ActingAppointment, CalendarException
from psk_plugin.outreach.limits import warn_of_limits
from psk_plugin.outreach.models import Mail, Occasion
from psk_plugin.submissions import drafts
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import LimitWarning, Submission

from .. import factories

pytestmark = pytest.mark.django_db

#: Years after the real clock, by which the model's default says since when a mail is due.
FILED_ON = dt.date(2031, 8, 4)
#: Thirty working days after it, without the day itself.
LIMIT = WorkingCalendar().add(FILED_ON, 30)


@pytest.fixture
def on(monkeypatch):
    """Sets the day: `left` working days before the limit, or a date."""

    def set_day(left: int | dt.date) -> dt.date:
        day = left if isinstance(left, dt.date) else WorkingCalendar().add(LIMIT, -left)
        moment = dt.datetime.combine(day, dt.time(9), tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return day

    return set_day


@pytest.fixture
def heads(office):
    return office.kabid, office.kadis


@pytest.fixture
def submission(office, on, heads):
    on(FILED_ON)
    return factories.filed(office, steps=2)


def told() -> list[str]:
    return [m.subject for m in Mail.objects.filter(code=Occasion.LIMIT_NEAR).order_by("pk")]


def test_nobody_is_told_while_there_is_time(submission, on):
    on(11)
    assert warn_of_limits() == 0
    assert not told()


@pytest.mark.parametrize("left", [10, 5, 2])
def test_both_heads_get_a_mail_at_each_step(submission, on, heads, left):
    on(left)
    assert warn_of_limits() == 1
    letters = Mail.objects.filter(code=Occasion.LIMIT_NEAR)
    assert {row.recipient for row in letters} == {head.email for head in heads}
    letter = letters[0]
    assert letter.subject.startswith(f"Sisa {left} hari kerja sebelum dianggap disahkan: {submission.number}")
    assert f"tersisa {left}." in letter.text
    assert reverse("psk_desk:desk", args=[submission.pk]) in letter.text


def test_a_day_by_day_run_tells_three_times_however_often_it_runs(submission, on):
    for left in range(12, -4, -1):
        on(left)
        warn_of_limits()
        warn_of_limits()
    assert list(LimitWarning.objects.values_list("step", "left")) == [(10, 10), (5, 5), (2, 2)]
    assert len(told()) == 6


def test_runs_that_were_missed_are_made_up_for_by_the_most_urgent_step_alone(submission, on):
    on(3)
    assert warn_of_limits() == 1
    assert list(LimitWarning.objects.values_list("step", "left")) == [(5, 3)]
    on(-4)
    assert warn_of_limits() == 1
    assert told()[-1].startswith("Batas undang-undang lewat, dapat dianggap disahkan")


def test_the_catch_up_command_tells_and_sends_in_the_same_run(submission, on):
    on(2)
    mail.outbox.clear()
    out = io.StringIO()
    call_command("psk_catch_up", stdout=out)
    assert "Batas 30 hari kerja diingatkan: 1 permohonan." in out.getvalue()
    assert len([letter for letter in mail.outbox if "dianggap disahkan" in letter.subject]) == 2


def test_days_with_the_company_do_not_count(submission, office, on):
    on(14)
    factories.finding(submission, office.korektor)
    perform(submission, "return", office.korektor)
    on(5)
    assert warn_of_limits() == 0, "the company has it"
    on(4)
    submission = Submission.objects.get(pk=submission.pk)
    drafts.attach(submission, submission.applicant, "naskah-pp", factories.upload("baru.pdf"))
    perform(submission, "repair", submission.applicant)
    assert warn_of_limits() == 0, "fourteen days are left"
    on(WorkingCalendar().add(timezone.localdate(), 4))
    assert warn_of_limits() == 1


def test_an_application_that_comes_back_near_its_limit_is_told_without_waiting_for_a_run(
    submission, office, on, django_capture_on_commit_callbacks
):
    on(1)
    factories.finding(submission, office.korektor)
    submission = perform(submission, "return", office.korektor)
    drafts.attach(submission, submission.applicant, "naskah-pp", factories.upload("baru.pdf"))
    with django_capture_on_commit_callbacks(execute=True):
        perform(submission, "repair", submission.applicant)
    assert LimitWarning.objects.get().left == 1


def test_signed_or_rejected_applications_and_other_services_are_never_told(office, on, heads):
    on(FILED_ON)
    factories.filed(office, steps=6)
    other = factories.every_kind_draft()
    perform(other, "file", other.applicant)
    on(1)
    assert warn_of_limits() == 0


def test_who_acts_for_a_head_today_is_told_and_who_did_yesterday_is_not(submission, on, heads):
    day = on(5)
    acting, former = factories.staff("kasi"), factories.staff("kasi")
    for person, last in ((acting, day), (former, day - dt.timedelta(days=1))):
        ActingAppointment.objects.create(
            person=person, group=factories.group("kabid"), valid_from=FILED_ON, valid_until=last, letter="800/1"
        )
    warn_of_limits()
    recipients = {row.recipient for row in Mail.objects.filter(code=Occasion.LIMIT_NEAR)}
    assert acting.email in recipients
    assert former.email not in recipients


def test_while_there_is_no_head_nothing_is_used_up(office, on):
    on(FILED_ON)
    factories.filed(office, steps=2)
    on(5)
    assert warn_of_limits() == 0
    factories.staff("kadis")
    assert warn_of_limits() == 1
    assert len(told()) == 1


def test_a_head_without_an_address_holds_up_nobody(submission, on, heads):
    kabid, _kadis = heads
    kabid.email = ""
    kabid.save()
    on(5)
    assert warn_of_limits() == 1
    assert len(told()) == 1


def test_closed_days_of_the_office_move_the_warning(submission, on):
    on(10)
    CalendarException.objects.create(date=WorkingCalendar().add(FILED_ON, 3), reason="Banjir")
    assert warn_of_limits() == 0, "eleven days are left now"


def test_the_first_page_of_the_heads_names_them_and_leads_to_the_list(submission, on, heads, client):
    on(2)
    warn_of_limits()
    for head in heads:
        client.force_login(head)
        page = client.get("/admin/").content.decode()
        assert "1 PP yang masih diperiksa sudah dekat atau melewati batas sehingga dapat dianggap disahkan" in page
        assert "Sisa 2 hari kerja" in page or "2 hari kerja lagi" in page
    on(-2)
    client.force_login(heads[0])
    day = formats.date_format(LIMIT, "j F Y")
    assert f"Melewati batas {day}, dapat dianggap disahkan" in client.get("/admin/").content.decode()
    client.force_login(factories.staff("kasi"))
    assert "dapat dianggap disahkan" not in client.get("/admin/").content.decode()


def test_the_list_behind_the_line_holds_exactly_those(submission, office, on, heads, client):
    calm = factories.filed(office, steps=2)
    Submission.objects.filter(pk=calm.pk).update(filed_at=timezone.now() + dt.timedelta(days=60))
    on(2)
    warn_of_limits()
    client.force_login(heads[0])
    page = client.get(reverse("psk_semua-permohonan_modeladmin_index") + "?batas=dekat").content.decode()
    assert submission.number in page
    assert calm.number not in page


def test_the_line_costs_the_same_queries_for_more_applications(
    submission, office, on, heads, client, django_assert_max_num_queries
):
    client.force_login(heads[1])

    def queries() -> int:
        client.get("/admin/")
        with django_assert_max_num_queries(200) as counted:
            client.get("/admin/")
        return len(counted)

    on(2)
    warn_of_limits()
    one = queries()
    on(FILED_ON)
    for _number in range(3):
        factories.filed(office, steps=2)
    on(2)
    warn_of_limits()
    assert queries() == one


def test_a_run_with_nothing_new_costs_the_same_queries_for_more_applications(
    submission, office, on, django_assert_max_num_queries
):
    on(5)
    warn_of_limits()
    with django_assert_max_num_queries(30) as few:
        warn_of_limits()
    on(FILED_ON)
    for _number in range(3):
        factories.filed(office, steps=2)
    on(5)
    warn_of_limits()
    with django_assert_max_num_queries(len(few)):
        warn_of_limits()
