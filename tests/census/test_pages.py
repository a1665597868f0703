"""The pages of a census: what a clerk sees, gives and gets back."""

import csv as csv_module
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from psk_plugin.census import verbs, working
from psk_plugin.census.models import BatchState, CensusBatch
from psk_plugin.companies.models import Company

from .. import factories
from .making import HEADINGS, checked, csv, fresh, line, taken_over, upload, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    client.user = factories.staff("registrasi")
    client.force_login(client.user)
    return client


def address(name: str, batch: CensusBatch, *more, query: str = "") -> str:
    return reverse(name, args=[batch.pk, *more]) + query


def page(client, batch: CensusBatch, query: str = ""):
    return client.get(address("psk_census", batch, query=query))


def post_file(client, data: bytes, name: str = "sensus.csv", kind: str = "companies"):
    return client.post(reverse("psk_census_upload"), {"kind": kind, "file": SimpleUploadedFile(name, data)})


@pytest.mark.django_db(transaction=True)
def test_a_clerk_goes_the_whole_way(clerk):
    response = post_file(clerk, xlsx([line(1), line(2, kecamatan="Cikarang")]), "sensus 2026.xlsx")
    batch = CensusBatch.objects.get()
    assert response.url == address("psk_census", batch) and batch.name == "sensus 2026.xlsx"
    response = clerk.get(response.url, follow=True)
    assert "Kolom mana berisi apa?" in response.content.decode()
    form = response.context["form"]
    response = clerk.post(
        address("psk_census_mapping", batch), {name: form[name].value() or "" for name in form.fields}, follow=True
    )
    words = response.content.decode()
    assert "<strong>1</strong> perusahaan baru dicatat" in words and "<strong>1</strong> baris ditolak" in words
    assert not Company.objects.exists()
    clerk.post(address("psk_census_take_over", batch))
    assert Company.objects.get().name == "PT Sensus Uji 1"
    response = clerk.post(address("psk_census_undo", batch), {"alasan": "Berkas yang salah"}, follow=True)
    assert "Berkas yang salah" in response.content.decode() and not Company.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_on_the_page(clerk):
    response = post_file(clerk, b"%PDF-1.7", "daftar.xlsx")
    assert response.status_code == 422 and "XLSX atau CSV" in response.content.decode()
    assert not CensusBatch.objects.exists()


@pytest.mark.parametrize("posted", [{}, {"kind": "x"}, {"kind": "companies"}])
def test_an_upload_without_file_or_kind_says_so(clerk, posted):
    assert clerk.post(reverse("psk_census_upload"), posted).status_code == 422


def test_a_column_cannot_be_assigned_twice(clerk):
    batch = upload(csv([line(1)]))
    response = clerk.post(address("psk_census_mapping", batch), {"name": "0", "kecamatan": "4", "address": "0"})
    assert response.status_code == 422 and "sudah dipakai untuk" in response.content.decode()


@pytest.mark.parametrize("value", ["\x00", "99", "-1", "x" * 5_000])
def test_no_input_breaks_the_columns(clerk, value):
    batch = upload(csv([line(1)]))
    assert clerk.post(address("psk_census_mapping", batch), {"name": value, "kecamatan": "4"}).status_code == 422


def test_another_sheet_can_be_read(clerk):
    from openpyxl import Workbook

    book = Workbook()
    for title, name in (("Petunjuk", "PT Satu"), ("Data", "PT Dua")):
        sheet = book.active if title == "Petunjuk" else book.create_sheet(title)
        sheet.title = title
        sheet.append(HEADINGS)
        sheet.append(line(1, name=name))
    out = io.BytesIO()
    book.save(out)
    batch = upload(out.getvalue(), name="dua.xlsx")
    assert "Baca lembar ini" in page(clerk, batch).wsgi_request.path or batch.sheets == ["Petunjuk", "Data"]
    clerk.post(address("psk_census_sheet", batch), {"lembar": "Data"})
    working.go_on(batch.pk)
    assert fresh(batch).sample[0][0] == "PT Dua"
    clerk.post(address("psk_census_sheet", batch), {"lembar": "Tidak ada"})
    assert fresh(batch).sheet == "Data"


def test_the_page_says_how_far_the_work_is_and_refreshes_itself(clerk):
    batch = checked(csv([line(1)]))
    CensusBatch.objects.filter(pk=batch.pk).update(state=BatchState.APPLYING, done=40, total=100)
    response = page(clerk, batch)
    words = response.content.decode()
    assert '<progress id="kemajuan" max="100" value="40">' in words and 'http-equiv="refresh"' in words
    assert clerk.get(address("psk_census_progress", batch)).json() == {
        "working": True,
        "state": "Sedang dimasukkan",
        "done": 40,
        "percent": 40,
    }


def test_a_list_that_stopped_says_why_and_can_go_on(clerk):
    batch = upload(csv([]))
    response = page(clerk, batch)
    assert "Tidak ada baris" in response.content.decode() and "Coba lagi" in response.content.decode()
    clerk.post(address("psk_census_again", batch))
    assert fresh(batch).state == BatchState.READING
    CensusBatch.objects.update(state=BatchState.FAILED, stopped_in=BatchState.READING)
    clerk.post(address("psk_census_discard", batch))
    assert fresh(batch).state == BatchState.CANCELLED
    assert page(clerk, batch).status_code == 200


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_refused_rows_come_back_as_a_file_with_reasons(clerk, ending):
    batch = checked(csv([line(1), line(2, kecamatan="Cikarang", name="=cmd()")]))
    response = clerk.get(address("psk_census_export", batch, ending))
    data = b"".join(response.streaming_content)
    if ending == "csv":
        rows = list(csv_module.reader(io.StringIO(data.decode("utf-8-sig"))))
    else:
        rows = [list(row) for row in load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)]
    assert rows[0] == ["Baris", *HEADINGS, "Hasil", "Alasan"]
    assert len(rows) == 2 and str(rows[1][0]) == "3" and rows[1][1] == "'=cmd()"
    assert "rumus" in rows[1][-1] and "Cikarang" in rows[1][-1]


def test_a_corrected_file_of_refused_rows_can_be_uploaded_again(clerk):
    batch = checked(csv([line(1, kecamatan="Cikarang")]))
    data = b"".join(clerk.get(address("psk_census_export", batch, "csv")).streaming_content)
    again = checked(data.replace(b"Cikarang,", b"Rawalumbu,", 1))
    assert [row.verdict for row in again.rows.all()] == ["new"]


def test_a_person_decides_on_the_page(clerk):
    known = factories.CompanyFactory(name="PT Sensus Uji Satu")
    batch = checked(csv([line(1, name="PT Sensus Uji Satu", nib="", npwp="")]))
    row = batch.rows.get()
    response = page(clerk, batch)
    assert "Perusahaan yang mana?" in response.content.decode() and known.name in response.content.decode()
    posted = {"baris": row.pk, "keputusan": f"same.{known.pk}", "hasil": "putuskan", "hal": "1"}
    response = clerk.post(address("psk_census_decide", batch), posted)
    assert response.url.endswith("?hasil=putuskan&hal=1")
    row.refresh_from_db()
    assert (row.company, row.verdict) == (known, "matched")


def test_all_open_rows_are_decided_by_one_press(clerk):
    factories.CompanyFactory(name="PT Sensus Uji Satu")
    rows = [["PT Sensus Uji Satu", each, f"Jl. {each}"] for each in ("Rawalumbu", "Jatiasih")]
    batch = checked(csv(rows, headings=["Nama Perusahaan", "Kecamatan", "Alamat"]))
    clerk.post(address("psk_census_decide", batch), {"semua": "1", "keputusan": "new"})
    assert set(batch.rows.values_list("verdict", flat=True)) == {"new"}


@pytest.mark.parametrize(
    "posted",
    [{}, {"keputusan": "same"}, {"baris": "x", "keputusan": "new"}, {"baris": "9" * 30, "keputusan": "same.x"}],
)
def test_odd_decisions_change_nothing(clerk, posted):
    factories.CompanyFactory(name="PT Sensus Uji Satu")
    batch = checked(csv([line(1, name="PT Sensus Uji Satu", nib="", npwp="")]))
    assert clerk.post(address("psk_census_decide", batch), posted).status_code == 302
    assert batch.rows.get().verdict == "ask"


@pytest.mark.parametrize("query", ["?hasil=x", "?hal=abc", "?hal=" + "9" * 40, "?q=%00" + "x" * 3_000, "?q=999999"])
def test_odd_addresses_show_the_list(clerk, query):
    assert page(clerk, checked(csv([line(1)])), query).status_code == 200


def test_every_tab_shows_and_exports_its_rows(clerk):
    factories.CompanyFactory(nib="8120000000003")
    batch = checked(csv([line(1), line(2, kecamatan="x"), line(3)]))
    for tab in page(clerk, batch).context["tabs"]:
        response = page(clerk, batch, f"?hasil={tab.code}")
        assert response.context["page"].paginator.count == tab.count
        data = b"".join(
            clerk.get(address("psk_census_export", batch, "csv", query=f"?hasil={tab.code}")).streaming_content
        )
        assert len(data.decode().strip().splitlines()) == tab.count + 1


def test_what_was_kept_while_undoing_is_shown_with_its_reason(clerk):
    batch = taken_over(csv([line(1)]), clerk.user)
    company = Company.objects.get()
    company.phone = "021 123456"
    company.save()
    verbs.undo(batch, clerk.user, "Salah")
    working.go_on(batch.pk)
    response = page(clerk, batch)
    assert "diubah sesudah sensus" in response.content.decode()


def test_before_an_undo_it_is_told_how_much_it_takes_back(clerk):
    batch = taken_over(csv([line(1), line(2)]), clerk.user)
    words = clerk.get(address("psk_census_undo", batch)).content.decode()
    assert "<strong>2</strong> perusahaan dicatat" in words


def test_an_undo_without_reason_stays_on_the_page(clerk):
    batch = taken_over(csv([line(1)]), clerk.user)
    response = clerk.post(address("psk_census_undo", batch), {"alasan": " "})
    assert response.status_code == 422 and fresh(batch).state == BatchState.DONE


def test_the_sample_list_is_understood_by_the_census(clerk):
    data = b"".join(clerk.get(reverse("psk_census_template", args=["companies"])).streaming_content)
    batch = checked(data, name="contoh.xlsx")
    assert [(row.verdict, row.problems) for row in batch.rows.all()] == [("new", [])]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_list_of_censuses_exports(clerk, ending):
    taken_over(csv([line(1)]), clerk.user)
    response = clerk.get(reverse("psk_sensus_modeladmin_index"), {"export": ending})
    data = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200 and len(data) > 50
    if ending == "csv":
        assert "sensus.csv" in data.decode() and "Sudah dimasukkan" in data.decode()


def test_the_file_comes_back_as_it_was_uploaded(clerk):
    data = csv([line(1)])
    response = clerk.get(address("psk_census_file", checked(data)))
    assert b"".join(response.streaming_content) == data
    assert "attachment" in response["Content-Disposition"] and "sensus.csv" in response["Content-Disposition"]


def test_queries_of_the_pages_do_not_grow_with_the_rows(clerk):
    for n in range(6):
        factories.CompanyFactory(name=f"PT Sama Uji {'abcdef'[n] * 3}")

    def queries(rows: int) -> int:
        names = [f"PT Sama Uji {'abcdef'[n] * 3}" for n in range(rows)]
        batch = checked(csv([line(n, name=name, nib="", npwp="") for n, name in enumerate(names)]))
        with CaptureQueriesContext(connection) as seen:
            assert page(clerk, batch).status_code == 200
            assert clerk.get(reverse("psk_sensus_modeladmin_index")).status_code == 200
        return len(seen)

    queries(2)
    assert queries(2) == queries(6)
