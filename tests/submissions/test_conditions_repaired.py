"""Repair of answers on which other questions hang: what opens, what a changed answer brings and takes away."""

import pytest
from django.urls import reverse

from psk_plugin.submissions import drafts, repairs
from psk_plugin.submissions.errors import Impossible, Incomplete
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding, Submission

from .. import factories

pytestmark = pytest.mark.django_db


def returned(clinic: bool, **finding) -> Submission:
    draft = factories.every_kind_draft(clinic=clinic)
    submission = perform(draft, "file", draft.applicant)
    office = factories.Office()
    submission = perform(submission, "receive", office.registrasi)
    factories.finding(submission, office.verifikator, **({"document_code": ""} | finding))
    return perform(submission, "return", office.verifikator)


def repair_with(submission: Submission, **typed) -> Submission:
    return drafts.keep_repair(submission, submission.applicant, typed, {})


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("nama", "LKS Baru"),
        ("masa-bakti", {"from": "2026-04-01", "until": "2029-03-31"}),
        ("nib-mitra", "9120001234599"),
        ("kbli-mitra", {"code": "28130", "edition": "2025"}),
        ("kecamatan", "jatiasih"),
        ("fasilitas", ["Kantin", "Klinik"]),
        ("cabang", [{"Nama cabang": "Lain", "Alamat": "", "Jumlah pekerja": ""}]),
    ],
)
def test_single_answer_of_any_kind_is_repaired_and_nothing_else(code, value):
    submission = returned(True, field_code=code)
    before = dict(submission.data)
    submission = repair_with(submission, **{code: value, "uraian": "tidak diminta"})
    repaired = perform(submission, "repair", submission.applicant)
    assert repaired.data == before | {code: value}
    assert repaired.events.get(action="repair").details["answers"] == {code: [before[code], value]}


def test_wrong_repair_is_told_and_kept():
    submission = repair_with(returned(False, field_code="nib-mitra"), **{"nib-mitra": "12"})
    with pytest.raises(Incomplete) as gaps:
        perform(submission, "repair", submission.applicant)
    assert set(gaps.value.problems) == {"field-nib-mitra"}
    assert Submission.objects.get(pk=submission.pk).workspace["fields"]["nib-mitra"] == "12"


def test_file_that_answers_a_question_is_replaced_as_a_new_version():
    submission = returned(True, field_code="foto-klinik")
    before = submission.data["foto-klinik"]
    with pytest.raises(Incomplete):
        perform(submission, "repair", submission.applicant)
    drafts.attach(submission, submission.applicant, "foto-klinik", factories.upload("foto-2.pdf"))
    with pytest.raises(Impossible):
        drafts.attach(submission, submission.applicant, "surat", factories.upload())
    repaired = perform(submission, "repair", submission.applicant)
    assert repaired.documents.get(code="foto-klinik").version == 2
    assert repaired.data["foto-klinik"]["name"] == "foto-2.pdf"
    assert repaired.data["foto-klinik"]["sha256"] != before["sha256"]
    assert repaired.findings.get().answered_version == 2


def test_what_a_changed_answer_brings_is_asked_within_the_repair():
    submission = returned(False, field_code="ada-fasilitas")
    submission = repair_with(submission, **{"ada-fasilitas": "ya", "fasilitas": ["Klinik"]})
    with pytest.raises(Incomplete) as gaps:
        perform(submission, "repair", submission.applicant)
    assert set(gaps.value.problems) == {
        *("field-nama-dokter", "field-foto-klinik", "field-izin-sampai", "document-izin-klinik"),
    }
    submission = repair_with(submission, **{"nama-dokter": "dr. Baru", "izin-sampai": "2028-01-01"})
    for code in ("foto-klinik", "izin-klinik"):
        drafts.attach(submission, submission.applicant, code, factories.upload(f"{code}.pdf"))
    repaired = perform(submission, "repair", submission.applicant)
    assert repaired.data["nama-dokter"] == "dr. Baru"
    assert repaired.data["foto-klinik"]["name"] == "foto-klinik.pdf"
    assert set(repaired.documents.values_list("code", "version")) == {
        *(("surat", 1), ("foto-klinik", 1), ("izin-klinik", 1)),
    }


def test_what_a_changed_answer_takes_away_is_no_longer_filed_and_its_finding_is_answered():
    submission = returned(True, field_code="ada-fasilitas")
    Finding.objects.filter(submission=submission).update(field_code="ada-fasilitas")
    finding = submission.findings.get()
    Finding.objects.create(
        submission=submission, stage=submission.stage, notice=finding.notice, state="open", field_code="nama-dokter"
    )
    submission = repair_with(submission, **{"ada-fasilitas": "tidak"})
    repaired = perform(submission, "repair", submission.applicant)
    assert "nama-dokter" not in repaired.data
    assert "foto-klinik" not in repaired.data
    assert repaired.documents.get(code="foto-klinik").version == 1  # what was filed is never lost


def test_repair_page_asks_with_a_condition_and_keeps_table_rows_without_a_script(client):
    submission = returned(False, field_code="ada-fasilitas")
    finding = submission.findings.get()
    Finding.objects.create(
        submission=submission, stage=submission.stage, notice=finding.notice, state="open", field_code="cabang"
    )
    client.force_login(submission.applicant)
    where = reverse("psk:submission_repair", args=[submission.number])
    page = client.get(where).content.decode()
    assert 'data-psk-if="field-ada-fasilitas"' in page
    typed = {"field-ada-fasilitas": "tidak", "field-cabang_0_0": "Baru", "aksi": "baris:cabang"}
    answer = client.post(where, typed)
    assert answer.url.endswith("#id_field-cabang_1_0")
    assert 'name="field-cabang_1_0"' in client.get(where).content.decode()
    submission.refresh_from_db()
    assert repairs.scope_of(submission, list(submission.findings.all())).data["cabang"][0]["Nama cabang"] == "Baru"
    client.post(where, {"field-ada-fasilitas": "ya", "field-fasilitas": ["Klinik"], "aksi": "kirim"})
    page = client.get(f"{where}?periksa=1").content.decode()
    assert "Mohon lampirkan: Izin klinik." in page
    assert "Nama dokter klinik: Mohon isi" in page
    assert 'name="document-izin-klinik"' in page


def test_session_that_ended_in_a_repair_keeps_every_tick(client):
    submission = returned(True, field_code="fasilitas")
    where = reverse("psk:submission_repair", args=[submission.number])
    client.post(where, {"field-fasilitas": ["Kantin", "Tempat ibadah"], "aksi": "simpan"})
    client.force_login(submission.applicant)
    assert Submission.objects.get(pk=submission.pk).workspace["fields"]["fasilitas"] == ["Kantin", "Tempat ibadah"]
