"""What the public sees of meetings, and what it never sees."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from psk_plugin.blocks import psk_blocks
from psk_plugin.meetings import verbs, views
from psk_plugin.meetings.models import Meeting, MeetingPhoto, Registration

from .. import factories
from . import making

pytestmark = pytest.mark.django_db
LIST = "/psk/sosialisasi/"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def typed(**values) -> dict:
    return {"name": "Peserta Uji", "company_name": "PT Uji", "email": "uji@contoh.test"} | values


def test_list_shows_what_comes_and_what_was(client):
    to_come, draft, past = making.meeting(), making.meeting(is_published=False), making.meeting(days=-5)
    off = making.meeting(days=-6, called_off_at=to_come.created_at)
    page = client.get(LIST).content.decode()
    assert to_come.title in page and draft.title not in page and past.title not in page
    page = client.get(LIST, {"bagian": "lampau"}).content.decode()
    assert past.title in page and to_come.title not in page and off.title not in page


@pytest.mark.parametrize("query", ["?hal=abc", "?hal=-1", "?hal=999999", "?bagian=%00", "?bagian=" + "x" * 9000])
def test_odd_addresses_never_break_the_list(client, query):
    making.meeting()
    assert client.get(LIST + query).status_code == 200


def test_list_and_page_need_the_same_queries_for_any_number_of_rows(client):
    def count(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    meeting = making.meeting(capacity=50)
    making.registration(meeting)
    first = count(LIST), count(meeting.get_absolute_url())
    for _n in range(6):
        making.meeting()
        making.registration(meeting)
    assert (count(LIST), count(meeting.get_absolute_url())) == first


def test_a_draft_and_an_unknown_meeting_do_not_exist(client):
    draft = making.meeting(is_published=False)
    for path in (draft.get_absolute_url(), f"{draft.get_absolute_url()}agenda.ics", f"{LIST}tidak-ada/", f"{LIST}%00/"):
        assert client.get(path).status_code == 404, path
    assert client.post(f"{draft.get_absolute_url()}daftar/", typed()).status_code == 404


def test_registering_leads_to_the_persons_own_page(client):
    meeting = making.meeting(online_url="https://rapat.contoh.test/x")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "3 dari 3 tempat tersedia" in page and "rapat.contoh.test" not in page
    answer = client.post(f"{meeting.get_absolute_url()}daftar/", typed(), follow=True)
    row = Registration.objects.get()
    assert answer.redirect_chain == [(row.get_absolute_url(), 302)]
    page = answer.content.decode()
    assert "Anda mendapat tempat" in page and "rapat.contoh.test" in page
    client.post(f"{row.get_absolute_url()}batal/")
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert "Pendaftaran dibatalkan" in client.get(row.get_absolute_url()).content.decode()


def test_a_full_meeting_offers_the_waiting_list_and_tells_the_place_in_it(client):
    meeting = making.meeting(capacity=1)
    making.registration(meeting)
    making.registration(meeting)
    assert "Masuk daftar tunggu" in client.get(meeting.get_absolute_url()).content.decode()
    page = client.post(f"{meeting.get_absolute_url()}daftar/", typed(), follow=True).content.decode()
    assert "urutan ke-2 di daftar tunggu" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Tulis nama Anda."),
        ({"name": "\x00"}, "Tulis nama Anda."),
        ({"company_name": "  "}, "Tulis nama perusahaan atau organisasi."),
        ({"email": "x"}, "Tuliskan alamat surel yang lengkap"),
        ({"email": ""}, "Tulis alamat surel Anda"),
        ({"phone": "abc"}, "Tuliskan nomor telepon"),
        ({"name": "x" * 20_000}, "100"),
        ({"situs": "x"}, "Kosongkan kolom tersembunyi"),
    ],
)
def test_bad_input_is_told_and_the_rest_stays(client, values, sentence):
    meeting = making.meeting()
    answer = client.post(f"{meeting.get_absolute_url()}daftar/", typed(position="Manajer SDM") | values)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "Manajer SDM" in page
    for names in re.findall(r'aria-describedby="([^"]+)"', page):
        assert all(f'id="{name}"' in page for name in names.split())
    for name in re.findall(r'<li><a href="#([^"]+)"', page):
        assert f'id="{name}"' in page, name
    assert not Registration.objects.exists()


def test_a_second_registration_of_one_address_is_told_and_shows_nobody(client):
    meeting = making.meeting()
    making.registration(meeting, email="uji@contoh.test", name="Nama Rahasia")
    answer = client.post(f"{meeting.get_absolute_url()}daftar/", typed())
    assert answer.status_code == 409
    assert "sudah terdaftar" in answer.content.decode() and "Nama Rahasia" not in answer.content.decode()


def test_too_many_registrations_from_one_address_wait(client):
    meeting = making.meeting(capacity=99)
    for number in range(views.ATTEMPTS.limit):
        client.post(f"{meeting.get_absolute_url()}daftar/", typed(email=f"u{number}@contoh.test"))
    answer = client.post(f"{meeting.get_absolute_url()}daftar/", typed(email="lagi@contoh.test"))
    assert answer.status_code == 429 and "lagi@contoh.test" in answer.content.decode()


def test_signed_in_people_choose_their_company():
    company = factories.CompanyFactory()
    client, meeting = Client(), making.meeting()
    client.force_login(factories.member_of(company))
    url = f"{meeting.get_absolute_url()}daftar/"
    assert client.post(url, typed(company_name="")).status_code == 422
    assert client.post(url, typed(company_name="", own_company=factories.CompanyFactory().pk)).status_code == 422
    assert client.post(url, typed(company_name="", own_company=company.pk)).status_code == 302
    assert Registration.objects.get().company == company


def test_names_and_numbers_of_participants_are_in_no_public_page(client):
    meeting = making.meeting()
    row = making.registration(meeting, name="Nama Rahasia", phone="0812 999 9999", email="rahasia@contoh.test")
    making.begin(meeting, hours_ago=5)
    verbs.tick_attendance(meeting, [row.pk], [row.pk])
    for url in (LIST, f"{LIST}?bagian=lampau", meeting.get_absolute_url(), f"{meeting.get_absolute_url()}agenda.ics"):
        page = client.get(url).content.decode()
        for secret in ("Nama Rahasia", "0812 999 9999", "rahasia@contoh.test", row.token):
            assert secret not in page, url


def test_minutes_and_photos_are_public_only_once_it_is_over(client):
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    meeting = making.meeting(minutes="<p>Disepakati klinik bulanan.</p>")
    image = get_image_model().objects.create(title="Suasana", description="Aula penuh", file=get_test_image_file())
    MeetingPhoto.objects.create(meeting=meeting, image=image, caption="Aula")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "klinik bulanan" not in page and "Aula penuh" not in page
    making.begin(meeting, hours_ago=5)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "klinik bulanan" in page and 'alt="Aula penuh"' in page and "Kirim" not in page


def test_unknown_tokens_do_not_exist(client):
    for token in ("salah", "x" * 300, "%00"):
        for end in ("", "agenda.ics"):
            assert client.get(f"{LIST}pendaftaran/{token}/{end}").status_code == 404


def test_the_calendar_file_is_read_by_a_calendar(client):
    meeting = making.meeting(title="Sosialisasi; PP, gelombang ü", online_url="https://rapat.contoh.test/x")
    answer = client.get(f"{meeting.get_absolute_url()}agenda.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["summary"] == meeting.title and event["location"] == meeting.place
    assert abs(event.decoded("dtstart") - meeting.starts_at) < dt.timedelta(seconds=1)
    assert event["status"] == "CONFIRMED" and b"rapat.contoh.test" not in answer.content
    row = making.registration(meeting)
    own = client.get(f"{row.get_absolute_url()}agenda.ics").content
    assert b"rapat.contoh.test" in own.replace(b"\r\n ", b"")


def test_a_changed_or_called_off_meeting_replaces_what_stands_in_calendars(client):
    def event():
        return Calendar.from_ical(client.get(f"{meeting.get_absolute_url()}agenda.ics").content).walk("VEVENT")[0]

    meeting = making.meeting()
    Meeting.objects.filter(pk=meeting.pk).update(created_at=meeting.created_at - dt.timedelta(days=3))
    first = event()
    meeting.refresh_from_db()
    verbs.call_off(meeting)
    last = event()
    assert last["uid"] == first["uid"] and last["sequence"] >= first["sequence"]
    assert last["status"] == "CANCELLED" and not last.walk("VALARM")


def test_blocks_show_the_next_meetings_and_one_meeting():
    first, second, draft = making.meeting(days=2), making.meeting(days=9), making.meeting(is_published=False)
    block = dict(psk_blocks())["meetings"]
    html = block.render(block.to_python({"heading": "Jadwal", "count": 1}), {})
    assert first.title in html and second.title not in html and "Jadwal" in html
    block = dict(psk_blocks())["meeting"]
    assert second.title in block.render(block.to_python({"meeting": second.pk}), {})
    for gone in ({"meeting": draft.pk}, {"meeting": 999_999}, {}):
        assert "psk-card" not in block.render(block.to_python(gone), {})
