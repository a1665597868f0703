"""The repair notice as a paper: what stands on it, that it never changes, who gets it and how."""

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader

from psk_plugin.office.models import OfficeSettings
from psk_plugin.outreach import outbox
from psk_plugin.outreach.models import Mail
from psk_plugin.pdf import PdfError
from psk_plugin.submissions import clocks, notice_paper
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding, RepairNotice, Submission

from .. import factories

pytestmark = pytest.mark.django_db


def words_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def bytes_of(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def returned(office) -> Submission:
    """An application returned with two findings, one of them a suggestion."""
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor)
    factories.finding(
        submission,
        office.korektor,
        document_code="",
        field_code="upah-terendah",
        article="",
        problem="Upah terendah di bawah UMK.",
        request="Sesuaikan dengan UMK <2027>.",
        legal_basis="PP 36/2021 Pasal 23",
        is_mandatory=False,
    )
    return perform(submission, "return", office.korektor, data={"message": "Mohon segera diperbaiki."})


@pytest.fixture
def notice(returned) -> RepairNotice:
    return returned.notices.get()


def test_paper_says_which_application_what_why_on_what_basis_until_when_and_how_to_answer(notice, returned):
    text = words_of(notice_paper.draw(notice.content))
    office = OfficeSettings.load()
    for part in (office.name, returned.number, returned.registration_number, returned.company_data["name"]):
        assert part in text
    assert "Pemberitahuan perbaikan ke-1" in text and "Mohon segera diperbaiki." in text
    assert "1. Naskah" in text and "Pasal 12" in text
    assert "Cuti tahunan 10 hari." in text and "sekurang-kurangnya 12 hari kerja" in text
    assert "UU 13/2003 Pasal 79" in text
    assert "2. Upah bulanan terendah" in text and "(saran)" in text and "UMK <2027>" in text
    assert "14 hari kerja" in text and "Permenaker 28/2014" in text
    assert returned.get_absolute_url() in text and "Kirim perbaikan" in text
    assert "Halaman 1 dari" in text


def test_the_last_day_on_the_paper_is_that_of_a_notice_nobody_opens(notice):
    delivered = clocks.counts_as_delivered_on(notice)
    due = clocks.repair_due(notice, today=delivered + dt.timedelta(days=60))
    assert notice.content["latest"] == due.isoformat()
    assert notice.content["delivered_on"] == delivered.isoformat()


def test_a_service_without_a_limit_says_so(notice):
    text = words_of(notice_paper.draw(notice.content | {"repair_days": 0, "latest": ""}))
    assert "Tidak ada batas waktu" in text and "hari kerja sejak" not in text


def test_it_is_made_once_and_stays_whatever_changes_later(notice, returned):
    stored = notice_paper.ready(notice.pk)
    office = OfficeSettings.load()
    office.name = "DINAS BERNAMA LAIN"
    office.save()
    Finding.objects.update(problem="Diubah belakangan")
    returned.company.name = "PT Ganti Nama"
    returned.company.save()
    again = notice_paper.ready(notice.pk)
    assert again.sha256 == stored.sha256
    notice.refresh_from_db()
    redrawn = words_of(notice_paper.draw(notice.content))
    assert "DINAS BERNAMA LAIN" not in redrawn and "Diubah belakangan" not in redrawn and "Ganti Nama" not in redrawn


def test_the_same_content_gives_the_same_bytes(notice):
    assert notice_paper.draw(notice.content) == notice_paper.draw(notice.content)


def test_the_companys_download_is_a_reading_and_the_offices_is_none(client, office, notice, returned):
    client.force_login(office.korektor)
    desk = client.get(reverse("psk_desk:notice", args=[returned.pk, 1]))
    assert desk.status_code == 200 and desk["Content-Type"] == "application/pdf"
    notice.refresh_from_db()
    assert notice.first_read_at is None
    client.force_login(returned.applicant)
    own = client.get(reverse("psk:submission_notice", args=[returned.number, 1]))
    assert bytes_of(own) == bytes_of(desk)
    assert f"pemberitahuan-perbaikan-{returned.number}-1.pdf" in own["Content-Disposition"]
    notice.refresh_from_db()
    assert notice.first_read_by == returned.applicant


def test_both_pages_lead_to_it(client, office, returned):
    client.force_login(returned.applicant)
    own = client.get(returned.get_absolute_url()).content.decode()
    assert reverse("psk:submission_notice", args=[returned.number, 1]) in own
    client.force_login(office.korektor)
    desk = client.get(reverse("psk_desk:desk", args=[returned.pk])).content.decode()
    assert reverse("psk_desk:notice", args=[returned.pk, 1]) in desk


@pytest.mark.parametrize("sequence", [0, 2, 99_999, 10**15])
def test_a_notice_that_never_was_does_not_exist(client, office, returned, sequence):
    client.force_login(returned.applicant)
    assert client.get(reverse("psk:submission_notice", args=[returned.number, sequence])).status_code == 404
    client.force_login(office.korektor)
    assert client.get(reverse("psk_desk:notice", args=[returned.pk, sequence])).status_code == 404


def test_the_mail_carries_it_and_it_is_the_kept_file(returned, notice):
    mail.outbox.clear()
    rows = list(Mail.objects.filter(code="returned"))
    for row in rows:
        assert outbox.deliver(row.pk) == Mail.State.SENT
    notice.refresh_from_db()
    assert len(mail.outbox) == len(rows) >= 1
    for message in mail.outbox:
        (name, data, kind) = message.attachments[0]
        assert (name, kind) == (f"pemberitahuan-perbaikan-{returned.number}-1.pdf", "application/pdf")
        assert notice.content["items"][0]["problem"] in words_of(data)
    assert {row.attachments.get().file for row in rows} == {notice.file}


def test_a_paper_that_cannot_be_drawn_does_not_hold_the_mail_up_and_is_made_later(monkeypatch, returned, notice):
    mail.outbox.clear()
    row = Mail.objects.filter(code="returned").first()
    with monkeypatch.context() as broken:

        def fail(content):
            raise PdfError("rusak")

        broken.setattr(notice_paper, "draw", fail)
        assert outbox.deliver(row.pk) == Mail.State.SENT
    assert not mail.outbox[0].attachments and "Cuti tahunan 10 hari." in mail.outbox[0].body
    told = io.StringIO()
    call_command("psk_catch_up", stdout=told)
    assert "Pemberitahuan perbaikan dibuat PDF-nya: 1." in told.getvalue()
    notice.refresh_from_db()
    assert notice.file is not None
    assert notice_paper.render_missing() == 0


def test_the_storage_that_fails_leaves_the_mail_waiting(monkeypatch, returned):
    mail.outbox.clear()
    row = Mail.objects.filter(code="returned").first()

    def fail(*args):
        raise OSError("penuh")

    monkeypatch.setattr("psk_plugin.records.intake.keep", fail)
    assert outbox.deliver(row.pk) == Mail.State.FAILED
    assert not mail.outbox
