"""The letters: numbered without gaps, made once, mailed once, whatever happens to the worker."""

import io
from unittest import mock

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from pypdf import PdfReader

from psk_plugin.campaigns import sending, tasks
from psk_plugin.campaigns.drawing import Press
from psk_plugin.campaigns.models import Addressee, Campaign
from psk_plugin.campaigns.wording import check_words
from psk_plugin.companies.models import Company
from psk_plugin.outreach.models import Mail
from psk_plugin.pdf import PdfError
from psk_plugin.records import intake
from psk_plugin.records.series import next_in_series

from .. import factories
from ..meetings import making as meetings
from . import making

pytestmark = pytest.mark.django_db


def words_of(stored) -> str:
    with intake.storage().open(stored.path, "rb") as handle:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(handle.read())).pages)


def pages_of(stored) -> int:
    with intake.storage().open(stored.path, "rb") as handle:
        return len(PdfReader(io.BytesIO(handle.read())).pages)


def sent(count: int = 3, *, work: bool = True, **values) -> Campaign:
    making.companies(count)
    row = making.send(making.campaign(**values))
    if work:
        tasks.work_on(row.pk)
    row.refresh_from_db()
    return row


def campaign_mails():
    return Mail.objects.filter(code="campaign")


def test_each_company_gets_its_letter():
    row = sent()
    assert row.state == Campaign.State.SENT
    for addressee in row.addressees.all():
        words = words_of(addressee.file)
        assert addressee.number in words
        assert f"Yth. Pimpinan {addressee.name}" in words
        assert f"{addressee.name} di Bekasi Selatan belum pernah mengajukan PP atau PKB." in " ".join(words.split())
        assert "http://testserver/" in words


def test_the_numbers_are_consecutive_over_campaigns_and_whoever_else_takes_one():
    first = sent(3, work=False)
    other = next_in_series(sending.SERIES, timezone.localdate().year)
    second = making.send(making.campaign())
    numbers = [
        *first.addressees.values_list("sequence", flat=True),
        other,
        *second.addressees.values_list("sequence", flat=True),
    ]
    assert numbers == list(range(numbers[0], numbers[0] + 7))


def test_a_sending_that_fails_gives_its_numbers_back():
    making.companies(2)
    row = making.campaign()
    with mock.patch.object(Addressee.objects, "bulk_create", side_effect=RuntimeError), pytest.raises(RuntimeError):
        making.send(row)
    assert list(making.send(row).addressees.values_list("sequence", flat=True)) == [1, 2]


def test_mail_goes_to_whoever_has_an_address_and_paper_to_the_others():
    with_people, with_own, without = making.companies(3)
    Company.objects.filter(pk__in=[with_people.pk, without.pk]).update(email="")
    factories.member_of(with_people)
    row = making.send(making.campaign())
    tasks.work_on(row.pk)
    assert dict(row.addressees.values_list("company", "mails")) == {with_people.pk: 1, with_own.pk: 1, without.pk: 0}
    assert campaign_mails().count() == 2
    row.refresh_from_db()
    assert pages_of(row.print_file) == 3
    paper = words_of(row.paper_file)
    assert without.name in paper
    assert with_own.name not in paper


def test_the_mail_has_the_words_and_the_letter():
    (company,) = making.companies(1)
    row = making.send(making.campaign())
    tasks.work_on(row.pk)
    written = campaign_mails().get()
    assert (written.recipient, written.subject) == (company.email, "Kewajiban memiliki PP")
    assert f"{company.name} di Bekasi Selatan belum pernah mengajukan PP atau PKB." in written.text
    attachment = written.attachments.get()
    assert attachment.file == row.addressees.get().file
    assert attachment.name.endswith(".pdf")


def test_without_mails_everything_is_paper():
    row = sent(2, sends_mail=False)
    assert not campaign_mails().exists()
    assert row.print_file == row.paper_file


def test_a_worker_that_is_stopped_in_between_loses_and_doubles_nothing():
    row = sent(4, work=False)
    real, count = tasks.enter, []

    def die_at_the_third(press, addressee, stored):
        count.append(addressee.pk)
        if len(count) == 3:
            raise KeyboardInterrupt
        return real(press, addressee, stored)

    with mock.patch.object(tasks, "enter", die_at_the_third), pytest.raises(KeyboardInterrupt):
        tasks.work_on(row.pk)
    assert row.addressees.filter(file__isnull=False).count() == campaign_mails().count() == 2
    assert Campaign.objects.get(pk=row.pk).state == Campaign.State.SENDING
    tasks.catch_up()
    row.refresh_from_db()
    assert row.state == Campaign.State.SENT
    assert campaign_mails().count() == 4
    assert campaign_mails().values("recipient").distinct().count() == 4
    assert pages_of(row.print_file) == 4


def test_a_worker_killed_without_a_word_is_followed_after_its_time():
    row = sent(2, work=False)
    Campaign.objects.filter(pk=row.pk).update(busy_until=timezone.now() + tasks.LEASE)
    assert tasks.catch_up() == 0
    tasks.work_on(row.pk)
    assert not campaign_mails().exists()
    Campaign.objects.filter(pk=row.pk).update(busy_until=timezone.now() - tasks.LEASE)
    assert tasks.catch_up() == 1
    assert campaign_mails().count() == 2


def test_two_workers_at_the_same_letter_enter_it_once():
    row = sent(1, work=False)
    press, addressee = Press(row.content), row.addressees.pending().first()
    data = press.draw(addressee)
    stored = intake.keep(data, intake.Looked(intake.PDF, 1))
    assert tasks.enter(press, addressee, stored)
    assert not tasks.enter(press, addressee, stored)
    assert campaign_mails().count() == 1


def test_a_task_that_runs_twice_changes_nothing():
    row = sent(2)
    before = list(row.addressees.values_list("file", "mails"))
    tasks.make_letters.func(row.pk)
    tasks.make_letters.func(row.pk)
    assert list(row.addressees.values_list("file", "mails")) == before
    assert campaign_mails().count() == 2


def test_a_letter_that_cannot_be_made_holds_up_no_other_and_can_be_tried_again():
    row = sent(3, work=False)
    bad = row.addressees.order_by("sequence")[1]
    real = Press.draw

    def draw(press, addressee):
        if addressee.pk == bad.pk:
            raise PdfError("x")
        return real(press, addressee)

    with mock.patch.object(Press, "draw", draw):
        tasks.work_on(row.pk)
    row.refresh_from_db()
    assert row.state == Campaign.State.SENDING
    assert row.addressees.filter(file__isnull=False).count() == 2
    assert row.addressees.get(pk=bad.pk).problem == "PdfError"
    assert tasks.catch_up() == 0
    tasks.go_on(row)
    row.refresh_from_db()
    assert row.state == Campaign.State.SENT


def test_a_run_makes_way_after_its_time():
    row = sent(3, work=False)
    assert tasks.work_on(row.pk, seconds=-1)
    assert not row.addressees.filter(file__isnull=False).exists()
    assert Campaign.objects.get(pk=row.pk).busy_until is None


def test_the_letter_is_the_invitation_where_there_is_a_meeting():
    meeting = meetings.meeting(title="Sosialisasi PP")
    row = sent(1, meeting=meeting, text="Kami mengundang {perusahaan} ke {acara}, {waktu}, di {tempat}. {tautan}")
    words = " ".join(words_of(row.addressees.get().file).split())
    assert "Sosialisasi PP" in words
    assert meeting.place in words
    assert meeting.get_absolute_url() in words.replace(" ", "")
    assert meeting.get_absolute_url() in campaign_mails().get().text
    meeting.place = "Pindah"
    meeting.save()
    assert row.content["meeting"]["tempat"] == "Aula Dinas Tenaga Kerja"


@pytest.mark.parametrize(
    ("text", "with_meeting", "complaint"),
    [
        ("{perusahan}", False, "{perusahan}"),
        ("{company}", False, "{company}"),
        ("{jawaban.judul}", False, "{jawaban.judul}"),
        ("{", False, "urung kurawal"),
        ("{}", False, "{}"),
        ("{perusahaan.__class__}", False, "perusahaan.__class__"),
        ("{waktu}", False, "{waktu}"),
    ],
)
def test_a_wrong_word_in_braces_is_told(text, with_meeting, complaint):
    with pytest.raises(ValidationError) as problem:
        check_words(text, with_meeting=with_meeting)
    assert complaint in problem.value.messages[0]


def test_right_words_in_braces_pass():
    check_words(
        "{perusahaan} {alamat} {kelurahan} {kecamatan} {pekerja} {status} {nomor} {tanggal} {tautan}",
        with_meeting=False,
    )
    check_words("{acara} {waktu} {tempat}", with_meeting=True)


def test_a_name_with_markup_stays_words():
    making.companies(1, name="PT <b>Tebal</b> & Rekan {nomor}")
    row = making.send(making.campaign())
    tasks.work_on(row.pk)
    assert "PT <b>Tebal</b> & Rekan {nomor}" in " ".join(words_of(row.addressees.get().file).split())


def test_a_company_without_an_address_gets_a_letter_all_the_same():
    making.companies(1, address="")
    row = making.send(making.campaign())
    tasks.work_on(row.pk)
    assert row.addressees.get().file is not None


def test_a_sent_mail_carries_the_letter(django_capture_on_commit_callbacks):
    making.companies(1)
    with django_capture_on_commit_callbacks(execute=True):
        making.send(making.campaign())
    from psk_plugin.outreach import outbox

    outbox.catch_up()
    assert next(name for name, _data, _type in mail.outbox[0].attachments).startswith("Surat ")
