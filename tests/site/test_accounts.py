"""From a page to an account and back to the page."""

import re
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from disnaker_site.views import REQUESTS_PER_CLIENT

pytestmark = pytest.mark.django_db

BACK = "/layanan/pengesahan-pp/?langkah=2"
PASSWORD = "Sawah-hijau-77"


@pytest.fixture(autouse=True)
def _adapter(settings, site):
    settings.ACCOUNT_ADAPTER = "disnaker_site.accounts.AccountAdapter"


def sign_up(client: Client, email: str = "hrd@contoh.test"):
    data = {"email": email, "password1": PASSWORD, "password2": PASSWORD, "next": BACK}
    return client.post(reverse("account_signup"), data)


def link_of(mail) -> str:
    """Path and query of the first link in a mail."""
    parts = urlsplit(re.search(r"http\S+/akun/confirm-email/\S+", mail.body)[0])
    return f"{parts.path}?{parts.query}"


def test_header_remembers_the_page_one_is_on(client: Client):
    page = client.get("/pengumuman/?hal=1").content.decode()
    assert 'href="/akun/login/?next=%2Fpengumuman%2F%3Fhal%3D1"' in page


def test_account_pages_pass_on_where_one_wanted_to_go(client: Client):
    page = client.get(reverse("account_login"), {"next": BACK}).content.decode()
    links = re.findall(r'href="/akun/signup/\?([^"]+)"', page)
    assert links
    assert all(parse_qs(link)["next"] == [BACK] for link in links)


def test_foreign_address_is_not_passed_on(client: Client):
    assert "evil.test" not in re.sub(r"<input[^>]*>", "", client.get("/akun/login/?next=//evil.test/").content.decode())


def test_signing_up_and_confirming_in_the_same_browser_returns_to_the_page(client: Client, mailoutbox):
    response = sign_up(client)
    assert response.url.startswith(reverse("account_email_verification_sent"))
    assert "Konfirmasi alamat surel" in mailoutbox[0].subject
    link = link_of(mailoutbox[0])
    assert "Ya, konfirmasi" in client.get(link).content.decode()
    response = client.post(link)
    assert (response.status_code, response.url) == (302, BACK)
    assert client.session["_auth_user_id"]


def test_confirming_in_another_browser_returns_to_the_page_after_signing_in(client: Client, mailoutbox):
    sign_up(client)
    other = Client()
    response = other.post(link_of(mailoutbox[0]))
    assert response.url == f"{reverse('account_login')}?next=%2Flayanan%2Fpengesahan-pp%2F%3Flangkah%3D2"
    response = other.post(reverse("account_login"), {"login": "hrd@contoh.test", "password": PASSWORD, "next": BACK})
    assert response.url == BACK


def test_mail_is_plain_indonesian_without_leftovers(client: Client, mailoutbox):
    sign_up(client)
    body = mailoutbox[0].body
    assert body.lstrip().startswith("Bapak/Ibu")
    assert not re.search(r"\b(the|your|you|please|hello)\b", body, re.I)


def test_page_after_signing_up_offers_to_send_again_to_the_same_address(client: Client):
    page = client.get(sign_up(client).url).content.decode()
    assert "Kirim ulang" in page
    assert 'value="hrd@contoh.test"' in page


def test_confirmation_is_sent_again_and_still_leads_back(client: Client, mailoutbox):
    sign_up(client)
    response = Client().post(reverse("account_resend"), {"email": "HRD@contoh.test", "next": BACK})
    assert response.status_code == 302
    assert len(mailoutbox) == 2
    assert client.post(link_of(mailoutbox[1])).url == BACK


def test_lapsed_link_offers_a_new_one(client: Client):
    page = client.get("/akun/confirm-email/tidak-berlaku/").content.decode()
    assert "sudah dipakai atau sudah lewat" in page
    assert f'action="{reverse("account_resend")}"' in page


@pytest.mark.parametrize("kind", ["unknown", "waiting", "confirmed"])
def test_resending_answers_alike_whoever_asks(client: Client, mailoutbox, kind: str):
    if kind != "unknown":
        user = get_user_model().objects.create_user("a", "a@contoh.test")
        EmailAddress.objects.create(user=user, email="a@contoh.test", verified=kind == "confirmed", primary=True)
    response = client.post(reverse("account_resend"), {"email": "a@contoh.test"}, follow=True)
    assert "Jika ada akun dengan alamat ini" in response.content.decode()
    assert [mail.to for mail in mailoutbox] == [["a@contoh.test"]]


def test_one_address_is_not_flooded(client: Client, mailoutbox):
    for _ in range(3):
        client.post(reverse("account_resend"), {"email": "a@contoh.test"})
    assert len(mailoutbox) == 1


def test_one_client_cannot_write_to_the_whole_world(client: Client, mailoutbox):
    for number in range(REQUESTS_PER_CLIENT + 5):
        client.post(reverse("account_resend"), {"email": f"a{number}@contoh.test"})
    assert len(mailoutbox) == REQUESTS_PER_CLIENT


def test_the_cache_that_counts_holds_no_address(client: Client):
    client.post(reverse("account_resend"), {"email": "a@contoh.test"})
    kept = " ".join(cache._cache)
    assert "account-resend" in kept
    assert "a@contoh.test" not in kept
    assert "127.0.0.1" not in kept


def test_wrong_address_in_the_resend_form_says_what_to_write(client: Client):
    response = client.post(reverse("account_resend"), {"email": "bukan-alamat"})
    assert response.status_code == 200
    assert "Isi alamat surel yang benar" in response.content.decode()


def test_silent_mail_server_does_not_break_signing_up(client: Client, monkeypatch):
    def fail(self, messages):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    response = sign_up(client)
    assert response.status_code == 302
    assert "belum dapat dikirim" in client.get(response.url).content.decode()
    assert get_user_model().objects.filter(email="hrd@contoh.test").exists()


def test_an_address_that_is_refused_stays_out_of_the_log(client: Client, monkeypatch, caplog):
    def fail(self, messages):
        raise SMTPRecipientsRefused({"hrd@contoh.test": (550, b"unknown")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    sign_up(client)
    assert "SMTPRecipientsRefused" in caplog.text
    assert "hrd@contoh.test" not in caplog.text


def test_signed_in_header_offers_work_and_a_way_out(client: Client):
    client.force_login(get_user_model().objects.create_user("hrd", "hrd@contoh.test"))
    page = client.get("/").content.decode()
    assert "Permohonan saya" in page
    assert f'action="{reverse("account_logout")}" method="post"' in page
    assert reverse("wagtailadmin_home") not in page
