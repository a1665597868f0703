"""Inbox, all applications, menu and home panel."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from psk_plugin.calendar import WorkingCalendar
from psk_plugin.review.due import due_label
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories

pytestmark = pytest.mark.django_db

INBOX = "/admin/psk/kotak-masuk/"
ALL = "/admin/psk/semua-permohonan/"


def queries_of(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_inbox_holds_what_waits_for_me_and_nothing_else(office, client):
    mine, other = factories.filed(office, steps=2), factories.filed(office, steps=1)
    client.force_login(office.korektor)
    page = client.get(INBOX).content.decode()
    assert mine.number in page and other.number not in page
    assert reverse("psk_desk:desk", args=[mine.pk]) in page


def test_oldest_due_stands_first(office, client):
    first, second = factories.filed(office, steps=2), factories.filed(office, steps=2)
    Submission.objects.filter(pk=second.pk).update(due_on=timezone.localdate() - dt.timedelta(days=10))
    client.force_login(office.korektor)
    page = client.get(INBOX).content.decode()
    assert page.index(second.number) < page.index(first.number)


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (dt.date(2026, 11, 20), "Terlambat 2 hari kerja", "late"),
        (dt.date(2026, 11, 24), "Jatuh tempo hari ini", "today"),
        (dt.date(2026, 11, 25), "1 hari kerja lagi", "soon"),
        (dt.date(2026, 11, 27), "3 hari kerja lagi", "calm"),
    ],
)
def test_time_left_is_said_in_words_and_shown_by_an_icon(due, words, tone):
    label = due_label(due, dt.date(2026, 11, 24), WorkingCalendar())
    assert (label.text, label.tone) == (words, tone)
    assert label.icon


def test_search_finds_by_number_company_and_nib(office, client):
    wanted = factories.filed(office, steps=2, company=factories.CompanyFactory(name="PT Ombak Biru"))
    other = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    for words in (wanted.number, "ombak", wanted.company.nib):
        page = client.get(INBOX, {"q": words}).content.decode()
        assert wanted.number in page and other.number not in page
    assert "Tidak ada yang cocok" in client.get(INBOX, {"q": "tidak-ada-yang-begini"}).content.decode()


def test_filters_narrow_the_lists(office, client):
    late, calm = factories.filed(office, steps=2), factories.filed(office, steps=2)
    Submission.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=10))
    client.force_login(office.korektor)
    page = client.get(INBOX, {"tempo": "terlambat"}).content.decode()
    assert late.number in page and calm.number not in page
    issued = factories.filed(office, steps=6)
    page = client.get(ALL, {"status": "issued"}).content.decode()
    assert issued.number in page and late.number not in page
    last_year = timezone.localtime() - dt.timedelta(days=366)
    Submission.objects.filter(pk=issued.pk).update(filed_at=last_year)
    page = client.get(ALL, {"tahun": str(last_year.year)}).content.decode()
    assert issued.number in page and late.number not in page


def test_all_applications_say_whose_turn_it_is(office, client):
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    perform(submission, "return", office.verifikator)
    factories.filed(office, steps=3)
    client.force_login(office.kadis)
    page = client.get(ALL).content.decode()
    assert "pemberitahuan belum dibaca" in page and "Konsep SK dan paraf Kasi" in page


@pytest.mark.parametrize("url", [INBOX, ALL])
@pytest.mark.parametrize(
    "query",
    [
        *("?p=abc", "?p=-1", "?p=99999999999", "?q=%00", "?q=" + "x" * 20_000, "?tahap=abc", "?layanan=x"),
        *("?tahun=99999", "?tahun=x", "?status=%00", "?o=99.-x", "?applicant__password__startswith=a", "?xyz=1"),
        *("?layanan=" + "9" * 60, "?export=doc", "?export=%00", "?o=nomor.-x", "?o=-abc", "?o=status%00", "?e=1"),
    ],
)
def test_odd_addresses_never_break_a_list(office, client, url, query):
    factories.filed(office, steps=2)
    client.force_login(office.korektor)
    answer = client.get(url + query, follow=True)
    assert answer.status_code == 200
    assert "text/html" in answer["Content-Type"]


def test_address_cannot_pry_into_fields_nobody_offers(office, client):
    submission = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    page = client.get(ALL + "?applicant__email__startswith=tidak-ada").content.decode()
    assert submission.number in page


def test_lists_offer_no_adding_editing_or_deleting(office, client):
    submission = factories.filed(office, steps=2)
    client.force_login(factories.UserFactory(is_superuser=True))
    for base in (INBOX, ALL):
        for path in ("create/", f"edit/{submission.pk}/", f"delete/{submission.pk}/"):
            assert client.get(base + path).status_code == 404


@pytest.mark.parametrize(("url", "role"), [(INBOX, "korektor"), (ALL, "kadis")])
def test_queries_do_not_grow_with_rows(office, client, url, role):
    for _number in range(3):
        factories.filed(office, steps=2)
    returned = factories.filed(office, steps=2)
    factories.finding(returned, office.korektor)
    perform(returned, "return", office.korektor)
    client.force_login(getattr(office, role))
    before = queries_of(client, url)
    for _number in range(4):
        again = factories.filed(office, steps=2)
    factories.finding(again, office.korektor)
    perform(again, "return", office.korektor)
    assert queries_of(client, url) == before


def test_pages_hold_twenty_rows(office, client):
    first = factories.filed(office, steps=2)
    for number in range(20):
        first.pk, first.token, first.number = None, None, f"PSK-2026-9{number:04}"
        first.registration_number, first._state.adding = f"9{number:03}/REG/2026", True
        first.token = Submission._meta.get_field("token").get_default()
        first.save()
    client.force_login(office.korektor)
    assert client.get(INBOX).content.decode().count("data-object-pk") == 20
    assert client.get(INBOX + "?p=2").content.decode().count("data-object-pk") == 1


def test_menu_counts_what_waits_and_shows_each_what_is_theirs(office, client):
    factories.filed(office, steps=2)
    factories.filed(office, steps=2)
    client.force_login(office.korektor)
    assert "Kotak Masuk (2)" in client.get(ALL).content.decode()
    client.force_login(office.kasi)
    assert "Kotak Masuk (0)" in client.get(ALL).content.decode()
    client.force_login(factories.service_editor())
    page = client.get("/admin/").content.decode()
    assert "Kotak Masuk" not in page and "Semua Permohonan" not in page
    assert client.get(INBOX).status_code == 302


def test_home_panel_shows_what_waits_and_what_is_late(office, client):
    late, _calm = factories.filed(office, steps=2), factories.filed(office, steps=2)
    Submission.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=30))
    client.force_login(office.korektor)
    page = client.get("/admin/").content.decode()
    assert "2 permohonan menunggu Anda." in page and "1 terlambat" in page and late.number in page
    client.force_login(factories.service_editor())
    assert "menunggu Anda" not in client.get("/admin/").content.decode()
