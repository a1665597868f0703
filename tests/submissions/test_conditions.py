"""Questions that hang on answers: what is asked, kept, filed. Their repair: `test_conditions_repaired`."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psk_plugin.services.editions import CompanyFacts
from psk_plugin.submissions import answers, drafts, wizard
from psk_plugin.submissions.conditions import asked_answers, asked_rows, rows_of_page, wanted_documents
from psk_plugin.submissions.errors import Incomplete
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories

pytestmark = pytest.mark.django_db
VALUES = ("ya", "tidak", "mungkin")


@st.composite
def forms(draw):
    """A form of up to nine questions that hang on each other anyhow, facts of a company, and answers."""
    rows = []
    for number in range(draw(st.integers(1, 9))):
        asked = draw(st.sampled_from(["always", "if_union", "if_no_union", "if_branches", "if_answer", "if_answer"]))
        on = draw(st.integers(0, max(0, number - 1))) if number else 0
        rows.append(
            {
                "code": f"q{number}",
                "step": draw(st.sampled_from(["Satu", "Dua"])),
                "kind": "choice",
                "asked": asked if number or asked != "if_answer" else "always",
                "condition_field": f"q{on}",
                "condition_value": draw(st.sampled_from(VALUES)),
            }
        )
    facts = CompanyFacts(draw(st.booleans()), draw(st.booleans()))
    data = {
        row["code"]: draw(st.one_of(st.sampled_from(VALUES), st.lists(st.sampled_from(VALUES)), st.none()))
        for row in rows
        if draw(st.booleans()) or draw(st.booleans())
    }
    return {"fields": rows}, facts, data


def applies(rows: list[dict], number: int, facts: CompanyFacts, data: dict) -> bool:
    """The rule written another way: a question applies if its condition holds and the deciding one applies itself."""
    row = rows[number]
    match row["asked"]:
        case "always":
            return True
        case "if_union":
            return facts.has_union
        case "if_no_union":
            return not facts.has_union
        case "if_branches":
            return facts.has_branches
    on = next(n for n, other in enumerate(rows) if other["code"] == row["condition_field"])
    answer = data.get(row["condition_field"])
    given_answers = answer if isinstance(answer, list) else [answer]
    return on < number and applies(rows, on, facts, data) and row["condition_value"] in given_answers


@given(forms())
def test_exactly_the_questions_whose_whole_chain_holds_are_asked(form):
    definition, facts, data = form
    rows = definition["fields"]
    expected = [row["code"] for number, row in enumerate(rows) if applies(rows, number, facts, data)]
    assert [row["code"] for row in asked_rows(definition, facts, data)] == expected


@given(forms(), forms())
def test_answers_to_what_is_not_asked_decide_nothing(form, other):
    definition, facts, data = form
    asked = {row["code"] for row in asked_rows(definition, facts, data)}
    changed = data | {code: value for code, value in other[2].items() if code not in asked}
    assert {row["code"] for row in asked_rows(definition, facts, changed)} == asked


@given(forms())
def test_a_page_shows_what_is_asked_and_never_less(form):
    definition, facts, data = form
    asked = {row["code"] for row in asked_rows(definition, facts, data)}
    for rows in answers.steps_of(definition).values():
        shown = {row["code"] for row in rows_of_page(rows, asked)}
        assert asked & {row["code"] for row in rows} <= shown


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clinic=st.booleans(), facilities=st.lists(st.sampled_from(["Kantin", "Klinik", "Tempat ibadah"]), min_size=1))
def test_filed_data_are_exactly_the_answers_to_what_is_asked(clinic, facilities):
    draft = factories.every_kind_draft(clinic=True)
    typed = {"ada-fasilitas": "ya" if clinic else "tidak", "fasilitas": facilities, "wakil-serikat": "Tidak ditanyakan"}
    draft = drafts.keep_answers(draft, draft.applicant, typed)
    filed = perform(draft, "file", draft.applicant)
    expected = {"nama", "uraian", "anggota", "anggaran", "tanggal-bentuk", "masa-bakti", "surel", "telepon"}
    expected |= {"nib-mitra", "npwp-mitra", "kbli-mitra", "kecamatan", "ada-fasilitas", "rapat", "cabang"}
    expected |= {"fasilitas"} if clinic else set()
    has_clinic = clinic and "Klinik" in facilities
    expected |= {"nama-dokter", "foto-klinik", "izin-sampai"} if has_clinic else set()
    assert set(filed.data) == expected
    files = set(filed.documents.values_list("code", flat=True))
    assert files == ({"surat", "izin-klinik", "foto-klinik"} if has_clinic else {"surat"})
    shown = {answer.row["code"] for _step, rows in answers.answered_rows(filed) for answer in rows}
    assert shown == expected


@pytest.fixture
def person(client):
    company = factories.CompanyFactory()
    user = factories.member_of(company)
    user.company = company
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.force_login(user)
    return user


def step_url(draft: Submission, number: int) -> str:
    return reverse("psk:draft_step", args=[draft.token, f"isian-{number}"])


def slugs(draft: Submission) -> list[str]:
    return [step.slug for step in wizard.steps_of(Submission.objects.get(pk=draft.pk))]


def facilities(**changes) -> dict:
    return {
        "field-ada-fasilitas": "ya",
        "field-fasilitas": ["Klinik"],
        "field-nama-dokter": "dr. Contoh",
        "field-rapat": "Setiap bulan",
        "field-cabang_0_0": "Cabang Satu",
        "field-cabang_0_1": "Jl. Satu",
        "field-cabang_0_2": "12",
        "aksi": "lanjut",
    } | changes


def test_steps_without_a_question_for_this_company_are_left_out(person):
    draft = factories.every_kind_draft(person.company, person)
    assert slugs(draft) == ["perusahaan", "isian-1", "isian-2", "isian-3", "dokumen", "ringkasan"]
    drafts.keep_answers(draft, person, factories.CLINIC)
    assert "isian-5" in slugs(draft)
    person.company.unions.create(name="SP Contoh")
    assert slugs(draft)[3:6] == ["isian-3", "isian-4", "isian-5"]


def test_question_on_the_same_page_is_shown_with_the_sentence_that_says_when(client, person):
    draft = factories.every_kind_draft(person.company, person)
    page = client.get(wizard.step_address(draft, "isian-3")).content.decode()
    assert 'data-psk-if="field-ada-fasilitas"' in page
    assert "Isi hanya bila “Apakah ada fasilitas kesejahteraan?” dijawab “Ya”." in page
    assert "Isi hanya bila “Fasilitas yang ada” dijawab “Klinik”." in page
    assert '<span class="psk-field__second" lang="en">Facilities at hand</span>' in page


def test_what_does_not_apply_is_not_judged_and_what_was_typed_there_stays(client, person):
    draft = factories.every_kind_draft(person.company, person)
    answer = client.post(
        step_url(draft, 3), facilities(**{"field-ada-fasilitas": "tidak", "field-nama-dokter": "dr. Tetap"})
    )
    assert "langkah=dokumen" in answer.url
    kept = Submission.objects.get(pk=draft.pk)
    assert kept.data["nama-dokter"] == "dr. Tetap"
    assert "nama-dokter" not in asked_answers(kept)
    summary = client.get(wizard.step_address(kept, "ringkasan")).content.decode()
    assert "dr. Tetap" not in summary
    assert "Izin klinik" not in summary


def test_what_applies_is_judged_with_its_own_sentence(client, person):
    draft = factories.every_kind_draft(person.company, person)
    answer = client.post(step_url(draft, 3), facilities(**{"field-nama-dokter": ""}))
    assert "periksa=1" in answer.url
    page = client.get(answer.url).content.decode()
    assert "Nama dokter klinik: Mohon isi bagian ini" in page
    assert "Foto klinik: Mohon lampirkan berkasnya." in page


def test_an_answer_brings_its_step_and_its_document(client, person):
    draft = factories.every_kind_draft(person.company, person)
    photo = {"document-foto-klinik": factories.upload("foto.pdf")}
    answer = client.post(step_url(draft, 3), facilities() | photo)
    assert "langkah=isian-5" in answer.url
    kept = Submission.objects.get(pk=draft.pk)
    assert [row["code"] for row, _must in wanted_documents(kept)] == ["surat", "izin-klinik"]
    assert kept.documents.get(code="foto-klinik").pending_name == "foto.pdf"
    page = client.get(wizard.step_address(kept, "isian-3")).content.decode()
    assert "foto.pdf" in page
    with pytest.raises(Incomplete) as gaps:
        perform(kept, "file", person)
    assert set(gaps.value.problems) == {"field-izin-sampai", "document-izin-klinik"}


def test_page_sent_after_its_step_has_gone_keeps_what_was_typed_and_goes_on(client, person):
    draft = factories.every_kind_draft(person.company, person, clinic=True)
    drafts.keep_answers(draft, person, {"ada-fasilitas": "tidak"})
    answer = client.post(step_url(draft, 5), {"field-izin-sampai": "2028-01-31", "aksi": "lanjut"})
    assert "langkah=dokumen" in answer.url
    assert Submission.objects.get(pk=draft.pk).data["izin-sampai"] == "2028-01-31"


def test_questions_that_another_page_asks_are_not_emptied(client, person):
    draft = factories.every_kind_draft(person.company, person, clinic=True)
    client.post(step_url(draft, 1), {"field-nama": "Lembaga", "aksi": "simpan"})
    kept = Submission.objects.get(pk=draft.pk).data
    assert kept["nama"] == "Lembaga"
    assert kept["uraian"] == ""
    assert kept["nama-dokter"] == "dr. Contoh"


def test_rows_are_added_and_taken_out_by_buttons_alone(client, person):
    draft = factories.every_kind_draft(person.company, person)
    answer = client.post(step_url(draft, 3), facilities(aksi="baris:cabang"))
    assert answer.url.endswith("#id_field-cabang_1_0")
    assert 'name="field-cabang_1_0"' in client.get(answer.url).content.decode()
    two = facilities(**{"field-cabang_1_0": "Cabang Dua", "aksi": "hapus-baris:cabang:0"})
    client.post(step_url(draft, 3), two)
    kept = Submission.objects.get(pk=draft.pk).data["cabang"]
    assert [row["Nama cabang"] for row in kept] == ["Cabang Dua"]


@pytest.mark.parametrize(
    "action",
    [
        *(
            "baris:",
            "baris:tidak-ada",
            "baris:nama",
            "hapus-baris:cabang:",
            "hapus-baris:cabang:999999",
            "pilih:cabang:1",
        ),
        *("hapus-baris:cabang:\u0663", "cari:\x00", "pilih:kbli-mitra:abc", "x" * 20_000, ""),
    ],
)
def test_odd_buttons_do_no_harm(client, person, action):
    draft = factories.every_kind_draft(person.company, person)
    assert client.post(step_url(draft, 3), facilities(aksi=action)).status_code == 302
    assert Submission.objects.get(pk=draft.pk).data["cabang"][0]["Nama cabang"] == "Cabang Satu"


def test_searching_and_choosing_a_code_stays_on_the_page(client, person):
    draft = factories.every_kind_draft(person.company, person)
    typed = {"field-kbli-mitra_code": "mesin", "field-kbli-mitra_edition": "2020", "aksi": "cari:kbli-mitra"}
    page = client.get(client.post(step_url(draft, 2), typed).url).content.decode()
    assert "Ditemukan untuk “mesin”" in page
    client.post(step_url(draft, 2), typed | {"aksi": "pilih:kbli-mitra:28112"})
    assert Submission.objects.get(pk=draft.pk).data["kbli-mitra"] == {"code": "28112", "edition": "2020"}


def test_script_sends_one_file_and_the_answers_stay(client, person):
    draft = factories.every_kind_draft(person.company, person, clinic=True)
    answer = client.post(step_url(draft, 3), {"aksi": "berkas", "document-foto-klinik": factories.upload("baru.pdf")})
    assert answer.json()["attached"]["foto-klinik"]["name"] == "baru.pdf"
    assert Submission.objects.get(pk=draft.pk).data["nama-dokter"] == "dr. Contoh"
    bad = client.post(step_url(draft, 3), {"aksi": "berkas", "document-foto-klinik": factories.upload("a", b"MZ")})
    assert "bukan salah satu dari" in bad.json()["refused"]["foto-klinik"]
    client.post(step_url(draft, 3), facilities(hapus="foto-klinik"))
    assert draft.documents.get(code="foto-klinik").pending is None


def test_filing_twice_files_once_with_the_file_as_an_answer(client, person):
    draft = factories.every_kind_draft(person.company, person, clinic=True)
    where = reverse("psk:draft_file", args=[draft.token])
    first = client.post(where, {"benar": "1", "dikunci": "1"})
    assert client.post(where, {"benar": "1", "dikunci": "1"}).url == first.url
    filed = Submission.objects.get(pk=draft.pk)
    document = filed.documents.get(code="foto-klinik")
    assert filed.data["foto-klinik"] == {"name": "foto-klinik.pdf", "sha256": document.file.sha256}
    page = client.get(filed.get_absolute_url()).content.decode()
    assert reverse("psk:submission_document", args=[filed.number, "foto-klinik", 1]) in page
    assert '<td data-label="Nama cabang">Cabang Satu</td>' in page
    receipt = client.get(reverse("psk:submission_receipt_pdf", args=[filed.number]))
    assert receipt.content[:5] == b"%PDF-"


def test_a_table_on_paper_gives_the_widest_column_to_the_longest_answers(person):
    draft = factories.every_kind_draft(person.company, person)
    rows = [
        {"Nama cabang": "Satu", "Alamat": "Jl. Raya Narogong Kilometer 7, Bojong Rawalumbu", "Jumlah pekerja": "12"}
    ]
    draft = drafts.keep_answers(draft, person, {"cabang": rows})
    (table,) = [answer for _step, shown in answers.answered_rows(draft) for answer in shown if answer.lines]
    widths = dict(table.widths)
    assert max(widths, key=widths.get) == "Alamat" and 97 <= sum(widths.values()) <= 100
    assert all(width > 10 for width in widths.values()), "no column is squeezed to nothing"


def test_step_of_questions_costs_the_same_however_many_rows_a_table_has(client, person, django_assert_max_num_queries):
    draft = factories.every_kind_draft(person.company, person)
    where = wizard.step_address(draft, "isian-3")
    client.get(where)
    with django_assert_max_num_queries(40) as few:
        client.get(where)
    drafts.keep_answers(draft, person, {"cabang": [{"Nama cabang": str(n)} for n in range(90)]})
    with django_assert_max_num_queries(len(few)):
        client.get(where)
