"""One search field for applications, companies and decrees."""

import pytest
from django.urls import reverse

from psk_plugin import roles
from psk_plugin.decrees.models import Decree

from .. import factories
from .test_comfort import copies
from .test_lists import queries_of

pytestmark = pytest.mark.django_db

FIND = "/admin/psk/cari/"


@pytest.fixture
def issued(office):
    return factories.filed(office, steps=6, company=factories.CompanyFactory(name="PT Ombak Biru"))


def found(client, text: str) -> dict[str, list[str]]:
    answer = client.get(FIND, {"q": text})
    assert answer.status_code == 200
    return {group.title: [hit.title for hit in group.hits] for group in answer.context["groups"]}


def test_one_field_finds_number_company_nib_and_decree(office, client, issued):
    decree = Decree.objects.get()
    factories.filed(office, steps=2)
    client.force_login(office.kabid)
    everything = {
        "Permohonan": [issued.number],
        "Surat keputusan": [decree.number],
        "Perusahaan": ["PT Ombak Biru"],
    }
    assert {k.lower(): v for k, v in found(client, "ombak").items()} == {k.lower(): v for k, v in everything.items()}
    assert found(client, issued.company.nib).keys() == found(client, "ombak biru").keys()
    assert found(client, issued.number) == {"Permohonan": [issued.number]}
    assert list(found(client, decree.number).values()) == [[decree.number]]


def test_each_result_leads_to_its_page(office, client, issued):
    client.force_login(office.kabid)
    for group in client.get(FIND, {"q": "ombak"}).context["groups"]:
        for hit in group.hits:
            assert client.get(hit.url).status_code == 200, hit.url


def test_a_reviewer_without_the_list_of_decrees_is_led_to_the_application(office, client, issued):
    client.force_login(office.korektor)
    groups = client.get(FIND, {"q": Decree.objects.get().number}).context["groups"]
    (hit,) = [hit for group in groups for hit in group.hits]
    assert hit.url == reverse("psk_desk:desk", args=[issued.pk])
    assert "Perusahaan" not in found(client, "ombak"), "the list of companies is not the corrector's"


def test_nobody_finds_what_is_not_theirs(office, client, issued):
    editor, outsider = factories.service_editor(), factories.UserFactory()
    for user in (editor, outsider, factories.member_of(issued.company)):
        client.force_login(user)
        answer = client.get(FIND, {"q": "ombak"}, follow=True)
        assert "Ombak Biru" not in answer.content.decode()


def test_the_administrator_finds_companies_and_decrees_and_no_application(office, client, issued):
    user = factories.of_group(roles.ADMINISTRATOR)
    client.force_login(user)
    assert issued.number not in client.get(FIND, {"q": "ombak"}).content.decode()
    assert "Perusahaan" in found(client, "ombak")


def test_the_field_of_wagtail_searches_here(office, client):
    client.force_login(office.korektor)
    assert FIND in client.get("/admin/").content.decode()
    client.force_login(factories.service_editor())
    assert FIND not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    "text", ["%00", "a%00b", "x" * 20_000, "%", "_", "a", "' OR 1=1 --", "kata " * 500, "%ED%A0%80"]
)
def test_odd_words_never_break_it(office, client, issued, text):
    client.force_login(office.kabid)
    answer = client.get(f"{FIND}?q={text}")
    assert answer.status_code == 200
    assert "Ombak" not in answer.content.decode()


def test_two_letters_are_asked_to_be_more(office, client, issued):
    client.force_login(office.kabid)
    assert "paling sedikit tiga huruf" in client.get(FIND, {"q": "om"}).content.decode()


def test_more_than_ten_lead_to_the_list(office, client, issued):
    copies(factories.filed(office, steps=2), 15)
    client.force_login(office.kadis)
    groups = {group.icon: group for group in client.get(FIND, {"q": "contoh"}).context["groups"]}
    group = groups["list-ul"]
    assert len(group.hits) == 10
    assert client.get(group.more_url).context["result_count"] > 10


def test_queries_do_not_grow_with_rows(office, client, issued):
    first = factories.filed(office, steps=2)
    copies(first, 20)
    client.force_login(office.kadis)
    before = queries_of(client, f"{FIND}?q=contoh")
    copies(first, 20)
    assert queries_of(client, f"{FIND}?q=contoh") == before
