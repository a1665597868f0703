"""The public form: on its own page and in a block, with everything that people and machines do to it."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from psk_plugin.blocks import psk_blocks
from psk_plugin.helpdesk import views
from psk_plugin.helpdesk.models import HelpdeskSettings, Ticket, TicketFile

from .. import factories
from . import making

pytestmark = pytest.mark.django_db
FORM, SEND = "/psk/pengaduan/", "/psk/pengaduan/kirim/"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def typed(**values) -> dict:
    base = {
        "kind": "complaint",
        "category": making.category().pk,
        "subject": "Permohonan belum ada kabar",
        "message": "Sudah dua pekan.\r\nMohon dijelaskan.",
        "name": "Warga Contoh",
        "email": "warga@contoh.test",
        "form_key": "abc",
    }
    return base | values


def page_after(client, **values) -> str:
    """What the person sees after an attempt."""
    return client.post(SEND, typed(**values), follow=True).content.decode()


def test_a_report_gets_a_number_a_mail_and_a_page(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(SEND, typed(application_number=" psk-2026-00007 "))
    row = Ticket.objects.get()
    assert re.fullmatch(r"ADU-\d{4}-00001", row.number)
    assert answer.status_code == 302 and answer["Location"] == row.get_absolute_url()
    assert row.application_number == "PSK-2026-00007"
    assert row.entries.get().text == "Sudah dua pekan.\nMohon dijelaskan."
    letter = mail.outbox[0]
    assert letter.to == ["warga@contoh.test"] and row.number in letter.subject
    assert row.secret_url in letter.body and "Dijawab paling lambat" in letter.body
    page = client.get(row.get_absolute_url()).content.decode()
    assert row.number in page and "Mohon dijelaskan." in page and "lapor.go.id" in page


def test_numbers_are_consecutive(client):
    for number in range(3):
        client.post(SEND, typed(form_key=str(number)))
    assert [row.number[-5:] for row in Ticket.objects.order_by("pk")] == ["00001", "00002", "00003"]


def test_the_same_form_pressed_twice_is_one_report(client):
    first = client.post(SEND, typed())["Location"]
    assert client.post(SEND, typed())["Location"] == first
    assert Ticket.objects.count() == 1
    client.post(SEND, typed(message="Hal lain lagi."))
    assert [row.number[-5:] for row in Ticket.objects.order_by("pk")] == ["00001", "00002"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": ""}, "Pilih pertanyaan, pengaduan, atau saran."),
        ({"kind": "curhat"}, "Pilih pertanyaan, pengaduan, atau saran."),
        ({"category": ""}, "Pilih tentang apa laporan Anda."),
        ({"category": "99999999999999999999"}, "Pilih tentang apa laporan Anda."),
        ({"category": "abc"}, "Pilih tentang apa laporan Anda."),
        ({"subject": " \x00 "}, "Tulis pokok laporan"),
        ({"subject": "x" * 151}, "150"),
        ({"message": ""}, "Tulis pesan Anda."),
        ({"message": "x" * 20_000}, "5000"),
        ({"name": ""}, "Tulis nama Anda."),
        ({"email": "bukan-surel"}, "Tuliskan alamat surel yang lengkap"),
        ({"email": "a@b.test" + "x" * 300}, "surel"),
        ({"phone": "nol delapan"}, "Tuliskan nomor telepon"),
        ({"situs": "http://spam.test"}, "Kosongkan kolom tersembunyi"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_the_rest_stays(client, values, sentence):
    page = page_after(client, **values)
    assert "Mohon periksa" in page or "psk-errors" in page
    assert sentence in page
    if "message" not in values:
        assert "Mohon dijelaskan." in page
    assert not Ticket.objects.exists()
    # Told once: a later visit finds the words, not the blame.
    later = client.get(FORM).content.decode()
    assert "psk-errors" not in later
    if "message" not in values:
        assert "Mohon dijelaskan." in later


def test_every_id_that_the_form_refers_to_exists(client):
    page = page_after(client, kind="", email="", subject="")
    for names in re.findall(r'aria-describedby="([^"]+)"', page):
        for name in names.split():
            assert f'id="{name}"' in page, name
    for name in re.findall(r'<li><a href="#([^"]+)"', page):
        assert f'id="{name}"' in page, name


def test_accepted_files_wait_while_the_rest_is_repaired(client):
    page = page_after(client, email="", lampiran=[factories.upload("bukti.pdf"), factories.upload("jahat.pdf", b"MZ1")])
    assert "bukti.pdf" in page and "tersimpan" in page
    assert "jahat.pdf" in page and "bukan salah satu dari" in page
    client.post(SEND, typed())
    assert [row.name for row in TicketFile.objects.all()] == ["bukti.pdf"]


def test_a_kept_file_can_be_left_out(client):
    page = page_after(client, email="", lampiran=[factories.upload("bukti.pdf")])
    key = re.search(r'name="hapus" value="(\d+)"', page).group(1)
    client.post(SEND, typed(hapus=key))
    assert Ticket.objects.exists() and not TicketFile.objects.exists()


def test_at_most_three_files(client):
    page = page_after(client, email="", lampiran=[factories.upload(f"b{n}.pdf") for n in range(4)])
    assert "paling banyak 3 berkas" in page


def test_nobody_elses_kept_file_can_be_named(client):
    stored, _name = making.stored("rahasia.pdf")
    session = client.session
    session["psk_ticket_form"] = {"typed": {}, "files": [[stored.pk + 1000, "x.pdf"]], "is_judged": True}
    session.save()
    assert client.post(SEND, typed()).status_code == 302
    assert not TicketFile.objects.exists()


def test_too_many_reports_from_one_address_wait_and_keep_their_words(client):
    for number in range(views.FILED.limit):
        client.post(SEND, typed(form_key=str(number)))
    assert Ticket.objects.count() == views.FILED.limit
    page = page_after(client, form_key="lagi")
    assert "Tunggu sepuluh menit" in page and "Mohon dijelaskan." in page
    assert Ticket.objects.count() == views.FILED.limit


def test_attempts_that_are_refused_are_counted_too(client):
    for _number in range(views.ATTEMPTS.limit):
        client.post(SEND, typed(kind=""))
    assert "Tunggu sepuluh menit" in page_after(client)
    assert not Ticket.objects.exists()


def test_signed_in_people_choose_their_own_company_only():
    company, other = factories.CompanyFactory(), factories.CompanyFactory()
    user = factories.member_of(company, first_name="Pemohon", last_name="Uji")
    client = Client()
    client.force_login(user)
    page = client.get(FORM).content.decode()
    assert company.name in page and other.name not in page
    assert "Pemohon Uji" in page and user.email in page
    assert "psk-errors" in page_after(client, own_company=other.pk)
    client.post(SEND, typed(own_company=company.pk))
    row = Ticket.objects.get()
    assert row.company == company and row.user == user
    assert Ticket.objects.complaints().count_by_company() == {company.pk: 1}


def test_a_closed_form_says_so_and_takes_nothing(client):
    rules = HelpdeskSettings.load()
    rules.is_open = False
    rules.save()
    assert "Formulir sedang ditutup" in client.get(FORM).content.decode()
    client.post(SEND, typed())
    assert not Ticket.objects.exists()


def test_the_block_leads_back_to_its_page_and_to_no_foreign_one(client):
    back = client.post(SEND, typed(kind="", next="/kontak/"))
    assert back["Location"] == "/kontak/#pengaduan"
    foreign = client.post(SEND, typed(kind="", next="https://jahat.test/"))
    assert foreign["Location"] == f"{FORM}#pengaduan"


def test_the_block_shows_the_form_with_what_was_typed(client, rf):
    client.post(SEND, typed(kind="", next="/kontak/"))
    request = rf.get("/kontak/")
    request.session, request.user = client.session, factories.UserFactory()
    block = dict(psk_blocks())["ticket_form"]
    html = block.render(block.to_python({"heading": "Tulis kepada kami"}), {"request": request, "csrf_token": "t"})
    assert "Tulis kepada kami" in html and "Mohon dijelaskan." in html
    assert 'name="next" value="/kontak/"' in html and "Pilih pertanyaan, pengaduan, atau saran." in html
    assert "Kirim laporan" in block.render(block.to_python({}), {})


def test_personal_data_are_in_no_public_page(client):
    row = making.ticket(name="Nama Rahasia", email="rahasia@contoh.test")
    for url in (FORM, reverse("psk:ticket_find"), row.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "Nama Rahasia" not in page and "rahasia@contoh.test" not in page
