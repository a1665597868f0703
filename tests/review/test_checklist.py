"""The checklists: who answers, what an answer changes, and what stands in the way of a decision."""

import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from psk_plugin.norms.loader import load_norms
from psk_plugin.norms.models import Norm
from psk_plugin.review import checklist, verbs
from psk_plugin.review.models import DocumentCheck, NormAnswer
from psk_plugin.submissions.errors import Forbidden, Impossible, Stale
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding, Status

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    load_norms()
    return factories.Office()


@pytest.fixture
def at_substance(office):
    return factories.filed(office, steps=2)


@pytest.fixture
def at_completeness(office):
    return factories.filed(office, steps=1)


def norm(code: str) -> Norm:
    return Norm.objects.get(code=code)


def row(submission, code: str) -> checklist.NormRow:
    return next(row for row in checklist.norm_rows(submission) if row.norm.code == code)


def test_forty_rows_wait_for_an_answer_in_nine_parts(at_substance):
    rows = checklist.norm_rows(at_substance)
    assert len(rows) == 40 and all(row.answer is None for row in rows)
    assert [title for title, _rows in checklist.by_chapter(rows)] == [
        *("Umum", "Hubungan kerja", "Waktu kerja dan istirahat", "Cuti dan izin", "Pengupahan"),
        *("Jaminan sosial dan K3", "Disiplin", "Pemutusan hubungan kerja"),
    ]


def test_an_answer_is_kept_with_who_when_and_which_version_of_norm_and_text(office, at_substance):
    checklist.answer_norm(at_substance, office.korektor, norm("D1").pk, "kurang", article="Pasal 9", note="10 hari")
    answer = row(at_substance, "D1").answer
    assert (answer.verdict, answer.article, answer.note) == ("kurang", "Pasal 9", "10 hari")
    assert answer.answered_by == office.korektor
    assert answer.norm_version == norm("D1").history.latest().history_id
    assert answer.document_version == 1


def test_a_changed_mind_leaves_the_first_answer_in_the_history(office, at_substance):
    for verdict in ("kurang", "sesuai"):
        checklist.answer_norm(at_substance, office.korektor, norm("D1").pk, verdict)
    assert [row.verdict for row in NormAnswer.history.order_by("history_id")] == ["kurang", "sesuai"]
    assert NormAnswer.objects.count() == 1


@pytest.mark.parametrize("role", ["registrasi", "verifikator", "kasi", "kabid", "sekretaris", "kadis"])
def test_only_the_korektor_answers_at_the_korektors_desk(office, at_substance, role):
    with pytest.raises((Forbidden, Impossible)):
        checklist.answer_norm(at_substance, getattr(office, role), norm("D1").pk, "sesuai")
    assert not NormAnswer.objects.exists()


def test_the_verifier_checks_documents_and_no_norms(office, at_completeness):
    checklist.check_document(at_completeness, office.verifikator, "naskah-pp", "sah")
    with pytest.raises(Impossible):
        checklist.answer_norm(at_completeness, office.verifikator, norm("D1").pk, "sesuai")
    with pytest.raises(Impossible):
        checklist.check_document(at_completeness, office.verifikator, "tidak-ada", "sah")
    assert DocumentCheck.objects.get().verdict == "sah"


@pytest.mark.parametrize("verdict", ["", "baik", "sesuai\x00", "x" * 20_000])
def test_an_answer_that_does_not_exist_is_refused(office, at_substance, verdict):
    with pytest.raises(Impossible):
        checklist.answer_norm(at_substance, office.korektor, norm("D1").pk, verdict)


def test_a_norm_that_is_off_is_not_asked(office, at_substance):
    with pytest.raises(Impossible):
        checklist.answer_norm(at_substance, office.korektor, norm("I2").pk, "sesuai")


def test_a_colleagues_answer_is_not_overwritten_unseen(office, at_substance):
    before = row(at_substance, "D1").mark
    checklist.answer_norm(at_substance, office.korektor, norm("D1").pk, "sesuai", mark=before)
    with pytest.raises(Stale):
        checklist.answer_norm(at_substance, factories.staff("korektor"), norm("D1").pk, "kurang", mark=before)
    assert row(at_substance, "D1").answer.verdict == "sesuai"


@pytest.mark.parametrize("verdict", ["kurang", "tidak-diatur"])
def test_a_lacking_norm_that_must_be_met_stands_in_the_way(office, at_substance, verdict):
    checklist.answer_norm(at_substance, office.korektor, norm("D1").pk, verdict)
    with pytest.raises(Impossible, match="D1"):
        perform(at_substance, "declare_in_order", office.korektor)


@pytest.mark.parametrize("verdict", ["sesuai", "lebih", "tidak-relevan"])
def test_other_answers_do_not(office, at_substance, verdict):
    checklist.answer_norm(at_substance, office.korektor, norm("D1").pk, verdict)
    assert perform(at_substance, "declare_in_order", office.korektor).stage.code == "paraf-kasi"


def test_advice_does_not_stand_in_the_way(office, at_substance):
    advice = norm("D1")
    advice.is_mandatory = False
    advice.save()
    later = factories.filed(office, steps=2)
    checklist.answer_norm(later, office.korektor, advice.pk, "kurang")
    assert perform(later, "declare_in_order", office.korektor).stage.code == "paraf-kasi"


def test_a_norm_changed_while_the_application_is_open_is_still_asked_as_it_was(office, at_substance):
    changed = norm("D1")
    changed.minimum, changed.is_on = "Paling sedikit 20 hari.", False
    changed.save()
    assert row(at_substance, "D1").norm.minimum.startswith("Paling sedikit 12")
    later = factories.filed(office, steps=2)
    assert "D1" not in [row.norm.code for row in checklist.norm_rows(later)]


def test_a_finding_begins_with_the_rows_words_and_settles_the_row(office, at_substance):
    korektor = office.korektor
    checklist.answer_norm(at_substance, korektor, norm("D1").pk, "kurang", article="Pasal 9", note="Hanya 10 hari.")
    finding = checklist.begin_finding(at_substance, korektor, norm("D1").pk)
    assert (finding.document_code, finding.article, finding.problem) == ("naskah-pp", "Pasal 9", "Hanya 10 hari.")
    assert "12 hari kerja" in finding.request and "Pasal 79" in finding.legal_basis
    assert checklist.begin_finding(at_substance, korektor, norm("D1").pk) == finding, "not begun twice"

    returned = perform(at_substance, "return", korektor)
    Finding.objects.update(state=Finding.State.ANSWERED)
    returned.to_repaired()
    returned.save()
    assert returned.status == Status.IN_REVIEW
    assert row(returned, "D1").blocks
    verbs.accept(returned, korektor, finding.pk)
    assert not row(returned, "D1").blocks
    assert perform(returned, "declare_in_order", korektor).stage.code == "paraf-kasi"


def test_a_repair_makes_the_answers_about_the_old_text_outdated(office, at_substance):
    checklist.answer_norm(at_substance, office.korektor, norm("D1").pk, "sesuai")
    assert not row(at_substance, "D1").is_outdated
    document = at_substance.documents.get(code="naskah-pp")
    document.version = 2
    document.save()
    assert row(at_substance, "D1").is_outdated


def test_the_checklist_takes_the_same_queries_however_much_is_answered(office, at_substance):
    counts = []
    for code in ("D1", "D3"):
        with CaptureQueriesContext(connection) as queries:
            checklist.norm_rows(at_substance)
        counts.append(len(queries))
        checklist.answer_norm(at_substance, office.korektor, norm(code).pk, "kurang")
        checklist.begin_finding(at_substance, office.korektor, norm(code).pk)
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_the_same_row_at_once_leave_one_answer():
    load_norms()
    office = factories.Office()
    submission = factories.filed(office, steps=2)
    people = [office.korektor, factories.staff("korektor")]
    pk, outcomes, start = norm("D1").pk, [], threading.Barrier(2)

    def press(user, verdict: str) -> None:
        start.wait()
        try:
            outcomes.append(checklist.answer_norm(submission, user, pk, verdict, mark="").verdict)
        except Stale:
            outcomes.append("stale")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=pair) for pair in zip(people, ("sesuai", "kurang"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[-1] == "stale" and len(outcomes) == 2
    assert NormAnswer.objects.count() == 1
