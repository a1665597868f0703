"""A report as its reporter sees it: who gets in, what can be done there."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psk_plugin.helpdesk import verbs, views
from psk_plugin.helpdesk.models import HelpdeskSettings, Ticket, TicketFile

from .. import factories
from . import making

pytestmark = pytest.mark.django_db
FIND = "/psk/pengaduan/lacak/"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def opened(client, row: Ticket):
    assert client.get(row.secret_url)["Location"] == row.get_absolute_url()
    return client


def test_the_secret_link_opens_the_report_for_this_browser_only(client):
    row = making.ticket()
    assert client.get(row.get_absolute_url()).status_code == 404
    opened(client, row)
    page = client.get(row.get_absolute_url())
    assert page.status_code == 200 and row.subject in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex" and "no-store" in page["Cache-Control"]
    assert Client().get(row.get_absolute_url()).status_code == 404


def test_number_and_email_open_the_report_however_they_are_typed(client):
    row = making.ticket(email="Warga.Satu@contoh.test")
    answer = client.post(FIND, {"nomor": f" {row.number.lower()} ", "email": "warga.satu@CONTOH.test"})
    assert answer["Location"] == row.get_absolute_url()
    assert client.get(row.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {"nomor": "ADU-2026-99999", "email": "warga@contoh.test"},
        {"nomor": "x" * 20_000, "email": "warga@contoh.test"},
        {"nomor": "ADU\x00", "email": "warga@contoh.test"},
        {"nomor": "", "email": ""},
        {"email": "x"},
    ],
)
def test_wrong_numbers_and_addresses_get_a_sentence(client, data):
    making.ticket()
    answer = client.post(FIND, data)
    assert answer.status_code == 422 and "psk-errors" in answer.content.decode()


def test_a_right_number_with_a_wrong_address_says_no_more_than_a_wrong_number(client):
    row = making.ticket()
    wrong = client.post(FIND, {"nomor": row.number, "email": "lain@contoh.test"}).content.decode()
    assert "Tidak ada laporan dengan nomor dan alamat surel ini" in wrong
    assert row.subject not in wrong


def test_guessing_is_braked(client):
    row = making.ticket()
    for _number in range(views.MISSES.limit):
        client.post(FIND, {"nomor": "ADU-2026-99999", "email": "warga@contoh.test"})
    answer = client.post(FIND, {"nomor": row.number, "email": row.email})
    assert answer.status_code == 429 and answer["Retry-After"] == "600"
    assert client.get(row.secret_url).status_code == 429


def test_unknown_links_lead_to_the_form_to_find_it(client):
    for token in ("salah", "x" * 300, "%00"):
        answer = client.get(f"/psk/pengaduan/t/{token}/")
        assert answer.status_code == 404 and "Lacak laporan" in answer.content.decode()
    assert client.get("/psk/pengaduan/%00/").status_code == 404


def test_the_person_who_was_signed_in_finds_the_report_in_the_list():
    user, client = factories.UserFactory(), Client()
    row = making.ticket(user=user)
    client.force_login(user)
    assert row.number in client.get(FIND).content.decode()
    assert client.get(row.get_absolute_url()).status_code == 200


def test_internal_words_stay_internal(client):
    row, user = making.ticket(), making.officer(first_name="Nama", last_name="Petugas")
    verbs.act(row, "note", user, text="Jangan sampai terbaca pelapor.")
    verbs.act(row, "forward", user, text="Untuk rekan saja.", given=verbs.Given(to_user=user))
    verbs.act(row, "answer", user, text="Ini jawabannya.")
    page = opened(client, row).get(row.get_absolute_url()).content.decode()
    assert "Ini jawabannya." in page
    for words in ("Jangan sampai terbaca", "Untuk rekan saja", "Nama Petugas"):
        assert words not in page


def test_reply_reopen_and_accept_on_the_page(client):
    row, user = making.in_state("waiting"), making.officer()
    opened(client, row)
    url = row.get_absolute_url()
    assert "Giliran Anda" in client.get(url).content.decode()
    client.post(url, {"langkah": "reply", "text": "PSK-2026-00001", "lampiran": [factories.upload("foto.pdf")]})
    row.refresh_from_db()
    assert row.state == "open" and TicketFile.objects.get(entry__ticket=row).name == "foto.pdf"
    verbs.act(row, "answer", user, text="Terima kasih.")
    client.post(url, {"langkah": "accept"})
    row.refresh_from_db()
    assert row.state == "closed"
    assert "Buka kembali laporan" in client.get(url).content.decode()
    client.post(url, {"langkah": "reopen", "text": "Ternyata belum."})
    row.refresh_from_db()
    assert row.state == "open" and row.closed_at is None


@pytest.mark.parametrize(
    "data",
    [
        {"langkah": "reply", "text": ""},
        {"langkah": "reply", "text": "x" * 20_000},
        {"langkah": "close", "text": "x"},
        {"langkah": "", "text": "x"},
        {"langkah": "reopen", "text": "x"},
    ],
)
def test_what_cannot_be_done_is_said_and_the_text_stays(client, data):
    row = making.ticket()
    answer = opened(client, row).post(row.get_absolute_url(), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "psk-errors" in page and data["text"] in page
    assert row.entries.count() == 1


def test_a_bad_file_sends_nothing_and_keeps_the_text(client):
    row = making.ticket()
    data = {"langkah": "reply", "text": "Ini buktinya.", "lampiran": [factories.upload("x.pdf", b"MZ")]}
    page = opened(client, row).post(row.get_absolute_url(), data).content.decode()
    assert "Ini buktinya." in page and "Belum ada yang dikirim" in page
    assert row.entries.count() == 1


def test_reopening_ends_after_the_days_of_the_rule(client):
    row = making.in_state("closed")
    days = HelpdeskSettings.load().reopen_days
    Ticket.objects.filter(pk=row.pk).update(closed_at=timezone.now() - dt.timedelta(days=days, minutes=1))
    opened(client, row)
    assert "tidak dapat dibuka kembali" in client.get(row.get_absolute_url()).content.decode()
    answer = client.post(row.get_absolute_url(), {"langkah": "reopen", "text": "Masih."})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.state == "closed"


def test_files_open_for_the_reporter_only_and_never_run(client):
    row = making.ticket(files=[making.stored("bukti.pdf")])
    file = TicketFile.objects.get(entry__ticket=row)
    url = reverse("psk:ticket_file", args=[row.number, file.pk])
    assert client.get(url).status_code == 404
    answer = opened(client, row).get(url)
    assert answer.status_code == 200 and answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    other = making.ticket(files=[making.stored("lain.pdf")])
    foreign = TicketFile.objects.get(entry__ticket=other)
    assert client.get(reverse("psk:ticket_file", args=[row.number, foreign.pk])).status_code == 404


def test_a_browser_remembers_the_last_twenty_reports(client):
    rows = [making.ticket() for _n in range(22)]
    for row in rows:
        client.get(row.secret_url)
    assert client.get(rows[0].get_absolute_url()).status_code == 404
    assert client.get(rows[-1].get_absolute_url()).status_code == 200
