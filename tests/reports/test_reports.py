"""Reports: asked for, made once, the same figures on paper and in the workbook, taken with a record."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from pypdf import PdfReader

from psk_plugin import pdf
from psk_plugin.records.intake import storage
from psk_plugin.records.models import FileReading
from psk_plugin.reports import making, papers, tables
from psk_plugin.reports.figures import Monitoring
from psk_plugin.reports.models import Report, ReportKind, ReportState
from psk_plugin.reports.period import Period

from .. import factories
from ..regulations.making import in_force
from . import recount
from .recount import YEAR

pytestmark = pytest.mark.django_db
WHOLE = Period(dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31))
TODAY = Period(timezone.localdate(), timezone.localdate())


@pytest.fixture(scope="module", autouse=True)
def year(made_once):
    made_once(recount.tell_a_year)


@pytest.fixture
def kabid(client):
    cache.clear()
    client.force_login(factories.staff("kabid"))
    return client


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """What follows a commit happens in the test, too."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def files_of(report: Report) -> dict[str, bytes]:
    found = {}
    for each in report.files.select_related("file"):
        with storage().open(each.file.path, "rb") as kept:
            found[each.ending] = kept.read()
    return found


def made(kind: str, period: Period, **more) -> Report:
    report, _new = making.ask(None, kind, period, in_task=False, **more)
    assert making.make(report.pk)
    return Report.objects.get(pk=report.pk)


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_paper_and_workbook_have_the_figures_of_the_page():
    files = files_of(made(ReportKind.MONITORING, WHOLE))
    words, book = words_of(files["pdf"]).replace(" ", ""), load_workbook(BytesIO(files["xlsx"]))
    with translation.override("id"):
        shown = tables.tables(Monitoring(WHOLE))
    assert len(book.sheetnames) == len(shown) + 1
    for table, sheet in zip(shown, book.worksheets[1:], strict=True):
        rows = [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
        as_numbers = [
            tuple(v.plain if isinstance(v.plain, (str, int)) or v.plain is None else float(v.plain) for v in row)
            for row in table.rows
        ]
        assert rows == as_numbers, table.code
        for row in table.rows:
            line = "".join(value.shown for value in row).replace(" ", "")
            if len(row) == 2:
                assert line in words, (table.code, line)
            for value in row:
                assert value.shown.replace(" ", "") in words


def test_the_paper_has_letterhead_drawings_and_embedded_letters():
    pdf = PdfReader(BytesIO(files_of(made(ReportKind.MONITORING, WHOLE))["pdf"]))
    words = words_of(files_of(Report.objects.latest("pk"))["pdf"])
    assert "LAPORAN MONITORING DAN EVALUASI" in words
    assert "DINAS TENAGA KERJA" in words
    assert "1 Januari 2025" in words
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            font = font.get_object()
            descriptor = font.get("/FontDescriptor") or font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor.get_object()


def test_the_list_of_complying_companies_is_the_same_in_both():
    in_force(factories.CompanyFactory(name="PT Patuh Sekali"))
    in_force(factories.CompanyFactory(name="PT Sudah Habis"), first=-800, last=-10)
    files = files_of(made(ReportKind.COMPLYING, TODAY))
    sheet = load_workbook(BytesIO(files["xlsx"])).worksheets[0]
    names = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert "PT Patuh Sekali" in names
    assert "PT Sudah Habis" not in names
    assert len(names) == Monitoring(TODAY).compliance["comply"]
    words = words_of(files["pdf"])
    assert all(name in words for name in names)


def test_the_paper_of_complying_companies_goes_by_kecamatan():
    for name, kecamatan in (("PT Anggur", "rawalumbu"), ("PT Belimbing", "bantargebang"), ("PT Ceri", "rawalumbu")):
        in_force(factories.CompanyFactory(name=name, kecamatan=kecamatan))
    rows = papers.complying_rows(TODAY)
    mine = [row for row in rows if row[1] in ("PT Anggur", "PT Belimbing", "PT Ceri")]
    parts = [(place, [(row[0], row[1]) for row in of_it]) for place, of_it in papers.by_kecamatan(mine)]
    assert parts == [("Bantargebang", [(1, "PT Belimbing")]), ("Rawalumbu", [(2, "PT Anggur"), (3, "PT Ceri")])]


def test_a_paper_that_takes_too_long_is_told(monkeypatch):
    monkeypatch.setattr(papers, "MOST_SECONDS", 0)
    with pytest.raises(pdf.PdfError, match="0 seconds"):
        papers.complying(TODAY, lambda _percent: None)


def test_whoever_asks_finds_the_report_after_a_reload(kabid, at_once):
    with at_once():
        kabid.post(reverse("psk_report_ask", args=["monitoring"]), WHOLE.plain())
    report = Report.objects.get()
    assert (report.state, report.progress, report.first) == (ReportState.DONE, 100, WHOLE.first)
    page = kabid.get(reverse("psk_reports")).content.decode()
    for each in report.files.all():
        assert reverse("psk_report_download", args=[report.pk, each.ending]) in page


def test_who_took_a_file_is_recorded(kabid, at_once):
    with at_once():
        kabid.post(reverse("psk_report_ask", args=["complying"]), TODAY.plain())
    report = Report.objects.get()
    response = kabid.get(reverse("psk_report_download", args=[report.pk, "pdf"]))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert "daftar-perusahaan-yang-memenuhi" in response["Content-Disposition"]
    read = FileReading.objects.of(report).get()
    assert (read.part, read.user_id) == ("pdf", report.asked_by_id)
    assert kabid.get(reverse("psk_report_download", args=[report.pk, "exe"])).status_code == 404


def test_the_first_page_names_a_report_to_whoever_asked_until_it_is_taken(kabid, at_once):
    with at_once():
        kabid.post(reverse("psk_report_ask", args=["complying"]), TODAY.plain())
    report, told = Report.objects.get(), "1 laporan siap dan belum diunduh"
    page = kabid.get("/admin/").content.decode()
    assert told in page and str(report) in page
    colleague = Client()
    colleague.force_login(factories.staff("kadis"))
    assert told not in colleague.get("/admin/").content.decode()
    kabid.get(reverse("psk_report_download", args=[report.pk, "pdf"]))
    assert told not in kabid.get("/admin/").content.decode()


def test_pressing_twice_makes_one(kabid):
    for _twice in range(2):
        kabid.post(reverse("psk_report_ask", args=["monitoring"]), WHOLE.plain())
    assert Report.objects.count() == 1
    page = kabid.get(reverse("psk_reports")).content.decode()
    assert "<progress" in page


def test_a_report_that_failed_says_so_and_can_be_made_again(kabid, at_once, monkeypatch):
    def broken(*_args):
        raise RuntimeError("no paper")

    with monkeypatch.context() as patched:
        patched.setitem(making.MAKERS, ReportKind.MONITORING, broken)
        with at_once():
            kabid.post(reverse("psk_report_ask", args=["monitoring"]), WHOLE.plain())
    report = Report.objects.get()
    assert report.state == ReportState.FAILED
    assert not report.files.exists()
    assert "Coba lagi" in kabid.get(reverse("psk_reports")).content.decode()
    assert "1 laporan tidak dapat dibuat" in kabid.get("/admin/").content.decode()
    with at_once():
        kabid.post(reverse("psk_report_again", args=[report.pk]))
    report.refresh_from_db()
    assert report.state == ReportState.DONE


def test_what_a_stopped_worker_left_is_made_later():
    report, _new = making.ask(None, ReportKind.COMPLYING, TODAY, in_task=False)
    Report.objects.filter(pk=report.pk).update(state=ReportState.RUNNING, started_at=timezone.now())
    assert making.make_missing() == 0
    Report.objects.filter(pk=report.pk).update(started_at=timezone.now() - dt.timedelta(minutes=20))
    assert making.make_missing() == 1
    assert making.make(report.pk) is False
    assert report.files.count() == 2


def test_one_that_fails_every_time_is_given_up():
    report, _new = making.ask(None, ReportKind.COMPLYING, TODAY, in_task=False)
    long_ago = timezone.now() - dt.timedelta(minutes=20)
    values = {"state": ReportState.RUNNING, "started_at": long_ago, "attempts": making.MAX_ATTEMPTS}
    Report.objects.filter(pk=report.pk).update(**values)
    assert making.make_missing() == 0
    report.refresh_from_db()
    assert report.state == ReportState.FAILED


@pytest.mark.parametrize("kind", ["entah", "monitoring", "complying", "evidence"])
def test_an_odd_period_is_told_and_makes_nothing(kabid, kind):
    odd = {"periode": "bebas", "dari": "2026-05-01", "sampai": "2026-04-01", "alasan": "\x00" * 30}
    assert kabid.post(reverse("psk_report_ask", args=[kind]), odd).status_code == (404 if kind == "entah" else 422)
    assert not Report.objects.exists()


def test_names_need_a_reason_and_what_was_typed_stays(kabid):
    response = kabid.post(reverse("psk_report_ask", args=["evidence"]), WHOLE.plain() | {"nama": "on", "alasan": " "})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'id="id_alasan_error"' in page
    assert 'name="nama" id="id_nama" checked' in page
    assert not Report.objects.exists()


def test_a_long_list_of_reports_costs_the_same(kabid, django_assert_num_queries, django_assert_max_num_queries):
    for number in range(3):
        Report.objects.create(kind=ReportKind.MONITORING, first=WHOLE.first, last=WHOLE.last, key=f"k{number}")
    kabid.get(reverse("psk_reports"))
    with django_assert_max_num_queries(40) as asked:
        kabid.get(reverse("psk_reports"))
    before = len(asked)
    for number in range(3, 15):
        Report.objects.create(kind=ReportKind.MONITORING, first=WHOLE.first, last=WHOLE.last, key=f"k{number}")
    with django_assert_num_queries(before):
        kabid.get(reverse("psk_reports"))


def test_the_command_refuses_what_makes_no_sense(tmp_path):
    out = str(tmp_path / "bukti.xlsx")
    with pytest.raises(CommandError, match="mendahului"):
        call_command("psk_trial_evidence", "--from", "2026-05-01", "--to", "2026-04-01", "--out", out)
    with pytest.raises(CommandError, match="alasan"):
        call_command("psk_trial_evidence", "--from", "2026-01-01", "--to", "2026-04-01", "--out", out, "--with-names")
    assert not Report.objects.exists()


def test_the_summary_repeats_the_tables():
    shown = tables.tables(Monitoring(WHOLE))
    every = {(row[0].shown, row[1].shown) for table in shown for row in table.rows}
    assert set(papers.summary(shown)) <= every
