"""Blocks about services on a page: what a visitor reads, and what happens when the service is gone."""

import datetime as dt
import io
import re

import pytest
from django.test import RequestFactory
from django.utils import timezone
from pypdf import PdfReader
from wagtail import blocks as wagtail_blocks
from wagtail.blocks.base import BlockWidget
from wagtail.models import Page, ReferenceIndex

from psk_plugin.blocks import psk_blocks
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.services import flow
from psk_plugin.services.described import stations
from psk_plugin.services.loader import attach_templates
from psk_plugin.services.models import Kind, Service
from psk_plugin.services.pages import ServiceFormPage
from psk_plugin.submissions.figures import compute

from .. import factories

pytestmark = pytest.mark.django_db


def shown(name: str, value: dict) -> str:
    """The block as a page shows it."""
    block = dict(psk_blocks())[name]
    block.set_name(name)
    request = RequestFactory().get("/halaman/")
    request.user = factories.UserFactory()
    return block.bind(block.to_python(value)).render_as_block({"request": request})


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def service() -> Service:
    return factories.service()


def test_catalogue_says_of_each_service_whether_it_is_open_how_long_and_what_it_costs(service):
    text = words(shown("service_catalogue", {"heading": "Layanan kami", "services": []}))
    assert "Layanan kami" in text
    assert service.title in text
    assert "Dibuka" in text or "Buka" in text
    assert "11 hari kerja" in text
    assert service.fee in text


def test_catalogue_leaves_out_what_is_not_published(service):
    Service.objects.filter(pk=service.pk).update(is_published=False)
    assert service.title not in shown("service_catalogue", {"heading": "", "services": []})
    assert service.title not in shown("service_catalogue", {"heading": "", "services": [service.pk]})


@pytest.mark.parametrize("name", ["service_requirements", "service_flow", "service_templates"])
def test_block_of_a_service_that_is_not_published_shows_nothing(service, name):
    Service.objects.filter(pk=service.pk).update(is_published=False)
    assert not words(shown(name, {"heading": "", "service": service.pk}))


@pytest.mark.parametrize("name", ["service_requirements", "service_flow", "service_templates"])
def test_block_of_a_service_that_is_gone_shows_nothing(name):
    assert not words(shown(name, {"heading": "", "service": 987654}))


def test_requirements_name_every_document_with_its_condition(service):
    text = words(shown("service_requirements", {"heading": "", "service": service.pk}))
    for document in service.documents.all():
        assert document.title in text
    assert "hanya jika perusahaan" in text or "hanya bila perusahaan" in text or "SP/SB" in text


def test_flow_is_drawn_from_the_stages_and_told_in_words(service):
    html = shown("service_flow", {"heading": "", "service": service.pk})
    assert html.count("<rect") == service.stages.filter(is_active=True).count() + 2
    text = words(html)
    for station in stations(service):
        assert text.count(station.title[:20]) >= 2, "once in the drawing, once in words"
    assert "Verifikator" in text and "PSK Verifikator" not in text


def test_flow_follows_the_editor(service):
    service.stages.filter(code="verifikasi").update(title="Cek <berkas> & isi", target_days=9)
    drawing = flow.draw(service)
    assert "Cek &lt;berkas&gt; &amp; isi" in drawing
    assert "9 hari kerja" in drawing
    assert f"Perbaikan, {service.repair_days} hari kerja" in drawing


def test_downloads_offer_the_leaflet_and_each_template(service):
    attach_templates(service)
    html = shown("service_templates", {"heading": "", "service": service.pk})
    assert html.count('class="psk-doc"') == 1 + service.documents.filter(template__isnull=False).count()
    assert f"/psk/layanan/{service.code}/leaflet.pdf" in html


def test_search_leads_to_the_register(service):
    html = shown("register_search", {"heading": "Cari", "show_totals": True})
    assert 'action="/psk/register/"' in html and 'role="search"' in html


def test_figures_are_counted_from_the_rows():
    office = factories.Office()
    issued = factories.filed(office, steps=6)
    factories.filed(office, steps=1)
    figures = compute(timezone.localdate())
    assert (figures.filed, figures.issued, figures.median_days) == (2, 1, 0)
    assert figures.companies == 0, "the regulation is decreed but has not begun"
    begun = timezone.localdate(issued.closed_at) - dt.timedelta(days=1)
    CompanyRegulation.objects.update(valid_from=begun)
    assert compute(timezone.localdate()).companies == 1
    assert "2" in words(shown("service_figures", {"heading": ""}))


def test_contact_needs_both_words_and_address_of_its_button():
    block = dict(psk_blocks())["call_for_contact"]
    value = block.to_python({"heading": "Bantuan", "text": "", "button": "Hubungi", "address": ""})
    with pytest.raises(wagtail_blocks.StructBlockValidationError):
        block.clean(value)
    value["address"] = "javascript:alert(1)"
    with pytest.raises(wagtail_blocks.StructBlockValidationError):
        block.clean(value)
    value["address"] = "/kontak/"
    assert block.clean(value)["button"] == "Hubungi"


def test_leaflet_is_one_page_with_a_qr_to_the_service(service, client):
    answer = client.get(f"/psk/layanan/{service.code}/leaflet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert service.title in " ".join(text.split())
    assert f"/psk/layanan/{service.code}/" in text
    Service.objects.filter(pk=service.pk).update(is_published=False)
    assert client.get(f"/psk/layanan/{service.code}/leaflet.pdf").status_code == 404


def test_catalogue_leads_to_the_page_that_carries_the_form(service):
    root = Page.objects.filter(depth=2).first() or Page.add_root(title="Root").add_child(title="Situs", slug="situs")
    page = root.add_child(instance=ServiceFormPage(title="Ajukan PP", slug="ajukan-pp", service=service))
    ReferenceIndex.create_or_update_for_object(page)
    html = shown("service_catalogue", {"heading": "", "services": []})
    assert page.url in html
    assert f"/psk/layanan/{service.code}/" not in html


def test_services_stand_in_the_order_of_the_law_a_first_application_before_what_follows(service):
    common = {"summary": "-", "product": "-", "decree_title": "-", "is_published": True}
    for code, kind, filing in (("aaa", Kind.OTHER, "baru"), ("bbb", Kind.PP, "pembaharuan"), ("ccc", Kind.PKB, "baru")):
        Service.objects.create(code=code, title=code.title(), kind=kind, filing_type=filing, **common)
    html = shown("service_catalogue", {"heading": "", "services": []})
    places = [html.index(title) for title in (service.title, "Bbb", "Ccc", "Aaa")]
    assert places == sorted(places)


def test_the_page_editor_opens_with_every_block_filled_in_and_shows_the_choice(service):
    """The editor's own screen draws each block's fields by script from what stands here."""
    stream = wagtail_blocks.StreamBlock(psk_blocks())
    stream.set_name("body")
    value = stream.to_python(
        [
            {"type": "service_form", "value": {"service": service.pk}, "id": "a"},
            {"type": "service_catalogue", "value": {"heading": "", "services": [service.pk]}, "id": "b"},
            {"type": "satisfaction_index", "value": {"heading": "", "service": None, "period": "year"}, "id": "c"},
        ]
    )
    html = BlockWidget(stream).render_with_errors("body", value)
    assert service.title in html, "among the choices"
