"""Decrees in the admin: the list, one decree, revoking it, and the versions of a regulation."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from psk_plugin.decrees import rendering, staff
from psk_plugin.decrees.models import Decree
from psk_plugin.records.models import FileReading
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.submissions import drafts
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding

from .. import factories
from . import making

pytestmark = pytest.mark.django_db

LIST = "psk_keputusan_modeladmin_index"
REGULATIONS = "psk_peraturan_modeladmin_index"


def _queries(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_finds_and_narrows(client, office):
    one, two = (
        making.issued(office, company=factories.CompanyFactory(name=f"PT {name}")) for name in ("Mawar", "Melati")
    )
    client.force_login(office.kadis)
    html = client.get(reverse(LIST)).content.decode()
    assert one.number in html and two.number in html
    html = client.get(reverse(LIST), {"q": two.company_name}).content.decode()
    assert two.number in html and one.number not in html
    making.with_dates(one, -10, 10, revoked_on=dt.date.today())
    html = client.get(reverse(LIST), {"status": "dicabut"}).content.decode()
    assert one.number in html and two.number not in html
    for status in ("berlaku", "berakhir", "diganti", "tanpa-pdf", "lain", "\x00"):
        assert client.get(reverse(LIST), {"status": status}).status_code in (200, 302)


@pytest.mark.parametrize("name", [LIST, REGULATIONS])
def test_lists_ask_as_much_for_many_rows_as_for_few(client, office, name):
    for _i in range(2):
        making.issued(office)
    client.force_login(office.kadis)
    client.get(reverse(name))
    few = _queries(client, reverse(name))
    for _i in range(2):
        making.issued(office)
    assert _queries(client, reverse(name)) == few


def test_one_decree_with_its_pdf(client, office):
    decree = making.rendered(office)
    client.force_login(office.kadis)
    html = client.get(reverse("psk_decree_detail", args=[decree.pk])).content.decode()
    assert decree.number in html and decree.file.sha256 in html and decree.register_number in html
    response = client.get(reverse("psk_decree_pdf", args=[decree.pk]))
    assert b"".join(response.streaming_content) == making.pdf_of(decree)
    assert FileReading.objects.filter(user=office.kadis, part="keputusan").count() == 1


def test_a_missing_pdf_is_made_by_hand(client, office, monkeypatch):
    decree = making.issued(office)
    client.force_login(office.kadis)
    page = reverse("psk_decree_detail", args=[decree.pk])
    button = reverse("psk_decree_render", args=[decree.pk])
    assert button in client.get(page).content.decode()
    assert client.get(button).status_code == 405

    def fail(content):
        raise OSError("disk")

    monkeypatch.setattr(rendering, "draw", fail)
    assert "OSError" in client.post(button, follow=True).content.decode()
    assert Decree.objects.get(pk=decree.pk).file is None
    monkeypatch.undo()
    client.post(button)
    assert Decree.objects.get(pk=decree.pk).file is not None
    assert button not in client.get(page).content.decode()


def test_the_head_of_the_office_revokes_with_a_reason(client, office):
    decree = making.rendered(office)
    client.force_login(office.kadis)
    address = reverse("psk_decree_revoke", args=[decree.pk])
    assert client.get(address).status_code == 200
    assert Decree.objects.get(pk=decree.pk).revoked_on is None
    refused = client.post(address, {"alasan": "  "})
    assert refused.status_code == 422 and 'aria-invalid="true"' in refused.content.decode()
    refused = client.post(address, {"alasan": "x" * (staff.MAX_REASON + 1)})
    assert refused.status_code == 422 and "x" * 100 in refused.content.decode()
    done = client.post(address, {"alasan": "Data tidak\x00 benar."}, follow=True)
    assert done.status_code == 200
    decree = Decree.objects.get(pk=decree.pk)
    assert decree.revocation_reason == "Data tidak benar."
    assert "Data tidak benar." in done.content.decode()
    client.post(address, {"alasan": "lagi"})
    assert Decree.objects.get(pk=decree.pk).revocation_reason == "Data tidak benar."


def _may(client, user, decree) -> dict[str, int]:
    client.force_login(user)
    return {
        "list": client.get(reverse(LIST)).status_code,
        "detail": client.get(reverse("psk_decree_detail", args=[decree.pk])).status_code,
        "pdf": client.get(reverse("psk_decree_pdf", args=[decree.pk])).status_code,
        "render": client.post(reverse("psk_decree_render", args=[decree.pk])).status_code,
        "revoke": client.get(reverse("psk_decree_revoke", args=[decree.pk])).status_code,
        "versions": client.get(
            reverse("psk_regulation_versions", args=[CompanyRegulation.objects.get(company=decree.company).pk])
        ).status_code,
    }


def test_each_role_reaches_what_it_may(client, office):
    decree = making.rendered(office)
    assert _may(client, office.kadis, decree) == {
        "list": 200,
        "detail": 200,
        "pdf": 200,
        "render": 302,
        "revoke": 200,
        "versions": 200,
    }
    kabid = _may(client, office.kabid, decree)
    assert kabid["detail"] == 200 and kabid["revoke"] != 200 and kabid["versions"] == 200
    kasi = _may(client, office.kasi, decree)
    assert kasi["versions"] == 200 and all(kasi[name] != 200 for name in ("list", "detail", "pdf", "revoke"))
    company = _may(client, decree.submission.applicant, decree)
    assert 200 not in company.values()
    assert Decree.objects.get(pk=decree.pk).revoked_on is None


def test_versions_of_a_regulation_are_told_and_compared(client, office):
    company = factories.CompanyFactory()
    user = factories.member_of(company)
    first = making.issued(office, company=company, user=user)
    second_draft = factories.draft(company, user)
    drafts.keep_answers(second_draft, user, factories.ANSWERS | {"judul": "Peraturan Perusahaan baru"})
    submission = perform(second_draft, "file", user)
    for role, action in factories.WAY:
        submission = perform(submission, action, getattr(office, role))
    second = submission.decree
    regulation = CompanyRegulation.objects.get(company=company)
    client.force_login(office.kasi)
    address = reverse("psk_regulation_versions", args=[regulation.pk])
    response = client.get(address)
    html = response.content.decode()
    assert first.number in html and second.number in html
    assert [version.number for version in response.context["versions"]] == [2, 1]
    changed = {str(change.label): change for change in response.context["changes"] if change.is_changed}
    assert {change.after for change in changed.values()} >= {"Peraturan Perusahaan baru", second.number}
    assert "Berlaku sejak" not in changed and len(changed) < len(response.context["changes"])
    same = client.get(address, {"lama": "2", "baru": "2"})
    assert not any(change.is_changed for change in same.context["changes"])
    for odd in ("abc", "99", "-1", "\x00", "9" * 5000):
        assert client.get(address, {"lama": odd, "baru": odd}).status_code == 200


def test_every_filed_version_of_the_text_is_listed(client, office):
    submission = factories.filed(office, steps=1)
    finding = factories.finding(submission, office.verifikator)
    submission = perform(submission, "return", office.verifikator)
    drafts.attach(submission, submission.applicant, "naskah-pp", factories.upload("baru.pdf"))
    submission = perform(submission, "repair", submission.applicant)
    Finding.objects.filter(pk=finding.pk).update(state=Finding.State.ACCEPTED)
    for role, action in factories.WAY[1:]:
        submission = perform(submission, action, getattr(office, role))
    regulation = CompanyRegulation.objects.get(company=submission.company)
    client.force_login(office.kasi)
    texts = client.get(reverse("psk_regulation_versions", args=[regulation.pk])).context["texts"]
    assert [(text.version, text.name, text.is_approved) for text in texts] == [
        (2, "baru.pdf", True),
        (1, "naskah-pp.pdf", False),
    ]
