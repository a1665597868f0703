"""The company receives its decree; others learn nothing of it."""

import pytest
from django.urls import reverse

from psk_plugin.records.models import FileReading

from .. import factories
from . import making

pytestmark = pytest.mark.django_db


def _address(decree):
    return reverse("psk:submission_decree", args=[decree.submission.number])


def test_the_company_downloads_the_kept_file_and_the_reading_is_recorded(client, office):
    decree = making.rendered(office)
    client.force_login(decree.submission.applicant)
    response = client.get(_address(decree))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == making.pdf_of(decree)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    read = FileReading.objects.of(decree.submission).get(part="keputusan")
    assert read.user == decree.submission.applicant and read.file == decree.file


def test_until_the_pdf_is_made_a_page_says_so(client, office):
    decree = making.issued(office)
    client.force_login(decree.submission.applicant)
    response = client.get(_address(decree))
    assert response.status_code == 202
    assert "Retry-After" in response
    assert "sedang disiapkan" in response.content.decode()


@pytest.mark.parametrize("role", ["registrasi", "verifikator", "korektor", "kasi", "kabid", "sekretaris", "kadis"])
def test_every_desk_may_open_it(client, office, role):
    decree = making.rendered(office)
    client.force_login(getattr(office, role))
    assert client.get(_address(decree)).status_code == 200


def test_others_find_nothing(client, office):
    decree = making.rendered(office)
    assert client.get(_address(decree)).status_code == 302  # to sign in
    client.force_login(factories.member_of(factories.CompanyFactory()))
    assert client.get(_address(decree)).status_code == 404
    client.force_login(factories.UserFactory())
    assert client.get(_address(decree)).status_code == 404


def test_an_application_without_decree_and_odd_numbers_are_not_found(client, office):
    submission = factories.filed(office)
    client.force_login(submission.applicant)
    base = reverse("psk:submission_decree", args=["X"])
    for number in (submission.number, "PSK-0", "%00", "a" * 20_000, "'"):
        assert client.get(base.replace("/X/", f"/{number}/")).status_code == 404
