"""The register for programs and spreadsheets, one page per company, and what the office holds back."""

import datetime as dt
import io
import json

import pytest
from django.core.cache import cache
from django.urls import reverse
from openpyxl import load_workbook

from psk_plugin.brake import Brake
from psk_plugin.compliance.standing import companies_on
from psk_plugin.regulations import verbs, views
from psk_plugin.regulations.public import PUBLIC_FIELDS

from .. import factories
from .making import in_force

pytestmark = pytest.mark.django_db
API, XLSX = reverse("psk:register_api"), reverse("psk:register_xlsx")


@pytest.fixture(autouse=True)
def _no_brake():
    cache.clear()


@pytest.fixture
def kadis(client):
    user = factories.staff("kadis")
    client.force_login(user)
    return user


def test_a_workbook_holds_the_facts_with_dates_as_dates(client):
    regulation = in_force(factories.CompanyFactory(name="=PT Rumus"))
    content = b"".join(client.get(XLSX).streaming_content)
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert len(rows[0]) == len(PUBLIC_FIELDS)
    row = next(row for row in rows[1:] if row[5] == regulation.decree_number)
    assert row[0] == "'=PT Rumus"
    assert row[8].date() == regulation.valid_until


def test_the_workbook_follows_the_filter(client):
    in_force(factories.CompanyFactory(name="PT Satu"))
    in_force(factories.CompanyFactory(name="PT Dua"))
    content = b"".join(client.get(XLSX, {"q": "dua"}).streaming_content)
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["PT Dua"]


def test_the_description_says_exactly_what_the_json_gives(client):
    in_force()
    described = json.loads(client.get(reverse("psk:register_openapi")).content)
    facts = described["components"]["schemas"]["Regulation"]
    given = json.loads(client.get(API).content)["results"][0]
    assert set(given) == set(facts["properties"]) == set(facts["required"])
    for name, fact in facts["properties"].items():
        if "enum" in fact:
            assert given[name] in fact["enum"]
        if fact.get("format") == "date":
            dt.date.fromisoformat(given[name])
    get = described["paths"][API]["get"]
    assert set(get["responses"]) == {"200", "304", "400", "429"}


def test_every_filter_of_the_description_is_understood(client):
    known = in_force().pk
    described = json.loads(client.get(reverse("psk:register_openapi")).content)
    for parameter in described["paths"][API]["get"]["parameters"]:
        for value in parameter["schema"].get("enum", [known]):
            assert client.get(API, {parameter["name"]: value}).status_code == 200, parameter["name"]


def test_a_program_that_asks_too_often_is_told_how_long_to_wait(client, monkeypatch):
    monkeypatch.setattr(views, "PROGRAMS", Brake("uji-api", 3, 60))
    answers = [client.get(API) for _n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"


def test_files_are_braked_too(client, monkeypatch):
    monkeypatch.setattr(views, "FILES", Brake("uji-berkas", 1, 600))
    assert client.get(XLSX).status_code == 200
    assert client.get(reverse("psk:register_csv")).status_code == 429


def test_one_page_shows_all_regulations_of_a_company(client):
    company = in_force(number="SK/PP/1").company
    in_force(company, kind="PKB", number="SK/PKB/1")
    page = client.get(reverse("psk:register_company", args=[company.pk])).content.decode()
    assert "SK/PP/1" in page
    assert "SK/PKB/1" in page
    assert company.nib not in page


@pytest.mark.parametrize("pk", [0, 999_999_999, 10**18, 10**30])
def test_a_company_without_regulation_has_no_page(client, pk):
    assert client.get(reverse("psk:register_company", args=[pk])).status_code == 404
    assert client.get(reverse("psk:register_company", args=[factories.CompanyFactory().pk])).status_code == 404


def test_what_is_held_back_is_public_nowhere_and_still_counts_as_complying(client):
    regulation = in_force(factories.CompanyFactory(name="PT Tertahan"))
    verbs.hold_back(regulation, None, "Sengketa nama perusahaan")
    for address in (reverse("psk:register"), API):
        assert "Tertahan" not in client.get(address).content.decode()
    assert b"Tertahan" not in b"".join(client.get(reverse("psk:register_csv")).streaming_content)
    for name, pk in (("psk:register_detail", regulation.pk), ("psk:register_company", regulation.company_id)):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert companies_on().get(pk=regulation.company_id).standing == "in_force"
    regulation.refresh_from_db()
    assert "Sengketa" in regulation.history.first().history_change_reason
    verbs.show_again(regulation, None)
    assert "Tertahan" in client.get(API).content.decode()


def test_the_head_holds_back_with_a_reason(client, kadis):
    regulation = in_force()
    address = reverse("psk_regulation_visibility", args=[regulation.pk])
    for reason in ("", "   ", "\x00", "x" * 251):
        answer = client.post(address, {"alasan": reason})
        regulation.refresh_from_db()
        assert regulation.held_back == ""
        assert answer.status_code == 422
        # What was typed stays.
        assert reason.replace("\x00", "") in answer.content.decode()
    client.post(address, {"alasan": "Permintaan pengadilan"})
    regulation.refresh_from_db()
    assert regulation.held_back == "Permintaan pengadilan"
    page = client.get(reverse("psk_regulation_versions", args=[regulation.pk])).content.decode()
    assert "Permintaan pengadilan" in page
    client.post(address, {"tampil": "ya"})
    regulation.refresh_from_db()
    assert regulation.held_back == ""


def test_a_new_version_stays_held_back(client):
    regulation = in_force()
    verbs.hold_back(regulation, None, "Uji")
    in_force(regulation.company, number="SK/BARU")
    regulation.refresh_from_db()
    assert regulation.held_back == "Uji"


def test_the_page_has_a_part_that_a_script_can_take_over(client):
    in_force()
    page = client.get(reverse("psk:register")).content.decode()
    assert 'id="psk-found"' in page
    assert "data-psk-live" in page
