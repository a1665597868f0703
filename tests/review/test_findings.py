"""Findings and notes: who writes them, when, and what happens when two people write at once."""

import re

import pytest
from django.urls import reverse

from psk_plugin.review import verbs
from psk_plugin.submissions import drafts
from psk_plugin.submissions.errors import Forbidden, Impossible, Stale
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding, Submission

from .. import factories

pytestmark = pytest.mark.django_db

WORDS = {
    "document_code": "naskah-pp",
    "field_code": "",
    "article": "Pasal 12",
    "problem": "Cuti tahunan hanya 10 hari.",
    "request": "Ubah menjadi sekurang-kurangnya 12 hari kerja.",
    "legal_basis": "UU 13/2003 Pasal 79",
    "is_mandatory": True,
}


def repaired(office) -> Submission:
    """An application that came back from its company with one answer."""
    submission = factories.filed(office, steps=2)
    finding = factories.finding(submission, office.korektor)
    submission = perform(submission, "return", office.korektor)
    person = submission.applicant
    drafts.attach(submission, person, "naskah-pp", factories.upload("naskah-2.pdf"))
    submission = drafts.keep_repair(submission, person, {}, {str(finding.pk): "Sudah kami ubah."})
    return perform(submission, "repair", person)


def test_finding_is_written_at_the_stage_that_examines(office):
    submission = factories.filed(office, steps=2)
    finding = verbs.add_finding(submission, office.korektor, WORDS)
    assert (finding.state, finding.stage.code, finding.written_by) == ("draft", "koreksi", office.korektor)


@pytest.mark.parametrize(("steps", "role"), [(0, "registrasi"), (3, "kasi"), (5, "kadis")])
def test_stage_that_does_not_examine_writes_no_findings(office, steps, role):
    submission = factories.filed(office, steps=steps)
    with pytest.raises(Impossible):
        verbs.add_finding(submission, getattr(office, role), WORDS)
    assert not Finding.objects.exists()


@pytest.mark.parametrize("role", ["verifikator", "kasi", "registrasi"])
def test_colleague_of_another_stage_writes_no_findings(office, role):
    submission = factories.filed(office, steps=2)
    with pytest.raises(Forbidden):
        verbs.add_finding(submission, getattr(office, role), WORDS)


def test_finding_is_not_written_while_the_company_repairs(office):
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    with pytest.raises(Impossible):
        verbs.add_finding(submission, office.verifikator, WORDS)


def test_new_finding_makes_a_colleagues_older_page_stale(office):
    submission = factories.filed(office, steps=2)
    colleague = factories.staff("korektor")
    verbs.add_finding(submission, office.korektor, WORDS | {"is_mandatory": False})
    with pytest.raises(Stale):
        perform(submission, "declare_in_order", colleague, revision=submission.revision)


def test_edit_of_a_finding_changed_meanwhile_is_refused_and_loses_nothing(office):
    submission = factories.filed(office, steps=2)
    finding = verbs.add_finding(submission, office.korektor, WORDS)
    mark = verbs.seen(finding)
    verbs.edit_finding(submission, factories.staff("korektor"), finding.pk, WORDS | {"article": "Pasal 13"}, mark)
    with pytest.raises(Stale):
        verbs.edit_finding(submission, office.korektor, finding.pk, WORDS | {"article": "Pasal 99"}, mark)
    finding.refresh_from_db()
    assert finding.article == "Pasal 13"


def test_sent_finding_is_neither_edited_nor_deleted(office):
    submission = repaired(office)
    finding = submission.findings.get()
    with pytest.raises(Stale):
        verbs.edit_finding(submission, office.korektor, finding.pk, WORDS)
    with pytest.raises(Stale):
        verbs.delete_finding(submission, office.korektor, finding.pk)
    assert submission.findings.count() == 1


def test_draft_left_behind_by_a_later_stage_can_be_deleted_where_the_application_now_stands(office):
    submission = factories.filed(office, steps=2)
    finding = verbs.add_finding(submission, office.korektor, WORDS)
    route = submission.route
    submission = perform(submission, "send_back", office.korektor, reason="Cek lagi.", data={"stage": route[1]["id"]})
    verbs.delete_finding(submission, office.verifikator, finding.pk)
    assert perform(submission, "declare_complete", office.verifikator).stage.code == "koreksi"


def test_accepting_the_repair_opens_the_way(office):
    submission = repaired(office)
    finding = submission.findings.get()
    with pytest.raises(Impossible):
        perform(submission, "declare_in_order", office.korektor)
    verbs.accept(submission, office.korektor, finding.pk)
    finding.refresh_from_db()
    assert (finding.state, finding.resolved_by) == (Finding.State.ACCEPTED, office.korektor)
    assert perform(submission, "declare_in_order", office.korektor).stage.code == "paraf-kasi"


def test_asking_again_keeps_the_old_words_and_the_companys_answer(office):
    submission = repaired(office)
    old = submission.findings.get()
    again = verbs.ask_again(submission, office.korektor, old.pk)
    old.refresh_from_db()
    assert old.state == Finding.State.DROPPED
    assert again.state == Finding.State.DRAFT
    assert old.problem in again.problem and "Jawaban perusahaan: Sudah kami ubah." in again.problem
    assert again.request == old.request


def test_second_judgement_of_the_same_repair_is_refused(office):
    submission = repaired(office)
    finding = submission.findings.get()
    verbs.accept(submission, office.korektor, finding.pk)
    with pytest.raises(Stale):
        verbs.ask_again(submission, factories.staff("korektor"), finding.pk)
    assert submission.findings.count() == 1


def test_form_without_a_place_says_so_and_keeps_what_was_typed(office, client):
    submission = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    url = reverse("psk_desk:finding_add", args=[submission.pk])
    answer = client.post(url, WORDS | {"document_code": "", "problem": "Masalah yang panjang sekali"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Pilih dokumen atau isian." in page and "Masalah yang panjang sekali" in page
    assert not Finding.objects.exists()


def test_stale_edit_shows_the_desk_with_what_was_typed(office, client):
    submission = factories.filed(office, steps=2)
    finding = verbs.add_finding(submission, office.korektor, WORDS)
    client.force_login(office.korektor)
    url = reverse("psk_desk:finding_edit", args=[submission.pk, finding.pk])
    answer = client.post(url, WORDS | {"problem": "Kalimat saya", "mark": "bukan-yang-ini"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kalimat saya" in page and "Rekan kerja Anda baru saja mengubah temuan ini" in page
    # Shown at the address of the post, where a link of its own would ask for what only a post may.
    links = [href for href in re.findall(r'href="([^"]*)"', page) if "bagian=" in href]
    assert links and all(href.startswith(reverse("psk_desk:desk", args=[submission.pk])) for href in links)


@pytest.mark.parametrize("odd", ["\x00", "x" * 20_000])
def test_odd_words_are_answered_with_a_sentence(office, client, odd):
    submission = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    for field in ("problem", "article", "document_code"):
        answer = client.post(reverse("psk_desk:finding_add", args=[submission.pk]), WORDS | {field: odd})
        assert answer.status_code == 409
        assert "psk-error" in answer.content.decode()
    note = client.post(reverse("psk_desk:note_add", args=[submission.pk]), {"text": odd})
    assert note.status_code == 409
    assert not submission.notes.exists() and not submission.findings.exists()


def test_note_is_seen_by_colleagues_and_never_by_the_company(office, client):
    submission = factories.filed(office, steps=2)
    client.force_login(office.verifikator)
    client.post(reverse("psk_desk:note_add", args=[submission.pk]), {"text": "Hanya untuk kita."})
    client.force_login(office.kadis)
    desk = reverse("psk_desk:desk", args=[submission.pk]) + "?bagian=catatan"
    assert "Hanya untuk kita." in client.get(desk).content.decode()
    client.force_login(submission.applicant)
    page = client.get(submission.get_absolute_url())
    assert page.status_code == 200
    assert "Hanya untuk kita." not in page.content.decode()
