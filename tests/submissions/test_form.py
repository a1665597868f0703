"""The embedded form: every button keeps first; nothing typed or uploaded is lost."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from psk_plugin.submissions import drafts
from psk_plugin.submissions.kinds import MAX_KEPT
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Status, Submission
from psk_plugin.submissions.rescue import KEY

from .. import factories

pytestmark = pytest.mark.django_db
FORM = "/psk/layanan/pp-baru/"


@pytest.fixture
def person(db):
    company = factories.CompanyFactory()
    user = factories.member_of(company)
    user.company = company
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    factories.service()
    return user


@pytest.fixture
def person_client(client, person):
    client.force_login(person)
    return client


def start(person_client, person) -> Submission:
    person_client.post(f"{FORM}mulai/", {"perusahaan": person.company.pk, "halaman": FORM})
    return Submission.objects.get(company=person.company)


def address(draft, slug: str) -> str:
    return reverse("psk:draft_step", args=[draft.token, slug])


def posted(**changes) -> dict[str, str]:
    typed = {f"field-{code}": value for code, value in factories.ANSWERS.items() if isinstance(value, str)}
    typed |= {"field-masa-berlaku_from": factories.VALID_FROM, "field-masa-berlaku_until": factories.VALID_UNTIL}
    return typed | {"halaman": FORM, "aksi": "lanjut"} | changes


def test_visitor_reads_requirements_time_and_cost_before_signing_in(client, person):
    page = client.get(FORM).content.decode()
    assert "Naskah Peraturan Perusahaan" in page
    assert "Layanan ini tidak dipungut biaya." in page
    assert "next=/psk/layanan/pp-baru/" in page.replace("%2F", "/")


def test_starting_twice_gives_the_same_draft(person_client, person):
    first = start(person_client, person)
    person_client.post(f"{FORM}mulai/", {"perusahaan": person.company.pk, "halaman": FORM})
    assert Submission.objects.get(company=person.company).pk == first.pk


def test_right_step_leads_to_the_next_on_the_same_page(person_client, person):
    draft = start(person_client, person)
    answer = person_client.post(address(draft, "isian-1"), posted())
    assert answer.url.startswith(FORM)
    assert "langkah=dokumen" in answer.url
    assert Submission.objects.get(pk=draft.pk).data["masa-berlaku"]["until"] == factories.VALID_UNTIL


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("field-judul", "", "mohon isi bagian ini"),
        ("field-tanggal-surat", "31-02-2026", "tanggal"),
        ("field-tanggal-surat", "0026-11-20", "tahun"),
        ("field-masa-berlaku_until", "2026-12-31", "setelah"),
        ("field-masa-berlaku_until", "2029-06-01", "24 bulan"),
        ("field-masa-berlaku_until", "", "kedua tanggal"),
        ("field-upah-terendah", "lima juta", "angka"),
        ("field-upah-terendah", "-5", "angka"),
        ("field-telepon-kontak", "telepon saja", "telepon"),
        ("field-waktu-kerja", "7 hari", "pilihan"),
    ],
)
def test_wrong_answer_is_told_and_everything_typed_stays(person_client, person, name, value, sentence):
    draft = start(person_client, person)
    answer = person_client.post(address(draft, "isian-1"), posted(**{name: value}))
    assert "periksa=1" in answer.url
    page = person_client.get(answer.url).content.decode()
    assert "001/HRD/XI/2026" in page
    assert 'role="alert"' in page
    assert sentence in page.lower()
    assert "langkah=isian-1" in answer.url


def test_saving_a_wrong_answer_keeps_it(person_client, person):
    draft = start(person_client, person)
    person_client.post(address(draft, "isian-1"), posted(**{"field-upah-terendah": "lima juta", "aksi": "simpan"}))
    assert Submission.objects.get(pk=draft.pk).data["upah-terendah"] == "lima juta"


def test_refused_file_costs_neither_the_others_nor_the_answers(person_client, person):
    draft = start(person_client, person)
    good, bad = factories.upload("surat.pdf"), factories.upload("naskah.pdf", b"MZ" + b"0" * 400)
    answer = person_client.post(
        address(draft, "dokumen"),
        {"aksi": "lanjut", "halaman": FORM, "document-surat-permohonan": good, "document-naskah-pp": bad},
    )
    page = person_client.get(answer.url).content.decode()
    assert "surat.pdf" in page
    assert "bukan salah satu dari" in page
    assert draft.documents.get(code="surat-permohonan").pending is not None
    assert not draft.documents.filter(code="naskah-pp").exists()


def test_autosave_answers_with_the_time(person_client, person):
    draft = start(person_client, person)
    answer = person_client.post(address(draft, "isian-1"), posted(aksi="otomatis"))
    assert answer.status_code == 200
    assert answer.json()["saved"]


def test_summary_names_every_gap_and_files_nothing(person_client, person):
    draft = start(person_client, person)
    answer = person_client.post(
        reverse("psk:draft_file", args=[draft.token]), {"benar": "1", "dikunci": "1", "halaman": FORM}
    )
    page = person_client.get(answer.url).content.decode()
    assert "Mohon lampirkan: Naskah Peraturan Perusahaan" in page
    assert Submission.objects.get(pk=draft.pk).status == Status.DRAFT


def test_filing_twice_files_once_and_arrives_at_the_receipt(person_client, person):
    draft = factories.draft(person.company, person)
    where = reverse("psk:draft_file", args=[draft.token])
    declared = {"benar": "1", "dikunci": "1"}
    first = person_client.post(where, declared)
    second = person_client.post(where, declared)
    filed = Submission.objects.get(pk=draft.pk)
    assert first.url == second.url == reverse("psk:submission_receipt", args=[filed.number])
    assert filed.events.filter(action="file").count() == 1
    assert filed.number in person_client.get(first.url).content.decode()


def test_without_the_declaration_nothing_is_filed(person_client, person):
    draft = factories.draft(person.company, person)
    answer = person_client.post(reverse("psk:draft_file", args=[draft.token]), {"benar": "1", "halaman": FORM})
    assert "Mohon centang kedua pernyataan" in person_client.get(answer.url).content.decode()
    assert Submission.objects.get(pk=draft.pk).status == Status.DRAFT


def test_second_tab_of_a_filed_draft_is_led_to_the_application(person_client, person):
    draft = factories.draft(person.company, person)
    filed = perform(draft, "file", person)
    answer = person_client.post(address(draft, "isian-1"), posted(), follow=True)
    assert filed.number in answer.content.decode()
    assert Submission.objects.get(pk=draft.pk).data == draft.data


def test_session_that_ended_in_mid_form_costs_nothing(client, person):
    draft, _new = drafts.open_draft(factories.service(), person.company, person)
    answer = client.post(address(draft, "isian-1"), posted(**{"field-judul": "PP yang baru diketik"}))
    assert answer.status_code == 302
    assert "/akun/" in answer.url
    assert client.session[KEY]["typed"]["judul"] == "PP yang baru diketik"
    client.post("/akun/login/", {"login": person.username, "password": "rahasia-sekali"})
    assert Submission.objects.get(pk=draft.pk).data["judul"] == "PP yang baru diketik"


def test_rescued_answers_never_reach_another_companys_draft(client, person):
    draft, _new = drafts.open_draft(factories.service(), person.company, person)
    client.post(address(draft, "isian-1"), posted(**{"field-judul": "Bukan milik saya"}))
    stranger = factories.member_of(factories.CompanyFactory())
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
    client.post("/akun/login/", {"login": stranger.username, "password": "rahasia-sekali"})
    assert "judul" not in Submission.objects.get(pk=draft.pk).data


def test_company_beyond_the_city_is_turned_away_kindly(person_client, person):
    person.company.branches.create(
        name="Pabrik Karawang",
        address="Jl. A",
        in_city=False,
        regency="Kabupaten Karawang",
        province="Jawa Barat",
        workers=5,
    )
    page = person_client.get(FORM).content.decode()
    assert "Provinsi Jawa Barat" in page
    draft = factories.draft(person.company, person)
    answer = person_client.post(
        reverse("psk:draft_file", args=[draft.token]), {"benar": "1", "dikunci": "1"}, follow=True
    )
    assert Submission.objects.get(pk=draft.pk).status == Status.DRAFT
    assert "Provinsi Jawa Barat" in answer.content.decode()


def test_another_companys_draft_does_not_exist_for_a_stranger(client, person):
    draft = factories.draft(person.company, person)
    client.force_login(factories.member_of(factories.CompanyFactory()))
    for where in (
        reverse("psk:draft_resume", args=[draft.token]),
        reverse("psk:draft_pending_file", args=[draft.token, "naskah-pp"]),
    ):
        assert client.get(where).status_code == 404
    assert client.post(address(draft, "isian-1"), posted()).status_code == 404
    assert client.post(reverse("psk:draft_file", args=[draft.token])).status_code == 404


def test_page_of_another_site_is_never_a_way_back(person_client, person):
    draft = start(person_client, person)
    answer = person_client.post(address(draft, "isian-1"), posted(halaman="//evil.example/x"))
    assert answer.url.startswith(FORM)


@pytest.mark.parametrize("junk", ["abc", "0", "9" * 30, "-1", "²", ""])
def test_odd_company_number_gets_a_sentence(person_client, person, junk):
    answer = person_client.post(f"{FORM}mulai/", {"perusahaan": junk, "halaman": FORM}, follow=True)
    assert answer.status_code == 200
    assert "pilih perusahaan" in answer.content.decode().lower()


def test_nul_bytes_and_long_texts_do_no_harm(person_client, person):
    draft = start(person_client, person)
    person_client.post(address(draft, "isian-1"), posted(**{"field-judul": "a\x00b" + "x" * 30000, "aksi": "simpan"}))
    kept = Submission.objects.get(pk=draft.pk).data["judul"]
    assert "\x00" not in kept
    assert len(kept) <= MAX_KEPT


def test_odd_paths_and_codes_of_documents_do_no_harm(person_client, person):
    started = person_client.post(f"{FORM}mulai/", {"perusahaan": person.company.pk, "halaman": "/a\x00b\n"})
    assert started.url.startswith(FORM)
    draft = Submission.objects.get(company=person.company)
    for code in ("\x00", "tidak-ada", "x" * 5000):
        answer = person_client.post(address(draft, "dokumen"), {"aksi": "simpan", "hapus": code}, follow=True)
        assert answer.status_code == 200
    assert Submission.objects.get(pk=draft.pk).workspace == {}
