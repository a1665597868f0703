"""One search over services, pages, legal sources and the register."""

import pytest
from django.test import Client
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, PageViewRestriction

from home.models import StandardPage
from home.search import MAX_LENGTH, PER_PAGE, Marker
from tests.regulations.making import in_force

from .conftest import cold_queries, text

pytestmark = pytest.mark.django_db


def test_results_stand_in_groups_with_the_words_marked(site, client: Client):
    page = text(client.get("/cari/", {"q": "peraturan perusahaan"}))
    assert 'id="hasil-layanan"' in page
    assert 'id="hasil-halaman"' in page
    assert 'id="hasil-hukum"' in page
    assert "<mark>Peraturan</mark>" in page


def test_a_word_in_the_body_is_shown_in_its_sentence(site, client: Client):
    page = text(client.get("/cari/", {"q": "notula"}))
    assert "<mark>notula</mark>" in page
    assert 'href="/sosialisasi/"' in page


def test_a_law_is_found_by_number_and_year(site, client: Client):
    assert 'href="/psk/dasar-hukum/permenaker-28-2014/"' in text(client.get("/cari/", {"q": "28 2014"}))


def test_a_company_is_found_by_part_of_its_name(site, client: Client):
    found = in_force()
    found.company.name = "PT Bunga Rampai Contoh"
    found.company.save()
    page = text(client.get("/cari/", {"q": "rampai"}))
    assert f'href="/psk/register/{found.pk}/"' in page
    assert "<mark>Rampai</mark>" in page


def test_service_leads_to_the_page_with_its_form(site, client: Client):
    page = text(client.get("/cari/", {"q": "pengesahan", "bagian": "layanan"}))
    assert 'href="/layanan/pengesahan-pp/"' in page


def test_one_group_is_paged(site, client: Client):
    for number in range(PER_PAGE + 1):
        site.add_child(instance=StandardPage(title=f"Rambutan {number}", slug=f"rambutan-{number}"))
    overview = text(client.get("/cari/", {"q": "rambutan"}))
    assert "Lihat semua (11)" in overview
    second = text(client.get("/cari/", {"q": "rambutan", "bagian": "halaman", "hal": "2"}))
    assert second.count("<mark>Rambutan</mark>") == 1


def test_words_that_stand_on_no_page_together_still_find_pages_with_one_of_them(site, client: Client):
    assert 'id="hasil-halaman"' in text(client.get("/cari/", {"q": "notula zzzzzz"}))


def test_page_behind_a_password_is_not_found(site, client: Client):
    page = Page.objects.get(slug="sosialisasi")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert (
        'href="/sosialisasi/"' not in text(client.get("/cari/", {"q": "notula"})).split("<main")[1].split("</main")[0]
    )


def test_what_editors_put_on_top_comes_first(site, client: Client):
    query = Query.get("izin")
    SearchPromotion.objects.create(query=query, page=Page.objects.get(slug="kontak"), description="Tanyakan di sini")
    page = text(client.get("/cari/", {"q": "IZIN"}))
    assert "Mungkin yang Anda cari" in page
    assert "Tanyakan di sini" in page


def test_nothing_found_says_what_to_try(site, client: Client):
    page = text(client.get("/cari/", {"q": "zzzzzz"}))
    assert "Tidak ada yang ditemukan" in page
    assert "Yang mungkin membantu" in page
    assert 'href="/psk/register/"' in page


def test_empty_search_shows_the_form_and_no_result(site, client: Client):
    page = text(client.get("/cari/", {"q": "   "}))
    assert "Ketik satu kata atau lebih" in page
    assert "hasil untuk" not in page


def test_overlong_search_is_cut_and_says_so(site, client: Client):
    assert f"lebih dari {MAX_LENGTH} karakter" in text(client.get("/cari/", {"q": "pembaharuan " * 2000}))


@pytest.mark.parametrize("kind", ["", "layanan", "halaman", "hukum", "register", "aneh"])
@pytest.mark.parametrize(
    "query", ["'", '"', "\\", "%", "_", "a\x00b", "😀", "<script>alert(1)</script>", "OR AND (", "pp*"]
)
def test_search_survives_anything_typed(site, client: Client, query: str, kind: str):
    response = client.get("/cari/", {"q": query, "bagian": kind, "hal": "abc"})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_search_costs_the_same_however_many_results_there_are(site):
    for number in range(6):
        site.add_child(instance=StandardPage(title=f"Rambutan {number}", slug=f"rambutan-{number}"))
    before = cold_queries("/cari/?q=rambutan&bagian=halaman")
    for number in range(6, 10):
        site.add_child(instance=StandardPage(title=f"Rambutan {number}", slug=f"rambutan-{number}"))
    assert cold_queries("/cari/?q=rambutan&bagian=halaman") == before


def test_marking_never_lets_markup_through():
    assert Marker(["b"]).mark("<b> & b") == "&lt;<mark>b</mark>&gt; &amp; <mark>b</mark>"
    assert "… " in Marker(["akhir"]).excerpt("kata " * 100 + "akhir")
