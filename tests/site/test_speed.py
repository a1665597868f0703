"""What an anonymous visitor's page may cost."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from home.models import LinkPage
from home.search import IN_OVERVIEW
from tests import factories
from tests.regulations.making import in_force

from .conftest import cold_queries

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
MOST_BYTES = 100 * 1024
OF_THE_PLUGIN = ["/psk/layanan/", "/psk/layanan/pp-baru/", "/psk/register/", "/psk/verifikasi/", "/psk/dasar-hukum/"]


def addresses(site) -> list[str]:
    pages = site.get_descendants(inclusive=True).live()
    return [page.get_url() for page in pages if page.specific_class is not LinkPage]


def test_no_page_takes_more_than_fifteen_queries_with_empty_caches(site):
    costs = {address: cold_queries(address) for address in [*addresses(site), *OF_THE_PLUGIN]}
    assert not {address: cost for address, cost in costs.items() if cost > MOST_QUERIES}


def test_a_search_that_finds_things_of_every_kind_takes_no_more_than_fifteen(site):
    for number in range(IN_OVERVIEW + 1):
        in_force(factories.CompanyFactory(name=f"PT Perusahaan Uji {number}"))
    SearchPromotion.objects.create(query=Query.get("perusahaan"), page=Page.objects.get(slug="kontak"))
    page = Client().get("/cari/?q=perusahaan").content.decode()
    for kind in ("layanan", "halaman", "hukum", "register"):
        assert f'id="hasil-{kind}"' in page and f"bagian={kind}" in page
    assert f"({IN_OVERVIEW + 1})" in page
    assert cold_queries("/cari/?q=perusahaan") <= MOST_QUERIES


@pytest.mark.parametrize("words", ["peraturan", "28 2014", "notula zzzz", "zzzz"])
def test_no_search_takes_more_than_fifteen(site, words):
    assert cold_queries(f"/cari/?q={words}") <= MOST_QUERIES


def test_no_page_weighs_more_than_a_hundred_kilobytes_without_its_pictures(site):
    for address in [*addresses(site), *OF_THE_PLUGIN]:
        source = Client().get(address).content
        files = set(re.findall(r'(?:href|src)="/static/([^"?]+\.(?:css|js|svg))', source.decode()))
        weight = len(source) + sum(Path(finders.find(name)).stat().st_size for name in files)
        assert files
        assert weight < MOST_BYTES, address


def test_pages_above_are_not_asked_for_one_by_one(site, django_assert_max_num_queries):
    deep = Page.objects.get(slug="mengajukan-pp")
    shallow = Page.objects.get(slug="profil")
    assert cold_queries(deep.get_url()) <= cold_queries(shallow.get_url()) + 4
