"""What makes the two lists one's own: columns, order, counts by desk, downloads. Kept: `test_kept_filters`."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from psk_plugin.counting import Bounded
from psk_plugin.review.cms import LISTS
from psk_plugin.review.columns import chosen_columns
from psk_plugin.review.models import ListColumns, Place, SavedFilter
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories
from .test_lists import ALL, INBOX, queries_of

pytestmark = pytest.mark.django_db

ROLES = list(factories.STAFF)


def copies(first: Submission, how_many: int, **values) -> None:
    """More rows like `first`, in bulk, each of a company of its own."""
    made = factories.CompanyFactory.create_batch(how_many)
    start = Submission.objects.count()
    Submission.objects.bulk_create(
        Submission(
            number=f"BANYAK-{start + n:05}",
            service=first.service,
            edition=first.edition,
            company=company,
            applicant=first.applicant,
            **{
                "status": first.status,
                "stage": first.stage,
                "filed_at": first.filed_at,
                "stage_since": first.stage_since,
                "due_on": first.due_on,
            }
            | values,
        )
        for n, company in enumerate(made)
    )


def numbers_on(page) -> list[str]:
    return [row.number for row in page.context["object_list"]]


def table_of(answer) -> list[list]:
    """The cells of a download, heading first."""
    content = b"".join(answer.streaming_content)
    if "csv" in answer["Content-Type"]:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]


def keep(client, place: str, name: str, query: str = "", **values):
    return client.post(reverse("psk_list:filter_save", args=[place]), {"name": name, "query": query} | values)


class TestColumns:
    def choose(self, client, place: str, *names: str, **values):
        return client.post(reverse("psk_list:columns", args=[place]), {"kolom": names} | values)

    def headings(self, page) -> list[str]:
        return [str(header["text"]) for header in page.context["result_headers"]]

    @pytest.mark.parametrize(("place", "url"), [("kotak-masuk", INBOX), ("semua-permohonan", ALL)])
    def test_the_list_shows_the_columns_one_chose_and_a_colleague_sees_the_usual_ones(self, office, client, place, url):
        submission = factories.filed(office, steps=2)
        client.force_login(office.korektor)
        usual = self.headings(client.get(url))
        self.choose(client, place, "nib", "kecamatan")
        page = client.get(url)
        assert self.headings(page) == ["nomor", "NIB", "kecamatan"]
        assert submission.company.nib in page.content.decode()
        client.force_login(factories.staff("korektor"))
        assert self.headings(client.get(url)) == usual
        client.force_login(office.korektor)
        self.choose(client, place, usual="1")
        assert self.headings(client.get(url)) == usual

    def test_forged_names_count_as_none_and_the_number_stays(self, office, client):
        factories.filed(office, steps=2)
        client.force_login(office.korektor)
        self.choose(client, "kotak-masuk", "applicant__password", "nib\x00", "x" * 20_000, "nib", "__class__")
        assert self.headings(client.get(INBOX)) == ["nomor", "NIB"]
        self.choose(client, "kotak-masuk")
        assert self.headings(client.get(INBOX)) == ["nomor"]

    def test_columns_that_no_longer_exist_are_left_out(self, office):
        ListColumns.objects.create(owner=office.korektor, place=Place.INBOX, names=["nib", "sudah-tidak-ada"])
        admin = LISTS[Place.INBOX]
        chosen = chosen_columns(office.korektor, Place.INBOX, admin.offered, admin.usual)
        assert [column.name for column in chosen] == ["nomor", "nib"]

    def test_choosing_columns_leads_back_to_the_same_filter(self, office, client):
        client.force_login(office.korektor)
        answer = self.choose(client, "kotak-masuk", "nib", query="tempo=terlambat&p=4")
        assert answer["Location"] == f"{INBOX}?tempo=terlambat"


class TestOrder:
    @pytest.fixture
    def rows(self, office):
        today = timezone.localdate()
        made = [
            factories.filed(office, steps=2, company=factories.CompanyFactory(name=name))
            for name in ("PT Cemara", "pt anggrek", "PT Beringin")
        ]
        for days, row in enumerate(made):
            Submission.objects.filter(pk=row.pk).update(
                due_on=today + dt.timedelta(days=5 - days), filed_at=timezone.now() - dt.timedelta(days=3 - days)
            )
        return [row.number for row in made]

    @pytest.mark.parametrize("url", [INBOX, ALL])
    @pytest.mark.parametrize(
        ("order", "positions"),
        [
            ("perusahaan", (1, 2, 0)),
            ("-perusahaan", (0, 2, 1)),
            ("tempo", (2, 1, 0)),
            ("-tempo", (0, 1, 2)),
            ("masuk", (0, 1, 2)),
            ("-masuk", (2, 1, 0)),
            ("nomor", (0, 1, 2)),
            ("-nomor", (2, 1, 0)),
        ],
    )
    def test_each_column_orders_both_ways(self, office, client, rows, url, order, positions):
        client.force_login(office.korektor)
        page = client.get(url, {"o": order})
        assert numbers_on(page) == [rows[position] for position in positions]
        (header,) = [header for header in page.context["result_headers"] if header["sorted"]]
        assert header["ascending"] is not order.startswith("-")

    def test_what_is_due_on_no_day_comes_last_either_way(self, office, client, rows):
        done = factories.filed(office, steps=6)
        client.force_login(office.korektor)
        for order in ("tempo", "-tempo"):
            assert numbers_on(client.get(ALL, {"o": order}))[-1] == done.number

    def test_the_way_it_is_ordered_first_is_shown(self, office, client, rows):
        client.force_login(office.korektor)
        (header,) = [header for header in client.get(INBOX).context["result_headers"] if header["sorted"]]
        assert (str(header["text"]), header["ascending"]) == ("jatuh tempo", True)


class TestCounts:
    def test_counts_by_desk_lead_to_the_rows_they_count(self, office, client):
        for steps in (0, 2, 2, 3, 6):
            factories.filed(office, steps=steps)
        client.force_login(office.kadis)
        desks = client.get(ALL).context["desk_counts"]
        assert {desk["title"]: int(desk["count"]) for desk in desks} == {
            "Registrasi": 1,
            "Koreksi materi": 2,
            "Konsep SK dan paraf Kasi": 1,
        }
        for desk in desks:
            assert len(numbers_on(client.get(ALL + desk["url"]))) == desk["count"]

    def test_counts_follow_the_search_and_the_other_filters(self, office, client):
        wanted = factories.filed(office, steps=2, company=factories.CompanyFactory(name="PT Ombak Biru"))
        factories.filed(office, steps=2)
        factories.filed(office, steps=1)
        client.force_login(office.kadis)
        page = client.get(ALL, {"q": "ombak", "status": "in_review"})
        (desk,) = page.context["desk_counts"]
        assert (desk["title"], desk["count"]) == ("Koreksi materi", 1)
        assert numbers_on(client.get(ALL + desk["url"])) == [wanted.number]

    def test_the_chosen_desk_leads_back_to_all(self, office, client):
        factories.filed(office, steps=2)
        factories.filed(office, steps=1)
        client.force_login(office.kadis)
        page = client.get(ALL, {"tahap": "koreksi"})
        (desk,) = [desk for desk in page.context["desk_counts"] if desk["is_chosen"]]
        assert len(page.context["desk_counts"]) == 2, "the other desks stay in reach"
        assert len(numbers_on(client.get(ALL + desk["url"]))) == 2

    def test_what_is_returned_stands_at_no_desk(self, office, client):
        returned = factories.filed(office, steps=1)
        factories.finding(returned, office.verifikator)
        perform(returned, "return", office.verifikator)
        client.force_login(office.kadis)
        assert client.get(ALL).context["desk_counts"] == []

    def test_counting_stops_and_says_so(self, office, client, monkeypatch):
        monkeypatch.setattr("psk_plugin.counting.MOST", 25)
        first = factories.filed(office, steps=2)
        copies(first, 40)
        client.force_login(office.korektor)
        page = client.get(INBOX)
        text = page.content.decode()
        assert "Kotak Masuk (25+)" in text and "25+" in str(page.context["desk_counts"][0]["count"])
        assert page.context["paginator"].num_pages == 2
        last = client.get(INBOX, {"p": "2"})
        assert len(numbers_on(last)) == 5
        assert "persempit daftar" in last.content.decode()
        assert "41" not in str(page.context["result_count"])

    def test_a_bounded_count_reads_as_people_write_it(self):
        assert [str(Bounded(n)) for n in (0, 999, 1000, 1001)] == ["0", "999", "1.000", "1.000+"]


class TestDownload:
    @pytest.fixture
    def rows(self, office):
        made = [
            factories.filed(office, steps=2, company=factories.CompanyFactory(name=name))
            for name in ("=1+1", "@SUM(A1)", "PT Ombak", "-cmd", "PT \x0bKendali")
        ]
        Submission.objects.filter(pk=made[2].pk).update(assignee=office.korektor)
        return made

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    @pytest.mark.parametrize(
        ("url", "query"), [(INBOX, "o=-nomor"), (ALL, "o=perusahaan"), (ALL, "q=ombak"), (INBOX, "tangan=kosong")]
    )
    def test_the_file_holds_the_list_row_by_row_in_its_columns(self, office, client, rows, kind, url, query):
        client.force_login(office.korektor)
        page = client.get(f"{url}?{query}")
        table = table_of(client.get(f"{url}?{query}&export={kind}"))
        assert [cell.lower() for cell in table[0]] == [str(h["text"]).lower() for h in page.context["result_headers"]]
        assert [row[0] for row in table[1:]] == numbers_on(page)
        assert len(table) > 1

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_chosen_columns_are_downloaded(self, office, client, rows, kind):
        client.force_login(office.korektor)
        ListColumns.objects.create(owner=office.korektor, place=Place.INBOX, names=["nib"])
        table = table_of(client.get(f"{INBOX}?o=nomor&export={kind}"))
        assert table[0] == ["Nomor", "NIB"]
        assert sorted(row[1] for row in table[1:]) == sorted(row.company.nib for row in rows)

    def test_no_cell_is_a_formula_and_days_are_days(self, office, client, rows):
        client.force_login(office.korektor)
        content = b"".join(client.get(f"{INBOX}?export=xlsx").streaming_content)
        cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        assert "'=1+1" in [cell.value for cell in cells]
        assert {type(cell.value) for cell in cells if cell.is_date} == {dt.datetime}
        lines = table_of(client.get(f"{INBOX}?export=csv"))
        assert not [cell for row in lines for cell in row if cell[:1] in ("=", "@", "+", "-")]
        day = lines[1][lines[0].index("Masuk")] if "Masuk" in lines[0] else lines[1][-2]
        assert dt.date.fromisoformat(day) == timezone.localdate()

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_a_list_that_is_too_long_says_so(self, office, client, rows, settings, kind):
        settings.PSK_EXPORT_ROWS = 3
        client.force_login(office.korektor)
        answer = client.get(f"{ALL}?o=nomor&export={kind}", follow=True)
        assert answer.redirect_chain[0][0] == f"{ALL}?o=nomor"
        assert "lebih dari 3 baris" in answer.content.decode()
        assert len(table_of(client.get(f"{ALL}?q=ombak&export={kind}"))) == 2, "narrowed, it is short enough"

    def test_a_download_asks_no_more_for_more_rows(self, office, client, rows, django_assert_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client.force_login(office.korektor)

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                table_of(client.get(f"{ALL}?export=csv"))
            return len(queries)

        asked()
        before = asked()
        copies(rows[0], 20)
        assert asked() == before


@pytest.mark.parametrize(
    ("url", "query"),
    [(url, query) for url in (INBOX, ALL) for query in ("", "q=contoh", "tahap=koreksi", "o=perusahaan", "o=-tempo")],
)
def test_forty_rows_ask_as_much_as_twenty(office, client, url, query):
    first = factories.filed(office, steps=2)
    copies(first, 19)
    SavedFilter.objects.create(owner=office.korektor, place=Place.INBOX, name="a")
    client.force_login(office.korektor)
    before = queries_of(client, f"{url}?{query}")
    copies(first, 20)
    SavedFilter.objects.create(
        owner=factories.staff("korektor"), place=Place.INBOX, name="b", group=factories.group("korektor")
    )
    assert queries_of(client, f"{url}?{query}") == before


@pytest.mark.parametrize("role", ROLES)
def test_every_reviewer_filters_orders_keeps_and_downloads(office, client, role):
    """Each of the seven desks, in the list of all applications."""
    row = factories.filed(office, steps=2)
    other = factories.filed(office, steps=6)
    client.force_login(getattr(office, role))
    assert numbers_on(client.get(ALL, {"status": "in_review"})) == [row.number]
    assert numbers_on(client.get(ALL, {"o": "nomor"})) == [row.number, other.number]
    assert keep(client, "semua-permohonan", "Jalan", "status=in_review").status_code == 302
    assert [each.filter.name for each in client.get(ALL).context["kept"]] == ["Jalan"]
    client.post(reverse("psk_list:columns", args=["semua-permohonan"]), {"kolom": ["nib"]})
    for kind in ("csv", "xlsx"):
        table = table_of(client.get(f"{ALL}?status=in_review&export={kind}"))
        assert table == [["Nomor", "NIB"], [row.number, row.company.nib]]


@pytest.mark.parametrize("url", [INBOX, ALL])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nobody_without_the_list_downloads_it(office, client, url, kind):
    factories.filed(office, steps=2)
    for user in (factories.service_editor(), factories.UserFactory()):
        client.force_login(user)
        assert client.get(f"{url}?export={kind}").status_code == 302
