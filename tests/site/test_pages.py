"""Every page of the demo tree, the menu, the search and the error pages."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page

from home.demo_content import build_site
from home.models import AnnouncementIndexPage, AnnouncementPage, HomePage, LinkPage, StandardPage

pytestmark = pytest.mark.django_db


def add_announcements(index: AnnouncementIndexPage, count: int) -> None:
    for _ in range(count):
        number = AnnouncementPage.objects.count()
        index.add_child(
            instance=AnnouncementPage(
                title=f"Kabar {number}",
                slug=f"kabar-{number}",
                date=date(2026, 1, 1),
                category=AnnouncementPage.objects.first().category,
                image=AnnouncementPage.objects.first().image,
            )
        )


def queries(client: Client, url: str, django_assert_max_num_queries) -> int:
    client.get(url)
    with django_assert_max_num_queries(200) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_every_page_of_the_tree_is_served(site: HomePage, client: Client):
    for page in site.get_descendants(inclusive=True).live():
        response = client.get(page.get_url())
        assert response.status_code == (302 if page.specific_class is LinkPage else 200), page.slug


def test_every_page_has_one_h1_and_no_heading_level_is_skipped(site: HomePage, client: Client):
    for page in site.get_descendants(inclusive=True).live():
        if page.specific_class is LinkPage:
            continue
        levels = [int(level) for level in re.findall(r"<h([1-6])[\s>]", client.get(page.get_url()).content.decode())]
        assert levels.count(1) == 1, page.slug
        assert all(after <= before + 1 for before, after in pairwise(levels)), (page.slug, levels)


def test_front_page_leads_to_the_service_and_to_the_register(site: HomePage, client: Client):
    page = client.get("/").content.decode()
    assert 'href="/layanan/pengesahan-pp/"' in page
    assert 'href="/psk/register/"' in page
    assert 'href="/psk/verifikasi/"' in page


def test_service_page_shows_the_form_of_its_service(site: HomePage):
    page = Page.objects.get(slug="pengesahan-pp").specific
    blocks = [block for block in page.body if block.block_type == "service_form"]
    assert [block.value["service"].code for block in blocks] == ["pp-baru"]


def test_menu_follows_the_tree_in_two_levels(site: HomePage, client: Client):
    page = client.get("/layanan/standar-pelayanan/").content.decode()
    nav = page[page.index('id="site-nav"') : page.index("</nav>")]
    assert "Penentuan Syarat Kerja" in nav
    assert re.search(r'<a href="/layanan/standar-pelayanan/" aria-current="page">', nav)
    assert 'href="/psk/register/"' in nav
    assert "/privasi/" not in nav


def test_page_taken_out_of_the_menu_leaves_it(site: HomePage, client: Client):
    Page.objects.filter(slug="profil").update(show_in_menus=False)
    page = client.get("/").content.decode()
    assert "/profil/" not in page[page.index('id="site-nav"') : page.index("</nav>")]


def test_menu_costs_the_same_however_many_entries_it_has(site: HomePage, client: Client, django_assert_max_num_queries):
    before = queries(client, "/profil/", django_assert_max_num_queries)
    for number in range(site.get_children().count()):
        site.add_child(instance=StandardPage(title=f"Halaman {number}", slug=f"halaman-{number}", show_in_menus=True))
    assert queries(client, "/profil/", django_assert_max_num_queries) == before


def test_announcements_cost_the_same_however_many_there_are(site, client, django_assert_max_num_queries):
    index = AnnouncementIndexPage.objects.get()
    AnnouncementIndexPage.PER_PAGE, per_page = 50, AnnouncementIndexPage.PER_PAGE
    try:
        before = queries(client, "/pengumuman/", django_assert_max_num_queries)
        add_announcements(index, AnnouncementPage.objects.count())
        assert queries(client, "/pengumuman/", django_assert_max_num_queries) == before
    finally:
        AnnouncementIndexPage.PER_PAGE = per_page


def test_announcements_are_paged_newest_first_and_by_category(site: HomePage, client: Client):
    add_announcements(AnnouncementIndexPage.objects.get(), 8)
    first, second = client.get("/pengumuman/").content.decode(), client.get("/pengumuman/?hal=2").content.decode()
    assert "Undangan sosialisasi" in first
    assert "Undangan sosialisasi" not in second
    assert 'href="?hal=2"' in first
    filtered = client.get("/pengumuman/?kategori=peraturan").content.decode()
    assert "Perkembangan peraturan" in filtered
    assert "Kabar 5" not in filtered


@pytest.mark.parametrize("query", ["hal=999", "hal=x", "kategori=tidak-ada", "hal=%00"])
def test_announcements_survive_any_address(site: HomePage, client: Client, query: str):
    assert client.get(f"/pengumuman/?{query}").status_code == 200


def test_announcement_offers_its_attachment(site: HomePage, client: Client):
    page = client.get("/pengumuman/sosialisasi-syarat-kerja/").content.decode()
    address = re.search(r'href="(/dokumen/[^"]+\.pdf)"', page)[1]
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")


def test_unknown_address_helps_in_indonesian(site: HomePage, client: Client):
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman ini tidak ada" in response.content.decode()


def test_expired_form_tells_how_to_keep_what_was_typed(site: HomePage):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("account_login"), {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "Tekan tombol Kembali" in response.content.decode()


def test_failure_page_needs_neither_database_nor_context(django_assert_num_queries):
    from django.views.defaults import server_error

    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Ada gangguan" in response.content.decode()


def test_no_source_language_is_left_on_the_public_pages(site: HomePage, client: Client):
    for url in (
        "/",
        "/pengumuman/",
        "/panduan/mengajukan-pp/",
        "/kontak/",
        "/cari/?q=pp",
        reverse("account_login"),
        reverse("account_signup"),
        reverse("account_reset_password"),
        reverse("account_resend"),
    ):
        text = re.sub(r"<(script|style)[\s\S]*?</\1>|<[^>]+>", " ", client.get(url).content.decode())
        left = re.search(r"\b(the|your|you|with|sign in|search|address|password|previous|next)\b", text, re.I)
        assert left is None, (url, text[left.start() - 40 : left.end() + 40])


def test_loading_twice_changes_nothing_and_keeps_what_an_editor_changed(site: HomePage):
    page = Page.objects.get(slug="profil").specific
    page.title = "Profil kami"
    page.save_revision().publish()
    site.refresh_from_db()
    before = list(Page.objects.order_by("path").values_list("path", "title", "url_path", "live_revision_id"))
    build_site(None)
    assert list(Page.objects.order_by("path").values_list("path", "title", "url_path", "live_revision_id")) == before


def test_demo_is_refused_on_a_server_that_is_not_for_demos(db):
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError, match="yes-this-is-a-demo-server"):
        call_command("load_demo")


def test_no_migration_is_missing_whatever_blocks_the_plugin_brings(db):
    from django.core.management import call_command

    call_command("makemigrations", "home", check=True, dry_run=True, verbosity=0)
