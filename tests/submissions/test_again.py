"""Past the date due: closed by itself, and the way to apply again with everything that still fits."""

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from psk_plugin.office.models import OfficeSettings
from psk_plugin.outreach.models import Mail
from psk_plugin.records.models import StoredFile
from psk_plugin.services.models import Service
from psk_plugin.submissions import again, drafts
from psk_plugin.submissions.errors import Forbidden, Impossible
from psk_plugin.submissions.lifecycle import lapse_overdue, perform
from psk_plugin.submissions.models import RepairNotice, Status, Submission

from .. import factories
from ..review.test_at_once import at_once

pytestmark = pytest.mark.django_db


def returned(office) -> Submission:
    submission = factories.filed(office, steps=2)
    factories.finding(submission, office.korektor)
    return perform(submission, "return", office.korektor)


def long_ago(submission: Submission, days: int = 90) -> None:
    at = submission.notices.get().sent_at - dt.timedelta(days=days)
    RepairNotice.objects.filter(submission=submission).update(sent_at=at)


def lapsed(office) -> Submission:
    submission = returned(office)
    long_ago(submission)
    assert lapse_overdue() == 1
    return Submission.objects.get(pk=submission.pk)


def closed(office, how: str) -> Submission:
    match how:
        case "lapsed":
            return lapsed(office)
        case "withdrawn":
            submission = factories.filed(office, steps=1)
            return perform(submission, "withdraw", submission.applicant, reason="Salah berkas.")
        case _:
            submission = factories.filed(office)
            return perform(submission, "reject", office.registrasi, reason="Ganda.", data={"ground": "duplicate"})


# Closed by itself


def test_the_catch_up_closes_what_is_past_its_date_and_tells_the_company(office):
    submission = returned(office)
    long_ago(submission)
    mail.outbox.clear()
    told = io.StringIO()
    call_command("psk_catch_up", stdout=told)
    assert "batas perbaikan terlampaui: 1." in told.getvalue()
    submission = Submission.objects.get(pk=submission.pk)
    assert submission.status == Status.LAPSED and submission.closed_at
    event = submission.events.last()
    assert event.action == "lapse" and event.actor is None
    assert Mail.objects.filter(submission=submission, code="lapsed", state=Mail.State.SENT).exists()
    assert any("Ajukan kembali" in message.body for message in mail.outbox)
    assert lapse_overdue() == 0
    assert submission.events.filter(action="lapse").count() == 1


def test_on_the_last_day_it_stays_open_and_on_the_next_it_closes(office, monkeypatch):
    submission = returned(office)
    notice = submission.notices.get()
    last = dt.date.fromisoformat(notice.content["latest"])
    for day, count in ((last, 0), (last + dt.timedelta(days=1), 1)):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda value=None, timezone=None, d=day: d)
        # Only "today" is moved; days of moments are computed as ever.
        monkeypatch.setattr("psk_plugin.submissions.clocks._day", lambda moment: timezone.localtime(moment).date())
        assert lapse_overdue() == count


def test_an_office_that_closes_by_hand_is_left_alone(office):
    submission = returned(office)
    long_ago(submission)
    settings = OfficeSettings.load()
    settings.closes_overdue_repairs = False
    settings.save()
    assert lapse_overdue() == 0
    assert perform(submission, "lapse", office.korektor).status == Status.LAPSED


def test_the_system_does_nothing_else_by_itself(office):
    submission = factories.filed(office, steps=2)
    for action in ("declare_in_order", "return"):
        with pytest.raises(Forbidden):
            perform(submission, action, None)
    with pytest.raises(Forbidden):
        perform(submission, "withdraw", None, reason="x")


def test_the_timeline_says_that_the_system_closed_it(client, office):
    submission = lapsed(office)
    client.force_login(office.korektor)
    page = client.get(reverse("psk_desk:desk", args=[submission.pk]) + "?bagian=riwayat").content.decode()
    assert "· sistem" in page and "Akun sudah tidak ada" not in page


# Applying again


@pytest.mark.parametrize("how", ["lapsed", "withdrawn", "rejected"])
def test_a_closed_application_begins_a_draft_with_its_answers_and_files(client, office, how):
    old = closed(office, how)
    client.force_login(old.applicant)
    assert "Ajukan kembali" in client.get(old.get_absolute_url()).content.decode()
    stored = StoredFile.objects.count()
    answer = client.post(reverse("psk:submission_again", args=[old.number]), follow=True)
    page = answer.content.decode()
    draft = Submission.objects.get(status=Status.DRAFT)
    assert draft.follows == old and old.number in page
    given = {code: value for code, value in factories.ANSWERS.items() if value}
    assert {code: draft.data[code] for code in given} == given
    assert {(d.code, d.pending_id) for d in draft.documents.all()} == {(d.code, d.file_id) for d in old.documents.all()}
    assert StoredFile.objects.count() == stored, "nothing is uploaded again"
    assert draft.workspace["left_out"] == []
    assert perform(draft, "file", old.applicant).status == Status.IN_REVIEW, "complete as it is"


def test_pressed_twice_there_is_one_draft(client, office):
    old = lapsed(office)
    client.force_login(old.applicant)
    for _press in range(2):
        client.post(reverse("psk:submission_again", args=[old.number]))
    draft = Submission.objects.get(status=Status.DRAFT)
    assert draft.documents.count() == old.documents.count()
    page = client.get(old.get_absolute_url()).content.decode()
    assert "Lanjutkan draf" in page and reverse("psk:submission_again", args=[old.number]) not in page


def test_a_draft_begun_otherwise_is_shown_and_left_as_it_is(office):
    old = lapsed(office)
    draft, _new = drafts.open_draft(old.service, old.company, old.applicant)
    drafts.keep_answers(draft, old.applicant, {"judul": "Judul saya"})
    begun = again.apply_again(old, old.applicant)
    assert not begun.is_new and begun.draft == draft
    draft.refresh_from_db()
    assert draft.data["judul"] == "Judul saya" and draft.follows is None and not draft.documents.exists()


def test_both_applications_and_the_desk_lead_to_each_other_with_the_old_findings(client, office):
    old = lapsed(office)
    draft = again.apply_again(old, old.applicant).draft
    new = perform(draft, "file", old.applicant)
    client.force_login(old.applicant)
    assert new.number in client.get(old.get_absolute_url()).content.decode()
    assert old.number in client.get(new.get_absolute_url()).content.decode()
    with pytest.raises(Impossible, match=new.number):
        again.apply_again(old, old.applicant)
    client.force_login(office.korektor)
    desk = client.get(reverse("psk_desk:desk", args=[new.pk])).content.decode()
    assert "1 temuan pada permohonan yang ditutup" in desk and "Cuti tahunan 10 hari." in desk
    assert new.number in client.get(reverse("psk_desk:desk", args=[old.pk])).content.decode()


def test_what_no_longer_fits_is_left_out_and_named(client, office):
    old = lapsed(office)
    service = Service.objects.get(pk=old.service_id)
    service.fields.filter(code="jabatan").delete()
    service.fields.filter(code="upah-terendah").update(kind="yes_no", role="")
    service.documents.filter(code="surat-permohonan").delete()
    text = service.documents.get(code="naskah-pp")
    text.allowed_types = ["docx"]
    text.save()
    begun = again.apply_again(old, old.applicant)
    titles = {row["code"]: row["title"] for row in old.definition["documents"]}
    labels = {row["code"]: row["label"] for row in old.definition["fields"]}
    wanted = {labels["jabatan"], labels["upah-terendah"], titles["naskah-pp"]}
    if "surat-permohonan" in titles:
        wanted.add(titles["surat-permohonan"])
    assert set(begun.left_out) == wanted
    assert "upah-terendah" not in begun.draft.data and begun.draft.data["judul"] == old.data["judul"]
    assert not begun.draft.documents.filter(code="naskah-pp").exists()
    client.force_login(old.applicant)
    page = client.get(begun.draft.get_absolute_url(), follow=True).content.decode()
    assert all(title in page for title in wanted)


def test_what_was_prepared_for_the_repair_and_never_sent_comes_along(office):
    submission = returned(office)
    drafts.attach(submission, submission.applicant, "naskah-pp", factories.upload("diperbaiki.pdf"))
    long_ago(submission)
    lapse_overdue()
    draft = again.apply_again(submission, submission.applicant).draft
    assert draft.documents.get(code="naskah-pp").pending_name == "diperbaiki.pdf"


def test_a_running_or_finished_application_is_not_begun_again(office):
    for steps in (2, 6):
        submission = factories.filed(office, steps=steps)
        with pytest.raises(Impossible):
            again.apply_again(submission, submission.applicant)
    assert not Submission.objects.filter(status=Status.DRAFT).exists()


def test_people_of_other_companies_and_of_the_office_begin_nothing(office):
    old = lapsed(office)
    for person in (office.korektor, factories.member_of(factories.CompanyFactory())):
        with pytest.raises(Forbidden):
            again.apply_again(old, person)


def test_a_closed_service_says_so_and_nothing_is_begun(client, office):
    old = lapsed(office)
    Service.objects.filter(pk=old.service_id).update(is_published=False)
    client.force_login(old.applicant)
    page = client.post(reverse("psk:submission_again", args=[old.number]), follow=True).content.decode()
    assert "tidak menerima permohonan" in page
    assert not Submission.objects.filter(status=Status.DRAFT).exists()


@pytest.mark.django_db(transaction=True)
def test_two_presses_in_the_same_moment_leave_one_filled_draft():
    old = lapsed(factories.Office())
    begun = at_once(*[lambda: again.apply_again(old, old.applicant)] * 2)
    assert sorted(one.is_new for one in begun) == [False, True]
    draft = Submission.objects.get(status=Status.DRAFT)
    assert draft.follows == old and draft.documents.count() == old.documents.count()
