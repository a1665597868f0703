"""The public register: found by name and filters, the same facts in HTML, CSV and JSON, and nothing about people."""

import csv
import io
import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin import counting
from psk_plugin.regulations import public
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.sheets import safe_cell

from .. import factories
from ..decrees import making as decrees
from .making import in_force

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_brake():
    cache.clear()


PAGE, CSV, API = "psk:register", "psk:register_csv", "psk:register_api"

#: What anyone may know. A name added here is a decision, not an accident.
PUBLIC = [
    "company",
    "kecamatan",
    "sector",
    "kind",
    "title",
    "decree_number",
    "decree_date",
    "valid_from",
    "valid_until",
    "state",
]


def _company(name: str, **more):
    return factories.CompanyFactory(name=name, **more)


def _names(client, **query) -> list[str]:
    response = client.get(reverse(PAGE), query)
    assert response.status_code == 200
    return [regulation.company.name for regulation in response.context["page"]]


def _api(client, **query) -> dict:
    return json.loads(client.get(reverse(API), query).content)


def _csv(client, **query) -> list[list[str]]:
    response = client.get(reverse(CSV), query)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def three():
    in_force(_company("PT Maju Jaya", kecamatan="rawalumbu", kbli_code="28110"))
    in_force(_company("CV Roti Enak", kecamatan="jatiasih", kbli_code="56101"), last=20)
    in_force(_company("PT Jaya Abadi", kecamatan="jatiasih", kbli_code="28110"), kind="PKB", first=-900, last=-1)


def test_all_are_listed_by_name(client, three):
    assert _names(client) == ["CV Roti Enak", "PT Jaya Abadi", "PT Maju Jaya"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "jaya"}, ["PT Jaya Abadi", "PT Maju Jaya"]),
        ({"q": "JAYA maju"}, ["PT Maju Jaya"]),
        ({"q": "100%"}, []),
        ({"kecamatan": "jatiasih"}, ["CV Roti Enak", "PT Jaya Abadi"]),
        ({"sektor": "hospitality"}, ["CV Roti Enak"]),
        ({"jenis": "PKB"}, ["PT Jaya Abadi"]),
        ({"status": "in_force"}, ["PT Maju Jaya"]),
        ({"status": "expiring"}, ["CV Roti Enak"]),
        ({"status": "expired"}, ["PT Jaya Abadi"]),
        ({"status": "revoked"}, []),
        ({"kecamatan": "jatiasih", "jenis": "PP"}, ["CV Roti Enak"]),
    ],
)
def test_filters_mean_the_same_on_the_page_in_csv_and_in_json(client, three, query, found):
    assert _names(client, **query) == found
    # Programs have them in the order of their keys.
    assert sorted(row["company"] for row in _api(client, **query)["results"]) == found
    assert [row[0] for row in _csv(client, **query)[1:]] == found


def test_an_empty_result_says_what_to_do(client, three):
    html = client.get(reverse(PAGE), {"q": "tidak ada"}).content.decode()
    assert "psk-empty" in html and reverse(PAGE) in html


def test_a_filter_that_nobody_offers_is_told_and_shows_nothing(client, three):
    response = client.get(reverse(PAGE), {"kecamatan": "atlantis"})
    assert response.status_code == 200 and not list(response.context["page"])
    assert 'href="#id_kecamatan"' in response.content.decode()
    assert client.get(reverse(API), {"kecamatan": "atlantis"}).status_code == 400
    assert client.get(reverse(CSV), {"status": "atlantis"}).status_code == 400


@pytest.mark.parametrize("name", [PAGE, API])
@pytest.mark.parametrize(
    "query",
    [
        {"page": "abc", "hal": "abc"},
        {"page": "-1", "hal": "0"},
        {"page": "9" * 400, "hal": "9" * 400},
        {"q": "a\x00b"},
        {"q": "x" * 20_000},
        {"q": "%_\\'\";--"},
        {"q": "\U0001f600"},
        {"status": "\x00"},
        {"q": ["a", "b"], "unknown": "1"},
    ],
)
def test_no_address_breaks_it(client, three, name, query):
    assert client.get(reverse(name), query).status_code in (200, 400)
    assert client.get(reverse(CSV), query).status_code in (200, 400)


@pytest.mark.parametrize("pk", ["0", "99999999", "9" * 30])
def test_an_unknown_company_is_not_found(client, pk):
    assert client.get(reverse("psk:register_detail", args=[1]).replace("/1/", f"/{pk}/")).status_code == 404


def test_the_allow_list_is_exactly_this():
    assert [field.name for field in public.PUBLIC_FIELDS] == PUBLIC


def test_json_and_csv_hold_the_allow_list_and_nothing_else(client, three):
    labels = {"kecamatan_label", "sector_label", "kind_label", "state_label"}
    for row in _api(client)["results"]:
        assert set(row) == {*PUBLIC, *labels, "url"}
    heading, *rows = _csv(client)
    assert len(heading) == len(PUBLIC) and all(len(row) == len(PUBLIC) for row in rows)


def test_nothing_about_people_is_public(client, office):
    decree = decrees.rendered(office)
    company, applicant = decree.company, decree.submission.applicant
    regulation = CompanyRegulation.objects.get(company=company)
    pages = [
        client.get(reverse(PAGE)).content.decode(),
        client.get(reverse("psk:register_detail", args=[regulation.pk])).content.decode(),
        client.get(reverse(API)).content.decode(),
        str(_csv(client)),
    ]
    secrets = [company.nib, company.npwp, company.phone, company.email, company.address, decree.code]
    secrets += [applicant.username, applicant.email, office.kadis.username, "Direktur Contoh", decree.submission.number]
    for html in pages:
        assert company.name in html
        for secret in secrets:
            assert secret not in html


def test_a_company_s_page_lists_its_decrees(client, office):
    company = factories.CompanyFactory()
    in_force(company, number="SK/1", first=-700, last=20)
    regulation = in_force(company, number="SK/2", first=21, last=700)
    html = client.get(reverse("psk:register_detail", args=[regulation.pk])).content.decode()
    assert "SK/2" in html
    assert "Versi sebelumnya" in html


def test_pages_follow_each_other_and_keep_the_filter(client, settings):
    for number in range(25):
        in_force(_company(f"PT Urut {number:02}"))
    first = client.get(reverse(PAGE), {"q": "urut"})
    assert len(first.context["page"]) == 20
    assert "q=urut&amp;hal=2" in first.content.decode()
    assert _names(client, q="urut", hal="2")[0] == "PT Urut 20"


def test_json_pages_link_to_each_other(client, monkeypatch):
    from psk_plugin.regulations import views

    monkeypatch.setattr(views, "API_PAGE_SIZE", 2)
    for number in range(5):
        in_force(_company(f"PT Urut {number}"))
    seen, address = [], reverse(API) + "?q=urut"
    while address:
        answer = client.get(address).json()
        assert answer["count"] == 5
        seen += [row["company"] for row in answer["results"]]
        address = answer["next"]
    assert seen == [f"PT Urut {number}" for number in range(5)]
    assert answer["count_is_exact"]


def test_json_goes_on_although_the_last_regulation_of_the_page_before_is_gone(client, three):
    first = _api(client)["results"][0]
    answer = _api(client, after=first["url"].rstrip("/").rsplit("/", 1)[1])
    rest = [row["company"] for row in answer["results"]]
    assert len(rest) == 2 and first["company"] not in rest
    assert _api(client, after="999999999")["results"] == []


def test_of_a_word_that_fits_more_than_is_counted_some_are_shown_and_all_are_in_the_file(client, monkeypatch):
    from psk_plugin import counting
    from psk_plugin.regulations import filters

    monkeypatch.setattr(counting, "MOST", 3)
    monkeypatch.setattr(filters, "MOST", 3)
    for number in range(5):
        in_force(_company(f"PT Urut {number}"))
    page = client.get(reverse(PAGE), {"q": "urut"}).context["page"]
    names = [row.company.name for row in page]
    assert page.paginator.found.is_more and len(names) == 3 and names == sorted(names)
    assert len(_csv(client, q="urut")) == 1 + 5


@pytest.mark.parametrize("after", ["0", "-1", "abc", "9" * 30, "\x00"])
def test_json_cannot_go_on_after_what_is_not_there(client, three, after):
    response = client.get(reverse(API), {"after": after})
    assert response.status_code == 400 and "after" in response.json()["errors"]


def test_companies_of_one_name_are_not_lost_between_pages_of_json(client, monkeypatch):
    from psk_plugin.regulations import views

    monkeypatch.setattr(views, "API_PAGE_SIZE", 1)
    for _number in range(2):
        company = _company("PT Kembar")
        in_force(company)
        in_force(company, kind="PKB")
    seen, address = [], reverse(API) + "?q=kembar"
    while address:
        answer = client.get(address).json()
        seen += [row["url"] for row in answer["results"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == 4


def test_counting_stops_and_says_so(client, three, monkeypatch, settings):
    monkeypatch.setattr(counting, "MOST", 2)
    answer = _api(client)
    assert (answer["count"], answer["count_is_exact"], len(answer["results"])) == (2, False, 3)
    settings.PSK_PAGE_SIZE = 2
    html = client.get(reverse(PAGE)).content.decode()
    assert "2+ peraturan ditemukan" in html
    assert "Paling banyak 2 baris" in html and "hal=2" not in html


def test_totals_are_kept_until_a_regulation_changes(
    client, three, settings, django_assert_num_queries, django_capture_on_commit_callbacks
):
    settings.PSK_FIGURES_SECONDS = 300
    assert public.totals()["companies"] == 2
    with django_assert_num_queries(0):
        public.totals()
    with django_capture_on_commit_callbacks(execute=True):
        in_force(_company("PT Baru"))
    assert public.totals()["companies"] == 3


def test_machines_need_not_fetch_twice(client, three):
    first = client.get(reverse(API))
    assert "max-age" in first["Cache-Control"]
    assert client.get(reverse(API), HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    in_force(_company("PT Baru"))
    assert client.get(reverse(API), HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("name", [PAGE, CSV, API])
def test_the_register_is_only_read(client, name, method):
    assert getattr(client, method)(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", ['=HYPERLINK("http://jahat.test")', "+1+1", "-2", "@SUM(A1)", "\tx"])
def test_no_name_becomes_a_formula(client, name):
    assert safe_cell(name).startswith("'")
    if name.strip() == name:
        in_force(_company(name))
        assert _csv(client)[1][0] == f"'{name}"


def test_csv_opens_as_utf8_in_a_spreadsheet_program(client):
    in_force(_company("PT Café “Enak”, Tbk"))
    response = client.get(reverse(CSV))
    data = b"".join(response.streaming_content)
    assert data.startswith(b"\xef\xbb\xbf")
    assert _csv(client)[1][0] == "PT Café “Enak”, Tbk"


@pytest.mark.parametrize("name", [PAGE, API, CSV])
def test_as_many_queries_for_many_rows_as_for_few(client, name):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(reverse(name))
            if response.streaming:
                b"".join(response.streaming_content)
        return len(captured)

    for _i in range(4):
        in_force()
    queries()
    few = queries()
    for _i in range(4):
        in_force()
    assert queries() == few


def test_totals_count_what_holds(client, three):
    renewed = _company("PT Perpanjang")
    in_force(renewed, first=-600, last=10)
    in_force(renewed, first=11, last=700)
    totals = client.get(reverse(PAGE)).context["totals"]
    assert totals == {"companies": 3, "in_force": 3, "expiring": 1, "expired": 1}
