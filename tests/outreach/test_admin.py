"""Mails in the admin: masked in the list, readable in one place, sent again by hand."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin.outreach.models import Mail

from .. import factories

pytestmark = pytest.mark.django_db
INDEX = "psk_surel_modeladmin_index"


@pytest.fixture
def letter() -> Mail:
    company = factories.CompanyFactory(name="PT Kayu Manis")
    factories.filed(company=company, user=factories.member_of(company, email="hrd@kayumanis.test"))
    return Mail.objects.get()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def kabid() -> Client:
    return signed_in(factories.staff("kabid"))


def test_list_masks_addresses_and_names_occasion_and_state(kabid, letter):
    page = kabid.get(reverse(INDEX)).content.decode()
    assert "h***@kayumanis.test" in page and "hrd@kayumanis.test" not in page
    assert "Permohonan diajukan" in page and "Menunggu" in page and letter.submission.number in page


def test_list_filters_by_state_and_occasion_and_survives_odd_addresses(kabid, letter):
    for query, found in [("status=queued", True), ("status=refused", False), ("peristiwa=issued", False)]:
        page = kabid.get(f"{reverse(INDEX)}?{query}").content.decode()
        assert ("h***@kayumanis.test" in page) is found, query
    for query in ("p=abc", "p=99999", "status=%00", "q=" + "x" * 5000, "recipient__startswith=h", "o=9.-9.x"):
        assert kabid.get(f"{reverse(INDEX)}?{query}", follow=True).status_code == 200, query


def test_one_mail_shows_address_and_text(kabid, letter):
    page = kabid.get(reverse("psk_mail_detail", args=[letter.pk])).content.decode()
    assert "hrd@kayumanis.test" in page and "tidak perlu melakukan apa pun" in page


def test_send_again_is_a_post_and_sends(kabid, letter, django_capture_on_commit_callbacks):
    Mail.objects.update(state=Mail.State.REFUSED, attempts=1)
    url = reverse("psk_mail_send_again", args=[letter.pk])
    assert kabid.get(url).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        response = kabid.post(url, follow=True)
    assert "Surel akan dikirim ulang." in response.content.decode()
    assert len(mail.outbox) == 1 and Mail.objects.get().state == Mail.State.SENT


def test_send_again_needs_the_token(letter):
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.staff("kabid"))
    assert client.post(reverse("psk_mail_send_again", args=[letter.pk])).status_code == 403


@pytest.mark.parametrize("role", ["registrasi", "verifikator", "korektor", "kasi", "sekretaris", "kadis"])
def test_other_desks_see_no_mails(role, letter):
    client = signed_in(factories.staff(role))
    for name, args in [(INDEX, []), ("psk_mail_detail", [letter.pk])]:
        assert client.get(reverse(name, args=args)).status_code in (302, 403)
    client.post(reverse("psk_mail_send_again", args=[letter.pk]))
    assert Mail.objects.get().attempts == 0 and not mail.outbox


def test_visitors_and_companies_see_no_mails(letter):
    for client in (Client(), signed_in(letter.user)):
        response = client.get(reverse("psk_mail_detail", args=[letter.pk]))
        assert response.status_code in (302, 403) and b"hrd@" not in response.content


def test_odd_ids_are_not_found(kabid):
    for pk in ("0", "abc", "9" * 30):
        assert kabid.get(f"/admin/psk/surel/{pk}/").status_code == 404


def test_list_costs_the_same_queries_for_more_rows(kabid, letter):
    kabid.get(reverse(INDEX))
    with CaptureQueriesContext(connection) as few:
        kabid.get(reverse(INDEX))
    for n in range(10):
        Mail.objects.create(
            submission=letter.submission, code="filed", recipient=f"a{n}@b.test", subject="x", text="x", html="x"
        )
    with CaptureQueriesContext(connection) as many:
        kabid.get(reverse(INDEX))
    assert len(few) == len(many)
