"""What goes wrong in an office, each a test. Those that are not here stand beside what they are about:

- a scan, a page without words, a password, damage, each told: `test_redline_page`, `regulations.test_text`; from real
  files here
- 500 pages: here; two texts of 100 pages in two seconds: `regulations.test_redline`
- marks of direction: `regulations.test_outline.test_invisible_marks_and_odd_letters_are_plain`; in a Word file here
- two people at once: `test_at_once` (decisions, judgements), `test_handling` (taking); findings and notices here
- a colleague's change while I write: `test_findings`, `test_checklist`
- the corrector falls ill: `test_handling.test_the_corrector_who_falls_ill_leaves_the_drafts_to_who_takes_over`; with a
  checklist half done here
- a norm changed meanwhile: `norms.test_norms`; at the desk here
- a stage removed: `services.test_admin.test_stage_in_use_keeps_its_kind_but_may_be_switched_off`; to the end here
- the turn of the year: `ground.test_calendar`; numbers and clocks here
- the mail server down: `outreach.test_sending`; for a whole day here
"""

import datetime as dt
import io
import smtplib

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from psk_plugin.demo.samples.bad_files import bad_files
from psk_plugin.norms.loader import load_norms
from psk_plugin.norms.models import Norm
from psk_plugin.office.models import Absence
from psk_plugin.outreach.models import Mail
from psk_plugin.records import intake
from psk_plugin.regulations import comparing
from psk_plugin.regulations.reading import read_missing
from psk_plugin.review import checklist, handling, verbs
from psk_plugin.services.editions import current_edition
from psk_plugin.services.models import Service
from psk_plugin.submissions import clocks, drafts
from psk_plugin.submissions.errors import LifecycleError
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding, Submission, SubmissionDocument

from .. import factories
from .test_at_once import at_once
from .test_findings import WORDS
from .test_redline_page import NEW, OLD, page, pdf, plain, repaired

JAKARTA = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture
def clock(monkeypatch):
    """Sets the moment, by Jakarta's clock."""

    def set_moment(moment: dt.datetime | str) -> dt.datetime:
        moment = dt.datetime.fromisoformat(moment).replace(tzinfo=JAKARTA) if isinstance(moment, str) else moment
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return set_moment


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "words"), [("encrypted.pdf", "terkunci kata sandi"), ("truncated.pdf", "berkasnya rusak")]
)
def test_a_file_that_cannot_be_read_is_told_on_its_side_and_the_desk_stays_whole(office, client, tmp_path, name, words):
    """The intake lets neither in today; a file kept before it knew how, or damaged on the disk, is found here."""
    submission = repaired(office, pdf(OLD), pdf(NEW))
    data = bad_files(tmp_path)[name].read_bytes()
    bad = intake.keep(data, intake.Looked(intake.PDF, 1))
    SubmissionDocument.history.filter(submission_id=submission.pk, code="naskah-pp", version=2).update(file=bad)
    client.force_login(office.korektor)
    answer = page(client, submission)
    assert answer.status_code == 200
    assert words in plain(answer)
    assert client.get(reverse("psk_desk:desk", args=[submission.pk]) + "?bagian=daftar").status_code == 200


@pytest.mark.django_db
def test_five_hundred_pages_are_compared_after_the_page_and_found_when_it_is_opened_again(
    office, client, monkeypatch, settings
):
    settings.PSK_REDLINE_WORDS_AT_ONCE = 20_000
    old, new = (_book(500, change) for change in ("10 (sepuluh)", "12 (dua belas)"))
    submission = repaired(office, old, new)
    started = []
    monkeypatch.setattr(comparing, "after_commit", lambda task, *pks: started.append((task, pks)))
    client.force_login(office.korektor)
    assert "belum dibaca" in plain(page(client, submission))
    read_missing()
    assert "sedang dibandingkan" in plain(page(client, submission))
    for task, pks in started:
        task.call(*pks)
    assert "1 diubah, 499 tetap" in plain(page(client, submission))


def _book(pages: int, days: str) -> bytes:
    """A PDF of so many pages, an article on each."""
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, invariant=1)
    for number in range(1, pages + 1):
        words = f"Cuti tahunan selama {days} hari kerja." if number == 250 else f"Ketentuan ke {number} tetap berlaku."
        lines = (f"Pasal {number}", words, "Setiap pekerja berhak atas perlakuan yang sama tanpa pembedaan apa pun,")
        for place, line in enumerate((*lines, "dan pengusaha wajib memenuhi hak itu menurut peraturan perundangan.")):
            sheet.drawString(72, 760 - 20 * place, line)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


@pytest.mark.django_db
def test_marks_of_direction_neither_show_as_change_nor_turn_words_round(office, client):
    """An override could make "12" read as "21" on the screen while the text says otherwise."""
    turned = [line.replace("12 (dua", "\u202e12\u202c \u2067(dua\u2069") for line in NEW]
    submission = repaired(office, _docx(NEW), _docx(turned))
    client.force_login(office.korektor)
    answer = page(client, submission)
    assert "Kedua naskah sama, kata demi kata." in plain(answer)
    assert not set(answer.content.decode()) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _docx(lines: list[str]) -> bytes:
    from docx import Document

    document, buffer = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(buffer)
    return buffer.getvalue()


# --- people -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_correctors_who_write_and_send_at_once_leave_one_notice_with_everything(office):
    submission = factories.filed(office, steps=2)
    colleague = factories.staff("korektor")
    written = at_once(
        lambda: verbs.add_finding(submission, office.korektor, WORDS),
        lambda: verbs.add_finding(submission, colleague, WORDS | {"article": "Pasal 13"}),
    )
    assert [type(outcome) for outcome in written] == [Finding, Finding]

    submission = Submission.objects.get(pk=submission.pk)
    sent = at_once(
        lambda: perform(submission, "return", office.korektor, revision=submission.revision),
        lambda: perform(submission, "return", colleague, revision=submission.revision),
    )
    assert sorted(isinstance(outcome, LifecycleError) for outcome in sent) == [False, True]
    notice = submission.notices.get()
    assert sorted(notice.findings.values_list("article", flat=True)) == ["Pasal 12", "Pasal 13"]
    # One person acts for the company, and the company has an address of its own.
    assert Mail.objects.filter(code="returned").count() == 2


@pytest.mark.django_db
def test_the_checklist_of_a_corrector_who_falls_ill_goes_on_where_it_stopped(office, client):
    load_norms()
    submission = factories.filed(office, steps=2)
    submission = handling.take(submission, office.korektor)
    norm = Norm.objects.get(code="D1")
    checklist.answer_norm(submission, office.korektor, norm.pk, "kurang", article="Pasal 30", note="Hanya 10 hari.")
    finding = checklist.begin_finding(submission, office.korektor, norm.pk)

    today, substitute = timezone.localdate(), factories.staff("korektor")
    Absence.objects.create(person=office.korektor, valid_from=today, valid_until=today + dt.timedelta(days=3))
    client.force_login(substitute)
    desk = reverse("psk_desk:desk", args=[submission.pk])
    client.post(reverse("psk_desk:take", args=[submission.pk]))
    words = client.get(f"{desk}?bagian=daftar").content.decode()
    assert "Hanya 10 hari." in words and "Pasal 30" in words
    revision = Submission.objects.get(pk=submission.pk).revision
    client.post(reverse("psk_desk:decide", args=[submission.pk, "return"]), {"revision": revision})
    assert list(submission.notices.get().findings.all()) == [finding]


# --- rules that change under way --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_norm_changed_while_an_application_is_open_is_asked_as_it_was(office, client):
    load_norms()
    open_one = factories.filed(office, steps=2)
    norm = Norm.objects.get(code="D1")
    before = norm.minimum
    norm.minimum = "Paling sedikit 14 hari kerja."
    norm.save()
    later = factories.filed(office, steps=2)
    client.force_login(office.korektor)
    old, new = (
        client.get(reverse("psk_desk:desk", args=[row.pk]) + "?bagian=daftar").content.decode()
        for row in (open_one, later)
    )
    assert before in old and norm.minimum not in old
    assert norm.minimum in new and before not in new


@pytest.mark.django_db
def test_an_application_walks_to_its_decree_over_stages_that_the_new_edition_has_not(office, client):
    submission = factories.filed(office, steps=2)
    Service.objects.get(code="pp-baru").stages.filter(code__in=("koreksi", "paraf-kasi")).update(is_active=False)
    assert "koreksi" not in [
        stage["code"] for stage in current_edition(Service.objects.get(code="pp-baru")).definition["stages"]
    ]

    client.force_login(office.korektor)
    assert submission.number in client.get(reverse("psk_kotak-masuk_modeladmin_index")).content.decode()
    assert client.get(reverse("psk_desk:desk", args=[submission.pk])).status_code == 200
    factories.finding(submission, office.korektor)
    submission = perform(submission, "return", office.korektor)
    drafts.attach(submission, submission.applicant, "naskah-pp", factories.upload("baru.pdf"))
    submission = perform(submission, "repair", submission.applicant)
    verbs.accept(submission, office.korektor, submission.findings.get().pk)
    for role, action in factories.WAY[2:]:
        submission = perform(submission, action, getattr(office, role))
    assert submission.status == "issued"

    fresh = factories.filed(office, steps=1)
    assert not {"koreksi", "paraf-kasi"} & {stage["code"] for stage in fresh.route}


# --- time -------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "year", "examination_due"),
    [
        ("2026-12-31T23:59:59", 2026, "2027-01-12"),
        ("2027-01-01T00:00:01", 2027, "2027-01-12"),
        ("2027-01-01T06:59:59", 2027, "2027-01-12"),
        ("2027-01-04T00:00:00", 2027, "2027-01-13"),
    ],
)
def test_the_year_turns_at_midnight_in_jakarta_for_numbers_and_for_days(office, clock, moment, year, examination_due):
    """Till seven in the morning of New Year's Day it is still the old year in UTC, by which the database keeps time."""
    clock(moment)
    submission = factories.filed(office, steps=1)
    assert submission.number == f"PSK-{year}-00001"
    assert submission.registration_number == f"0001/REG/{year}"
    examination = clocks.clocks_of(submission)[0]
    assert examination.start == dt.datetime.fromisoformat(moment).date()
    assert examination.due == dt.date.fromisoformat(examination_due)


@pytest.mark.django_db
def test_a_pause_over_the_turn_of_the_year_is_counted_by_days_of_both_years(office, clock):
    clock("2026-12-28T09:00:00")
    submission = factories.filed(office, steps=1)
    factories.finding(submission, office.verifikator)
    clock("2026-12-30T23:30:00")
    submission = perform(submission, "return", office.verifikator)
    clock("2027-01-06T00:10:00")
    drafts.attach(submission, submission.applicant, "naskah-pp", factories.upload("baru.pdf"))
    submission = perform(submission, "repair", submission.applicant)
    clock("2027-01-07T09:00:00")
    examination = clocks.clocks_of(submission)[0]
    # 29 and 30 December before, 7 January after; 31 December to 6 January with the company.
    assert examination.used == 3
    assert examination.due == dt.date(2027, 1, 12)


@pytest.mark.django_db
def test_mails_of_a_day_without_mail_server_all_go_out_later_and_each_once(office, clock, monkeypatch):
    def down(self, fail_silently=False):
        raise smtplib.SMTPServerDisconnected("down")

    # Far from the real clock, by which the model's default says since when a mail is due.
    now = clock("2031-11-24T08:00:00")
    with monkeypatch.context() as broken:
        broken.setattr("psk_plugin.outreach.outbox.EmailMultiAlternatives.send", down)
        for hour in range(25):
            clock(now + dt.timedelta(hours=hour))
            if hour in (0, 5, 20):
                factories.filed(office)
            call_command("psk_catch_up", stdout=io.StringIO())
    waiting = Mail.objects.count()
    assert waiting >= 3 and not Mail.objects.filter(state=Mail.State.SENT).exists()
    mail.outbox.clear()
    for hour in range(25, 33):
        clock(now + dt.timedelta(hours=hour))
        call_command("psk_catch_up", stdout=io.StringIO())
        call_command("psk_catch_up", stdout=io.StringIO())
    assert Mail.objects.filter(state=Mail.State.SENT).count() == waiting == len(mail.outbox)
    assert len({(tuple(letter.to), letter.subject) for letter in mail.outbox}) == waiting
