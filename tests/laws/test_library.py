"""The library of legal sources: loading, reading, searching, editing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin.laws.blocks import LegalSourcesBlock
from psk_plugin.laws.loader import load_laws
from psk_plugin.laws.models import LegalSource
from psk_plugin.laws.public import containing, sources
from psk_plugin.services.models import Service

from .. import factories

pytestmark = pytest.mark.django_db

EDIT = "psk_dasar-hukum_modeladmin_edit"
DELETE = "psk_dasar-hukum_modeladmin_delete"


@pytest.fixture
def laws(db) -> None:
    load_laws()


@pytest.fixture
def editor(db, client: Client) -> Client:
    client.force_login(factories.UserFactory(is_superuser=True, is_staff=True))
    return client


def text(response) -> str:
    return response.content.decode()


def fields(source: LegalSource, **changes) -> dict:
    data = {
        name: getattr(source, name) or ""
        for name in ("code", "kind", "number", "year", "title", "short_name", "state", "note", "summary", "link")
    }
    return {**data, "is_public": "on", "in_force_from": "", "in_force_until": "", "document": "", **changes}


def test_loading_again_keeps_what_the_office_changed(laws):
    source = LegalSource.objects.get(code="pp-36-2021")
    source.state, source.note = "dicabut", "Diganti"
    source.save()
    assert load_laws() == 0
    source.refresh_from_db()
    assert (source.state, source.note) == ("dicabut", "Diganti")


def test_a_source_the_office_took_out_stays_out_unless_a_service_rests_on_it(laws):
    Service.objects.all().delete()
    LegalSource.objects.get(code="uu-8-2016").delete()
    LegalSource.objects.get(code="permenaker-28-2014").delete()
    assert load_laws(needed=["permenaker-28-2014"]) == 1
    assert not LegalSource.objects.filter(code="uu-8-2016").exists()


def test_list_names_each_source_with_its_state_those_in_force_first(laws, client: Client):
    page = text(client.get("/psk/dasar-hukum/"))
    assert "UU 13/2003" in page
    assert "Berlaku, telah diubah" in page
    assert [s.state for s in sources()] == sorted((s.state for s in sources()), key=lambda state: state == "dicabut")


def test_filter_by_state_shows_what_is_no_longer_in_force(laws, client: Client):
    page = text(client.get("/psk/dasar-hukum/?status=dicabut"))
    assert "PER.16/MEN/XI/2011" in page
    assert ">UU 13/2003<" not in page


@pytest.mark.parametrize(
    ("words", "code"),
    [("28/2014", "permenaker-28-2014"), ("pengupahan 2021", "pp-36-2021"), ("hari raya", "permenaker-6-2016")],
)
def test_search_finds_number_year_and_subject(laws, words: str, code: str):
    assert code in set(containing(sources(), words).values_list("code", flat=True))


@pytest.mark.parametrize(
    "query",
    ["hal=x", "hal=-1", "status=aneh", "jenis=%00", "q=%00%27%22", "q=" + "a" * 20000, "q=%F0%9F%98%80", "q=(("],
)
def test_list_survives_any_address(laws, client: Client, query: str):
    assert client.get(f"/psk/dasar-hukum/?{query}").status_code == 200


def test_unknown_state_is_told_not_dropped(laws, client: Client):
    assert "Pilihan ini tidak ada" in text(client.get("/psk/dasar-hukum/?status=aneh"))


def test_source_kept_inside_is_not_shown(laws, client: Client):
    LegalSource.objects.filter(code="uu-13-2003").update(is_public=False)
    assert client.get("/psk/dasar-hukum/uu-13-2003/").status_code == 404
    assert ">UU 13/2003<" not in text(client.get("/psk/dasar-hukum/"))


def test_detail_names_the_services_that_rest_on_it(db, client: Client):
    service = factories.service()
    source = service.legal_sources.first().source
    page = text(client.get(reverse("psk:law_detail", args=[source.code])))
    assert source.full_name in page
    assert service.title in page


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_list_costs_the_same_however_many_there_are(laws, client: Client, settings):
    settings.PSK_PAGE_SIZE = 200
    before = queries(client, "/psk/dasar-hukum/")
    for number in range(LegalSource.objects.count()):
        LegalSource.objects.create(
            code=f"uji-{number}", kind="uu", number=str(number), year=2000, title="Uji", short_name=f"Uji {number}"
        )
    assert queries(client, "/psk/dasar-hukum/") == before


def test_block_shows_the_chosen_sources_with_their_state_of_today(laws):
    block = LegalSourcesBlock()
    source = LegalSource.objects.get(code="uu-13-2003")
    value = block.to_python({"heading": "Dasar", "sources": [source.pk]})
    html = block.render(value)
    assert "UU 13/2003" in html
    assert "UU 25/2009" not in html


def test_block_leaves_out_a_source_that_is_gone(laws):
    block = LegalSourcesBlock()
    gone, kept = LegalSource.objects.get(code="uu-8-2016"), LegalSource.objects.get(code="uu-25-2009")
    stored = {"heading": "", "sources": [gone.pk, kept.pk]}
    gone.delete()
    html = block.render(block.to_python(stored))
    assert "UU 25/2009" in html
    assert "UU 8/2016" not in html


def test_wrong_dates_give_a_sentence_and_keep_the_work(laws, editor: Client):
    source = LegalSource.objects.get(code="uu-13-2003")
    data = fields(source, note="Ditulis panjang", in_force_from="2026-02-01", in_force_until="2026-01-01")
    page = text(editor.post(reverse(EDIT, args=[source.pk]), data))
    assert "Hari terakhir mendahului hari pertama" in page
    assert "Ditulis panjang" in page


def test_change_is_a_version_with_its_author(laws, editor: Client):
    source = LegalSource.objects.get(code="uu-13-2003")
    response = editor.post(reverse(EDIT, args=[source.pk]), fields(source, state="dicabut", note="Diganti UU baru"))
    assert response.status_code == 302
    source.refresh_from_db()
    assert source.state == "dicabut"
    assert source.history.first().history_user is not None


def test_source_a_service_rests_on_is_not_deleted(editor: Client):
    factories.service()
    source = LegalSource.objects.filter(services__isnull=False).first()
    page = text(editor.post(reverse(DELETE, args=[source.pk]), follow=True))
    assert LegalSource.objects.filter(pk=source.pk).exists()
    assert "menjadi dasar hukum sebuah layanan" in page


def test_odd_row_in_the_address_is_not_found(editor: Client):
    assert editor.get("/admin/psk/dasar-hukum/edit/abc/").status_code == 404
