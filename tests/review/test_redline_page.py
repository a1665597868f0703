"""Two texts beside each other in the admin: found by themselves, changes first, every sort of bad file told."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin.records import intake
from psk_plugin.records.models import FileReading
from psk_plugin.regulations import comparing, ocr, redline
from psk_plugin.regulations.models import CompanyRegulation, Comparison, RegulationText
from psk_plugin.submissions import drafts
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import SubmissionDocument

from .. import factories

pytestmark = pytest.mark.django_db

CHANGED = "Cuti tahunan diberikan selama %s hari kerja kepada pekerja."
SAME = ["BAB I", "KETENTUAN UMUM", "Pasal 1", "Upah dibayar setiap bulan kepada pekerja.", "Pasal 2"]
OLD = [*SAME, CHANGED % "10 (sepuluh)"]
NEW = [*SAME, CHANGED % "12 (dua belas)"]


def pdf(lines: list[str]) -> bytes:
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, invariant=1)
    for number, line in enumerate(lines):
        page.drawString(72, 760 - 20 * number, line)
    page.save()
    return buffer.getvalue()


def filed_with(data: bytes, *, company=None, office=None, steps: int = 0):
    """A filed application whose regulation is `data`."""
    submission = factories.draft(company)
    drafts.attach(submission, submission.applicant, "naskah-pp", factories.upload("naskah.pdf", data))
    submission = perform(submission, "file", submission.applicant)
    for role, action in factories.WAY[:steps]:
        submission = perform(submission, action, getattr(office, role))
    return submission


def repaired(office, old: bytes, new: bytes):
    """An application that was returned and came back with another regulation."""
    submission = filed_with(old, office=office, steps=2)
    factories.finding(submission, office.korektor)
    submission = perform(submission, "return", office.korektor)
    drafts.attach(submission, submission.applicant, "naskah-pp", factories.upload("naskah-2.pdf", new))
    return perform(submission, "repair", submission.applicant)


def page(client, submission, **query):
    return client.get(reverse("psk_desk:redline", args=[submission.pk]), query)


def plain(answer) -> str:
    """The page's words without markup, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_repaired_text_is_put_beside_the_one_before(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    answer = page(client, submission)
    html, words = answer.content.decode(), plain(answer)
    assert "1 diubah, 2 tetap" in words
    assert re.search(r"<del>.*10 \(sepuluh.*</del>", html) and re.search(r"<ins>.*12 \(dua belas.*</ins>", html)
    assert "[dihapus:" in words and "[ditambahkan:" in words
    assert f"{submission.number}, versi 1" in words and "naskah-2.pdf" in words


def test_every_change_is_linked_from_the_summary(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    html = page(client, submission).content.decode()
    for anchor in re.findall(r'href="#([^"]+-pasal-[^"]+)"', html):
        assert f'id="{anchor}"' in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_unchanged_parts_are_folded_and_unfolded_on_request(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    assert '<details class="psk-redline__same">' in page(client, submission).content.decode()
    html = page(client, submission, tampil="semua").content.decode()
    assert '<details class="psk-redline__same" open>' in html and "Upah dibayar setiap bulan" in html


def test_a_first_text_is_put_beside_the_regulation_in_force(office, client):
    first = filed_with(pdf(OLD), office=office, steps=6)
    renewal = filed_with(pdf(NEW), company=first.company)
    client.force_login(office.korektor)
    answer = page(client, renewal)
    number = CompanyRegulation.objects.get(company=first.company).decree_number
    assert answer.context["page"].left.decree_number == number
    assert f"ditetapkan dengan {number}" in plain(answer) and "1 diubah" in plain(answer)


def test_the_regulation_s_page_compares_what_was_decreed(office, client):
    first = filed_with(pdf(OLD), office=office, steps=6)
    filed_with(pdf(NEW), company=first.company, office=office, steps=6)
    regulation = CompanyRegulation.objects.get(company=first.company)
    client.force_login(office.kadis)
    versions = client.get(reverse("psk_regulation_versions", args=[regulation.pk])).content.decode()
    address = reverse("psk_regulation_redline", args=[regulation.pk])
    assert address in versions
    answer = client.get(address)
    assert "1 diubah" in plain(answer)
    assert answer.context["page"].right.decree_number == regulation.decree_number


def test_a_single_text_says_that_there_is_nothing_to_compare(office, client):
    client.force_login(office.registrasi)
    assert "Baru ada satu naskah" in plain(page(client, filed_with(pdf(OLD))))


def test_texts_of_other_companies_are_not_offered(office, client):
    mine, other = repaired(office, pdf(OLD), pdf(NEW)), filed_with(pdf(OLD))
    document = SubmissionDocument.objects.get(submission=other, code="naskah-pp")
    client.force_login(office.korektor)
    answer = page(client, mine, kiri=f"d{document.pk}-1")
    assert other.number not in plain(answer)
    assert "Naskah yang diminta tidak ada" in plain(answer)


@pytest.mark.parametrize("key", ["", "x", "\x00", "d1-1" * 5000, "d99999999999-1", "'\"><script>"])
def test_no_address_breaks_it(office, client, key):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    answer = page(client, submission, kiri=key, kanan=key, tampil=key)
    assert answer.status_code == 200 and "<script>" not in plain(answer)


def test_the_same_text_on_both_sides_is_told(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    key = page(client, submission).context["page"].left.key
    assert "di kiri dan kanan sama" in plain(page(client, submission, kiri=key, kanan=key))


def test_the_second_visit_compares_nothing(office, client, monkeypatch):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    first = page(client, submission).content.decode()
    assert Comparison.objects.count() == 1
    monkeypatch.setattr(redline, "compare", None)
    again = page(client, submission).content.decode()
    assert first.split("psk-redline__text")[1] == again.split("psk-redline__text")[1]


def test_a_redline_of_an_earlier_engine_is_made_anew(office, client, monkeypatch):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    page(client, submission)
    monkeypatch.setattr(redline, "ENGINE", redline.ENGINE + 1)
    assert "1 diubah" in plain(page(client, submission))
    assert Comparison.objects.get().engine == redline.ENGINE


def test_long_texts_are_compared_in_a_task(office, client, settings, monkeypatch):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    settings.PSK_REDLINE_WORDS_AT_ONCE = 3
    started = []
    monkeypatch.setattr(comparing, "after_commit", lambda task, *pks: started.append((task, pks)))
    client.force_login(office.korektor)
    assert "sedang dibandingkan" in plain(page(client, submission))
    ((task, pks),) = started
    task.call(*pks)
    assert "1 diubah" in plain(page(client, submission))
    assert len(started) == 1


BAD = {
    RegulationText.State.SCANNED: "berupa gambar",
    RegulationText.State.EMPTY: "tidak berisi tulisan",
    RegulationText.State.LOCKED: "terkunci kata sandi",
    RegulationText.State.FAILED: "berkasnya rusak",
    RegulationText.State.RECOGNISING: "sedang dikenali",
}


@pytest.mark.parametrize("state", BAD)
def test_a_text_without_words_says_why_and_nothing_breaks(office, client, state):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    page(client, submission)
    file = SubmissionDocument.objects.get(submission=submission, code="naskah-pp").file
    RegulationText.objects.filter(file=file).update(state=state, words="")
    words = plain(page(client, submission))
    assert BAD[state] in words and "tidak dapat dibandingkan kata demi kata" in words


def test_a_damaged_file_found_at_the_first_look_is_told(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    broken = intake.keep(b"%PDF-1.7\nrusak\n%%EOF", intake.Looked(intake.PDF, 1))
    SubmissionDocument.history.filter(submission_id=submission.pk, code="naskah-pp", version=1).update(file=broken)
    client.force_login(office.korektor)
    assert "Kiri: Isi berkas ini tidak dapat dibaca karena berkasnya rusak" in plain(page(client, submission))


def test_a_file_the_storage_has_lost_is_told(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    file = SubmissionDocument.objects.get(submission=submission, code="naskah-pp").file
    RegulationText.objects.filter(file=file).delete()
    intake.storage().delete(file.path)
    client.force_login(office.korektor)
    assert "Kanan: Isi berkas ini belum dibaca" in plain(page(client, submission))


def test_pages_that_are_pictures_are_named(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    page(client, submission)
    file = SubmissionDocument.objects.get(submission=submission, code="naskah-pp").file
    text = RegulationText.objects.get(file=file)
    text.words += "\n\f\n"
    text.save()
    assert "Kanan: Halaman berikut tidak memuat kata dan tidak ikut dibandingkan: 2." in plain(page(client, submission))


def test_recognition_is_offered_for_a_scan_and_started_once(office, client, monkeypatch):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    page(client, submission)
    file = SubmissionDocument.objects.get(submission=submission, code="naskah-pp").file
    RegulationText.objects.filter(file=file).update(state=RegulationText.State.SCANNED, words="")
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    assert "(OCR)" not in plain(page(client, submission))
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    started = []
    monkeypatch.setattr(ocr, "after_commit", lambda task, pk: started.append(pk))
    answer = page(client, submission)
    assert "(OCR)" in plain(answer)
    address = reverse("psk_desk:redline_recognise", args=[submission.pk])
    key = answer.context["page"].right.key
    for _press in range(2):
        client.post(address, {"naskah": key})
    assert started == [file.pk]
    assert client.post(address, {"naskah": "\x00"}).status_code == 302


def test_looking_is_recorded_as_opening_the_documents_is(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    page(client, submission)
    assert FileReading.objects.of(submission).filter(user=office.korektor, part="naskah-pp").count() == 2


def test_as_many_queries_for_many_versions_as_for_two(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, submission)
        return len(captured)

    queries()
    few = queries()
    for _i in range(3):
        filed_with(pdf(OLD), company=submission.company)
    assert queries() == few


def test_the_desk_leads_to_it(office, client):
    submission = filed_with(pdf(OLD), office=office, steps=2)
    client.force_login(office.korektor)
    desk = client.get(reverse("psk_desk:desk", args=[submission.pk])).content.decode()
    assert reverse("psk_desk:redline", args=[submission.pk]) in desk


def test_kept_redlines_give_back_what_was_kept():
    made = redline.compare("\n".join(OLD), "\n".join([*NEW, "Pasal 3", "Baru sekali."]))
    again = comparing.from_data(comparing.to_data(made))
    assert again.counts == made.counts
    assert (again.old_text, again.new_text) == (made.old_text, made.new_text)


def test_old_redlines_are_forgotten(office, client):
    import datetime as dt

    from django.utils import timezone

    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(office.korektor)
    page(client, submission)
    assert comparing.forget_old() == 0
    Comparison.objects.update(made_at=timezone.now() - dt.timedelta(days=comparing.KEPT_DAYS + 1))
    assert comparing.forget_old() == 1


def test_the_company_reads_what_it_changed_itself(office, client):
    submission = repaired(office, pdf(OLD), pdf(NEW))
    client.force_login(submission.applicant)
    address = reverse("psk:submission_changes", args=[submission.number, "naskah-pp"])
    assert address in client.get(submission.get_absolute_url()).content.decode()
    words = plain(client.get(address))
    assert "1 diubah, 2 tetap" in words and "12 (dua belas" in words


def test_the_company_finds_no_changes_where_nothing_was_repaired(office, client):
    submission = filed_with(pdf(OLD))
    client.force_login(submission.applicant)
    assert (
        "perubahan" not in client.get(submission.get_absolute_url()).content.decode().split("Dokumen yang diajukan")[-1]
    )
    for code in ("naskah-pp", "surat-permohonan", "tidak-ada"):
        assert client.get(reverse("psk:submission_changes", args=[submission.number, code])).status_code == 404
