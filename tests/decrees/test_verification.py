"""Anyone checks a decree: by QR, by typing the code, by comparing a file."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psk_plugin.decrees import throttle
from psk_plugin.decrees.models import Decree, clean_code

from .. import factories
from . import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_brake():
    cache.clear()


def _page(client, decree):
    response = client.get(decree.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_what_the_decree_says(client, office):
    decree = making.rendered(office)
    html = _page(client, decree)
    for fact in (decree.number, decree.company_name, decree.regulation_title, decree.file.sha256):
        assert fact in html
    assert factories.VALID_FROM in html and factories.VALID_UNTIL in html
    assert decree.content["signer"]["title"] in html


def test_the_page_tells_nothing_about_people(client, office):
    from psk_plugin.office.models import OfficeSettings

    settings = OfficeSettings.load()
    settings.signer_name, settings.signer_nip = "Nama Penanda Tangan", "000000000000000000"
    settings.save()
    company = factories.CompanyFactory()
    decree = making.rendered(office, company=company)
    html = _page(client, decree)
    applicant = decree.submission.applicant
    secrets = [applicant.username, applicant.email, company.email, company.phone, company.npwp, company.address]
    secrets += ["Nama Penanda Tangan", "000000000000000000", office.kadis.username, "Direktur Contoh"]
    for secret in secrets:
        assert secret not in html


@pytest.mark.parametrize(
    ("first", "last", "more", "state", "words"),
    [
        (10, 700, {}, "upcoming", "mulai berlaku"),
        (-10, 700, {}, "in_force", "berlaku sampai"),
        (-10, 90, {}, "expiring", "segera berakhir"),
        (-10, 0, {}, "expiring", "segera berakhir"),
        (-10, -1, {}, "expired", "berakhir pada"),
        (0, 91, {}, "in_force", "berlaku sampai"),
        (-10, 700, {"revoked_on": dt.date(2026, 11, 1)}, "revoked", "dicabut"),
    ],
)
def test_the_state_follows_from_the_dates(client, office, first, last, more, state, words):
    decree = making.with_dates(making.rendered(office), first, last, **more)
    assert decree.state == state
    response = client.get(decree.get_absolute_url())
    assert response.context["state"] == state
    assert words in response.content.decode().lower()


def test_a_newer_decree_replaces_the_older_on_its_first_day(client, office):
    company = factories.CompanyFactory()
    user = factories.member_of(company)
    older = making.rendered(office, company=company, user=user)
    newer = making.issued(office, company=company, user=user)
    making.with_dates(older, -400, 20)
    making.with_dates(newer, 21, 700)
    older = Decree.objects.get(pk=older.pk)
    assert older.state == "expiring"
    assert newer.number in _page(client, older)  # what will follow is told already
    making.with_dates(newer, 0, 700)
    older = Decree.objects.get(pk=older.pk)
    assert older.state == "replaced"
    assert newer.number in _page(client, older)
    annotated = {d.pk: d for d in Decree.objects.with_successor()}
    assert annotated[older.pk].state == "replaced" and annotated[newer.pk].state == "in_force"
    assert annotated[older.pk].successor_number == newer.number


def test_a_decree_followed_before_it_has_begun_never_begins(client, office):
    company = factories.CompanyFactory()
    user = factories.member_of(company)
    older = making.issued(office, company=company, user=user)
    newer = making.issued(office, company=company, user=user)
    for decree in (older, newer):
        making.with_dates(decree, 5, 700)
    assert Decree.objects.get(pk=older.pk).state == "replaced"
    assert Decree.objects.get(pk=newer.pk).state == "upcoming"


def test_a_decree_revoked_before_its_first_day_never_replaced_anything(office):
    company = factories.CompanyFactory()
    user = factories.member_of(company)
    older = making.issued(office, company=company, user=user)
    newer = making.issued(office, company=company, user=user)
    making.with_dates(older, -10, 700)
    making.with_dates(newer, 5, 700, revoked_on=timezone.localdate())
    assert Decree.objects.get(pk=older.pk).state == "in_force"
    assert Decree.objects.with_successor().get(pk=older.pk).state == "in_force"


@pytest.mark.parametrize("typed", ["{code}", "{lower}", "{grouped}", " {spaced} ", "{lower}/"])
def test_a_code_is_understood_however_it_is_typed(client, office, typed):
    decree = making.rendered(office)
    code = decree.code
    form = typed.format(
        code=code,
        lower=code.lower(),
        grouped=decree.code_in_groups,
        spaced=" ".join(code[i : i + 3] for i in (0, 3, 6, 9)),
    )
    response = client.get(reverse("psk:decree_check"), {"kode": form})
    assert response.status_code == 302
    assert response.url == decree.get_absolute_url()


@pytest.mark.parametrize("code", ["ZZZZZZZZZZZZ", "a" * 3000, "%00", "../../etc", "' OR 1=1 --", "é", "\U0001f600"])
def test_an_unknown_code_gets_a_clear_page(client, code):
    response = client.get(reverse("psk:decree_verify", args=["X"]).replace("/X/", f"/{code.replace('/', '-')}/"))
    assert response.status_code == 404
    assert "kode" in response.content.decode().lower()
    response = client.get(reverse("psk:decree_check"), {"kode": code}, follow=True)
    assert response.status_code == 404


def test_an_empty_form_asks_for_the_code(client):
    assert client.get(reverse("psk:decree_check")).status_code == 200
    response = client.get(reverse("psk:decree_check"), {"kode": " "})
    assert response.status_code == 200 and response.context["is_empty"]


def test_guessing_is_braked_per_address_and_ends_after_a_minute(client, office, monkeypatch):
    decree = making.rendered(office)
    now = 1_800_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    for number in range(throttle.PER_MINUTE):
        assert client.get(f"/psk/verifikasi/ZZZZ{number:04}/").status_code == 404
    braked = client.get(decree.get_absolute_url())
    assert braked.status_code == 429 and braked["Retry-After"] == "60"
    assert client.get(decree.get_absolute_url(), REMOTE_ADDR="10.1.2.3").status_code == 200
    now += 61
    assert client.get(decree.get_absolute_url()).status_code == 200


def test_right_codes_are_never_braked(client, office):
    decree = making.rendered(office)
    for _i in range(throttle.PER_MINUTE + 5):
        assert client.get(decree.get_absolute_url()).status_code == 200


# Comparing a file


def _compare(client, decree, data, name="sk.pdf"):
    return client.post(decree.get_absolute_url(), {"berkas": SimpleUploadedFile(name, data)})


def test_the_office_s_own_file_is_exactly_the_same(client, office):
    decree = making.rendered(office)
    response = _compare(client, decree, making.pdf_of(decree))
    assert response.status_code == 200
    assert response.context["comparison"]["tone"] == "success"
    assert "Sama persis" in response.content.decode()


def test_one_changed_byte_is_different(client, office):
    decree = making.rendered(office)
    data = bytearray(making.pdf_of(decree))
    data[-20] ^= 1
    response = _compare(client, decree, bytes(data))
    assert response.status_code == 200
    assert "Berbeda" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "kosong"),
        (b"halo", "bukan PDF"),
        (b"%PD", "bukan PDF"),
        (b"%PDF-1.7" + b"0" * (10 * 1024 * 1024), "lebih besar dari 10 MB"),
    ],
)
def test_what_cannot_be_the_decree_is_told_plainly(client, office, data, words):
    decree = making.rendered(office)
    response = _compare(client, decree, data)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_without_a_file_the_page_asks_for_one(client, office):
    decree = making.rendered(office)
    for post in ({}, {"berkas": "teks"}):
        response = client.post(decree.get_absolute_url(), post)
        assert response.status_code == 422
        assert "pilih" in response.content.decode().lower()


def test_ten_megabytes_exactly_are_weighed(client, office):
    decree = making.rendered(office)
    data = b"%PDF-1.7".ljust(10 * 1024 * 1024, b"0")
    assert "Berbeda" in _compare(client, decree, data).content.decode()


def test_nothing_of_an_upload_is_kept(client, office, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    from psk_plugin.records.models import StoredFile

    decree = making.rendered(office)
    kept = StoredFile.objects.count()
    _compare(client, decree, b"%PDF-1.7" + b"0" * 100_000)
    assert StoredFile.objects.count() == kept
    assert not list(tmp_path.iterdir())


def test_comparing_needs_the_page_s_own_token(office):
    decree = making.rendered(office)
    client = Client(enforce_csrf_checks=True)
    assert _compare(client, decree, making.pdf_of(decree)).status_code == 403
    client.get(decree.get_absolute_url())
    token = client.cookies["csrftoken"].value
    response = client.post(
        decree.get_absolute_url(),
        {"csrfmiddlewaretoken": token, "berkas": SimpleUploadedFile("sk.pdf", making.pdf_of(decree))},
    )
    assert "Sama persis" in response.content.decode()


def test_before_the_pdf_is_made_the_page_says_so(client, office):
    decree = making.issued(office)
    assert 'type="file"' not in _page(client, decree)
    assert _compare(client, decree, b"%PDF-1.7").status_code == 422


def test_other_methods_are_refused(client, office):
    decree = making.issued(office)
    assert client.put(decree.get_absolute_url()).status_code == 405
    assert client.post(reverse("psk:decree_check")).status_code == 405


@pytest.mark.parametrize(
    ("typed", "code"),
    [("abcd-efgh-jkmn", "ABCDEFGHJKMN"), (" AB CD ", "ABCD"), ("", ""), ("a\x00b", ""), ("<b>", ""), ("Z" * 17, "")],
)
def test_codes_are_cleaned(typed, code):
    assert clean_code(typed) == code
