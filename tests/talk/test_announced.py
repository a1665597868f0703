"""The desk says who is mailed what; afterwards exactly that was mailed."""

import re

import pytest
from django.urls import reverse

from psk_plugin.outreach.models import Mail
from psk_plugin.review.announced import MESSAGE, announced
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.talk import verbs

from .. import factories

pytestmark = pytest.mark.django_db


def addresses(letter) -> set[str]:
    return {re.search(r"\(?([^\s()]+@[^\s()]+)\)?$", who)[1] for who in letter.recipients}


def mailed(submission, code: str) -> tuple[set[str], set[str]]:
    rows = Mail.objects.filter(submission=submission, code=code)
    return {row.subject for row in rows}, {row.recipient for row in rows}


def do_return(submission, office):
    perform(submission, "return", office.korektor)


def do_reject(submission, office):
    perform(submission, "reject", office.registrasi, reason="Bukan perusahaan.", data={"ground": "not_a_company"})


def do_message(submission, office):
    verbs.write(submission, office.korektor, "Halo.", by_company=False)


@pytest.mark.parametrize(
    ("action", "code", "steps", "do"),
    [
        ("return", "returned", 2, do_return),
        ("reject", "rejected", 0, do_reject),
        (MESSAGE, "message", 2, do_message),
    ],
)
def test_announced_is_what_is_mailed(office, action, code, steps, do):
    submission = factories.filed(office, steps=steps)
    factories.member_of(submission.company, first_name="Contoh", last_name="Kedua")
    factories.member_of(submission.company, is_active=False)
    if action == "return":
        factories.finding(submission, office.korektor)
    (letter,) = announced(submission, action, office.korektor)
    do(submission, office)
    subjects, recipients = mailed(submission, code)
    assert {letter.subject} == subjects
    assert addresses(letter) == recipients
    assert len(recipients) >= 2


def test_the_letter_of_a_return_reads_as_it_will(office):
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor, problem="Cuti tahunan 10 hari saja.")
    (letter,) = announced(submission, "return", office.korektor)
    do_return(submission, office)
    assert letter.text == Mail.objects.filter(code="returned").first().text


def test_the_signature_names_the_letter_of_the_decree(office, client):
    submission = factories.filed(office, steps=5)
    (letter,) = announced(submission, "sign", office.kadis)
    client.force_login(office.kadis)
    page = client.get(reverse("psk_desk:decide", args=[submission.pk, "sign"])).content.decode()
    assert letter.subject in page and submission.applicant.email in page
    assert "setelah PDF selesai dibuat" in page


def test_the_desk_shows_mails_beside_each_decision_and_says_where_there_is_none(office, client):
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor)
    client.force_login(office.korektor)
    page = client.get(reverse("psk_desk:desk", args=[submission.pk])).content.decode()
    (letter,) = announced(submission, "return", office.korektor)
    assert letter.subject in page
    for address in addresses(letter):
        assert address in page
    assert "Tidak ada surel yang dikirim." in page, "declaring in order mails nobody"


def test_a_company_without_any_address_is_named(office, client):
    submission = factories.filed(office, steps=2)
    submission.applicant.email = ""
    submission.applicant.save()
    client.force_login(office.korektor)
    page = client.get(reverse("psk_desk:desk", args=[submission.pk]) + "?bagian=pesan").content.decode()
    assert "tidak ada surel" in page.lower()
