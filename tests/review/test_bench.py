"""The bench: text by Pasal beside the checklist, each pointing across, saved row by row."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from psk_plugin.norms.loader import load_norms
from psk_plugin.norms.models import Norm
from psk_plugin.regulations.models import RegulationText
from psk_plugin.review.bench import Bench
from psk_plugin.review.models import DocumentCheck, NormAnswer

from .. import factories

pytestmark = pytest.mark.django_db

WORDS = "\n".join(
    (
        "BAB I",
        "KETENTUAN UMUM",
        "Pasal 1",
        "Pengertian",
        "Yang dimaksud dengan pekerja adalah setiap orang yang bekerja.",
        "Pasal 2",
        "Cuti Tahunan",
        "Pekerja berhak atas cuti tahunan 10 (sepuluh) hari kerja.",
        "Pasal 3",
        "Istirahat Haid",
        "Pekerja perempuan yang merasakan sakit saat haid tidak wajib bekerja. Cuti tahunan tidak berkurang.",
    )
)


@pytest.fixture
def office():
    load_norms()
    return factories.Office()


@pytest.fixture
def submission(office):
    submission = factories.filed(office, steps=2)
    document = submission.documents.get(code="naskah-pp")
    RegulationText.objects.update_or_create(
        file=document.file, defaults={"state": RegulationText.State.READ, "words": WORDS, "article_count": 3}
    )
    return submission


def norm(code: str) -> Norm:
    return Norm.objects.get(code=code)


def post(client, submission, path: str, data=None, **extra):
    return client.post(f"/admin/psk/permohonan/{submission.pk}/{path}/", data or {}, **extra)


def test_a_row_points_to_where_the_text_speaks_of_it_best_place_first(office, submission):
    bench = Bench(submission, office.korektor, list(submission.documents.select_related("file")))
    by_code = {entry.row.norm.code: [place.unit.label for place in entry.places] for entry in bench.rows}
    assert by_code["D1"] == ["Pasal 2", "Pasal 3"]
    assert by_code["D3"] == ["Pasal 3"]
    place = next(place for place in bench.places if place.unit.label == "Pasal 3")
    assert {"D1", "D3"} <= {row.norm.code for row in place.rows}


def test_the_page_shows_both_sides_and_every_link_across_has_its_place(client, office, submission):
    client.force_login(office.korektor)
    page = client.get(f"/admin/psk/permohonan/{submission.pk}/?bagian=daftar").content.decode()
    assert "cuti tahunan 10 (sepuluh) hari kerja" in page
    assert "40 norma belum dijawab" in page
    anchors = set(re.findall(r'href="#((?:pasal|bab|norma)-[\w-]+)"', page))
    assert anchors and anchors <= set(re.findall(r'id="([\w-]+)"', page))


def test_an_answer_is_saved_by_a_plain_form_and_comes_back_to_its_row(client, office, submission):
    client.force_login(office.korektor)
    d1 = norm("D1").pk
    answer = post(
        client, submission, f"norma/{d1}", {"verdict": "kurang", "article": "Pasal 2", "note": "", "mark": ""}
    )
    assert answer.status_code == 302 and answer.url.endswith(f"#norma-{d1}")
    page = client.get(f"/admin/psk/permohonan/{submission.pk}/?bagian=daftar").content.decode()
    assert "39 norma belum dijawab" in page and "Tulis temuan" in page
    begun = post(client, submission, f"norma/{d1}/temuan")
    assert "ubah=" in begun.url
    assert submission.findings.get().norm_id == d1


def test_a_script_gets_a_short_answer_and_the_new_mark(client, office, submission):
    client.force_login(office.korektor)
    wants = {"HTTP_ACCEPT": "application/json"}
    d1 = norm("D1").pk
    first = post(client, submission, f"norma/{d1}", {"verdict": "sesuai", "mark": ""}, **wants)
    assert first.status_code == 200
    stale = post(client, submission, f"norma/{d1}", {"verdict": "kurang", "mark": ""}, **wants)
    assert stale.status_code == 409 and "Rekan" in stale.json()["problem"]
    again = post(client, submission, f"norma/{d1}", {"verdict": "kurang", "mark": first.json()["mark"]}, **wants)
    assert again.status_code == 200
    assert NormAnswer.objects.get().verdict == "kurang"


@pytest.mark.parametrize(
    "data", [{}, {"verdict": "x" * 20_000}, {"verdict": "sesuai", "mark": "\x00" * 100}, {"verdict": "\x00"}]
)
def test_odd_answers_are_refused_with_a_sentence(client, office, submission, data):
    client.force_login(office.korektor)
    assert post(client, submission, f"norma/{norm('D1').pk}", data).status_code in (302, 409)
    assert post(client, submission, "norma/999999", {"verdict": "sesuai"}).status_code == 409


def test_documents_are_checked_at_the_verifiers_desk(client, office):
    submission = factories.filed(office, steps=1)
    client.force_login(office.verifikator)
    assert post(client, submission, "berkas/naskah-pp", {"verdict": "sah", "mark": ""}).status_code == 302
    assert DocumentCheck.objects.get().checked_by == office.verifikator
    client.force_login(office.korektor)
    page = client.get(f"/admin/psk/permohonan/{submission.pk}/?bagian=daftar").content.decode()
    assert "Ada dan sah" in page and 'name="verdict"' not in page


@pytest.mark.parametrize("state", ["scanned", "failed", "locked", "empty", "waiting"])
def test_a_text_that_cannot_be_shown_says_so_and_the_rows_stay(client, office, submission, state):
    RegulationText.objects.update(state=state, words="")
    client.force_login(office.korektor)
    page = client.get(f"/admin/psk/permohonan/{submission.pk}/?bagian=daftar").content.decode()
    assert "Naskah" in page and "Cuti tahunan" in page
    assert 'name="verdict"' in page


def test_queries_of_the_bench_do_not_grow_with_the_answers(client, office, submission):
    client.force_login(office.korektor)
    counts = []
    for code in ("D1", "D3"):
        post(client, submission, f"norma/{norm(code).pk}", {"verdict": "kurang", "mark": ""})
        post(client, submission, f"norma/{norm(code).pk}/temuan")
        client.get(f"/admin/psk/permohonan/{submission.pk}/?bagian=daftar")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/admin/psk/permohonan/{submission.pk}/?bagian=daftar")
        counts.append(len(queries))
    assert counts[0] == counts[1]
