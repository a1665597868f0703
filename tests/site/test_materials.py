"""Materials of sosialisasi, films and SOPs."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader
from wagtail.models import Page

from home.models import MaterialPage, OfficeSettings, ProcedurePage
from home.video import find_video

from .conftest import cold_queries, text

pytestmark = pytest.mark.django_db


def test_materials_are_shown_downloaded_and_sorted_by_kind(site, client: Client):
    page = text(client.get("/sosialisasi/?jenis=slides"))
    assert "Paparan: menyusun" in page
    assert "Spanduk:" not in page.split("<main")[1]
    material = text(client.get("/sosialisasi/paparan-syarat-kerja/"))
    assert "Unduh (PDF" in material
    assert "Buka dan baca" in material


@pytest.mark.parametrize("query", ["jenis=aneh", "hal=abc", "jenis=%00"])
def test_list_of_materials_survives_any_address(site, client: Client, query: str):
    assert client.get(f"/sosialisasi/?{query}").status_code == 200


def test_film_asks_nothing_of_others_before_the_click(site, client: Client):
    page = text(client.get("/sosialisasi/contoh-film/"))
    assert "<iframe" not in page
    assert 'src="https://' not in page
    assert "setelah tombol ditekan" in page
    assert 'href="https://www.youtube.com/watch?v=' in page


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=10", "YouTube"),
        ("https://youtu.be/aqz-KE-bpKQ", "YouTube"),
        ("https://vimeo.com/76979871", "Vimeo"),
        ("https://example.test/watch?v=aqz-KE-bpKQ", None),
        ("javascript:alert(1)", None),
        ("https://www.youtube.com/watch?v=<script>", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_only_known_films_are_played(address: str, owner: str | None):
    video = find_video(address)
    assert (video.owner if video else None) == owner


def test_list_of_materials_costs_the_same_however_many_there_are(site):
    index = Page.objects.get(slug="sosialisasi").specific
    before = cold_queries("/sosialisasi/")
    first = MaterialPage.objects.first()
    for number in range(4):
        index.add_child(
            instance=MaterialPage(
                title=f"Bahan {number}",
                slug=f"bahan-{number}",
                kind="leaflet",
                image=first.image,
                document=first.document,
            )
        )
    assert cold_queries("/sosialisasi/") == before


def test_sop_stands_on_its_page_with_flow_steps_and_pdf(site, client: Client):
    page = text(client.get("/layanan/sop-pengesahan-pp/"))
    assert "500.15/SOP-01" in page
    assert "<svg" in page
    assert "Memeriksa kelengkapan dokumen" in page
    document = client.get("/layanan/sop-pengesahan-pp/pdf/")
    assert document["Content-Type"] == "application/pdf"
    assert document.content.startswith(b"%PDF")


def test_pdf_of_the_sop_holds_its_steps(site, client: Client):
    document = PdfReader(io.BytesIO(client.get("/layanan/sop-pengesahan-pp/pdf/").content))
    words = "".join(page.extract_text() for page in document.pages)
    assert "Menandatangani surat keputusan" in " ".join(words.split())


def test_pdf_of_the_sop_has_the_letterhead_of_today(site, client: Client):
    client.get("/layanan/sop-pengesahan-pp/pdf/")
    OfficeSettings.objects.update(name="Dinas Ketenagakerjaan Baru")
    document = PdfReader(io.BytesIO(client.get("/layanan/sop-pengesahan-pp/pdf/").content))
    assert "DINAS KETENAGAKERJAAN BARU" in " ".join(document.pages[0].extract_text().split())


def test_signed_sop_is_given_where_there_is_one(site, client: Client):
    page = ProcedurePage.objects.get()
    page.signed_document = MaterialPage.objects.exclude(document=None).first().document
    page.save_revision().publish()
    assert client.get("/layanan/sop-pengesahan-pp/pdf/").url == page.signed_document.url
