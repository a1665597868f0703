"""What a list says is understood or refused with a sentence; nothing outside the list changes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from psk_plugin.census import columns, names, verbs
from psk_plugin.census.models import BatchState, CensusBatch, ColumnMapping, Verdict
from psk_plugin.companies.matching import normalised
from psk_plugin.companies.models import Company

from .. import factories
from . import making
from .making import checked, csv, line, problem_of, verdicts, xlsx

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_is_read_however_it_was_saved(encoding, sign):
    batch = checked(csv([line(1, name="PT Café Uji"), line(2)], sign=sign, encoding=encoding))
    assert list(batch.rows.values_list("name", flat=True)) == ["PT Café Uji", "PT Sensus Uji 2"]
    assert verdicts(batch) == ["new", "new"]
    assert not Company.objects.exists()


def test_titles_above_the_headings_and_empty_lines_are_passed_over():
    data = "DATA PERUSAHAAN\n\n" + csv([line(1), [""], line(2)]).decode()
    batch = checked(data.encode())
    assert (batch.heading_line, verdicts(batch)) == (3, ["new", "new"])
    assert list(batch.rows.values_list("number", flat=True)) == [4, 6]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Nama perusahaan"),
        ({"name": "x" * 20_000}, "paling banyak 200"),
        ({"nib": "812000000000"}, "12 angka"),
        ({"nib": "81200000000AB"}, "angka"),
        ({"nib": "8,12E+12"}, "Excel"),
        ({"nib": "8.12E+12"}, "Excel"),
        ({"npwp": "123"}, "3 angka"),
        ({"kecamatan": ""}, "Kecamatan"),
        ({"kecamatan": "Cikarang Barat"}, "Rawalumbu"),
        ({"workers": "banyak"}, "angka"),
        ({"workers": "-5"}, "angka"),
        ({"workers": "9999999"}, "terlalu besar"),
        ({"name": "=A1&B1"}, "rumus"),
        ({"workers": "=SUM(A1:A3)"}, "rumus"),
        ({"address": "#REF!"}, "#REF!"),
        ({"address": "a" * 251}, "paling banyak 250"),
    ],
)
def test_a_bad_cell_refuses_its_row_with_a_sentence(values, words):
    batch = checked(csv([line(1, **values), line(2)]))
    bad, good = batch.rows.order_by("number")
    assert (bad.verdict, good.verdict) == (Verdict.BAD, Verdict.NEW)
    assert words in " ".join(bad.problems)


@pytest.mark.parametrize(
    ("values", "field", "value"),
    [
        ({"nib": "8120.0000.00001"}, "nib", "8120000000001"),
        ({"npwp": "09.254.294.3-407.000"}, "npwp", "092542943407000"),
        ({"kecamatan": "Kec. RAWA LUMBU"}, "kecamatan", "rawalumbu"),
        ({"kecamatan": "Bekasi Timr"}, "kecamatan", "bekasi-timur"),
        ({"workers": "1.250 orang"}, "counted_workers", 1250),
        ({"workers": ""}, "counted_workers", None),
        ({"nib": "-"}, "nib", None),
        ({"name": "  PT\u00a0Uji \t Dua "}, "name", "PT Uji Dua"),
    ],
)
def test_usual_ways_of_writing_are_understood(values, field, value):
    row = checked(csv([line(1, **values)], sign=";")).rows.get()
    assert (row.problems, row.cleaned.get(field)) == ([], value)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"nib": 8120000000001}, ""),
        ({"nib": 812000000001}, "Teks"),
        ({"npwp": 1234567890123450}, "Excel"),
        ({"npwp": 1.23456789012345e15}, "Excel"),
        ({"name": dt.date(2026, 1, 5)}, "tanggal"),
        ({"name": "=CONCAT(A1,B1)"}, "rumus"),
        ({"workers": 25.5}, "angka"),
        ({"workers": dt.datetime(2026, 1, 5)}, "angka"),
        ({"workers": 25.0}, ""),
    ],
)
def test_cells_of_a_workbook_are_taken_for_what_they_are(values, words):
    batch = checked(xlsx([line(1, **values)]), name="sensus.xlsx")
    assert words in problem_of(batch) if words else problem_of(batch) == ""
    assert batch.rows.get().verdict == (Verdict.BAD if words else Verdict.NEW)


def test_rows_that_merged_cells_touch_are_refused():
    batch = checked(xlsx([line(1), line(2), line(3)], merged="E2:E3"), name="sensus.xlsx")
    assert verdicts(batch) == ["bad", "bad", "new"]
    assert "tergabung" in " ".join(batch.rows.first().problems) and batch.notes


@pytest.mark.parametrize(
    ("second", "what"),
    [
        ({"nib": "8120000000001"}, "NIB"),
        ({"npwp": "0700000000000001"}, "NPWP"),
    ],
)
def test_the_same_number_twice_in_a_file_names_the_first_line(second, what):
    batch = checked(csv([line(1), line(2, **second)]))
    assert verdicts(batch) == ["new", "bad"]
    told = batch.rows.last().problems[0]
    assert what in told and "baris 2" in told


def test_the_same_name_and_address_twice_without_nib_are_one():
    twice = {"nib": "", "npwp": "", "address": "Jl. Uji No. 1"}
    rows = [line(1, name="PT. Maju Jaya", **twice), line(2, name="MAJU JAYA, PT", **twice)]
    assert verdicts(checked(csv(rows))) == ["new", "bad"]


def test_what_is_less_important_is_left_out_and_told():
    headings = [*making.HEADINGS, "Email", "No. Telp", "KBLI", "Sektor", "Kode Pos"]
    batch = checked(csv([[*line(1), "bukan-surel", "x", "abc", "Sektor Z", "17"]], headings=headings))
    row = batch.rows.get()
    assert (row.verdict, row.has_remarks, len(row.remarks)) == (Verdict.NEW, True, 5)
    assert not {"email", "phone", "kbli_code", "sector", "postcode"} & set(row.cleaned)


def test_men_and_women_make_the_number_and_a_sum_that_differs_is_told():
    headings = [*making.HEADINGS, "Laki-laki", "Perempuan"]
    batch = checked(csv([[*line(1, workers=""), 7, 8], [*line(2, workers=20), 7, 8]], headings=headings))
    first, second = batch.rows.order_by("number")
    assert (first.cleaned["counted_workers"], second.cleaned["counted_workers"]) == (15, 20)
    assert "15" in second.remarks[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "kosong"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (b"%PDF-1.7 apa saja", "XLSX"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "XLSX"),
        (b"PK\x03\x04 rusak", "rusak"),
        (b"\0\1\2biner\0", "XLSX"),
        (b"   \n  \n", "tulis"),
    ],
)
def test_a_file_that_is_no_list_is_refused_by_a_sentence(data, words):
    with pytest.raises(ValidationError) as refused:
        making.upload(data)
    assert words in refused.value.messages[0]
    assert not CensusBatch.objects.exists()


def test_headings_without_rows_stop_with_a_sentence():
    batch = making.upload(csv([]))
    assert batch.state == BatchState.FAILED and "baris" in batch.problem


def test_a_quotation_mark_that_is_not_closed_names_the_place():
    data = csv([line(1)]).decode() + '\r\n"PT Tanpa Tutup;' + "x" * 200_000
    batch = making.upload(data.encode())
    assert batch.state == BatchState.FAILED and "tanda kutip" in batch.problem


def test_a_workbook_that_unpacks_to_very_much_is_refused(monkeypatch):
    monkeypatch.setattr("psk_plugin.census.reading.MAX_UNPACKED", 1_000)
    with pytest.raises(ValidationError, match="terlalu besar"):
        making.upload(xlsx([line(1)]), name="sensus.xlsx")


def test_how_columns_were_assigned_is_remembered_for_the_same_headings():
    headings = ["Kolom A", "Kolom B", "Kolom C"]
    rows = [["PT Ingat Uji", "Rawalumbu", "30"]]
    batch = making.upload(csv(rows, headings=headings))
    assert batch.mapping == {} and not batch.result["remembered"]
    verbs.assign(batch, {"name": 0, "kecamatan": 1, "workers": 2})
    again = making.upload(csv(rows, headings=["KOLOM A", "kolom  b", "Kolom C."]))
    assert again.mapping == {"name": 0, "kecamatan": 1, "workers": 2} and again.result["remembered"]
    assert ColumnMapping.objects.count() == 1


def test_columns_are_guessed_by_what_they_are_usually_called():
    headings = [
        "No",
        "NAMA BADAN USAHA",
        "No. NIB",
        "Alamat Lengkap",
        "KEC.",
        "Kel/Desa",
        "Jml TK",
        "L",
        "P",
        "No Telp/HP",
    ]
    found = columns.guess("companies", headings)
    assert {code: headings[place] for code, place in found.items()} == {
        "name": "NAMA BADAN USAHA",
        "nib": "No. NIB",
        "address": "Alamat Lengkap",
        "kecamatan": "KEC.",
        "kelurahan": "Kel/Desa",
        "workers": "Jml TK",
        "men": "L",
        "women": "P",
        "phone": "No Telp/HP",
    }


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("PT Maju Jaya Tbk.", "MAJU-JAYA, PT", 1, 1),
        ("PT Sinar Contoh Sejahtera", "PT Sinar Contoh Sejahtra", 0.8, 0.99),
        ("PT Sinar Contoh", "CV Bintang Laut", 0, 0.3),
    ],
)
def test_names_are_alike_as_a_reader_would_say(one, other, least, most):
    alike = names.likeness(names.grams(normalised(one)), names.grams(normalised(other)))
    assert least <= alike <= most


def test_a_known_company_is_found_by_nib_then_npwp():
    by_nib = factories.CompanyFactory(nib="8120000000001")
    by_npwp = factories.CompanyFactory(npwp="0700000000000002")
    batch = checked(csv([line(1), line(2, nib="")]))
    assert list(batch.rows.values_list("company", flat=True)) == [by_nib.pk, by_npwp.pk]
    assert verdicts(batch) == ["same", "same"]


def test_a_similar_name_asks_and_does_not_decide():
    known = factories.CompanyFactory(name="PT Sinar Contoh Sejahtera", address="Jl. Uji No. 1", nib="9120000000001")
    batch = checked(csv([line(1, name="Sinar Contoh Sejahtra", nib="", npwp="")]))
    row = batch.rows.get()
    assert (row.verdict, [each["pk"] for each in row.candidates]) == (Verdict.ASK, [known.pk])
    assert "mirip" in row.candidates[0]["why"]


def test_two_rows_cannot_mean_one_company():
    factories.CompanyFactory(nib="8120000000001", npwp="0700000000000002")
    batch = checked(csv([line(1, npwp=""), line(2, nib="")]))
    assert verdicts(batch) == ["same", "bad"]
