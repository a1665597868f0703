"""The evidence of the trial: whole, and without anything that names a person."""

import datetime as dt
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from psk_plugin.helpdesk.models import Ticket
from psk_plugin.outreach.models import Mail
from psk_plugin.reports import evidence
from psk_plugin.reports.models import Report
from psk_plugin.reports.period import Period
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission
from psk_plugin.surveys.models import SurveyAnswer
from psk_plugin.surveys.questions import CODES

from .. import factories
from ..helpdesk import making as tickets

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PERIOD = Period(TODAY - dt.timedelta(days=30), TODAY)
#: Values that stand nowhere else: one that is found in the file came from this row.
SECRETS = {
    "name": "Zuleikha Purnamawarti",
    "surname": "Kusumawardhanagara",
    "email": "zuleikha@rahasia.test",
    "phone": "021 77788899",
    "nib": "9988776655443",
    "npwp": "0998877665544332",
    "nik": "3275998877660001",
    "company": "PT Xylofon Quasar Abadi",
    "address": "Jl. Rahasia Kencana No. 77",
    "comment": "Petugas bernama Wiryokusumo baik sekali",
}


@pytest.fixture
def trial():
    """An application with its decree, one returned, a survey answer, a complaint: full of personal data."""
    office = factories.Office()
    company = factories.CompanyFactory(
        **{name: SECRETS[name] for name in ("nib", "npwp", "email", "phone", "address")}, name=SECRETS["company"]
    )
    user = factories.member_of(
        company,
        username="zuleikha",
        first_name=SECRETS["name"],
        last_name=SECRETS["surname"],
        last_login=timezone.now(),
    )
    issued = factories.filed(office, steps=6, company=company, user=user)
    returned = factories.filed(office, steps=1, company=company, user=user)
    factories.finding(returned, office.verifikator, problem=f"NIK {SECRETS['nik']} milik {SECRETS['name']}")
    perform(returned, "return", office.verifikator, data={"message": SECRETS["name"]})
    Submission.objects.filter(pk=issued.pk).update(data={**issued.data, "penanggung-jawab": SECRETS["name"]})
    SurveyAnswer.objects.create(
        submission=issued,
        service=issued.service,
        answered_on=TODAY,
        comment=SECRETS["comment"],
        **dict.fromkeys(CODES, 4),
    )
    tickets.ticket(user=user, email=SECRETS["email"], name=SECRETS["name"], subject=SECRETS["comment"])
    Mail.objects.update(state=Mail.State.SENT, sent_at=timezone.now())
    return issued, returned, company, office


def everything_in(data: bytes) -> str:
    """Every byte of the workbook as text: cells, properties, names of sheets."""
    with ZipFile(BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_no_personal_datum_is_in_the_file(trial):
    issued, returned, _company, office = trial
    text = everything_in(evidence.workbook(PERIOD, lambda _progress: None))
    people = [getattr(office, role).username for role in factories.STAFF]
    numbers = [issued.number, returned.number, issued.registration_number, issued.decree.number]
    for value in [*SECRETS.values(), issued.applicant.username, *people, *numbers, Ticket.objects.get().number]:
        assert value not in text, value
    assert "contoh.test" not in text
    assert "@" not in text.replace("@_", "")


def test_with_names_the_company_is_named_and_no_person(trial):
    text = everything_in(evidence.workbook(PERIOD, lambda _progress: None, with_names=True, reason="Pemeriksaan"))
    assert SECRETS["company"] in text
    for what, value in SECRETS.items():
        if what != "company":
            assert value not in text


def test_names_without_a_reason_are_refused(trial):
    with pytest.raises(ValueError, match="reason"):
        evidence.workbook(PERIOD, lambda _progress: None, with_names=True, reason="  ")


def test_the_data_are_whole(trial):
    issued, returned, company, _office = trial
    with translation.override("en"):
        found = {title: list(rows) for title, _headings, rows in evidence.parts(PERIOD, lambda _progress: None)}
    code, other = evidence.code_of("M", issued.pk), evidence.code_of("M", returned.pk)
    applications = {row[0]: row for row in found["Each application"]}
    assert set(applications) == {code, other}
    assert applications[code][1] == evidence.code_of("P", company.pk)
    assert applications[code][3:6] == [TODAY, TODAY, "Decree issued"]
    assert applications[code][-2:] == ["yes", 0]
    assert applications[other][-1] == 1
    stays = [row[0] for row in found["Each stay at a stage"]]
    assert (stays.count(code), stays.count(other)) == (6, 2)
    assert [row[0] for row in found["Each return"]] == [other]
    assert [row[0] for row in found["Each decree"]] == [code]
    (row,) = [row for row in found["Each company"] if row[0] == evidence.code_of("P", company.pk)]
    assert (row[4], row[5], row[6]) == (1, TODAY, 2)
    assert row[7] == Mail.objects.filter(submission__company=company).count()
    assert [row[2:] for row in found["Each answer to the survey"]] == [[4] * 9]
    assert [row[2:] for row in found["Reports by category"]] == [[1, 0]]


def test_what_came_after_the_period_is_not_told(trial):
    issued, _returned, _company, _office = trial
    long_ago = timezone.now() - dt.timedelta(days=20)
    Submission.objects.filter(pk=issued.pk).update(filed_at=long_ago)
    before = Period(TODAY - dt.timedelta(days=25), TODAY - dt.timedelta(days=5))
    with translation.override("en"):
        found = {title: list(rows) for title, _headings, rows in evidence.parts(before, lambda _progress: None)}
    (row,) = found["Each application"]
    assert (row[4], row[5]) == (None, "Under examination")
    assert found["Each decree"] == found["Each return"] == found["Each stay at a stage"] == []


def test_a_company_keeps_its_code_and_the_code_says_nothing(trial, settings):
    company = trial[2]
    code = evidence.code_of("P", company.pk)
    assert code == evidence.code_of("P", company.pk)
    assert str(company.pk) not in code[2:] or len(str(company.pk)) < 3
    settings.SECRET_KEY = "anders"
    assert evidence.code_of("P", company.pk) != code


def test_the_command_writes_the_file_and_is_recorded(trial, tmp_path):
    out = tmp_path / "bukti.xlsx"
    call_command("psk_trial_evidence", "--from", str(PERIOD.first), "--to", str(PERIOD.last), "--out", str(out))
    assert SECRETS["company"] not in everything_in(out.read_bytes())
    report = Report.objects.get()
    assert (report.kind, report.state, report.asked_by) == ("evidence", "done", None)
