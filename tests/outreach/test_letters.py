"""Who is told what, and when."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from psk_plugin.companies.models import Membership
from psk_plugin.decrees.models import Decree
from psk_plugin.decrees.signals import decree_rendered
from psk_plugin.outreach.models import Mail
from psk_plugin.submissions import repairs
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission
from psk_plugin.submissions.signals import transitioned

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    company = factories.CompanyFactory(name="PT Kayu Manis", email="kantor@kayumanis.test")
    factories.member_of(company, email="sari@kayumanis.test")
    factories.member_of(company, role=Membership.Role.MEMBER, email="budi@kayumanis.test")
    left = factories.member_of(company, email="pindah@kayumanis.test")
    Membership.objects.filter(user=left).update(state=Membership.State.ENDED)
    waiting = factories.member_of(company, email="belum@kayumanis.test")
    Membership.objects.filter(user=waiting).update(state=Membership.State.REQUESTED)
    factories.member_of(company, email="nonaktif@kayumanis.test", is_active=False)
    factories.member_of(company, email="")
    return company


@pytest.fixture
def person(company):
    return company.memberships.get(user__email="sari@kayumanis.test").user


PEOPLE = {"sari@kayumanis.test", "budi@kayumanis.test"}
PEOPLE_AND_COMPANY = PEOPLE | {"kantor@kayumanis.test"}


def outbox_of(submission: Submission, code: str) -> list[Mail]:
    return list(Mail.objects.filter(submission=submission, code=code))


def recipients(submission: Submission, code: str) -> set[str]:
    return {row.recipient for row in outbox_of(submission, code)}


def decree_of(submission: Submission, user=None) -> Decree:
    """The decree of an issued application, by whoever makes decrees here or, before that room stands, by hand."""
    decree = Decree.objects.filter(submission=submission).first()
    return decree or Decree.objects.create(
        submission=submission,
        company=submission.company,
        kind="PP",
        number="500.15/001/PP-Disnaker.HI/XI/2026",
        sequence=1,
        year=2026,
        register_number="0001/PP/2026",
        issued_on=dt.date(2026, 11, 24),
        valid_from=dt.date(2027, 1, 1),
        valid_until=dt.date(2028, 12, 31),
        regulation_title="Peraturan Perusahaan",
        company_name=submission.company.name,
        content={},
        signed_by=user,
        signed_at=timezone.now(),
    )


def link_in(text: str) -> str:
    return re.search(r"http://testserver(/\S+)", text).group(1)


def test_filing_tells_the_companys_people_with_number_and_days(company, person):
    submission = factories.filed(company=company, user=person)
    assert recipients(submission, "filed") == PEOPLE
    letter = outbox_of(submission, "filed")[0]
    assert submission.number in letter.subject and "PT Kayu Manis" in letter.subject
    for part in (letter.text, letter.html):
        assert submission.number in part
        assert "tidak perlu melakukan apa pun" in part
        assert "paling lama 6 hari kerja" in part and "paling lama 5 hari kerja" in part


def test_return_lists_every_finding_and_says_when_the_days_begin(
    company, person, office, django_capture_on_commit_callbacks
):
    submission = factories.filed(office, steps=2, company=company, user=person)
    factories.finding(submission, office.korektor)
    factories.finding(
        submission,
        office.korektor,
        document_code="",
        field_code="masa-berlaku",
        article="",
        problem="Masa berlaku lebih dari dua tahun.",
        request="Ubah menjadi paling lama dua tahun.",
        legal_basis="UU 13/2003 Pasal 111(3)",
    )
    submission = perform(submission, "return", office.korektor, data={"message": "Mohon dibaca bersama serikat."})
    assert recipients(submission, "returned") == PEOPLE_AND_COMPANY
    letter = outbox_of(submission, "returned")[0]
    for part in (letter.text, letter.html):
        assert "Naskah Peraturan Perusahaan, Pasal 12" in part
        assert "Cuti tahunan 10 hari." in part and "sekurang-kurangnya 12 hari kerja" in part
        assert "Masa berlaku PP" in part and "Masa berlaku lebih dari dua tahun." in part
        assert "UU 13/2003 Pasal 111(3)" in part
        assert "Mohon dibaca bersama serikat." in part
        assert "14 hari kerja" in part and "pertama kali dibaca" in part


def test_rejection_gives_ground_and_explanation(company, person, office):
    submission = factories.filed(office, company=company, user=person)
    submission = perform(
        submission,
        "reject",
        office.registrasi,
        reason="Sudah diajukan kemarin.",
        data={"ground": "duplicate"},
    )
    assert recipients(submission, "rejected") == PEOPLE_AND_COMPANY
    text = outbox_of(submission, "rejected")[0].text
    assert "Sudah diajukan kemarin." in text and "hubungi kami" in text


def test_withdrawal_is_told_to_colleagues_only(company, person):
    submission = perform(factories.filed(company=company, user=person), "withdraw", person, reason="Naskah diganti.")
    assert recipients(submission, "withdrawn") == PEOPLE
    assert "Naskah diganti." in outbox_of(submission, "withdrawn")[0].text


def test_lapse_says_that_a_new_application_is_needed(company, person, office):
    submission = factories.filed(office, steps=1, company=company, user=person)
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    notice = repairs.open_notice(submission)
    repairs.mark_read(notice, person)
    type(notice).objects.filter(pk=notice.pk).update(first_read_at=timezone.now() - dt.timedelta(days=60))
    submission = perform(submission, "lapse", office.verifikator)
    assert recipients(submission, "lapsed") == PEOPLE_AND_COMPANY
    text = outbox_of(submission, "lapsed")[0].text
    assert "14 hari kerja sudah lewat" in text and "“Ajukan kembali”" in text


def test_decree_is_told_when_its_pdf_is_there_with_both_addresses(company, person, office):
    submission = factories.filed(office, steps=6, company=company, user=person)
    decree = decree_of(submission, office.kadis)
    decree_rendered.send(sender=Decree, decree=decree)
    assert recipients(submission, "issued") == PEOPLE_AND_COMPANY
    letter = outbox_of(submission, "issued")[0]
    for part in (letter.text, letter.html):
        assert decree.number in part and decree.code in part
        assert factories.VALID_IN_WORDS in part
        assert f"http://testserver/psk/verifikasi/{decree.code}/" in part
        assert f"http://testserver/psk/permohonan/{submission.number}/" in part


def test_steps_among_desks_and_the_repair_are_mailed_to_nobody(company, person, office):
    submission = factories.filed(office, steps=2, company=company, user=person)
    found = factories.finding(submission, office.korektor)
    submission = perform(submission, "return", office.korektor)
    before = set(Mail.objects.values_list("code", flat=True))
    submission = Submission.objects.get(pk=submission.pk)
    submission.workspace = {"answers": {str(found.pk): "Sudah sesuai."}}
    submission.save()
    perform(submission, "repair", person)
    assert set(Mail.objects.values_list("code", flat=True)) == before == {"filed", "returned"}


def test_the_link_opens_the_application_for_its_company(company, person):
    submission = factories.filed(company=company, user=person)
    client = Client()
    client.force_login(person)
    assert client.get(link_in(outbox_of(submission, "filed")[0].text)).status_code == 200


def test_no_remote_picture_and_no_english_in_any_letter(company, person, office):
    submission = factories.filed(office, steps=6, company=company, user=person)
    decree_rendered.send(sender=Decree, decree=decree_of(submission, office.kadis))
    for letter in Mail.objects.all():
        assert "<img" not in letter.html and "url(" not in letter.html
        assert not re.search(r"\b(your|the|please|application|days)\b", letter.text + letter.subject, re.I)


def test_telling_twice_writes_once(company, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submission = factories.filed(company=company, user=person)
    event = submission.events.get(action="file")
    with django_capture_on_commit_callbacks(execute=True):
        transitioned.send(sender=Submission, submission=submission, event=event, action="file")
    assert len(outbox_of(submission, "filed")) == 2
    assert len(mail.outbox) == 2


def test_one_address_in_two_spellings_gets_one_letter(office):
    company = factories.CompanyFactory(email="HRD@Satu.test")
    person = factories.member_of(company, email="hrd@satu.test")
    submission = factories.filed(office, company=company, user=person)
    perform(submission, "reject", office.registrasi, reason="Ganda.", data={"ground": "duplicate"})
    assert len(outbox_of(submission, "rejected")) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_neither_written_nor_sent():
    submission = factories.draft()
    mail.outbox.clear()
    with pytest.raises(RuntimeError), transaction.atomic():
        perform(submission, "file", submission.applicant)
        raise RuntimeError("mati lampu")
    assert not Mail.objects.exists() and not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_after_the_commit_it_is_sent_plain_and_html():
    submission = factories.filed()
    sent = [m for m in mail.outbox if submission.number in m.subject]
    assert len(sent) == 1
    assert sent[0].alternatives[0].mimetype == "text/html"
    assert Mail.objects.get().state == Mail.State.SENT


def test_a_company_name_cannot_write_headers(django_capture_on_commit_callbacks):
    company = factories.CompanyFactory(name="PT Jahat\r\nBcc: semua@korban.test\r\n\r\nIsi palsu <script>")
    with django_capture_on_commit_callbacks(execute=True):
        submission = factories.filed(company=company)
    letter = outbox_of(submission, "filed")[0]
    assert letter.state == Mail.State.SENT
    assert "\n" not in letter.subject
    message = mail.outbox[-1].message()
    assert message["Bcc"] is None and "<script>" not in letter.html


def test_a_name_of_200_characters_fits(django_capture_on_commit_callbacks):
    company = factories.CompanyFactory(name="PT " + "Panjang Sekali " * 13 + "Ya")
    with django_capture_on_commit_callbacks(execute=True):
        submission = factories.filed(company=company)
    letter = outbox_of(submission, "filed")[0]
    assert letter.state == Mail.State.SENT
    assert len(letter.subject) <= 200 and submission.number in letter.subject
    assert company.name[:190] in letter.text
