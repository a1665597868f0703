"""The desk in the browser's eyes: stale decisions, forms that keep what was typed, documents, odd addresses."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from psk_plugin.calendar import office_calendar
from psk_plugin.decrees.models import Decree
from psk_plugin.records.models import FileReading
from psk_plugin.submissions import clocks, drafts, repairs
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import InternalNote, Status, Submission

from .. import factories

pytestmark = pytest.mark.django_db
SECTIONS = ("periksa", "data", "catatan", "riwayat")


def address(submission, section: str = "periksa") -> str:
    return reverse("psk_desk:desk", args=[submission.pk]) + f"?bagian={section}"


def decide(client, submission, code: str, **data):
    url = reverse("psk_desk:decide", args=[submission.pk, code])
    return client.post(url, {"revision": submission.revision} | data)


def test_second_of_two_who_decide_from_the_same_page_is_told_and_changes_nothing(office, client):
    submission = factories.filed(office, steps=1)
    colleague = factories.staff("verifikator")
    client.force_login(office.verifikator)
    assert decide(client, submission, "declare_complete").status_code == 302
    client.force_login(colleague)
    answer = decide(client, submission, "declare_complete", reason="Tulisan saya")
    assert answer.status_code in (403, 409)
    assert submission.movements.count() == 3
    assert submission.events.filter(action="declare_complete").count() == 1


def test_decision_on_an_older_page_is_refused_and_keeps_the_note(office, client):
    submission = factories.filed(office, steps=2)
    Submission.objects.filter(pk=submission.pk).update(revision=submission.revision + 1)
    client.force_login(office.korektor)
    answer = decide(client, submission, "declare_in_order", reason="Tulisan saya tetap ada")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tulisan saya tetap ada" in page
    assert "baru saja diubah orang lain" in page
    assert f'name="revision" value="{submission.revision + 1}"' in page


@pytest.mark.parametrize("revision", ["", "abc", "-1", "9" * 40, "\x00"])
def test_form_without_its_revision_counts_as_stale(office, client, revision):
    submission = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    assert decide(client, submission, "declare_in_order", revision=revision).status_code == 409


def test_get_changes_nothing(office, client):
    submission = factories.filed(office, steps=5)
    client.force_login(office.kadis)
    page = client.get(reverse("psk_desk:decide", args=[submission.pk, "sign"]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Surat keputusan akan terbit dan dikirim." in text
    assert factories.VALID_IN_WORDS in text
    assert "/…/" in text
    assert not Decree.objects.exists()
    client.force_login(office.kasi)
    assert client.get(reverse("psk_desk:decide", args=[submission.pk, "sign"])).status_code == 403
    for name in ("finding_add", "note_add"):
        assert client.get(reverse(f"psk_desk:{name}", args=[submission.pk])).status_code == 405


def test_signing_issues_the_decree_and_leads_back_to_the_inbox(office, client):
    submission = factories.filed(office, steps=5)
    client.force_login(office.kadis)
    answer = decide(client, submission, "sign")
    assert answer.status_code == 302
    assert Decree.objects.get().submission == submission
    assert "sudah ditandatangani" in client.get(answer["Location"]).content.decode()


def test_return_without_a_finding_is_refused_with_a_sentence(office, client):
    submission = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    answer = decide(client, submission, "return", message="Mohon diperbaiki")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tulis sedikitnya satu temuan" in page and "Mohon diperbaiki" in page


def test_return_shows_before_what_goes_out_and_to_whom(office, client):
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor, problem="Cuti hanya sepuluh hari")
    client.force_login(office.korektor)
    page = client.get(address(submission)).content.decode()
    assert "Cuti hanya sepuluh hari" in page
    assert submission.applicant.email in page and submission.company.email in page
    soonest, latest = (date_format(office_calendar().add(timezone.localdate(), days), "j F Y") for days in (14, 19))
    assert f"perusahaan punya waktu sampai <strong>{soonest}</strong> (14 hari kerja)" in page
    assert f"Jika tidak ada yang membacanya, paling lambat {latest}." in page


def test_the_day_shown_before_returning_is_the_day_that_is_set(office, client):
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor)
    client.force_login(office.korektor)
    client.get(address(submission))
    soonest, latest = client.get(address(submission)).context["desk"].if_returned
    notice = perform(submission, "return", office.korektor).notices.get()
    assert clocks.repair_due(notice, today=clocks.counts_as_delivered_on(notice)) == latest
    repairs.mark_read(notice, submission.applicant)
    assert clocks.repair_due(notice) == soonest


def test_nothing_that_decides_is_preset(office, client):
    submission = factories.filed(office)
    client.force_login(office.registrasi)
    assert " checked" not in client.get(address(submission)).content.decode().replace("is_mandatory", "")


def test_rejection_without_ground_keeps_the_reason(office, client):
    submission = factories.filed(office)
    client.force_login(office.registrasi)
    answer = decide(client, submission, "reject", reason="Cabang di Karawang")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Pilih dasar penolakannya." in page and "Cabang di Karawang" in page


def test_rejection_hints_at_a_running_twin(office, client):
    first = factories.filed(office)
    second = factories.filed(office, company=first.company, user=first.applicant)
    client.force_login(office.registrasi)
    page = client.get(address(second)).content.decode()
    assert "permohonan lain untuk layanan ini" in page and first.number in page


def test_company_that_changed_since_filing_is_shown_beside_what_was_filed(office, client):
    submission = factories.filed(office, steps=2)
    company = submission.company
    company.business = "Perdagangan besar"
    company.save()
    client.force_login(office.korektor)
    page = client.get(address(submission, "data")).content.decode()
    assert "Industri mesin" in page and "Sekarang: Perdagangan besar" in page


def test_clock_warns_before_the_limit_of_the_law(office, client):
    submission = factories.filed(office, steps=2)
    Submission.objects.filter(pk=submission.pk).update(filed_at=timezone.now() - dt.timedelta(days=200))
    client.force_login(office.korektor)
    assert "dapat dianggap telah disahkan" in client.get(address(submission)).content.decode()


# Documents


def test_opening_a_document_is_recorded(office, client):
    submission = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    answer = client.get(reverse("psk_desk:document", args=[submission.pk, "naskah-pp"]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "script-src" not in answer["Content-Security-Policy"]
    read = FileReading.objects.of(submission).get()
    assert (read.user, read.part) == (office.korektor, "naskah-pp")


def test_each_version_can_be_opened(office, client):
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor)
    submission = perform(submission, "return", office.korektor)
    drafts.attach(submission, submission.applicant, "naskah-pp", factories.upload("kedua.pdf"))
    submission = perform(submission, "repair", submission.applicant)
    client.force_login(office.korektor)
    url = reverse("psk_desk:document", args=[submission.pk, "naskah-pp"])
    first, second = (b"".join(client.get(f"{url}?versi={n}").streaming_content) for n in (1, 2))
    assert first != second
    assert b"".join(client.get(url).streaming_content) == second
    for odd in ("3", "0", "abc", "%00", "9" * 30):
        assert client.get(f"{url}?versi={odd}").status_code == 404


def test_document_that_was_not_filed_does_not_exist(office, client):
    submission = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    for code in ("daftar-cabang", "apa-saja"):
        assert client.get(reverse("psk_desk:document", args=[submission.pk, code])).status_code == 404
    assert not FileReading.objects.exists()


# Who gets in


def test_other_staff_are_refused_and_companies_do_not_get_in(office, client):
    submission = factories.filed(office, steps=2)
    urls = [
        address(submission),
        reverse("psk_desk:document", args=[submission.pk, "naskah-pp"]),
        reverse("psk_desk:decide", args=[submission.pk, "sign"]),
    ]
    for url in urls:
        assert "/login/" in client.get(url)["Location"]
    client.force_login(factories.service_editor())
    for url in urls:
        assert client.get(url).status_code == 403
    client.force_login(submission.applicant)
    for url in urls:
        assert "/login/" in client.get(url)["Location"]
    assert not FileReading.objects.exists()


def test_reviewer_of_one_desk_sees_no_other_where_the_office_says_so(office, client):
    """Somebody who may examine but not see everything finds only what stands at the own desk, or passed it."""
    mine, gone = factories.filed(office, steps=1), factories.filed(office, steps=2)
    role = factories.group("verifikator")
    role.permissions.remove(role.permissions.get(codename="view_all_submissions"))
    newcomer = factories.UserFactory()
    newcomer.groups.add(role)
    client.force_login(newcomer)
    assert client.get(address(mine)).status_code == 200
    assert client.get(address(gone)).status_code == 404
    office.verifikator.groups.set([role])
    client.force_login(office.verifikator)
    assert client.get(address(gone)).status_code == 200


def test_draft_is_nobodys_business_in_the_office(office, client):
    draft = factories.draft()
    client.force_login(factories.UserFactory(is_superuser=True))
    assert client.get(address(draft)).status_code == 404


def test_administrator_reads_everything_and_decides_nothing(office, client):
    submission = factories.filed(office, steps=2)
    client.force_login(factories.UserFactory(is_superuser=True))
    for section in SECTIONS:
        assert client.get(address(submission, section)).status_code == 200
    assert decide(client, submission, "declare_in_order").status_code == 403
    submission.refresh_from_db()
    assert submission.stage.code == "koreksi"


# What people type and upload


def test_what_a_company_typed_and_its_file_names_run_nothing(office, client):
    nasty = "<script>alert(1)</script>"
    draft = factories.draft()
    draft = drafts.keep_answers(draft, draft.applicant, {"judul": nasty})
    drafts.attach(draft, draft.applicant, "naskah-pp", factories.upload('a"><img src=x onerror=alert(1)>.pdf'))
    company = draft.company
    company.name = f"PT {nasty}"
    company.save()
    submission = perform(draft, "file", draft.applicant)
    for role, action in factories.WAY[:2]:
        submission = perform(submission, action, getattr(office, role), reason=nasty)
    factories.finding(submission, office.korektor, problem=nasty, article=nasty)
    InternalNote.objects.create(submission=submission, author=office.kasi, text=nasty)
    client.force_login(office.korektor)
    pages = [address(submission, section) for section in SECTIONS]
    pages += [reverse("psk_kotak-masuk_modeladmin_index"), reverse("psk_semua-permohonan_modeladmin_index")]
    for url in pages:
        text = client.get(url).content.decode()
        assert nasty not in text and "<img src=x" not in text, url
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(pages[1]).content.decode()


@pytest.mark.parametrize("query", ["?bagian=xyz", "?ubah=abc", "?ubah=" + "9" * 60, "?dokumen=%00", "?bagian=%00"])
def test_odd_addresses_show_the_desk(office, client, query):
    submission = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    assert client.get(reverse("psk_desk:desk", args=[submission.pk]) + query).status_code == 200


def test_number_beyond_every_row_is_not_found(office, client):
    client.force_login(office.korektor)
    assert client.get(f"/admin/psk/permohonan/{'9' * 40}/").status_code == 404
    submission = factories.filed(office, steps=2)
    assert client.post(reverse("psk_desk:decide", args=[submission.pk, "terbang"])).status_code == 404


def test_every_described_field_points_at_words_that_exist(office, client):
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor)
    client.force_login(office.korektor)
    answer = decide(client, submission, "send_back")
    page = answer.content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    described = {name for names in re.findall(r'aria-describedby="([^"]+)"', page) for name in names.split()}
    assert described and described <= set(ids)
    assert len(ids) == len(set(ids))


def test_desk_takes_the_same_queries_however_much_has_happened(office, client):
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor)
    client.force_login(office.korektor)

    def count() -> list[int]:
        counts = []
        for section in SECTIONS:
            client.get(address(submission, section))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address(submission, section))
            counts.append(len(queries))
        return counts

    submission.notes.create(author=office.kasi, text="Satu")
    before = count()
    for number in range(6):
        factories.finding(submission, office.korektor, article=f"Pasal {number}")
        submission.notes.create(author=factories.staff("kasi"), text=f"Catatan {number}")
        submission.events.create(action="endorse", actor=factories.staff("kasi"), stage=submission.stage)
    assert count() == before
    assert max(before) < 60


def test_all_statuses_have_a_desk(office, client):
    client.force_login(office.kadis)
    submission = factories.filed(office, steps=6)
    assert submission.status == Status.ISSUED
    for section in SECTIONS:
        assert client.get(address(submission, section)).status_code == 200
