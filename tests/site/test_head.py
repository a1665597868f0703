"""What search engines and those who share an address are told."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from home.models import OfficeSettings
from tests.regulations.making import in_force

from .conftest import text

pytestmark = pytest.mark.django_db

ANNOUNCEMENT = "/pengumuman/pengajuan-pp-daring/"


def graph(client: Client, address: str) -> dict[str, dict]:
    """schema.org data of a page, by type."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text(client.get(address)), re.S)
    assert len(scripts) == 1
    data = json.loads(scripts[0])
    assert data["@context"] == "https://schema.org"
    return {entry["@type"]: entry for entry in data["@graph"]}


def meta(client: Client, address: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)"', text(client.get(address)))
    return found[1] if found else ""


def test_front_page_says_who_the_office_is_and_how_to_search(site, client: Client):
    data = graph(client, "/")
    assert data["GovernmentOrganization"]["name"] == "Dinas Tenaga Kerja Kota Bekasi"
    assert "{search_term_string}" in data["WebSite"]["potentialAction"]["target"]


def test_service_page_names_its_service(site, client: Client):
    data = graph(client, "/layanan/pengesahan-pp/")
    assert data["GovernmentService"]["provider"]["@type"] == "GovernmentOrganization"
    steps = [step["name"] for step in data["BreadcrumbList"]["itemListElement"]]
    assert steps[:2] == ["Beranda", "Penentuan Syarat Kerja"]


def test_announcement_is_news_with_its_day(site, client: Client):
    news = graph(client, ANNOUNCEMENT)["NewsArticle"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", news["datePublished"])
    assert news["image"][0].startswith("http")


def test_questions_are_told_with_their_answers(site, client: Client):
    questions = graph(client, "/panduan/tanya-jawab/")["FAQPage"]["mainEntity"]
    assert len(questions) >= 10
    assert "<" not in questions[0]["acceptedAnswer"]["text"]


def test_no_text_of_an_editor_closes_the_script(site, client: Client):
    page = Page.objects.get(slug="profil").specific
    page.title = "</script><script>alert(1)</script>"
    page.save_revision().publish()
    source = text(client.get("/profil/"))
    assert "<script>alert" not in source
    assert graph(client, "/profil/")["BreadcrumbList"]["itemListElement"][-1]["name"] == page.title


@pytest.mark.parametrize("address", ["/", ANNOUNCEMENT, "/profil/"])
def test_every_page_has_a_card_and_one_address(site, client: Client, address: str):
    assert meta(client, address, "og:title")
    assert meta(client, address, "og:image").startswith("http")
    assert meta(client, address, "description")
    assert text(client.get(address)).count('rel="canonical"') == 1


def test_announcement_is_shared_with_its_own_picture(site, client: Client):
    assert "1200x630" in meta(client, ANNOUNCEMENT, "og:image")
    assert meta(client, ANNOUNCEMENT, "og:type") == "article"
    assert meta(client, "/profil/", "og:image").endswith("card.png")


def test_page_without_a_picture_is_shared_with_the_one_of_the_settings(site, client: Client):
    from wagtail.images import get_image_model

    settings = OfficeSettings.objects.get()
    settings.share_image = get_image_model().objects.first()
    settings.save()
    assert "1200x630" in meta(client, "/profil/", "og:image")


def test_filtered_list_of_the_plugin_has_the_address_without_its_filters(site, client: Client):
    source = text(client.get("/psk/register/?q=abc&hal=2"))
    assert '<link rel="canonical" href="http://testserver/psk/register/?hal=2">' in source


def test_sitemap_names_pages_services_register_and_law(site, client: Client):
    found = in_force()
    PageViewRestriction.objects.create(page=Page.objects.get(slug="privasi"), restriction_type="login")
    response = client.get("/sitemap.xml")
    addresses = [node.text for node in ElementTree.fromstring(response.content).iter() if node.tag.endswith("}loc")]
    paths = {re.sub(r"^https?://[^/]+", "", address) for address in addresses}
    assert {"/", "/layanan/pengesahan-pp/", ANNOUNCEMENT, "/psk/register/", f"/psk/register/{found.pk}/"} <= paths
    assert "/psk/dasar-hukum/uu-13-2003/" in paths
    assert "/privasi/" not in paths
    assert not [path for path in paths if path.startswith(("/psk/permohonan", "/admin", "/akun"))]
    assert len(addresses) == len(set(addresses))


def test_robots_are_shown_the_sitemap_and_kept_from_what_is_private(site, client: Client):
    words = text(client.get("/robots.txt"))
    assert "Sitemap: http://testserver/sitemap.xml" in words
    for path in ("/admin/", "/akun/", "/psk/permohonan/"):
        assert f"Disallow: {path}" in words


def test_lost_visitor_gets_words_to_search_and_ways_on(site, client: Client):
    response = client.get("/layanan/pengesahan-peraturan-perusahaan/")
    assert response.status_code == 404
    source = text(response)
    assert 'value="layanan pengesahan peraturan perusahaan"' in source
    assert 'href="/psk/register/"' in source
    assert "SP4N-LAPOR!" in source


@pytest.mark.parametrize("path", ["/%00/", "/a%00b/c/", "/" + "x/" * 200, "/%F0%9F%98%80/", "/layanan/%22%3E/"])
def test_odd_addresses_are_not_found(site, client: Client, path: str):
    assert client.get(path).status_code == 404
