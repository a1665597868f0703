"""The office's side: answering from the desk, notes that name colleagues, and what the first page tells."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from psk_plugin.office.models import Absence
from psk_plugin.review import handling
from psk_plugin.review.talking import colleagues
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission
from psk_plugin.talk import verbs
from psk_plugin.talk.models import Mention

from .. import factories
from ..review.test_at_once import at_once


@pytest.fixture(autouse=True)
def no_brake_from_before():
    cache.clear()


@pytest.fixture
def submission(office) -> Submission:
    return factories.filed(office, steps=2)


def company_says(submission, text="Apakah denah perlu?"):
    return verbs.write(submission, submission.applicant, text, by_company=True)


def sees(client, user, url: str) -> str:
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def desk(submission, section: str) -> str:
    return reverse("psk_desk:desk", args=[submission.pk]) + f"?bagian={section}"


INBOX = "/admin/psk/kotak-masuk/"


@pytest.mark.django_db
def test_an_unread_message_stands_in_inbox_desk_and_first_page_until_the_desk_reads_it(client, office, submission):
    company_says(submission)
    company_says(submission, "Denah lantai dua?")
    places = (INBOX, "/admin/", desk(submission, "periksa"))
    words = ("2 pesan baru", "2 pesan belum dibaca", "Pesan (2 baru)")
    for place, sentence in zip(places, words, strict=True):
        assert sentence in sees(client, office.korektor, place)

    kabid = sees(client, office.kabid, desk(submission, "pesan"))
    assert "Apakah denah perlu?" in kabid
    assert words[0] in sees(client, office.korektor, INBOX), "whose desk it is not does not read it for the desk"

    opened = sees(client, office.korektor, desk(submission, "pesan"))
    assert opened.count(">baru<") == 2, "what is new is shown as new once"
    assert "pesan belum dijawab" in sees(client, office.korektor, INBOX)
    assert "pesan belum dibaca" not in sees(client, office.korektor, "/admin/")
    client.post(reverse("psk_desk:message_add", args=[submission.pk]), {"text": "Tidak perlu."})
    assert "pesan belum dijawab" not in sees(client, office.korektor, INBOX)


@pytest.mark.django_db
def test_the_first_page_leads_to_exactly_the_unread_ones(client, office, submission):
    other = factories.filed(office, steps=2)
    company_says(submission)
    page = sees(client, office.korektor, "/admin/")
    link = re.search(r'href="([^"]*pesan=saya)"', page)[1]
    found = sees(client, office.korektor, link)
    assert submission.number in found and other.number not in found


@pytest.mark.django_db
def test_what_a_colleague_has_in_hand_is_the_colleagues_unless_away(client, office, submission):
    second = factories.staff("korektor")
    handling.take(submission, office.korektor)
    company_says(submission)
    assert "pesan belum dibaca" in sees(client, office.korektor, "/admin/")
    assert "pesan belum dibaca" not in sees(client, second, "/admin/")
    today = timezone.localdate()
    Absence.objects.create(person=office.korektor, valid_from=today, valid_until=today + dt.timedelta(days=1))
    assert "1 pesan belum dibaca" in sees(client, second, "/admin/")


@pytest.mark.django_db
def test_a_returned_application_still_tells_its_desk(client, office, submission):
    factories.finding(submission, office.korektor)
    returned = perform(submission, "return", office.korektor)
    company_says(returned)
    assert "1 pesan belum dibaca" in sees(client, office.korektor, "/admin/")


@pytest.mark.django_db
def test_notes_and_messages_have_separate_places_addresses_and_buttons(client, office, submission):
    messages = sees(client, office.korektor, desk(submission, "pesan"))
    notes = sees(client, office.korektor, desk(submission, "catatan"))
    company = submission.company.name
    assert f"Kirim kepada {company}" in messages
    assert f"Semua yang ditulis di sini dibaca oleh {company}." in messages
    assert reverse("psk_desk:note_add", args=[submission.pk]) not in messages
    assert reverse("psk_desk:message_add", args=[submission.pk]) not in notes
    client.post(reverse("psk_desk:note_add", args=[submission.pk]), {"text": "Rahasia rekan."})
    client.force_login(submission.applicant)
    for url in (submission.get_absolute_url(), reverse("psk:submission_messages", args=[submission.number])):
        assert "Rahasia rekan." not in client.get(url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "x" * 20_000, "nol\x00"])
def test_a_refused_message_keeps_its_words_on_the_desk(client, office, submission, text):
    client.force_login(office.korektor)
    answer = client.post(reverse("psk_desk:message_add", args=[submission.pk]), {"text": text})
    assert answer.status_code == 409
    assert "Pesan belum terkirim." in answer.content.decode()
    assert not submission.messages.exists()


@pytest.mark.django_db
def test_nobody_writes_for_the_office_to_the_own_company(client, office, submission):
    factories.Membership.objects.create(company=submission.company, user=office.korektor)
    client.force_login(office.korektor)
    answer = client.post(reverse("psk_desk:message_add", args=[submission.pk]), {"text": "Halo saya sendiri."})
    assert answer.status_code == 403
    assert "rekan lain yang harus menulis" in answer.content.decode()


@pytest.mark.django_db
def test_a_closed_application_takes_no_message_of_the_office(client, office, submission):
    perform(submission, "withdraw", submission.applicant, reason="Batal.")
    client.force_login(office.korektor)
    answer = client.post(reverse("psk_desk:message_add", args=[submission.pk]), {"text": "Masih?"})
    assert answer.status_code == 409
    assert "sudah ditutup" in answer.content.decode()


@pytest.mark.django_db
def test_the_timeline_tells_of_messages_and_not_what_they_say(client, office, submission):
    company_says(submission, "Upah Ibu Sari.")
    verbs.write(submission, office.korektor, "Baik, Pak Budi.", by_company=False)
    page = sees(client, office.korektor, desk(submission, "riwayat"))
    assert "Pesan dari perusahaan" in page and "Pesan dinas kepada perusahaan" in page
    assert "Sari" not in page and "Budi" not in page


@pytest.mark.django_db
def test_what_comes_in_while_the_page_is_open_stays_unread(office, submission):
    company_says(submission)
    seen = submission.thread.unread_by_office
    company_says(submission, "Satu lagi.")
    verbs.read_by_office(submission, seen)
    submission.thread.refresh_from_db()
    assert submission.thread.unread_by_office == 2
    first = verbs.write(submission, office.korektor, "Satu", by_company=False)
    verbs.write(submission, office.korektor, "Dua", by_company=False)
    verbs.read_by_company(submission, submission.applicant, first.pk)
    assert verbs.unread_of([submission], submission.applicant) == {submission.pk: 1}


# Colleagues named in notes


@pytest.mark.django_db
def test_a_named_colleague_sees_the_note_on_the_first_page_until_it_is_read(client, office, submission):
    client.force_login(office.korektor)
    client.post(
        reverse("psk_desk:note_add", args=[submission.pk]),
        {"text": "Mohon pendapat tentang Pasal 12.", "mentions": [office.kasi.pk]},
    )
    assert "Mohon pendapat tentang Pasal 12." in sees(client, office.kasi, "/admin/")
    assert "Mohon pendapat" not in sees(client, office.kabid, "/admin/")
    assert "untuk Anda" in sees(client, office.kasi, desk(submission, "catatan"))
    assert "Mohon pendapat" not in sees(client, office.kasi, "/admin/")
    assert Mention.objects.get().read_at is not None


@pytest.mark.django_db
def test_only_colleagues_who_may_see_the_application_are_offered_and_accepted(client, office, submission):
    outsider, gone = factories.service_editor(), factories.staff("kasi", is_active=False)
    torn = factories.staff("kasi")
    factories.Membership.objects.create(company=submission.company, user=torn)
    offered = {pk for pk, _name in colleagues(submission, office.korektor)}
    assert office.kasi.pk in offered or office.verifikator.pk in offered
    assert not offered & {office.korektor.pk, outsider.pk, gone.pk, torn.pk, submission.applicant.pk}
    client.force_login(office.korektor)
    for odd in (outsider.pk, "abc", "9" * 30, "1\x00"):
        answer = client.post(
            reverse("psk_desk:note_add", args=[submission.pk]), {"text": "Lihat ini.", "mentions": [odd]}
        )
        assert answer.status_code == 409
        assert "Lihat ini." in answer.content.decode()
    assert not Mention.objects.exists() and not submission.notes.exists()


# Constant queries, two people at once


@pytest.mark.django_db
def test_inbox_desk_and_first_page_ask_no_more_for_more_messages(
    client, office, submission, django_assert_max_num_queries
):
    client.force_login(office.korektor)
    places = (INBOX, "/admin/", desk(submission, "pesan"), desk(submission, "catatan"))

    def fill(number: int) -> None:
        row = submission if number == 0 else factories.filed(office, steps=2)
        for each in (row, submission):
            company_says(each)
            note = submission.notes.create(author=office.kasi, text=f"Catatan {number}")
            Mention.objects.create(note=note, person=office.korektor)

    def count(url: str) -> int:
        company_says(submission)
        client.get(url)
        company_says(submission)
        with django_assert_max_num_queries(200) as counted:
            client.get(url)
        return len(counted)

    fill(0)
    fill(1)
    before = [count(place) for place in places[:3]]
    fill(2)
    fill(3)
    assert [count(place) for place in places[:3]] == before


@pytest.mark.django_db(transaction=True)
def test_both_sides_writing_at_once_lose_no_message_and_no_count(office):
    submission = factories.filed(office, steps=2)
    outcomes = at_once(
        lambda: company_says(submission, "Satu"),
        lambda: company_says(submission, "Dua"),
        lambda: company_says(submission, "Tiga"),
    )
    assert all(outcome is not None for outcome in outcomes)
    assert submission.messages.count() == 3
    submission.refresh_from_db()
    assert submission.thread.unread_by_office == 3
