"""The daily overview: who gets it, when, once, and what stands in it."""

import datetime as dt
import io
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.checks import Warning as CheckWarning
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from psk_plugin import roles
from psk_plugin.laws.models import LegalSource
from psk_plugin.office.models import Absence
from psk_plugin.outreach import digest
from psk_plugin.outreach.digest_models import Digest, DigestChoice, Rhythm
from psk_plugin.outreach.models import MAX_ATTEMPTS, Mail
from psk_plugin.outreach.tasks import send_daily_digests
from psk_plugin.review import handling, verbs
from psk_plugin.submissions.models import Submission
from psk_plugin.talk import verbs as talk

from .. import factories
from ..review.test_at_once import at_once

#: A Wednesday and a Sunday without holidays.
WEDNESDAY, SUNDAY = dt.date(2026, 11, 18), dt.date(2026, 11, 22)


@pytest.fixture
def submission(office) -> Submission:
    assert office.korektor.pk, "whose desk it is"
    return factories.filed(office, steps=2)


def text_for(person, day: dt.date = WEDNESDAY) -> str:
    digest.send_digests(day)
    row = Mail.objects.filter(code="digest", user=person).first()
    return row.text if row else ""


def due(submission: Submission, day: dt.date) -> None:
    Submission.objects.filter(pk=submission.pk).update(due_on=day)


@pytest.mark.django_db
def test_a_reviewer_reads_what_is_late_what_is_near_and_what_else_waits(office, submission):
    near, calm = factories.filed(office, steps=2), factories.filed(office, steps=2)
    due(submission, WEDNESDAY - dt.timedelta(days=7))
    due(near, WEDNESDAY + dt.timedelta(days=1))
    due(calm, WEDNESDAY + dt.timedelta(days=30))
    text = text_for(office.korektor)
    assert "Terlambat: 1" in text and "Jatuh tempo dalam dua hari kerja: 1" in text
    assert text.index(submission.number) < text.index(near.number) < text.index(calm.number)
    assert reverse("psk_desk:desk", args=[submission.pk]) in text
    assert reverse("wagtailadmin_account") in text, "how to stop it stands in it"
    assert submission.applicant.email not in text


@pytest.mark.django_db
def test_what_a_colleague_has_in_hand_is_not_told_to_others(office, submission):
    second = factories.staff("korektor")
    handling.take(submission, second)
    assert submission.number not in text_for(office.korektor)
    assert submission.number in Mail.objects.get(code="digest", user=second).text


@pytest.mark.django_db
def test_mentions_and_messages_are_told_without_their_words(office, submission):
    verbs.add_note(submission, office.verifikator, "Rahasia Pasal 12.", [office.korektor.pk])
    talk.write(submission, submission.applicant, "Upah Ibu Sari.", by_company=True)
    text = text_for(office.korektor)
    assert "1 catatan menyebut Anda" in text and "1 pesan baru" in text
    assert "Rahasia" not in text and "Sari" not in text


@pytest.mark.django_db
def test_run_twice_in_a_day_it_is_one_mail_and_the_next_day_another(office, submission):
    sent = Mail.objects.filter(code="digest", user=office.korektor)
    assert digest.send_digests(WEDNESDAY) >= 1
    assert sent.count() == 1
    assert digest.send_digests(WEDNESDAY) == 0
    send_daily_digests.call() if hasattr(send_daily_digests, "call") else send_daily_digests.func()
    digest.send_digests(WEDNESDAY + dt.timedelta(days=1))
    assert sent.filter(key__contains="2026-11-18").count() == 1
    assert sent.filter(key__contains="2026-11-19").count() == 1


@pytest.mark.django_db
def test_without_anything_to_tell_there_is_no_mail(office):
    assert text_for(office.korektor) == ""
    assert Digest.objects.get(person=office.korektor, day=WEDNESDAY).mail is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rhythm", "day", "is_sent"),
    [
        (None, WEDNESDAY, True),
        (None, SUNDAY, False),
        (Rhythm.WORKING_DAYS, SUNDAY, False),
        (Rhythm.EVERY_DAY, SUNDAY, True),
        (Rhythm.EVERY_DAY, WEDNESDAY, True),
        (Rhythm.NEVER, WEDNESDAY, False),
    ],
)
def test_each_person_chooses_when(office, submission, rhythm, day, is_sent):
    if rhythm:
        DigestChoice.objects.create(user=office.korektor, rhythm=rhythm)
    assert bool(text_for(office.korektor, day)) == is_sent


@pytest.mark.django_db
def test_mentions_can_be_left_out(office, submission):
    DigestChoice.objects.create(user=office.kasi, with_mentions=False)
    verbs.add_note(submission, office.korektor, "Lihat.", [office.kasi.pk])
    assert text_for(office.kasi) == ""


@pytest.mark.django_db
def test_who_is_away_inactive_or_of_a_company_gets_none(office, submission):
    Absence.objects.create(person=office.korektor, valid_from=WEDNESDAY, valid_until=WEDNESDAY)
    gone = factories.staff("korektor", is_active=False)
    digest.send_digests(WEDNESDAY)
    people = set(Mail.objects.filter(code="digest").values_list("user", flat=True))
    assert not people & {office.korektor.pk, gone.pk, submission.applicant.pk}


@pytest.mark.django_db
def test_the_administrator_reads_what_failed_what_is_wrong_which_law_ends_and_which_year_lacks(
    db, settings, monkeypatch
):
    admin = factories.of_group(roles.ADMINISTRATOR)
    assert text_for(admin) == ""
    submission = factories.filed(steps=0)
    Mail.objects.filter(submission=submission).update(state="failed", attempts=MAX_ATTEMPTS)
    LegalSource.objects.create(
        **{"code": "permen-uji", "kind": "permen", "number": "9", "year": 2026, "title": "Uji"},
        short_name="Permen 9/2026",
        in_force_until=WEDNESDAY + dt.timedelta(days=30),
    )
    settings.PSK_LAST_HOLIDAY_YEAR = WEDNESDAY.year
    wrong = CheckWarning("A line is missing.", id="psk_plugin.W099")
    with patch("psk_plugin.outreach.watch.checks.run_checks", return_value=[wrong]):
        text = text_for(admin, WEDNESDAY + dt.timedelta(days=1))
    assert "1 surel sudah terlalu sering gagal" in text
    assert "psk_plugin.W099" in text and "A line is missing" not in text
    assert "Permen 9/2026: berlaku sampai 18 Desember 2026" in text
    assert "SKB 3 Menteri" in text


@pytest.mark.django_db
def test_one_persons_trouble_keeps_nobody_else_from_theirs(office, submission, monkeypatch):
    second = factories.staff("korektor")
    compose = digest.compose

    def fails(person, *rest):
        if person.pk == office.korektor.pk:
            raise RuntimeError("rusak")
        return compose(person, *rest)

    monkeypatch.setattr(digest, "compose", fails)
    digest.send_digests(WEDNESDAY)
    assert Mail.objects.filter(code="digest", user=second).exists()
    assert not Digest.objects.filter(person=office.korektor).exists(), "tried again with the next run"


@pytest.mark.django_db
def test_queries_per_person_do_not_grow_with_applications(
    office, submission, monkeypatch, django_assert_max_num_queries
):
    # Each new application of these tests brings new people; here one person's queries are counted.
    person = office.korektor
    monkeypatch.setattr(digest, "readers", lambda: type(person).objects.filter(pk=person.pk))

    def count(day: dt.date) -> int:
        with django_assert_max_num_queries(300) as counted:
            digest.send_digests(day)
        return len(counted)

    talk.write(submission, submission.applicant, "Satu.", by_company=True)
    digest.send_digests(WEDNESDAY)
    before = count(WEDNESDAY + dt.timedelta(days=1))
    for _number in range(3):
        more = factories.filed(office, steps=2)
        talk.write(more, more.applicant, "Dua.", by_company=True)
    assert count(WEDNESDAY + dt.timedelta(days=2)) == before


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "is_sent"), [(5, False), (6, True), (23, True)])
def test_catching_up_sends_overviews_from_the_morning_on(office, submission, hour, is_sent):
    moment = timezone.make_aware(dt.datetime(2026, 11, 18, hour, 30))
    DigestChoice.objects.create(user=office.korektor, rhythm=Rhythm.EVERY_DAY)
    with patch("psk_plugin.outreach.digest.timezone.localtime", return_value=moment):
        call_command("psk_catch_up", stdout=io.StringIO())
    assert Mail.objects.filter(code="digest", user=office.korektor).exists() == is_sent


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_one_mail_each_person(office):
    assert office.korektor.pk
    factories.filed(office, steps=2)
    mail.outbox.clear()
    at_once(lambda: digest.send_digests(WEDNESDAY), lambda: digest.send_digests(WEDNESDAY))
    assert Mail.objects.filter(code="digest", user=office.korektor).count() == 1
    assert Digest.objects.filter(person=office.korektor).count() == 1


# The choice


@pytest.mark.django_db
def test_the_choice_is_made_on_the_account_page(client, office):
    client.force_login(office.korektor)
    url = reverse("wagtailadmin_account")
    page = client.get(url).content.decode()
    assert "Ringkasan harian PSK" in page and "Tidak pernah" in page
    kept = {
        "name_email-first_name": "Kor",
        "name_email-last_name": "Rektor",
        "name_email-email": office.korektor.email,
        "locale-current_time_zone": "Asia/Jakarta",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    client.post(url, kept | {"psk_digest-rhythm": "tidak"})
    choice = DigestChoice.objects.get(user=office.korektor)
    assert (choice.rhythm, choice.with_mentions) == (Rhythm.NEVER, False)
    client.post(url, kept)
    assert DigestChoice.objects.get(user=office.korektor).rhythm == Rhythm.NEVER, "a form without it changes nothing"
    answer = client.post(url, kept | {"psk_digest-rhythm": "kadang"})
    assert "Pilih salah satu dari ketiganya." in answer.content.decode()
