"""The company's own area: where it stands, what to repair, nothing of anybody else's."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from psk_plugin.records.models import FileReading
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding, Status, Submission

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db):
    company = factories.CompanyFactory()
    company.person = factories.member_of(company)
    return company


@pytest.fixture
def visit(client, company):
    client.force_login(company.person)
    return client


@pytest.fixture
def returned(office, company):
    submission = factories.filed(office, steps=1, company=company, user=company.person)
    factories.finding(submission, office.verifikator, problem="Naskah belum ditandatangani.")
    factories.finding(
        submission,
        office.verifikator,
        document_code="",
        field_code="nomor-surat",
        problem="Nomor surat tidak sama dengan suratnya.",
    )
    return perform(submission, "return", office.verifikator, data={"message": "Mohon dilengkapi."})


def page_of(visit, submission, tail: str = "") -> str:
    answer = visit.get(f"/psk/permohonan/{submission.number}/{tail}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_says_whose_turn_it_is_and_until_when(visit, office, company):
    submission = factories.filed(office, company=company, user=company.person)
    page = page_of(visit, submission)
    assert "Giliran dinas" in page
    assert "hari kerja lagi" in page


def test_returned_application_shows_findings_and_starts_the_days_on_first_reading(visit, returned):
    assert returned.notices.get().first_read_at is None
    page = page_of(visit, returned)
    assert "Naskah belum ditandatangani." in page
    assert "Batas perbaikan" in page
    assert returned.notices.get().first_read_by is not None


def test_repair_replaces_the_document_and_the_answer_that_were_asked(visit, returned):
    by_document, _by_field = returned.findings.order_by("pk")
    answer = visit.post(
        f"/psk/permohonan/{returned.number}/perbaikan/",
        {
            "aksi": "kirim",
            "document-naskah-pp": factories.upload("naskah-2.pdf"),
            "field-nomor-surat": "002/HRD/XI/2026",
            "field-judul": "Judul lain yang tidak diminta",
            f"finding-{by_document.pk}": "Sudah ditandatangani.",
        },
        follow=True,
    )
    assert "Perbaikan Anda terkirim" in answer.content.decode()
    now = Submission.objects.get(pk=returned.pk)
    assert now.status == Status.IN_REVIEW
    assert now.data["nomor-surat"] == "002/HRD/XI/2026"
    assert now.data["judul"] == factories.ANSWERS["judul"]
    assert now.documents.get(code="naskah-pp").version == 2
    assert set(now.findings.values_list("state", flat=True)) == {Finding.State.ANSWERED}


def test_unanswered_finding_is_named_and_what_was_prepared_is_kept(visit, returned):
    first = returned.findings.order_by("pk").first()
    answer = visit.post(
        f"/psk/permohonan/{returned.number}/perbaikan/",
        {"aksi": "kirim", f"finding-{first.pk}": "Halaman 30 sudah ditandatangani.", "field-nomor-surat": ""},
        follow=True,
    )
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "Halaman 30 sudah ditandatangani." in page
    assert Submission.objects.get(pk=returned.pk).status == Status.RETURNED


def test_refused_file_in_a_repair_is_told_and_nothing_is_sent(visit, returned):
    answer = visit.post(
        f"/psk/permohonan/{returned.number}/perbaikan/",
        {"aksi": "kirim", "document-naskah-pp": factories.upload("x.pdf", b"GIF89a" + bytes(300))},
        follow=True,
    )
    assert "bukan salah satu dari" in answer.content.decode()
    assert Submission.objects.get(pk=returned.pk).status == Status.RETURNED


def test_withdrawing_needs_a_reason_and_ends_the_application(visit, office, company):
    submission = factories.filed(office, company=company, user=company.person)
    visit.post(f"/psk/permohonan/{submission.number}/batalkan/", {"alasan": " "})
    assert Submission.objects.get(pk=submission.pk).status == Status.IN_REVIEW
    visit.post(f"/psk/permohonan/{submission.number}/batalkan/", {"alasan": "Salah layanan."})
    assert Submission.objects.get(pk=submission.pk).status == Status.WITHDRAWN
    assert "Salah layanan." in page_of(visit, submission)


def test_receipt_pdf_names_number_company_and_documents(visit, office, company):
    submission = factories.filed(office, company=company, user=company.person)
    answer = visit.get(f"/psk/permohonan/{submission.number}/tanda-terima.pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert submission.number in text
    assert company.name in text
    assert "Naskah Peraturan Perusahaan" in text


def test_reading_a_document_is_recorded_and_nothing_in_it_may_run(visit, office, company):
    submission = factories.filed(office, company=company, user=company.person)
    answer = visit.get(f"/psk/permohonan/{submission.number}/berkas/naskah-pp/1/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert FileReading.objects.of(submission).filter(part="naskah-pp", user=company.person).count() == 1
    assert visit.get(f"/psk/permohonan/{submission.number}/berkas/naskah-pp/2/").status_code == 404


def test_internal_ways_are_not_shown_to_the_company(visit, office, company):
    submission = factories.filed(office, steps=3, company=company, user=company.person)
    back = next(s["id"] for s in submission.route if s["code"] == "koreksi")
    perform(submission, "send_back", office.kasi, reason="Rahasia antarmeja.", data={"stage": back})
    assert "Rahasia antarmeja." not in page_of(visit, submission)


@pytest.mark.parametrize("number", ["TIDAK-ADA", "PSK-2026-99999", "x" * 300, "%00", "..%2F.."])
def test_unknown_numbers_are_not_found(visit, number):
    assert visit.get(f"/psk/permohonan/{number}/").status_code == 404


def test_list_costs_the_same_however_long_it_is(visit, office, company):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert visit.get("/psk/permohonan/").status_code == 200
            return len(queries)

    factories.filed(office, steps=1, company=company, user=company.person)
    factories.filed(office, steps=6, company=company, user=company.person)
    count()
    few = count()
    for steps in (0, 1, 2, 3):
        factories.filed(office, steps=steps, company=company, user=company.person)
    assert count() == few


@pytest.mark.parametrize("page", ["abc", "0", "-3", "999999", "1'"])
def test_odd_page_numbers_show_a_page(visit, page):
    assert visit.get("/psk/permohonan/", {"hal": page}).status_code == 200


def test_session_that_ended_in_a_repair_costs_nothing(client, returned, company):
    by_document, _by_field = returned.findings.order_by("pk")
    where = f"/psk/permohonan/{returned.number}/perbaikan/"
    answer = client.post(
        where,
        {"aksi": "kirim", f"finding-{by_document.pk}": "Sudah diketik.", "field-nomor-surat": "002/HRD/XI/2026"},
    )
    assert "/akun/" in answer.url
    client.force_login(company.person)
    kept = Submission.objects.get(pk=returned.pk).workspace
    assert kept["answers"][str(by_document.pk)] == "Sudah diketik."
    assert kept["fields"]["nomor-surat"] == "002/HRD/XI/2026"
    assert "Sudah diketik." in client.get(where).content.decode()


def test_button_pressed_after_the_session_ended_leads_back_to_its_page(client, returned):
    answer = client.post(f"/psk/permohonan/{returned.number}/batalkan/", {"alasan": "x"})
    assert answer.url.endswith(f"next=%2Fpsk%2Fpermohonan%2F{returned.number}%2F")
    assert "mulai" not in client.post("/psk/layanan/pp-baru/mulai/").url
