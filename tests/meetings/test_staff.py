"""The office's side of meetings: list, form, participants, papers, mails to all."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from psk_plugin.meetings import papers, verbs
from psk_plugin.meetings.models import Meeting, Registration
from psk_plugin.outreach.models import Mail

from .. import factories
from . import making

pytestmark = pytest.mark.django_db
INDEX = "/admin/psk/sosialisasi/"


@pytest.fixture
def kabid() -> Client:
    client = Client()
    client.force_login(factories.staff("kabid"))
    return client


def page_of(meeting: Meeting, name: str = "psk_meeting_people", *args) -> str:
    return reverse(name, args=[meeting.pk, *args])


def words_of(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def form(meeting: Meeting | None = None, **values) -> dict:
    empty = '{"entityMap": {}, "blocks": [{"key": "a", "text": "Isi.", "type": "unstyled", "depth": 0}]}'
    rows = {}
    for name in ("materials", "photos"):
        rows |= {f"{name}-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    return {
        "title": "Sosialisasi Januari",
        "description": empty,
        "invitation_text": "null",
        "minutes": "null",
        "starts_at": "2027-01-12 09:00",
        "ends_at": "2027-01-12 12:00",
        "place": "Aula",
        "capacity": "2",
        "is_published": "on",
        **rows,
        **values,
    }


def test_a_meeting_is_created_published_and_found_by_the_public(kabid, client):
    answer = kabid.post(f"{INDEX}create/", form())
    assert answer.status_code == 302, answer.context["form"].errors
    meeting = Meeting.objects.get()
    assert meeting.slug == "sosialisasi-januari-2027-01-12"
    assert client.get(meeting.get_absolute_url()).status_code == 200
    kabid.post(f"{INDEX}create/", form())
    assert Meeting.objects.filter(slug="sosialisasi-januari-2027-01-12-2").exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ends_at": "2027-01-12 08:00"}, "Waktu selesai harus sesudah waktu mulai."),
        ({"capacity": "0"}, "Paling sedikit satu kursi."),
        ({"slug": "pendaftaran"}, "Kata ini dipakai oleh sistem."),
        (
            {"registration_opens_at": "2027-01-05 08:00", "registration_closes_at": "2027-01-04 08:00"},
            "Pendaftaran harus ditutup sesudah dibuka.",
        ),
        ({"registration_closes_at": "2027-02-01 08:00"}, "Pendaftaran harus ditutup sebelum pertemuan selesai."),
        ({"starts_at": "kapan-kapan"}, "psk"),
    ],
)
def test_wrong_input_in_the_form_is_told(kabid, values, sentence):
    answer = kabid.post(f"{INDEX}create/", form(**values))
    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not Meeting.objects.exists()


def test_more_seats_in_the_form_let_people_move_up(kabid):
    meeting = making.meeting(capacity=1)
    for _n in range(3):
        making.registration(meeting)
    values = form(slug=meeting.slug, capacity="3", starts_at="2027-01-12 09:00")
    answer = kabid.post(f"{INDEX}edit/{meeting.pk}/", values, follow=True)
    assert "2 orang naik dari daftar tunggu." in answer.content.decode()
    assert meeting.registrations.seated().count() == 3


def test_lists_need_the_same_queries_for_any_number_of_rows(kabid):
    def count(url: str) -> int:
        kabid.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert kabid.get(url).status_code == 200
        return len(queries)

    meeting, company = making.meeting(capacity=99), factories.CompanyFactory()
    making.registration(meeting, company=company)
    first = count(INDEX), count(page_of(meeting))
    for _n in range(8):
        making.registration(making.meeting(), company=company)
        making.registration(meeting, company=factories.CompanyFactory())
    assert (count(INDEX), count(page_of(meeting))) == first


@pytest.mark.parametrize("query", ["?hal=abc", "?hal=99999", "?q=%00", "?q=" + "x" * 20_000, "?waktu=x", "?p=abc"])
def test_odd_addresses_never_break_a_page(kabid, query):
    meeting = making.meeting()
    making.registration(meeting)
    for url in (INDEX, page_of(meeting)):
        assert kabid.get(url + query, follow=True).status_code == 200
    for odd in ("edit/abc/", "edit/" + "9" * 40 + "/", "delete/x/"):
        assert kabid.get(INDEX + odd).status_code == 404


def test_attendance_is_ticked_for_several_at_once(kabid):
    meeting = making.meeting(capacity=3)
    rows = [making.registration(meeting) for _n in range(3)]
    assert "disabled" in kabid.get(page_of(meeting)).content.decode()
    making.begin(meeting)
    data = {"baris": [row.pk for row in rows] + ["abc", "9" * 40], "hadir": [rows[0].pk, rows[2].pk, "%00"]}
    page = kabid.post(page_of(meeting, "psk_meeting_attendance"), data, follow=True).content.decode()
    assert "Ditandai hadir: 2, dicabut: 0." in page and "Seluruhnya 2 orang hadir." in page
    assert Registration.objects.attended().count() == 2


def test_participants_as_csv_and_xlsx_run_no_formula(kabid):
    meeting = making.meeting()
    making.registration(meeting, name="=1+1", company_name="+PT Aneh", phone="0812 000 0000")
    table = kabid.get(page_of(meeting, "psk_meeting_export", "csv")).content.decode()
    rows = list(csv.reader(io.StringIO(table.lstrip("\ufeff"))))
    assert rows[0][:3] == ["No.", "Nama", "Perusahaan"] and rows[1][1:3] == ["'=1+1", "'+PT Aneh"]
    book = load_workbook(io.BytesIO(kabid.get(page_of(meeting, "psk_meeting_export", "xlsx")).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert "'=1+1" in [cell.value for cell in cells] and all(cell.data_type != "f" for cell in cells)
    assert kabid.get(page_of(meeting, "psk_meeting_export", "pdf")).status_code == 404


def test_the_list_to_sign_names_people_with_a_seat_under_the_letterhead(kabid):
    meeting = making.meeting(capacity=1)
    making.registration(meeting, name="Peserta Duduk", position="Manajer")
    making.registration(meeting, name="Peserta Menunggu")
    answer = kabid.get(page_of(meeting, "psk_meeting_attendance_pdf"))
    words = words_of(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert "DAFTAR HADIR" in words and "DINAS TENAGA KERJA" in words and "Tanda tangan" in words
    assert "Peserta Duduk" in words and "Peserta Menunggu" not in words


def test_the_invitation_is_a_letter_with_date_place_and_signer(kabid):
    meeting = making.meeting(
        title="Sosialisasi PP", invitation_text="<p>Dengan hormat, <b>mohon hadir</b>.</p>", letter_number="500.15/7"
    )
    words = words_of(kabid.get(page_of(meeting, "psk_meeting_invitation_pdf")).content)
    for expected in ("500.15/7", "mohon hadir", "Aula Dinas", "WIB", "Kepala Dinas", meeting.get_absolute_url()[:20]):
        assert expected in words.replace("\n", " "), expected
    assert "Pimpinan PT Kayu Manis" in words_of(papers.invitation_pdf(meeting, "PT Kayu Manis"))
    plain = making.meeting()
    assert "pembinaan syarat kerja" in words_of(papers.invitation_pdf(plain)).replace("\n", " ")


def test_a_long_list_keeps_everybody(kabid):
    meeting = making.meeting(capacity=80)
    Registration.objects.bulk_create(
        Registration(
            **{"meeting": meeting, "name": f"Peserta-{n:03}", "company_name": "PT X", "email": f"p{n}@x.test"},
            state="registered",
            token=f"t{n}",
        )
        for n in range(80)
    )
    words = words_of(papers.attendance_pdf(meeting))
    assert all(f"Peserta-{n:03}" in words for n in range(80))


def test_a_mail_to_all_shows_how_many_get_it_and_goes_out_once(kabid):
    meeting = making.meeting(capacity=1)
    making.registration(meeting)
    making.registration(meeting)
    url = page_of(meeting, "psk_meeting_message")
    page = kabid.get(url)
    assert "<strong>2</strong>" in page.content.decode()
    data = {
        "audience": "all",
        "subject": "Ruang berubah",
        "text": "Kita bertemu di lantai dua.",
        "form_key": page.context["form"].initial["form_key"],
    }
    for _n in range(2):
        answer = kabid.post(url, data, follow=True)
    assert "Surel dikirim kepada 2 orang." in answer.content.decode()
    assert Mail.objects.filter(code="meeting_message").count() == 2
    assert Mail.objects.filter(code="meeting_message").first().about == meeting.title


@pytest.mark.parametrize(
    "values", [{"subject": ""}, {"text": "\x00"}, {"text": "x" * 20_000}, {"audience": "semua"}, {"form_key": "x" * 99}]
)
def test_a_mail_with_gaps_is_not_sent_and_keeps_its_words(kabid, values):
    meeting = making.meeting()
    making.registration(meeting)
    data = {"audience": "all", "subject": "Perihal ini", "text": "Isi ini", "form_key": "k"} | values
    answer = kabid.post(page_of(meeting, "psk_meeting_message"), data)
    assert answer.status_code == 422
    assert data["subject"] in answer.content.decode()
    assert not Mail.objects.filter(code="meeting_message").exists()


def test_calling_off_is_a_post_and_says_so_everywhere(kabid, client):
    meeting = making.meeting()
    making.registration(meeting)
    url = page_of(meeting, "psk_meeting_call_off")
    assert kabid.get(url).status_code == 405
    assert "Semua pendaftar diberi tahu" in kabid.post(url, follow=True).content.decode()
    assert "Batal diselenggarakan" in client.get(meeting.get_absolute_url()).content.decode()
    making.begin(other := making.meeting())
    assert "sudah dimulai" in kabid.post(page_of(other, "psk_meeting_call_off"), follow=True).content.decode()


def test_a_meeting_with_registrations_is_never_deleted(client):
    meeting = making.meeting()
    making.registration(meeting)
    client.force_login(factories.UserFactory(is_superuser=True, is_staff=True))
    client.post(f"{INDEX}delete/{meeting.pk}/")
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_the_model_itself_refuses_an_end_before_the_beginning():
    meeting = making.meeting()
    meeting.ends_at = meeting.starts_at
    with pytest.raises(ValidationError):
        meeting.full_clean()


def test_history_keeps_who_came_and_who_moved_up():
    meeting = making.meeting(capacity=1)
    seated, waiting = making.registration(meeting), making.registration(meeting)
    verbs.cancel(seated)
    reasons = list(waiting.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert reasons == ["Mendaftar", "Naik dari daftar tunggu"]
