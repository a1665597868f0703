"""The office's side: inbox, desk, mails, files of the list, home panel."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from psk_plugin.helpdesk import verbs
from psk_plugin.helpdesk.models import Ticket, TicketCategory, TicketFile
from psk_plugin.outreach.models import Mail
from psk_plugin.outreach.outbox import with_secret
from psk_plugin.records.models import FileReading

from .. import factories
from . import making

pytestmark = pytest.mark.django_db
INBOX = "/admin/psk/pengaduan/"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer():
    return making.officer(first_name="Petugas", last_name="Uji")


@pytest.fixture
def desk(officer) -> Client:
    return client_of(officer)


def act(client: Client, row: Ticket, code: str, **data):
    last = row.entries.order_by("pk").last()
    return client.post(reverse("psk_ticket_act", args=[row.pk, code]), {"seen": last.pk, **data})


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_inbox_lists_by_due_day_and_ends_with_what_is_done(desk):
    done, late, fresh = making.in_state("closed"), making.ticket(), making.ticket()
    Ticket.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=9))
    page = desk.get(INBOX).content.decode()
    assert page.index(late.number) < page.index(fresh.number) < page.index(done.number)
    assert "Terlambat" in page


def test_filters_and_search_narrow_the_inbox(desk, officer):
    making.category()
    category = TicketCategory.objects.create(title="Hal khusus")
    wanted = making.ticket(kind="question", subject="Tentang PKB", company_name="PT Kayu Manis", category=category)
    other = making.in_state("waiting")
    verbs.act(other, "forward", making.officer(), given=verbs.Given(to_user=making.officer()))
    late = making.ticket()
    Ticket.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=9))
    for query, found in (
        ({"giliran": "saya"}, {wanted, late}),
        ({"giliran": "kantor"}, {wanted, late}),
        ({"giliran": "pelapor"}, {other}),
        ({"tempo": "terlambat"}, {late}),
        ({"status": "waiting"}, {other}),
        ({"jenis": "question"}, {wanted}),
        ({"kategori": category.pk}, {wanted}),
        ({"q": "kayu manis"}, {wanted}),
        ({"q": wanted.number}, {wanted}),
        ({"q": wanted.email}, set()),
    ):
        page = desk.get(INBOX, query).content.decode()
        for row in (wanted, other, late):
            assert (f">{row.number}<" in page) is (row in found), (query, row.subject)


@pytest.mark.parametrize(
    "query",
    [
        *("?p=abc", "?p=99999999999", "?q=%00", "?q=" + "x" * 20_000, "?kategori=abc", "?kategori=" + "9" * 60),
        *("?status=%00", "?o=99.-x", "?email__startswith=a", "?token__startswith=a", "?export=pdf", "?giliran=x"),
    ],
)
def test_odd_addresses_never_break_the_inbox(desk, query):
    row = making.ticket()
    answer = desk.get(INBOX + query, follow=True)
    assert answer.status_code == 200 and "text/html" in answer["Content-Type"]
    if "startswith" in query:
        assert row.number in answer.content.decode()


def test_query_counts_do_not_grow(desk):
    company = factories.CompanyFactory()
    rows = [making.in_state("waiting", company=company) for _n in range(3)]
    verbs.write(rows[0], "reply", text="Ini.", files=[making.stored()])
    first = queries_of(desk, INBOX), queries_of(desk, f"{INBOX}{rows[0].pk}/"), queries_of(desk, "/admin/")
    for _n in range(5):
        making.in_state("waiting", company=company)
        making.ticket()
        verbs.write(rows[0], "reply", text="Lagi.", files=[making.stored()])
    assert (queries_of(desk, INBOX), queries_of(desk, f"{INBOX}{rows[0].pk}/")) == first[:2]
    assert queries_of(desk, "/admin/") <= first[2] + 3, "the panel appears, and stays the same for any number of rows"


def test_the_list_as_a_file_names_nobody_and_runs_no_formula(desk):
    row = making.ticket(subject="=HYPERLINK(1)", name="Nama Rahasia", phone="0812 000 0000", company_name="+PT Aneh")
    table = b"".join(desk.get(INBOX, {"export": "csv"}).streaming_content).decode()
    assert table.startswith("\ufeff") and row.number in table
    assert "'=HYPERLINK(1)" in table and "'+PT Aneh" in table
    for secret in ("Nama Rahasia", row.email, "0812 000 0000", row.token):
        assert secret not in table
    assert desk.get(INBOX, {"export": "xlsx"}).status_code == 200


def test_menu_and_home_panel_say_how_many_wait(desk, officer):
    making.ticket()
    late = making.ticket()
    taken = making.in_state("open")
    Ticket.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=9))
    home = desk.get("/admin/").content.decode()
    assert "2 laporan menunggu Anda." in home and "1 laporan di kantor terlambat" in home
    assert "Informasi dan pengaduan (2)" in home
    assert taken.number not in home
    assert "laporan menunggu Anda" not in client_of(factories.staff("korektor")).get("/admin/").content.decode()


def test_an_answer_reaches_the_reporter_with_its_file(desk, django_capture_on_commit_callbacks):
    row = making.ticket()
    with django_capture_on_commit_callbacks(execute=True):
        answer = act(desk, row, "answer", text="Sudah kami periksa.", lampiran=factories.upload("jawaban.pdf"))
    assert answer.status_code == 302
    letter = mail.outbox[-1]
    assert letter.to == [row.email] and "Sudah kami periksa." in letter.body and row.secret_url in letter.body
    assert [name for name, _data, _kind in letter.attachments] == ["jawaban.pdf"]
    row.refresh_from_db()
    assert row.state == "answered"


def test_who_reads_the_office_s_mails_cannot_open_a_report_as_its_writer(desk):
    row = making.ticket()
    for code, typed in (("ask", "Kapan?"), ("answer", "Sudah."), ("close", "Selesai.")):
        act(desk, row, code, text=typed, reason="answered")
    kept = Mail.objects.filter(about=row.number)
    assert kept.count() >= 2
    for letter in kept:
        assert row.token not in letter.text + letter.html
        assert all(row.token in body for body in with_secret(letter))


def test_internal_steps_write_no_mail(desk):
    row = making.ticket()
    before = Mail.objects.count()
    act(desk, row, "note", text="Hanya untuk kita.")
    act(desk, row, "take")
    assert Mail.objects.count() == before


def test_spam_is_closed_without_a_mail_and_other_reports_with_one(desk):
    spam, real = making.ticket(), making.ticket()
    before = Mail.objects.count()
    act(desk, spam, "close", text="Bukan laporan.", reason="abuse")
    assert Mail.objects.count() == before
    act(desk, real, "close", text="Di luar kewenangan kami.", reason="not_ours")
    letter = Mail.objects.get(code="ticket_closed")
    assert "Di luar kewenangan" in letter.text and letter.recipient == real.email and letter.about == real.number


def test_what_was_typed_survives_when_the_reporter_was_faster(desk):
    row = making.ticket()
    seen = row.entries.get().pk
    verbs.write(row, "reply", text="Ada tambahan penting.")
    answer = desk.post(reverse("psk_ticket_act", args=[row.pk, "answer"]), {"seen": seen, "text": "Jawaban panjang."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada tulisan baru" in page and "Jawaban panjang." in page and "Ada tambahan penting." in page
    row.refresh_from_db()
    assert row.state == "new"


def test_what_was_typed_survives_when_a_colleague_has_closed_it(desk):
    row = making.in_state("open")
    verbs.act(row, "close", making.officer(), text="Tutup.", given=verbs.Given(reason="settled"))
    answer = act(desk, row, "answer", text="Tulisan yang tidak boleh hilang.")
    assert answer.status_code == 409 and "Tulisan yang tidak boleh hilang." in answer.content.decode()


@pytest.mark.parametrize(
    ("code", "data", "status"),
    [
        ("answer", {"text": ""}, 422),
        ("answer", {"text": "x" * 20_000}, 422),
        ("answer", {"text": "\x00"}, 422),
        ("answer", {"text": "Ya.", "lampiran": factories.upload("x.pdf", b"MZ1")}, 422),
        ("forward", {"to": ""}, 422),
        ("forward", {"to": "u-999999999999999999999"}, 422),
        ("forward", {"to": "x-1"}, 422),
        ("close", {"text": "x", "reason": "lain"}, 422),
        ("classify", {"kind": "x", "category": "abc"}, 422),
        ("reopen_by_staff", {"text": "x"}, 409),
        ("take", {"seen": "9" * 30}, 302),
        ("reply", {"text": "x"}, 404),
        ("tidak-ada", {}, 404),
    ],
)
def test_bad_input_at_the_desk_is_told_and_changes_nothing(desk, code, data, status):
    row = making.ticket()
    answer = act(desk, row, code, **data)
    assert answer.status_code == status
    if status in (409, 422):
        assert row.entries.count() == 1


def test_forwarding_offers_only_those_who_may_answer(desk, officer):
    row, stranger = making.ticket(), factories.staff("korektor", first_name="Tidak", last_name="Berhak")
    page = desk.get(reverse("psk_ticket", args=[row.pk])).content.decode()
    assert "Tidak Berhak" not in page and "PSK Pengaduan" in page and "PSK Korektor" not in page
    assert act(desk, row, "forward", to=f"u-{stranger.pk}").status_code == 422
    colleague = factories.staff("registrasi")
    assert act(desk, row, "forward", to=f"u-{colleague.pk}", text="Mohon dibantu.").status_code == 302
    row.refresh_from_db()
    assert row.assigned_to == colleague


def test_a_file_opened_by_staff_is_recorded(desk, officer):
    row = making.ticket(files=[making.stored("bukti.pdf")])
    file = TicketFile.objects.get(entry__ticket=row)
    assert desk.get(reverse("psk_ticket_file", args=[row.pk, file.pk])).status_code == 200
    read = FileReading.objects.of(row).get()
    assert read.user == officer and read.part == "bukti.pdf"
    page = desk.get(reverse("psk_ticket", args=[row.pk])).content.decode()
    assert "Yang pernah membuka berkas" in page
    # Reading is no step: whoever writes at the same time is not turned away by it.
    assert act(desk, row, "answer", text="Sudah.").status_code == 302
    other = making.ticket()
    assert desk.get(reverse("psk_ticket_file", args=[other.pk, file.pk])).status_code == 404


def test_history_tells_what_was_changed_and_by_whom(desk):
    row = making.ticket(kind="complaint")
    act(desk, row, "classify", kind="complaint", category=row.category_id, needs_field_check="on")
    page = desk.get(reverse("psk_ticket", args=[row.pk])).content.decode()
    assert "Jenis atau kategori diubah" in page and "Petugas Uji" in page and "pemeriksaan lapangan" in page


def test_a_category_sends_its_reports_to_its_group():
    kabid = factories.staff("kabid")
    category = TicketCategory.objects.create(title="Pungutan", group=kabid.groups.get())
    row = making.ticket(category=category)
    assert row.assigned_group == kabid.groups.get()
    assert Ticket.objects.for_desk_of(kabid).filter(pk=row.pk).exists()
    assert not Ticket.objects.for_desk_of(making.officer()).filter(pk=row.pk).exists()


def test_a_category_with_reports_cannot_be_deleted():
    row = making.ticket()
    client = client_of(factories.staff("kabid"))
    client.post(reverse("psk_kategori-pengaduan_modeladmin_delete", args=[row.category_id]))
    assert TicketCategory.objects.filter(pk=row.category_id).exists()


def test_the_named_application_is_a_link_for_those_who_may_open_it(desk, office):
    submission = factories.filed(office, steps=1)
    row = making.ticket(application_number=submission.number)
    url = reverse("psk_desk:desk", args=[submission.pk])
    assert url in client_of(office.registrasi).get(reverse("psk_ticket", args=[row.pk])).content.decode()
    assert url not in desk.get(reverse("psk_ticket", args=[row.pk])).content.decode()


def test_number_pattern_needs_the_year_and_no_slash():
    from django.core.exceptions import ValidationError

    from psk_plugin.helpdesk.models import HelpdeskSettings

    for pattern in ("ADU/{year}/{sequence}", "ADU-{sequence:05}", "ADU-{year}", "{"):
        rules = HelpdeskSettings(number_pattern=pattern)
        with pytest.raises(ValidationError):
            rules.full_clean()
    HelpdeskSettings(number_pattern="LAP-{year}-{sequence:04}").full_clean()
