"""What the builder does for an editor beside keeping rows: codes, checks across rows, doubts, publishing, copies."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psk_plugin.laws.models import LegalSource
from psk_plugin.services.differences import differences
from psk_plugin.services.editions import current_edition, define
from psk_plugin.services.models import Service
from psk_plugin.submissions import drafts
from psk_plugin.submissions.models import Submission

from .. import factories
from .building import edit_url, index_of, lks, posted, sent_back, with_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.service_editor(username="editor", first_name="Ratna")


@pytest.fixture
def client(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def question(**changes) -> dict:
    return {
        "label": "Apakah ada serikat?",
        "step": "Data LKS",
        "kind": "yes_no",
        "asked": "always",
        "required": "on",
        "code": "",
    } | changes


# Codes


def test_a_code_nobody_wrote_is_made_from_the_title_and_steps_aside_for_others(client):
    service = lks()
    data = with_row(posted(client, service), "fields", **question(label="Ketua"))
    data = with_row(data, "fields", **question(label="Nama & alamat sekretaris!"))
    assert client.post(edit_url(service), data).status_code == 302
    codes = [row.code for row in Service.objects.exclude(code="pp-baru").get().fields.all()]
    assert codes[-2:] == ["ketua-2", "nama-alamat-sekretaris"]


def test_codes_that_applications_use_stay(client):
    service = lks()
    company = factories.CompanyFactory()
    drafts.open_draft(service, company, factories.member_of(company))
    page = words(client.get(edit_url(service)))
    assert re.search(r'<input[^>]*name="fields-0-code"[^>]*readonly', page)
    data = posted(client, service)
    data["fields-0-code"] = "pemimpin"
    data["code"] = "lain"
    page = words(client.post(edit_url(service), data))
    assert "Kode “ketua” sudah dipakai permohonan" in page and "Kode “lks-bipartit” sudah dipakai" in page
    assert Service.objects.exclude(code="pp-baru").get().code == "lks-bipartit"


# Checks across rows


def _fields(code: str, **values):
    def change(data: dict, service: Service) -> dict:
        i = index_of(service, "fields", code)
        for name, value in values.items():
            if value is None:
                data.pop(f"fields-{i}-{name}", None)
            else:
                data[f"fields-{i}-{name}"] = value
        return data

    return change


def _document(**values):
    return lambda data, service: data | {f"documents-1-{name}": value for name, value in values.items()}


def _set(**values):
    return lambda data, service: data | values


ASKED = {"asked": "if_answer"}
WRONG = [
    (_fields("catatan", **ASKED), "Pilih isian yang menentukan"),
    (_fields("catatan", **ASKED, condition_field="entah", condition_value="ya"), "Tidak ada isian dengan kode “entah”"),
    (_fields("anggota", **ASKED, condition_field="serikat", condition_value="ya"), "harus berada sebelum isian ini"),
    (_fields("catatan", **ASKED, condition_field="anggota", condition_value="1"), "Hanya isian ya/tidak atau isian"),
    (_fields("catatan", **ASKED, condition_field="serikat", condition_value="mungkin"), "salah satu dari: ya; tidak"),
    (_document(condition="if_answer", condition_field="ketua", condition_value="x"), "Hanya isian ya/tidak atau isian"),
    (_set(**{"clauses-0-text": "Ketua {jawaban.bendahara}"}), "Tidak ada isian dengan kode “bendahara”"),
    (_set(**{"clauses-0-text": "Catatan {jawaban.catatan}"}), "harus diwajibkan"),
    (_fields("ketua", asked="if_union"), "harus selalu ditanyakan"),
    (_set(**{"clauses-0-text": "Berlaku sampai {valid_until}"}), "{valid_until}"),
    (_set(**{"clauses-0-section": "tembusan", "clauses-1-section": "tembusan"}), "paragraf “Menetapkan”"),
    (_set(**{"mails-0-moment": "file"}), "Belum diketahui saat surel ini dikirim: {decree_number}"),
    (_set(**{"mails-0-subject": "Halo {nama}"}), "{nama}"),
    (_set(decree_heading="TANDA BUKTI {jenis}"), "{jenis}"),
    (_set(number_code="LKS/{x}"), "Hanya huruf, angka, titik"),
    (_fields("serikat", kind="several", choices="Satu"), "sekurang-kurangnya dua pilihan"),
    (_fields("serikat", kind="table", choices=""), "sekurang-kurangnya satu kolom"),
    (_fields("serikat", kind="choice", choices="Ya\nya"), "tertulis dua kali"),
    (_set(kind="PKB"), "Belum ada isian yang dipakai sebagai “Judul peraturan”"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_what_does_not_fit_together_is_said_and_nothing_is_lost(client, change, sentence):
    service = lks()
    before = define(service)
    data = change(posted(client, service), service) | {"summary": "Ringkasan yang baru diketik"}
    page = words(client.post(edit_url(service), data))
    assert sentence in page and "Ringkasan yang baru diketik" in page
    assert define(Service.objects.exclude(code="pp-baru").get()) == before


def test_the_summary_of_mistakes_names_tab_row_and_question(client):
    service = lks()
    data = posted(client, service) | {"clauses-0-text": "Ketua {jawaban.bendahara}"}
    page = words(client.post(edit_url(service), data))
    assert "Ada 1 hal yang perlu diperbaiki" in page
    assert "Tab Naskah surat, Paragraf surat keputusan “Ketua {jawaban.bendahara}”, Isi:" in page
    assert 'href="#id_clauses-0-text" data-psk-goto' in page


def test_a_condition_is_kept_as_the_question_writes_its_answer(client):
    service = lks()
    change = _fields("catatan", **ASKED, condition_field="serikat", condition_value=" YA ")
    assert client.post(edit_url(service), change(posted(client, service), service)).status_code == 302
    assert Service.objects.exclude(code="pp-baru").get().fields.get(code="catatan").condition_value == "ya"


def test_a_condition_that_nothing_uses_is_not_kept(client):
    service = lks()
    change = _fields("catatan", asked="always", condition_field="serikat", condition_value="ya")
    assert client.post(edit_url(service), change(posted(client, service), service)).status_code == 302
    assert Service.objects.exclude(code="pp-baru").get().fields.get(code="catatan").condition_field == ""


def test_a_service_of_another_kind_needs_neither_title_nor_period(client):
    service = lks()
    assert client.post(edit_url(service), posted(client, service)).status_code == 302


def test_days_that_do_not_apply_may_be_nought(client):
    service = lks()
    data = posted(client, service) | dict.fromkeys(("examination_days", "decree_days", "repair_days"), 0)
    response = client.post(edit_url(service), data, follow=True)
    assert "Jangka waktu belum diisi" in words(response), "a doubt, not a refusal"
    assert Service.objects.exclude(code="pp-baru").get().target_days == 0


def test_doubts_are_told_and_do_not_stop_the_saving(client):
    service = factories.service()
    source = LegalSource.objects.get(code="uu-6-2023")
    source.state, source.in_force_until = "dicabut", timezone.localdate() - dt.timedelta(days=1)
    source.save()
    data = posted(client, service) | {"kind": "PKB", "closes_on": "2020-01-01"}
    page = words(client.post(edit_url(service), data, follow=True))
    for part in ("Tidak berlaku lagi: UU 6/2023", "tidak meminta konfirmasi serikat", "Hari terakhir pengajuan sudah"):
        assert part in page
    assert Service.objects.get(pk=service.pk).kind == "PKB"


# Publishing


def test_what_an_editor_makes_is_not_seen_until_it_is_published(client):
    service = lks(is_published=False)
    public = Client()
    address = reverse("psk:service_form", args=[service.code])
    assert public.get(address).status_code == 404
    assert service.title not in public.get(reverse("psk:service_list")).content.decode()
    assert client.get(address).status_code == 200, "its editor looks at it"
    client.post(edit_url(service), posted(client, service) | {"aksi": "publish"})
    assert public.get(address).status_code == 200
    assert Service.objects.exclude(code="pp-baru").get().history.first().history_change_reason == "Ditayangkan"


def test_taken_back_from_the_public_and_running_work_goes_on(client, editor, office):
    submission = factories.filed(office)
    service = submission.service
    address = reverse("psk_service_publish", args=[service.pk])
    page = words(client.post(address, {"tampil": "0"}, follow=True))
    assert "tidak lagi tayang" in page
    service = Service.objects.get(pk=service.pk)
    assert not service.is_published and not service.accepts_applications
    row = service.history.first()
    assert (row.history_change_reason, row.history_user) == ("Ditarik dari publik", editor)
    assert Client().get(reverse("psk:service_form", args=[service.code])).status_code == 404
    person = Client()
    person.force_login(submission.applicant)
    assert person.get(submission.get_absolute_url()).status_code == 200
    assert person.get(reverse("psk:service_form", args=[service.code])).status_code == 200
    client.post(address, {"tampil": "1"})
    assert Service.objects.get(pk=service.pk).is_published


def test_publishing_twice_changes_nothing(client):
    service = lks()
    before = service.history.count()
    client.post(reverse("psk_service_publish", args=[service.pk]), {"tampil": "1"})
    assert Service.objects.exclude(code="pp-baru").get().history.count() == before


# Copies


def test_a_copy_has_everything_and_its_own_code(client, editor):
    service = factories.service()
    response = client.post(reverse("psk_service_copy", args=[service.pk]))
    made = Service.objects.exclude(pk=service.pk).get()
    assert response.url == edit_url(made)
    assert made.code == "pp-baru-salinan" and not made.is_published
    assert made.title == "Pengesahan Peraturan Perusahaan (salinan)"
    before, after = define(service), define(made)
    for part in ("documents", "fields", "clauses", "mails", "days", "decree_title"):
        assert before[part] == after[part]
    assert [s["code"] for s in before["stages"]] == [s["code"] for s in after["stages"]]
    assert [s.groups.get() for s in service.stages.all()] == [s.groups.get() for s in made.stages.all()]
    assert [str(s) for s in service.legal_sources.all()] == [str(s) for s in made.legal_sources.all()]
    assert made.history.get().history_user == editor
    assert service.stages.count() == Service.objects.get(pk=service.pk).stages.count(), "the first keeps its own"
    client.post(reverse("psk_service_copy", args=[service.pk]))
    assert Service.objects.filter(code="pp-baru-salinan-2").exists()
    assert client.post(edit_url(made), posted(client, made)).status_code == 302, "a copy can be saved as it is"


# Two editors


def test_the_second_editor_is_told_who_saved_meanwhile_and_keeps_what_was_typed(client):
    service = lks()
    data = posted(client, service)
    other = factories.service_editor(username="lain", first_name="Budi", last_name="Contoh")
    colleague = Client()
    colleague.force_login(other)
    colleague.post(edit_url(service), posted(colleague, service) | {"examination_days": 7})

    mine = data | {"summary": "Ringkasan saya"}
    response = client.post(edit_url(service), mine)
    page = words(response)
    assert response.status_code == 409
    assert "Seorang rekan menyimpan layanan ini" in page
    assert "Budi Contoh" in page and "Penelitian, hari kerja: 3 → 7" in page
    assert "Ringkasan saya" in page
    assert Service.objects.exclude(code="pp-baru").get().summary != "Ringkasan saya"

    again = mine | {"seen_history": response.context["form"]["seen_history"].value(), "examination_days": 7}
    assert client.post(edit_url(service), again).status_code == 302
    service.refresh_from_db()
    assert (service.summary, service.examination_days) == ("Ringkasan saya", 7)


def test_what_only_the_colleague_changed_is_taken_over_and_what_both_changed_is_shown(client):
    service = lks(eligibility="Baris satu.\nBaris dua.")
    data = posted(client, service)
    colleague = Client()
    colleague.force_login(factories.service_editor(username="lain"))
    data |= {"eligibility": "Baris satu.\r\nBaris dua."}
    theirs = {
        "eligibility": "Siapa saja.",
        "examination_days": 7,
        "is_open": "",
        "opens_on": "2031-02-03",
        "summary": "Kata rekan",
    }
    colleague.post(edit_url(service), {k: v for k, v in (posted(colleague, service) | theirs).items() if v != ""})

    response = client.post(edit_url(service), data | {"summary": "Kata saya", "fee": "Gratis."})
    page, form = words(response), response.context["form"]
    assert "Ringkasan</a>: rekan Anda menyimpan “Kata rekan”, di sini “Kata saya”" in page
    assert "Penelitian, hari kerja</a>: 3 → 7" in page
    assert form["eligibility"].value() == "Siapa saja."
    assert (form["examination_days"].value(), form["opens_on"].value()) == ("7", "2031-02-03")
    assert not form["is_open"].value() and form["summary"].value() == "Kata saya" and form["fee"].value() == "Gratis."

    assert client.post(edit_url(service), sent_back(form)).status_code == 302
    service.refresh_from_db()
    assert (service.examination_days, service.is_open, str(service.opens_on)) == (7, False, "2031-02-03")
    assert (service.summary, service.fee) == ("Kata saya", "Gratis.")


@pytest.mark.parametrize("seen", ["", "abc", "0", "99999999999999999999", "\x00"])
def test_an_odd_mark_counts_as_overtaken(client, seen):
    service = lks()
    data = posted(client, service) | {"seen_history": seen}
    assert client.post(edit_url(service), data).status_code in (200, 409)


# Editions


def test_editions_say_what_changed_between_them(client):
    service = lks()
    current_edition(service)
    data = posted(client, service) | {"fields-0-label": "Nama ketua LKS", "repair_days": 5}
    with_row(data, "documents", title="Akta", condition="required", allowed_types=["pdf"], max_mb=5, code="")
    client.post(edit_url(service), data)
    page = words(client.get(edit_url(service)))
    assert "3 perubahan" in page
    for sentence in (
        "Perbaikan oleh perusahaan, hari kerja: 0 → 5",
        "Dokumen persyaratan “Akta”: ditambahkan",
        "Isian “Nama ketua LKS”, Isian: “Nama ketua” → “Nama ketua LKS”",
    ):
        assert sentence in page


def test_ends_of_lines_as_a_browser_sends_them_are_no_change():
    service = lks(summary="Satu.\nDua.")
    before = define(service)
    service.summary = "Satu.\r\nDua."
    assert differences(before, define(service)) == []


def test_differences_see_rows_moved_and_taken_away():
    service = lks()
    before = define(service)
    after = define(service)
    after["fields"] = list(reversed(after["fields"]))[1:]
    after["clauses"] = after["clauses"][:1]
    found = differences(before, after)
    assert any("Catatan" in line and "dihapus" in line for line in found)
    assert any("urutannya berubah" in line for line in found)
    assert len([line for line in found if "Tanda bukti ini" in line]) == 1
    assert differences(before, define(service)) == []


def test_an_edit_touches_no_running_application(client, office):
    submission = factories.filed(office, steps=1)
    before = submission.definition
    service = submission.service
    data = posted(client, service) | {"decree_heading": "TANDA BUKTI", "outcome": "Selesai"}
    assert client.post(edit_url(service), data).status_code == 302
    assert Submission.objects.get().definition == before
