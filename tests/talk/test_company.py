"""The company's side of the conversation: writing, reading, files, and everything that goes wrong."""

import re
import uuid

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from psk_plugin.outreach.models import Mail
from psk_plugin.records.models import FileReading
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission
from psk_plugin.talk import verbs
from psk_plugin.talk.models import Message, Written

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_brake_from_before():
    cache.clear()


@pytest.fixture
def submission(office) -> Submission:
    return factories.filed(office, steps=2)


def thread_url(submission: Submission) -> str:
    return reverse("psk:submission_messages", args=[submission.number])


def office_says(submission, office, text="Mohon lampirkan denah.") -> Message:
    return verbs.write(submission, office.korektor, text, by_company=False)


def sentences(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_a_company_asks_and_the_office_has_it_without_any_change_of_state(client, submission):
    before = Submission.objects.values("status", "stage", "revision", "due_on", "updated_at").get(pk=submission.pk)
    client.force_login(submission.applicant)
    assert f'action="{thread_url(submission)}"' in sentences(client.get(submission.get_absolute_url()))

    answer = client.post(thread_url(submission), {"text": "Apakah denah perlu dilampirkan?"}, follow=True)

    assert "Pesan Anda sudah diterima dinas." in sentences(answer)
    assert "Apakah denah perlu dilampirkan?" in sentences(answer)
    submission.refresh_from_db()
    assert Submission.objects.values(*before).get(pk=submission.pk) == before
    assert submission.thread.unread_by_office == 1
    event = submission.events.get(action="message_company")
    assert event.is_by_company and not event.is_decision and not event.reason, "the words stay in the conversation"
    assert not Mail.objects.filter(code="message").exists(), "staff get no mail per message"


def test_an_answer_is_counted_until_it_is_read_by_each_person_for_herself(client, office, submission):
    colleague = factories.member_of(submission.company)
    office_says(submission, office)
    office_says(submission, office, "Denah lantai dua saja.")
    lists, detail = reverse("psk:submission_list"), submission.get_absolute_url()
    for person in (submission.applicant, colleague):
        client.force_login(person)
        assert "2 pesan baru" in sentences(client.get(lists))
        assert "2 pesan baru" in sentences(client.get(detail)), "seeing the application is not reading"
        assert "Mohon lampirkan denah." in sentences(client.get(thread_url(submission)))
        assert "pesan baru" not in sentences(client.get(lists))
        assert "pesan baru" not in sentences(client.get(detail))


def test_the_mail_of_an_answer_leads_to_it_and_carries_none_of_its_words(
    office, submission, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        office_says(submission, office, "Upah Ibu Sari salah ketik.")
    (sent,) = mail.outbox
    assert sent.to == [submission.applicant.email]
    assert submission.number in sent.subject
    assert thread_url(submission) in sent.body
    assert "Sari" not in sent.body + str(sent.alternatives)


def test_a_file_comes_with_the_message_and_only_the_parties_open_it(client, office, submission):
    client.force_login(submission.applicant)
    client.post(thread_url(submission), {"text": "Terlampir.", "file": factories.upload("denah lantai.pdf")})
    message = submission.messages.get()
    assert message.file_name == "denah lantai.pdf"
    own = reverse("psk:submission_message_file", args=[submission.number, message.pk])
    desk = reverse("psk_desk:message_file", args=[submission.pk, message.pk])
    assert client.get(own).status_code == 200
    client.force_login(office.korektor)
    answer = client.get(desk)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert FileReading.objects.filter(user=office.korektor, part=f"pesan-{message.pk}").exists()
    client.force_login(factories.member_of(factories.CompanyFactory()))
    assert client.get(own).status_code == 404
    other = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    assert client.get(reverse("psk_desk:message_file", args=[other.pk, message.pk])).status_code == 404


@pytest.mark.parametrize(
    ("text", "file", "words"),
    [
        ("", None, "Tulis pesannya terlebih dahulu."),
        ("   \n ", None, "Tulis pesannya terlebih dahulu."),
        ("x" * 20_000, None, "paling banyak 5000 karakter"),
        ("Nol \x00 di sini", None, "null"),
        ("Ini programnya", ("a.pdf", b"MZ\x90\x00 not a pdf"), "Isi berkas ini bukan"),
        ("Ini berkasnya", ("kosong.pdf", b""), "kosong"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_the_words_stay(client, submission, text, file, words):
    client.force_login(submission.applicant)
    data = {"text": text, "key": "bukan-uuid", "kept": "bukan:tanda"}
    if file:
        data["file"] = SimpleUploadedFile(*file)
    answer = client.post(thread_url(submission), data)
    assert answer.status_code == 422
    page = sentences(answer)
    assert words in page
    assert "Pesan belum terkirim" in page
    if text.strip() and "\x00" not in text:
        assert text in page
    assert not submission.messages.exists()


def test_a_file_that_was_accepted_needs_no_choosing_again(client, submission):
    client.force_login(submission.applicant)
    refused = client.post(thread_url(submission), {"text": "", "file": factories.upload("denah.pdf")})
    kept = re.search(r'name="kept" value="([^"]+)"', refused.content.decode())[1]
    client.post(thread_url(submission), {"text": "Terlampir denah.", "kept": kept})
    assert submission.messages.get().file_name == "denah.pdf"

    other = factories.filed(steps=2)
    client.force_login(other.applicant)
    client.post(thread_url(other), {"text": "Berkas orang lain.", "kept": kept})
    assert other.messages.get().file is None, "another's kept file is of no use"


def test_pressing_twice_sends_once(client, submission):
    client.force_login(submission.applicant)
    data = {"text": "Sekali saja.", "key": str(uuid.uuid4())}
    for _press in range(2):
        assert client.post(thread_url(submission), data).status_code == 302
    assert submission.messages.count() == 1
    assert submission.events.filter(action="message_company").count() == 1


def test_words_typed_after_the_session_ended_are_there_after_signing_in(client, submission):
    answer = client.post(thread_url(submission), {"text": "Ditulis lama sekali."})
    assert answer.status_code == 302 and "login" in answer["Location"]
    client.force_login(submission.applicant)
    assert "Ditulis lama sekali." in sentences(client.get(thread_url(submission)))
    assert not submission.messages.exists()


def test_a_flood_is_braked_and_the_words_stay(client, submission):
    client.force_login(submission.applicant)
    for number in range(20):
        assert client.post(thread_url(submission), {"text": f"Pesan {number}"}).status_code == 302
    answer = client.post(thread_url(submission), {"text": "Pesan terakhir"})
    assert answer.status_code == 429
    assert "Terlalu banyak pesan" in sentences(answer) and "Pesan terakhir" in sentences(answer)
    assert submission.messages.count() == 20


def test_from_many_addresses_a_company_still_has_an_end_a_day(client, submission):
    for number in range(verbs.MOST_A_DAY):
        verbs.write(submission, submission.applicant, f"Pesan {number}", by_company=True)
    client.force_login(submission.applicant)
    answer = client.post(thread_url(submission), {"text": "Satu lagi"})
    assert answer.status_code == 409
    assert "lanjutkan besok" in sentences(answer)


def test_a_closed_application_can_be_read_and_says_how_to_reach_the_office(client, office, submission):
    office_says(submission, office)
    perform(submission, "withdraw", submission.applicant, reason="Batal.")
    client.force_login(submission.applicant)
    page = sentences(client.get(thread_url(submission)))
    assert "Mohon lampirkan denah." in page
    assert "Permohonan ini sudah ditutup." in page and "Untuk menghubungi dinas:" in page
    assert "<textarea" not in page
    assert client.post(thread_url(submission), {"text": "Masih bisa?"}).status_code == 409
    assert submission.messages.count() == 1


@pytest.mark.parametrize("odd", ["abc", "-1", "0", "99999999999999999999", "%00"])
def test_odd_page_numbers_show_a_page(client, submission, odd):
    client.force_login(submission.applicant)
    assert client.get(f"{thread_url(submission)}?hal={odd}").status_code == 200


def test_what_is_written_stays_written(office, submission):
    message = office_says(submission, office)
    message.text = "Lain."
    for change in (
        message.save,
        message.delete,
        lambda: Message.objects.filter(pk=message.pk).update(text="Lain."),
        lambda: Message.objects.filter(pk=message.pk).delete(),
    ):
        with pytest.raises(Written):
            change()
    assert Message.objects.get(pk=message.pk).text == "Mohon lampirkan denah."


def test_lists_and_conversation_ask_the_same_number_of_queries_for_more_rows(
    client, office, submission, django_assert_max_num_queries
):
    person = submission.applicant
    client.force_login(person)

    def count(url: str) -> int:
        client.get(url)
        with django_assert_max_num_queries(200) as counted:
            client.get(url)
        return len(counted)

    urls = (reverse("psk:submission_list"), thread_url(submission))
    for number in range(2):
        office_says(submission, office, f"Pesan {number}")
    before = [count(url) for url in urls]
    for number in range(4):
        office_says(submission, office, f"Lagi {number}")
        verbs.write(submission, person, f"Jawab {number}", by_company=True)
    other = factories.filed(office, steps=1, company=submission.company, user=person)
    office_says(other, office)
    assert [count(url) for url in urls] == before
