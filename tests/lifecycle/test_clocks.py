"""Clocks of an application: computed from dates, stopped while the company has it."""

import datetime as dt

import pytest
from django.utils import timezone

from psk_plugin.calendar import WorkingCalendar
from psk_plugin.office.models import CalendarException, OfficeSettings
from psk_plugin.submissions import clocks, drafts, repairs
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def on(monkeypatch):
    """Sets the day on which things happen."""

    def set_day(text: str) -> None:
        moment = dt.datetime.fromisoformat(f"{text}T09:00:00+07:00")
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_day


def clock(submission, code, today):
    found = {c.code: c for c in clocks.clocks_of(submission, WorkingCalendar(), dt.date.fromisoformat(today))}
    return found[code]


def test_examination_is_due_six_working_days_after_filing(on, office):
    on("2026-11-24")
    submission = factories.filed(office)
    assert clock(submission, "examination", "2026-11-24").due == dt.date(2026, 12, 2)
    assert clock(submission, "statutory", "2026-11-24").due == dt.date(2027, 1, 11)


def test_clocks_stop_while_the_company_has_it(on, office):
    on("2026-11-24")
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    on("2026-11-26")
    submission = perform(submission, "return", office.verifikator)
    during = clock(submission, "examination", "2026-12-04")
    assert during.is_stopped
    assert during.used == 2
    on("2026-12-07")
    person = submission.applicant
    drafts.attach(submission, person, "naskah-pp", factories.upload("baru.pdf"))
    submission = perform(submission, "repair", person)
    after = clock(submission, "examination", "2026-12-08")
    assert after.used == 3
    # Four of six days are left when the repair arrives on the 7th.
    assert after.due == dt.date(2026, 12, 11)


def test_decree_clock_starts_when_the_substance_is_in_order(on, office):
    on("2026-12-21")
    submission = factories.filed(office, steps=3)
    assert clock(submission, "decree", "2026-12-21").due == dt.date(2026, 12, 30)
    assert clock(submission, "examination", "2026-12-29").is_done


def test_repair_days_start_with_the_first_reading(on, office):
    on("2026-11-20")
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    notice = repairs.open_notice(submission)
    assert clocks.repair_due(notice) is None
    on("2026-11-24")
    repairs.mark_read(notice, submission.applicant)
    assert clocks.repair_due(notice) == dt.date(2026, 12, 14)
    assert not clocks.repair_is_overdue(submission, dt.date(2026, 12, 14))
    assert clocks.repair_is_overdue(submission, dt.date(2026, 12, 15))


def test_closed_day_of_the_office_moves_due_days_of_open_stays(on, office):
    on("2026-11-24")
    submission = factories.filed(office, steps=1)
    assert submission.due_on == dt.date(2026, 11, 26)
    CalendarException.objects.create(date=dt.date(2026, 11, 25), reason="Pemadaman listrik")
    assert Submission.objects.get(pk=submission.pk).due_on == dt.date(2026, 11, 27)


def test_sent_back_after_the_substance_reopens_the_examination(on, office):
    on("2026-11-24")
    submission = factories.filed(office, steps=3)
    correction = next(s["id"] for s in submission.route if s["code"] == "koreksi")
    submission = perform(
        submission, "send_back", office.kasi, reason="Pasal 5 belum jelas.", data={"stage": correction}
    )
    assert {c.code for c in clocks.clocks_of(submission)} == {"examination", "statutory"}


def test_a_notice_that_nobody_reads_counts_as_delivered_after_five_working_days(on, office):
    on("2026-11-20")
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    notice = repairs.open_notice(submission)
    day = dt.date.fromisoformat
    assert clocks.counts_as_delivered_on(notice) == day("2026-11-27")
    assert clocks.repair_due(notice, today=day("2026-11-26")) is None
    assert clocks.repair_due(notice, today=day("2026-11-27")) == day("2026-12-17")
    assert not clocks.repair_is_overdue(submission, day("2026-12-17"))
    assert clocks.repair_is_overdue(submission, day("2026-12-18"))


def test_reading_it_after_that_starts_nothing_anew(on, office):
    on("2026-11-20")
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    on("2026-12-10")
    notice = repairs.open_notice(submission)
    repairs.mark_read(notice, submission.applicant)
    assert clocks.was_deemed_delivered(notice)
    assert clocks.repair_due(notice) == dt.date(2026, 12, 17)


def test_the_offices_setting_of_that_day_holds_for_the_notice(on, office):
    on("2026-11-20")
    settings = OfficeSettings.load()
    settings.notice_delivery_days = 2
    settings.save()
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    settings.notice_delivery_days = 20
    settings.save()
    assert clocks.counts_as_delivered_on(repairs.open_notice(submission)) == dt.date(2026, 11, 24)
