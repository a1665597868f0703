"""One timeline per application, who has read personal data, and the minutes for the file."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from psk_plugin.calendar import office_calendar
from psk_plugin.decrees.rendering import render_once
from psk_plugin.outreach.models import Mail
from psk_plugin.records.models import FileReading
from psk_plugin.review import minutes, reads, verbs
from psk_plugin.review.moment import in_halves
from psk_plugin.review.timeline import timeline_of
from psk_plugin.submissions import drafts, repairs
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import PersonalRead, Submission

from .. import factories

pytestmark = pytest.mark.django_db


def corrected(office) -> Submission:
    """An application that was returned, read, repaired, accepted and signed."""
    submission = factories.filed(office, steps=2)
    finding = factories.finding(submission, office.korektor)
    submission = perform(submission, "return", office.korektor)
    person = submission.applicant
    repairs.mark_read(submission.notices.get(), person)
    drafts.attach(submission, person, "naskah-pp", factories.upload("naskah-2.pdf"))
    submission = drafts.keep_repair(submission, person, {}, {str(finding.pk): "Sudah kami ubah menjadi 12 hari."})
    submission = perform(submission, "repair", person)
    verbs.accept(submission, office.korektor, finding.pk)
    for role, action in factories.WAY[2:]:
        submission = perform(submission, action, getattr(office, role))
    render_once(submission.decree.pk)
    return Submission.objects.get(pk=submission.pk)


def lines_of(submission: Submission) -> list[tuple[str, str]]:
    return [(moment.title, " ".join([moment.text, *moment.facts])) for moment in told(submission)]


def told(submission: Submission):
    return timeline_of(submission, office_calendar())


def words_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_the_timeline_tells_everything_with_who_and_when(client, office):
    submission = corrected(office)
    client.force_login(office.kadis)
    client.get(reverse("psk_desk:document", args=[submission.pk, "naskah-pp"]))
    moments = told(submission)
    text = "\n".join(" ".join([m.title, m.who, m.stage, m.text, *m.facts]) for m in moments)
    for part in (
        "Permohonan diajukan",
        "Temuan 1: Pasal 12, Cuti tahunan 10 hari.",
        "Pemberitahuan 1 dibaca perusahaan",
        "Jawaban atas temuan 1: Sudah kami ubah menjadi 12 hari.",
        "Diganti: Naskah Peraturan Perusahaan",
        "Perbaikan diterima",
        "Surel: Dikembalikan",
        "Surel: Keputusan terbit",
        "Data pribadi dibaca",
        "Dokumen yang dibuka: Naskah Peraturan Perusahaan",
        f"SHA-256 {in_halves(submission.decree.file.sha256)}",
    ):
        assert part in text, part
    assert all(moment.at and moment.who for moment in moments)
    assert [m.at for m in moments] == sorted((m.at for m in moments), reverse=True)


def test_a_letter_is_one_line_without_addresses(office):
    submission = factories.filed(office)
    mails = Mail.objects.filter(submission=submission)
    assert [title for title, _text in lines_of(submission)].count("Surel: Permohonan diajukan") == 1
    text = " ".join(text for _title, text in lines_of(submission))
    assert not any(mail.recipient in text for mail in mails)


def test_the_screen_of_answers_is_recorded_once_per_person_and_day(client, office):
    submission = factories.filed(office, steps=1)
    for person in (office.korektor, office.korektor, office.kasi):
        client.force_login(person)
        client.get(reverse("psk_desk:desk", args=[submission.pk]) + "?bagian=data")
    assert PersonalRead.objects.count() == 2
    client.get(reverse("psk_desk:desk", args=[submission.pk]) + "?bagian=catatan")
    client.get(reverse("psk_desk:desk", args=[submission.pk]))
    assert PersonalRead.objects.count() == 2
    assert [title for title, _text in lines_of(submission)].count("Data pribadi dibaca") == 2


def test_files_that_are_no_documents_are_named_in_words(office):
    submission = factories.filed(office, steps=1)
    stored = submission.documents.first().file
    for code in ("keputusan", "pemberitahuan-2", "konfirmasi-sp", "pesan-7"):
        FileReading.by(office.korektor, stored, submission, code).save()
    (facts,) = [moment.facts for moment in told(submission) if moment.title == "Data pribadi dibaca"]
    assert facts == (
        "Dokumen yang dibuka: berkas pesan, keputusan, konfirmasi serikat pekerja, pemberitahuan perbaikan 2",
    )


def test_the_next_day_is_a_new_line_and_a_day_of_readings_is_one(office):
    submission = factories.filed(office, steps=1)
    stored = submission.documents.first().file
    for code in ("naskah-pp", "naskah-pp", "nib-akta"):
        FileReading.by(office.korektor, stored, submission, code).save()
    old = FileReading.by(office.korektor, stored, submission, "naskah-pp")
    old.save()
    FileReading.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=3))
    reads.record(submission, office.korektor)
    facts = [moment.facts for moment in told(submission) if moment.title == "Data pribadi dibaca"]
    assert facts == [
        (
            "Dokumen yang dibuka: NIB dan akta pendirian, Naskah Peraturan Perusahaan",
            "Data perusahaan dan isian dibuka",
        ),
        ("Dokumen yang dibuka: Naskah Peraturan Perusahaan",),
    ]


def test_the_company_reading_its_own_is_no_line(client, office):
    submission = factories.filed(office, steps=1)
    client.force_login(submission.applicant)
    client.get(reverse("psk:submission_document", args=[submission.number, "naskah-pp", 1]))
    assert FileReading.objects.count() == 1
    assert "Data pribadi dibaca" not in [title for title, _text in lines_of(submission)]


def test_readings_are_internal(office):
    submission = factories.filed(office, steps=1)
    reads.record(submission, office.korektor)
    assert all(m.is_internal for m in told(submission) if m.title == "Data pribadi dibaca")


def test_the_minutes_hold_facts_every_line_and_the_hash_of_the_decree(client, office):
    submission = corrected(office)
    client.force_login(office.kabid)
    answer = client.get(reverse("psk_desk:minutes", args=[submission.pk]))
    assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
    assert f"berita-acara-{submission.number}.pdf" in answer["Content-Disposition"]
    text = words_of(answer.content)
    decree = submission.decree
    for part in ("BERITA ACARA", submission.number, submission.registration_number, submission.company_data["name"]):
        assert part in text
    assert decree.number in text and decree.file.sha256 in text.replace(" ", "")
    for moment in told(submission):
        assert " ".join(moment.title.split()) in text, moment.title
    assert "Sudah kami ubah menjadi 12 hari." in text
    assert "Halaman 1 dari" in text and "Dicetak oleh" in text
    assert text.index("Permohonan diajukan") < text.index("Perbaikan diterima"), "oldest first"
    assert PersonalRead.objects.filter(user=office.kabid).count() == 1


def test_markup_in_words_stays_words(office):
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor, problem="<b>Upah</b> & <img src='file:///etc/passwd'>")
    submission = perform(submission, "return", office.korektor)
    assert "<b>Upah</b> & <img src='file:///etc/passwd'>" in words_of(minutes.draw(submission, office.korektor))


def test_a_long_history_flows_over_pages_that_are_numbered(office):
    submission = factories.filed(office, steps=2)
    for number in range(25):
        factories.finding(submission, office.korektor, problem=f"Temuan nomor {number}. " + "Kata demi kata. " * 60)
    submission = perform(submission, "return", office.korektor)
    data = minutes.draw(submission, office.korektor)
    pages = len(PdfReader(io.BytesIO(data)).pages)
    assert pages > 2 and f"Halaman {pages} dari {pages}" in words_of(data)
    assert "Temuan nomor 24." in words_of(data)


def test_queries_of_the_timeline_do_not_grow(office):
    submission = corrected(office)
    stored = submission.documents.first().file

    def queries() -> int:
        fresh = Submission.objects.select_related("edition", "company").get(pk=submission.pk)
        with CaptureQueriesContext(connection) as seen:
            assert told(fresh)
        return len(seen)

    FileReading.by(office.korektor, stored, submission, "naskah-pp").save()
    reads.record(submission, office.korektor)
    queries()
    before = queries()
    for _number in range(4):
        reader = factories.staff("korektor")
        FileReading.by(reader, stored, submission, "naskah-pp").save()
        reads.record(submission, reader)
        submission.events.create(action="take", actor=reader, is_public=False)
    assert queries() == before
