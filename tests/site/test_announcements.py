"""Announcements: categories and years, feeds, pictures in several sizes."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db.models import ProtectedError
from django.test import Client

from home.models import AnnouncementCategory, AnnouncementIndexPage, AnnouncementPage

from .conftest import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(site) -> AnnouncementIndexPage:
    return AnnouncementIndexPage.objects.get()


def add_old_news(index: AnnouncementIndexPage) -> None:
    category = AnnouncementCategory.objects.get(slug="layanan")
    news = AnnouncementPage(title="Kabar lama", slug="kabar-lama", date=date(2019, 5, 1), category=category)
    index.add_child(instance=news)


def test_category_and_year_narrow_together(index, client: Client):
    add_old_news(index)
    page = text(client.get("/pengumuman/?kategori=layanan&tahun=2019"))
    assert "Kabar lama" in page
    assert "kini diajukan" not in page
    assert 'href="?kategori=layanan&amp;tahun=2019"' in page.replace("tahun=2019&amp;", "tahun=2019")


def test_a_year_without_news_of_a_category_offers_all(index, client: Client):
    add_old_news(index)
    assert "Tampilkan semua" in text(client.get("/pengumuman/?kategori=peraturan&tahun=2019"))


@pytest.mark.parametrize(
    "query", ["tahun=abc", "tahun=99999999999", "tahun=%00", "kategori=%27", "kategori=" + "a" * 20000]
)
def test_any_filter_is_survived(index, client: Client, query: str):
    assert client.get(f"/pengumuman/?{query}").status_code == 200


def test_category_in_use_is_not_deleted(index):
    with pytest.raises(ProtectedError):
        AnnouncementCategory.objects.get(slug="layanan").delete()


@pytest.mark.parametrize(("kind", "entry"), [("rss", "item"), ("atom", "{http://www.w3.org/2005/Atom}entry")])
def test_feed_holds_the_newest_with_absolute_addresses(index, client: Client, kind: str, entry: str):
    response = client.get(f"/pengumuman/{kind}/")
    assert response["Content-Type"].startswith(f"application/{kind}+xml")
    entries = ElementTree.fromstring(response.content).iter(entry)
    first = next(entries)
    assert "Undangan sosialisasi" in first.find(entry.replace("item", "title").replace("entry", "title")).text
    assert b"/pengumuman/sosialisasi-syarat-kerja/" in response.content
    assert b'href="/' not in response.content


def test_list_names_its_feeds_in_the_head(index, client: Client):
    head = text(client.get("/pengumuman/")).split("</head>")[0]
    assert 'type="application/rss+xml"' in head
    assert 'type="application/atom+xml"' in head


def test_unpublished_announcement_is_in_no_feed(index, client: Client):
    AnnouncementPage.objects.get(slug="pengajuan-pp-daring").unpublish()
    assert b"pengajuan-pp-daring" not in client.get("/pengumuman/rss/").content


def test_pictures_come_in_several_sizes_and_late_where_they_are_below(index, client: Client):
    page = text(client.get("/pengumuman/"))
    pictures = re.findall(r'<img[^>]+class="tile__picture"[^>]*>', page)
    assert pictures
    assert all("srcset=" in picture and "sizes=" in picture and 'loading="lazy"' in picture for picture in pictures)
