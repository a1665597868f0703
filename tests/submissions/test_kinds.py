"""Each kind of answer: what is right, what is wrong and how it is told, what is kept, how it reads."""

import pytest
from django.http import QueryDict

from psk_plugin.companies import kbli
from psk_plugin.services.models import FieldKind
from psk_plugin.submissions import answers
from psk_plugin.submissions.kinds import KINDS, MAX_KEPT, kind_of
from psk_plugin.submissions.kinds.tables import MAX_CELLS, MAX_ROWS

pytestmark = pytest.mark.django_db
DEFINITION = {"max_validity_months": 24, "fields": [], "documents": []}
KBLI_2020 = {"code": "28110", "edition": "2020"}


def row(kind: str, **changes) -> dict:
    return {
        "code": "isian",
        "step": "Langkah",
        "label": "Isian",
        "help_text": "",
        "kind": kind,
        "choices": {"table": "Nama\nAlamat", "choice": "Satu\nDua", "several": "Satu\nDua\nTiga"}.get(kind, ""),
        "required": True,
        "role": "",
    } | changes


def problem(question: dict, kept) -> str:
    form = answers.AnswersForm.of_kept(DEFINITION, [question], {"isian": kept})
    return " ".join(form.errors.get("field-isian", []))


def typed(question: dict, *pairs: tuple[str, str]):
    posted = QueryDict(mutable=True)
    for name, value in pairs:
        posted.appendlist(name, value)
    return answers.AnswersForm(DEFINITION, [question], posted).typed().get("isian")


def test_every_kind_an_editor_can_choose_is_handled():
    assert set(KINDS) == set(FieldKind.values)


@pytest.mark.parametrize(
    ("kind", "kept", "reads"),
    [
        ("text", "Nama", "Nama"),
        ("long_text", "Baris satu\nbaris dua", "Baris satu\nbaris dua"),
        ("number", "1.250", "1.250"),
        ("number", "1250", "1.250"),
        ("money", "Rp 5.999.443", "Rp5.999.443"),
        ("date", "2026-11-24", "24 November 2026"),
        ("date", "1987-05-01", "1 Mei 1987"),
        ("period", {"from": "2027-01-01", "until": "2028-12-31"}, "1 Januari 2027 sampai dengan 31 Desember 2028"),
        ("yes_no", "ya", "Ya"),
        ("choice", "Dua", "Dua"),
        ("several", ["Satu", "Tiga"], "Satu; Tiga"),
        ("email", "hrd@perusahaan.test", "hrd@perusahaan.test"),
        ("phone", "021 8000-000", "021 8000-000"),
        ("nib", "9120001234567", "9120001234567"),
        ("nib", "9120 0012 34567", "9120001234567"),
        ("npwp", "09.254.294.3-407.000", "092542943407000"),
        ("npwp", "0925 4294 3407 0001", "0925429434070001"),
        ("kbli", KBLI_2020, "28110 (KBLI 2020) Industri mesin dan perlengkapan"),
        ("kecamatan", "medan-satria", "Medan Satria"),
        ("table", [{"Nama": "Satu", "Alamat": "Jl. A"}, {"Nama": "Dua", "Alamat": ""}], "Satu, Jl. A; Dua"),
    ],
)
def test_right_answer_is_accepted_and_reads_well(kind, kept, reads):
    assert problem(row(kind), kept) == ""
    assert answers.readable(row(kind), kept) == reads


@pytest.mark.parametrize(
    ("kind", "kept", "sentence"),
    [
        ("text", "", "Mohon isi bagian ini"),
        ("text", "x" * 251, "250"),
        ("long_text", "x" * 5001, "5000"),
        ("number", "dua", "angka"),
        ("number", "-4", "angka"),
        ("number", "9" * 19, "angka"),
        ("money", "banyak", "angka"),
        ("date", "2026-02-31", "tanggal"),
        ("date", "0026-02-01", "tahun"),
        ("date", "besok", "tanggal"),
        ("period", {"from": "2027-01-01", "until": ""}, "kedua tanggal"),
        ("period", {"from": "2027-01-01", "until": "2026-01-01"}, "setelah"),
        ("period", {"from": "2027-01-01", "until": "2030-01-01"}, "24 bulan"),
        ("yes_no", "mungkin", "pilihan"),
        ("yes_no", "", "Mohon isi"),
        ("choice", "Tiga", "pilihan"),
        ("several", ["Satu", "Lima"], "pilihan"),
        ("several", [], "Mohon isi"),
        ("email", "bukan surel", "surel"),
        ("phone", "telepon", "telepon"),
        ("nib", "912000123456", "13 angka"),
        ("nib", "91200012345678", "13 angka"),
        ("nib", "٩١٢٠٠٠١٢٣٤٥٦٧", "13 angka"),
        ("npwp", "0925429434070", "16 angka"),
        ("kbli", {"code": "", "edition": ""}, "Mohon isi"),
        ("kbli", {"code": "2811", "edition": "2020"}, "lima angka"),
        ("kbli", {"code": "00110", "edition": "2020"}, "lima angka"),
        ("kbli", {"code": "mesin", "edition": "2020"}, "belum berupa kode"),
        ("kbli", {"code": "28110", "edition": ""}, "edisi"),
        ("kbli", {"code": "28110", "edition": "1999"}, "edisi"),
        ("kecamatan", "jakarta", "pilihan"),
        ("kecamatan", "", "Mohon isi"),
        ("table", [], "satu baris"),
        ("table", [{"Nama": " ", "Alamat": ""}], "satu baris"),
        ("table", [{"Nama": "x" * 251, "Alamat": ""}], "Baris 1, “Nama”"),
        ("table", [{"Nama": str(n), "Alamat": ""} for n in range(MAX_ROWS + 1)], "200 baris"),
    ],
)
def test_wrong_answer_is_told_in_a_sentence(kind, kept, sentence):
    assert sentence.casefold() in problem(row(kind), kept).casefold()


ODD = [
    None,
    "",
    "x" * MAX_KEPT,
    "\x00\x07\ufffd\u202e",
    "' OR 1=1 --",
    ["a", "b"],
    [["a"], {"b": None}],
    {"from": ["x"], "until": {}},
    {"code": ["28110"], "edition": None},
    {},
    [],
    [{"Nama": ["x"], "Lain": 3}],
    7,
    True,
    "9999999999999-99-99",
    "1e309",
    "NaN",
]


@pytest.mark.parametrize("kind", FieldKind.values)
@pytest.mark.parametrize("kept", ODD, ids=[str(n) for n in range(len(ODD))])
def test_nothing_that_may_be_kept_breaks_a_page(kind, kept):
    question = row(kind)
    form = answers.AnswersForm.of_kept(DEFINITION, [question], {"isian": kept})
    str(form["field-isian"])
    assert isinstance(form.errors, dict)
    assert isinstance(answers.readable(question, kept), str)
    assert isinstance(kind_of(question).rows_of(question, kept), list)


@pytest.mark.parametrize("kind", [kind for kind in FieldKind.values if kind != "file"])
@pytest.mark.parametrize("value", ["", "\x00abc\x07", "é\ufffd", "x" * 30_000, "<script>alert(1)</script>", "\ud800"])
def test_nothing_that_may_be_posted_breaks_keeping(kind, value):
    names = ("", "_from", "_until", "_code", "_edition", "_0_0", "_0_1", "_0_99", "_9999_0", "_paste", "_x_y")
    kept = typed(row(kind), *((f"field-isian{name}", value) for name in names))
    assert "\x00" not in str(kept)
    assert "\ud800" not in str(kept)
    form = answers.AnswersForm.of_kept(DEFINITION, [row(kind)], {"isian": kept})
    assert "<script>" not in str(form["field-isian"])
    assert isinstance(form.errors, dict)


@pytest.mark.parametrize("kind", [kind for kind in FieldKind.values if kind not in ("file", "several", "table")])
def test_empty_answer_to_a_question_that_may_be_left_empty_is_right(kind):
    kept = typed(row(kind, required=False))
    assert problem(row(kind, required=False), kept) == ""
    assert answers.readable(row(kind), kept) == ""


def test_too_long_text_is_kept_so_that_it_can_be_shortened():
    kept = typed(row("long_text"), ("field-isian", "x" * 6000))
    assert len(kept) == 6000
    assert "5000" in problem(row("long_text"), kept)


def test_several_ticks_are_kept_as_a_list_and_no_tick_as_none():
    assert typed(row("several"), ("field-isian", "Satu"), ("field-isian", "Tiga")) == ["Satu", "Tiga"]
    assert typed(row("several")) == []


def test_rows_pasted_from_a_spreadsheet_are_added_without_their_heading():
    pasted = "Nama\tAlamat\r\nCabang A\tJl. A\r\nCabang B\tJl. B\tLantai 2\r\n\r\nCabang C"
    kept = typed(row("table"), ("field-isian_0_0", "Pusat"), ("field-isian_0_1", ""), ("field-isian_paste", pasted))
    assert kept == [
        {"Nama": "Pusat", "Alamat": ""},
        {"Nama": "Cabang A", "Alamat": "Jl. A"},
        {"Nama": "Cabang B", "Alamat": "Jl. B Lantai 2"},
        {"Nama": "Cabang C"},
    ]
    assert answers.readable(row("table"), kept) == "Pusat; Cabang A, Jl. A; Cabang B, Jl. B Lantai 2; Cabang C"


def test_large_table_comes_back_as_one_text_and_is_read_from_it():
    rows = [{"Nama": f"Cabang {n}", "Alamat": f"Jl. {n}"} for n in range(MAX_CELLS // 2 + 1)]
    form = answers.AnswersForm.of_kept(DEFINITION, [row("table")], {"isian": rows})
    page = str(form["field-isian"])
    assert page.count("<input") == 0
    assert 'name="field-isian_text"' in page
    text = "\n".join(f"{line['Nama']}\t{line['Alamat']}" for line in rows)
    assert typed(row("table"), ("field-isian_text", text), ("field-isian_paste", "")) == rows


def test_blank_rows_are_neither_counted_nor_shown():
    kept = [{"Nama": "", "Alamat": ""}, {"Nama": "A", "Alamat": "B"}, {"Nama": " ", "Alamat": ""}]
    assert kind_of(row("table")).rows_of(row("table"), kept) == [["A", "B"]]


CSV = "Kode;Judul\n2811;Golongan mesin\n28111;Industri mesin uap\n28112;Industri motor bakar, turbin\nC;Industri\n"


def test_loaded_list_replaces_the_edition_and_judges_its_codes():
    assert problem(row("kbli"), {"code": "28199", "edition": "2025"}) == ""
    assert kbli.load("2025", CSV.encode()) == (2, 3)
    assert "tidak ada dalam daftar" in problem(row("kbli"), {"code": "28199", "edition": "2025"})
    assert problem(row("kbli"), {"code": "28111", "edition": "2025"}) == ""
    assert answers.readable(row("kbli"), {"code": "28111", "edition": "2025"}) == "28111 (KBLI 2025) Industri mesin uap"
    assert problem(row("kbli"), {"code": "28199", "edition": "2020"}) == ""
    kbli.load("2025", b"28119,Mesin lain")
    assert list(kbli.KBLICode.objects.values_list("code", flat=True)) == ["28119"]


def test_words_find_codes_and_each_match_is_a_button():
    kbli.load("2020", CSV.encode())
    assert [match["code"] for match in kbli.search("MESIN uap", "2020")] == ["28111"]
    assert [match["code"] for match in kbli.search("2811", "2020")] == ["28111", "28112"]
    form = answers.AnswersForm.of_kept(DEFINITION, [row("kbli")], {"isian": {"code": "motor", "edition": "2020"}})
    assert 'value="pilih:isian:28112"' in str(form["field-isian"])


def test_without_a_loaded_list_words_find_divisions_to_complete():
    assert {"code": "28", "title": "Industri mesin dan perlengkapan"} in kbli.search("mesin", "2020")
    form = answers.AnswersForm.of_kept(DEFINITION, [row("kbli")], {"isian": {"code": "mesin", "edition": ""}})
    assert "kelima angkanya" in str(form["field-isian"])


@pytest.mark.parametrize(
    "data", [b"", b"abc", b"\xff\xfe\x00", b'"belum selesai', b"28110", b"28110;\n", b"kode;judul\n" * 6000]
)
def test_file_that_is_no_list_changes_nothing(data):
    from django.core.exceptions import ValidationError

    kbli.load("2020", b"28111;Mesin uap")
    with pytest.raises(ValidationError):
        kbli.load("2020", data)
    assert kbli.KBLICode.objects.count() == 1
