"""An editor writes the subject and opening of a mail; what the company needs to know stays whatever is written."""

import pytest

from psk_plugin.outreach.models import Mail
from psk_plugin.services.editions import current_edition
from psk_plugin.services.models import Service, ServiceMail
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories

pytestmark = pytest.mark.django_db


def write(moment: str, subject: str, text: str) -> None:
    service = factories.service()
    ServiceMail.objects.create(service=service, moment=moment, subject=subject, text=text)


def mail_of(submission: Submission, code: str) -> Mail:
    return Mail.objects.filter(submission=submission, code=code).first()


def test_subject_and_opening_are_the_editors_and_facts_stay():
    write("file", "Terima kasih, {company}", "Permohonan {submission_number} diterima {filed_on}.\n\nSalam.")
    submission = factories.filed()
    mail = mail_of(submission, "filed")
    assert mail.subject == f"Terima kasih, {submission.company_data['name']}"
    assert f"Permohonan {submission.number} diterima" in mail.text and "\n\nSalam." in mail.text
    assert "paling lama 6 hari kerja" in mail.text, "what to expect stays"
    assert submission.get_absolute_url() in mail.text and submission.get_absolute_url() in mail.html
    assert "menunggu registrasi" not in mail.text


def test_findings_stay_under_the_editors_words(office):
    write("return", "Mohon diperbaiki", "Berkas Anda belum lengkap.")
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    text = mail_of(submission, "returned").text
    for part in ("Berkas Anda belum lengkap.", "Cuti tahunan 10 hari.", "14 hari kerja", submission.number):
        assert part in text


def test_other_moments_keep_the_usual_words():
    write("reject", "Ditolak", "Mohon maaf.")
    assert "menunggu registrasi" in mail_of(factories.filed(), "filed").text


def test_words_written_after_the_filing_do_not_reach_it(office):
    submission = factories.filed(office, steps=1)
    write("return", "Mohon diperbaiki", "Berkas Anda belum lengkap.")
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    assert "Mohon diperbaiki" not in mail_of(submission, "returned").subject


@pytest.mark.parametrize(
    "text", ["Nomor {decree_number}.", "Halo {entah}.", "Halo {company", "{jawaban.upah-tertinggi}"]
)
def test_a_word_that_nobody_can_fill_brings_back_the_usual_words(text):
    write("file", "Terima kasih", text)
    mail = mail_of(factories.filed(), "filed")
    assert "menunggu registrasi" in mail.text
    assert "{" not in mail.text and "{" not in mail.subject


def test_a_subject_is_one_line_however_it_was_written():
    write("file", "Terima\nkasih {company}", "Halo.")
    assert "\n" not in mail_of(factories.filed(), "filed").subject


def test_the_words_are_part_of_the_edition():
    write("file", "Terima kasih", "Halo.")
    assert current_edition(Service.objects.get()).definition["mails"] == [
        {"moment": "file", "subject": "Terima kasih", "text": "Halo."}
    ]
