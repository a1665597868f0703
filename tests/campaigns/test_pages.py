"""The pages of a campaign: what a person sees, types and gets back."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from psk_plugin.campaigns import tasks
from psk_plugin.campaigns.models import Campaign, FollowUp, Reply
from psk_plugin.companies.models import Company
from psk_plugin.meetings.models import Registration

from .. import factories
from ..meetings import making as meetings
from . import making

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
GOOD = {
    "title": "Kampanye uji",
    "purpose": "Supaya mengajukan",
    "standings": ["never"],
    "held_back_percent": "20",
    "subject": "Kewajiban memiliki PP",
    "text": "Kepada {perusahaan}.",
    "sends_mail": "on",
}


@pytest.fixture
def kasi(client):
    client.force_login(factories.staff("kasi"))
    return client


def page(client, row, name: str = "psk_campaign", query: str = ""):
    return client.get(reverse(name, args=[row.pk]) + query)


def sent(count: int = 2, **values) -> Campaign:
    making.companies(count)
    row = making.send(making.campaign(**values))
    tasks.work_on(row.pk)
    return Campaign.objects.get(pk=row.pk)


def test_a_campaign_is_written_and_shows_whom_it_reaches(kasi):
    making.companies(3)
    response = kasi.post(reverse("psk_campaign_create"), GOOD, follow=True)
    row = Campaign.objects.get()
    assert (row.conditions, row.held_back_percent, row.is_draft) == ({"standings": ["never"]}, 20, True)
    assert response.context["found"] == 3
    assert (response.context["held_back"], response.context["to_write"]) == (1, 2)
    assert b"Belum ada yang dikirim" in response.content


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "isi judul"),
        ("purpose", "", "tulis tujuan"),
        ("text", "Kepada {perusahan}.", "{perusahan}"),
        ("text", "Kepada {perusahaan", "kurawal"),
        ("text", "Pada {waktu}.", "pilih pertemuannya"),
        ("subject", "Untuk {nama}", "{nama}"),
        ("held_back_percent", "51", "paling banyak 50"),
        ("held_back_percent", "", "0 sampai 50"),
        ("day", "2026-02-31", "kalender"),
        ("day", (TODAY + dt.timedelta(days=1)).isoformat(), "belum tiba"),
        ("day", "0001-01-01", "kalender"),
        ("standings", ["apa-saja"], "Pilih dari daftar"),
        ("meeting", "999999999999999999999999", "Pilih dari daftar"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_rest(kasi, field, value, words):
    response = kasi.post(reverse("psk_campaign_create"), GOOD | {field: value})
    assert response.status_code == 422
    assert words in response.content.decode().replace("&#123;", "{").replace("&#x27;", "'")
    assert "Supaya mengajukan" in response.content.decode() or field == "purpose"
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("value", ["\x00", "a" * 20_000, "-1", "{" * 500])
@pytest.mark.parametrize("field", [*GOOD, "day", "meeting"])
def test_no_input_breaks_the_form(kasi, field, value):
    assert kasi.post(reverse("psk_campaign_create"), GOOD | {field: value}).status_code in (302, 422)


@pytest.mark.parametrize(
    "query", ["?hal=abc", "?hal=-1", "?hal=" + "9" * 40, "?kelompok=x&tindak=y", "?q=%00" + "x" * 3000]
)
def test_odd_addresses_show_the_list(kasi, query):
    assert page(kasi, sent(), query=query).status_code == 200


@pytest.mark.parametrize(
    "posted", [{}, {"company": "x", "reason": "x"}, {"company": "9" * 40, "reason": "x"}, {"reason": "a" * 5000}]
)
def test_odd_posts_leave_nobody_out(kasi, posted):
    making.companies(1)
    row = making.campaign()
    assert kasi.post(reverse("psk_campaign_leave_out", args=[row.pk]), posted).status_code == 422
    assert not row.exclusions.exists()


def test_leaving_out_without_a_reason_says_so_beside_the_company(kasi):
    (company,) = making.companies(1)
    row = making.campaign()
    response = kasi.post(reverse("psk_campaign_leave_out", args=[row.pk]), {"company": company.pk, "reason": ""})
    assert f'id="salah-{company.pk}"' in response.content.decode()


def test_what_goes_out_is_shown_before_it_goes(kasi):
    first, second = making.companies(2)
    Company.objects.filter(pk=second.pk).update(email="")
    row = making.campaign(subject="Surat untuk {perusahaan}")
    response = page(kasi, row, "psk_campaign_send")
    shown = response.content.decode()
    assert (response.context["chosen"], response.context["reachable"]) == (2, 1)
    assert f"Surat untuk {first.name}" in shown
    assert "Di atas kertas" in shown
    assert Campaign.objects.get(pk=row.pk).is_draft
    assert page(kasi, row, "psk_campaign_sample").content.startswith(b"%PDF")


def test_the_button_sends_what_was_shown_and_nothing_else(kasi):
    making.companies(2)
    row = making.campaign()
    address = reverse("psk_campaign_send", args=[row.pk])
    for bad in ("", "x", "1", "9" * 30, "²"):
        assert kasi.post(address, {"jumlah": bad}).status_code == 409
    assert kasi.post(address, {"jumlah": "2"}).status_code == 302
    assert row.addressees.count() == 2
    assert kasi.post(address, {"jumlah": "2"}).status_code == 302
    assert row.addressees.count() == 2


def test_progress_survives_a_reload_and_can_be_pushed_on(kasi):
    making.companies(2)
    row = making.send(making.campaign())
    assert "0 dari 2 surat" in page(kasi, row).content.decode()
    kasi.post(reverse("psk_campaign_go_on", args=[row.pk]))
    assert "0 dari 2 surat" not in page(kasi, row).content.decode()
    assert Campaign.objects.get(pk=row.pk).state == Campaign.State.SENT


def test_the_letters_can_be_printed_in_one_file(kasi):
    row = sent()
    for which in ("semua",):
        response = kasi.get(reverse("psk_campaign_print", args=[row.pk, which]))
        assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert kasi.get(reverse("psk_campaign_print", args=[row.pk, "lain"])).status_code == 404


ANSWER = {"way": "phone", "said_on": TODAY.isoformat(), "text": "Akan diajukan pekan depan", "follow_up": "promised"}


def test_an_answer_is_kept_and_sets_how_it_stands(kasi):
    addressee = sent().addressees.first()
    address = reverse("psk_addressee", args=[addressee.pk])
    for _twice in range(2):
        assert kasi.post(address, ANSWER | {"form_key": "sekali"}).status_code == 302
    reply = Reply.objects.get()
    assert (reply.text, reply.by.username) == (
        "Akan diajukan pekan depan",
        kasi.get(address).wsgi_request.user.username,
    )
    addressee.refresh_from_db()
    assert addressee.follow_up == FollowUp.PROMISED
    assert "Akan diajukan pekan depan" in kasi.get(address).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("way", "", "Pilih caranya"),
        ("text", "", "Tulis isi jawaban"),
        ("said_on", "kemarin", "kalender"),
        ("said_on", (TODAY + dt.timedelta(days=1)).isoformat(), "belum tiba"),
        ("said_on", (TODAY - dt.timedelta(days=1)).isoformat(), "mendahului"),
        ("follow_up", "", "Pilih perkembangan"),
    ],
)
def test_a_wrong_answer_gets_a_sentence(kasi, field, value, words):
    addressee = sent(1).addressees.first()
    response = kasi.post(reverse("psk_addressee", args=[addressee.pk]), ANSWER | {"form_key": "k", field: value})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Reply.objects.exists()


def test_attendance_is_read_from_the_meeting(kasi):
    meeting = meetings.meeting()
    row = sent(3, meeting=meeting)
    came, registered, absent = row.addressees.order_by("sequence")
    place = meetings.registration(meeting, company=came.company)
    meetings.registration(meeting, company_name=registered.name.upper())
    Registration.objects.filter(pk=place.pk).update(state=Registration.State.ATTENDED)
    states = {a.pk: (a.has_registered, a.has_attended) for a in row.addressees.with_attendance()}
    assert states == {came.pk: (True, True), registered.pk: (True, False), absent.pk: (False, False)}
    assert "hadir" in page(kasi, row).content.decode()


def test_the_download_holds_what_the_list_shows(kasi):
    row = sent(3)
    some = row.addressees.first()
    Company.objects.filter(pk=some.company_id).update(email="")
    response = kasi.get(reverse("psk_campaign_export", args=[row.pk, "xlsx"]))
    rows = list(load_workbook(io.BytesIO(response.getvalue())).active.values)
    assert [cells[0] for cells in rows[1:]] == list(row.addressees.values_list("number", flat=True))
    narrowed = kasi.get(reverse("psk_campaign_export", args=[row.pk, "csv"]) + f"?q={some.number}")
    assert len(narrowed.getvalue().decode().strip().splitlines()) == 2
    assert kasi.get(reverse("psk_campaign_export", args=[row.pk, "exe"])).status_code == 404


def test_the_labels_hold_paper_only(kasi):
    making.companies(1, email="")
    row = sent(1)
    response = kasi.get(reverse("psk_campaign_export", args=[row.pk, "csv"]) + "?surat=kertas")
    assert len(response.getvalue().decode().strip().splitlines()) == 2


@pytest.mark.parametrize("name", ["psk_campaign", "psk_campaign_send", "psk_kampanye_modeladmin_index"])
@pytest.mark.parametrize("is_sent", [False, True])
def test_each_row_costs_no_query(kasi, name, is_sent, django_assert_max_num_queries, django_assert_num_queries):
    making.companies(4)

    def make():
        row = making.campaign(conditions={})
        return making.send(row) if is_sent else row

    row = make()
    address = reverse(name, args=[row.pk] if "index" not in name else [])
    kasi.get(address)
    with django_assert_max_num_queries(45) as counted:
        kasi.get(address)
    making.companies(6)
    row = make()
    address = reverse(name, args=[row.pk] if "index" not in name else [])
    with django_assert_num_queries(len(counted)):
        kasi.get(address)


def test_a_draft_can_be_deleted_and_a_sent_one_cannot(kasi):
    row = making.campaign()
    kasi.post(reverse("psk_campaign_discard", args=[row.pk]))
    assert not Campaign.objects.exists()
    row = sent(1)
    kasi.post(reverse("psk_campaign_discard", args=[row.pk]))
    assert Campaign.objects.get() == row


def test_the_letter_and_the_answer_stand_in_the_life_of_the_company(client):
    client.force_login(factories.staff("kabid"))
    addressee = sent(1).addressees.first()
    client.post(reverse("psk_addressee", args=[addressee.pk]), ANSWER | {"form_key": "riwayat"})
    life = client.get(reverse("psk_compliance_company", args=[addressee.company_id])).content.decode()
    assert addressee.number in life
    assert "Akan diajukan pekan depan" in life
