"""The union of a PKB confirms the filed text: asked by mail, answers by a secret link, needed before going on."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from psk_plugin.outreach.letter import SECRET_MARK
from psk_plugin.outreach.models import Mail
from psk_plugin.outreach.outbox import deliver
from psk_plugin.records.models import FileReading
from psk_plugin.submissions import drafts, union
from psk_plugin.submissions.errors import Forbidden, Impossible
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission
from psk_plugin.submissions.union_models import UnionConfirmation

from .. import factories
from ..services import seeded

pytestmark = pytest.mark.django_db

GOOD = {"jawaban": "setuju", "nama": "Siti Contoh", "jabatan": "Ketua", "berwenang": "1", "alasan": ""}
BAD = GOOD | {"jawaban": "keberatan", "alasan": "Pasal 12 bukan yang kami sepakati."}


@pytest.fixture(autouse=True)
def fresh_brakes():
    """Each test begins with nothing counted against its address."""
    cache.clear()


@pytest.fixture
def filed(office) -> Submission:
    """A PKB at the verifier's desk; the union has been asked."""
    draft = seeded.draft("pkb-baru")
    return perform(perform(draft, "file", draft.applicant), "receive", office.registrasi)


def link(submission: Submission) -> str:
    return reverse("psk:union_confirmation", args=[union.token_of(union.current(submission))])


def test_filing_asks_the_union_by_a_mail_whose_secret_we_do_not_keep(filed):
    row = Mail.objects.get(code="union_asked")
    assert row.recipient == "serikat@contoh.test" and row.about == filed.number
    token = union.token_of(union.current(filed))
    assert token and token not in row.text + row.html and SECRET_MARK in row.text
    assert not UnionConfirmation.objects.filter(token_hash=token).exists()
    mail.outbox.clear()
    deliver(row.pk)
    sent = mail.outbox[0]
    assert link(filed) in sent.body and link(filed) in sent.alternatives[0][0] and SECRET_MARK not in sent.body


def test_page_shows_what_was_filed_and_the_first_look_is_kept(client, filed):
    page = client.get(link(filed))
    words = page.content.decode()
    assert filed.company_data["name"] in words and "Serikat Pekerja Contoh" in words and filed.number in words
    assert page["Referrer-Policy"] == "no-referrer" and "noindex" in page["X-Robots-Tag"]
    seen = union.current(filed).first_seen_at
    assert seen is not None
    client.get(link(filed))
    assert union.current(filed).first_seen_at == seen


def test_text_is_served_and_the_reading_recorded(client, filed):
    token = union.token_of(union.current(filed))
    answer = client.get(reverse("psk:union_text", args=[token, "naskah-pkb"]))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert FileReading.objects.of(filed).get(part="naskah-pkb").user is None
    # Nothing else of the application.
    assert client.get(reverse("psk:union_text", args=[token, "identitas-penanggung-jawab"])).status_code == 404


def test_nobody_declares_complete_before_the_union_agrees(client, filed, office):
    with pytest.raises(Impossible, match="belum mengonfirmasi"):
        perform(filed, "declare_complete", office.verifikator)
    answer = client.post(link(filed), GOOD)
    assert answer.status_code == 302
    confirmation = union.current(filed)
    assert confirmation.agrees and confirmation.answered_by == "Siti Contoh"
    assert perform(filed, "declare_complete", office.verifikator).stage.code == "koreksi"


def test_answer_outdates_the_page_of_the_desk(client, filed, office):
    seen = Submission.objects.get(pk=filed.pk).revision
    client.post(link(filed), GOOD)
    with pytest.raises(Impossible, match="baru saja"):
        perform(filed, "declare_complete", office.verifikator, revision=seen)


def test_objection_stands_in_the_way_and_is_told_to_the_desk(client, filed, office):
    client.post(link(filed), BAD)
    note = filed.notes.get()
    assert "Pasal 12 bukan" in note.text and "Siti Contoh" in note.text
    with pytest.raises(Impossible, match="keberatan"):
        perform(filed, "declare_complete", office.verifikator)
    client.force_login(office.verifikator)
    desk = client.get(reverse("psk_desk:desk", args=[filed.pk])).content.decode()
    assert "Pasal 12 bukan" in desk and "Siti Contoh" in desk
    # The company learns that there is an objection, not who raised it.
    client.force_login(filed.applicant)
    page = client.get(filed.get_absolute_url()).content.decode()
    assert (
        "Keberatan" in page
        and "Siti Contoh" not in page
        and "serikat@contoh.test" not in page.replace(filed.data["surel-sp"], "", 1)
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"jawaban": ""}, "Mohon pilih salah satu jawaban"),
        ({"jawaban": "entah"}, "Mohon pilih salah satu jawaban"),
        ({"nama": ""}, "nama Anda"),
        ({"jabatan": " "}, "Mohon tulis jabatan"),
        ({"berwenang": ""}, "Mohon centang"),
        ({"jawaban": "keberatan"}, "Mohon tulis hal yang menjadi keberatan"),
        ({"nama": "x" * 20000}, "150"),
        ({"nama": "a\x00b"}, ""),
    ],
)
def test_bad_answer_gets_a_sentence_and_keeps_the_rest(client, filed, change, sentence):
    answer = client.post(link(filed), GOOD | change)
    words = answer.content.decode()
    assert answer.status_code == 422 and sentence in words
    if "jabatan" not in change:
        assert "Ketua" in words
    assert not union.current(filed).is_answered


def test_link_answers_once(client, filed):
    client.post(link(filed), GOOD)
    again = client.post(link(filed), BAD)
    assert "sudah dijawab" in again.content.decode()
    assert union.current(filed).agrees and filed.union_confirmations.count() == 1
    token = union.token_of(union.current(filed))
    assert client.get(reverse("psk:union_text", args=[token, "naskah-pkb"])).status_code == 404


def test_replaced_text_kills_the_link_and_asks_anew(client, filed, office):
    client.post(link(filed), GOOD)
    old = link(filed)
    factories.finding(filed, office.verifikator, document_code="naskah-pkb")
    returned = perform(filed, "return", office.verifikator)
    drafts.attach(returned, filed.applicant, "naskah-pkb", factories.upload("naskah-baru.pdf"))
    repaired = perform(returned, "repair", filed.applicant)
    assert "tidak berlaku lagi" in client.get(old).content.decode()
    fresh = union.current(repaired)
    assert not fresh.is_answered and fresh.files[0]["version"] == 2
    assert Mail.objects.filter(code="union_asked").count() == 2
    repaired.findings.update(state="accepted")
    with pytest.raises(Impossible, match="belum mengonfirmasi"):
        perform(repaired, "declare_complete", office.verifikator)


def test_repair_that_leaves_the_text_keeps_the_confirmation(client, filed, office):
    client.post(link(filed), GOOD)
    factories.finding(filed, office.verifikator, document_code="bukti-wlkp")
    returned = perform(filed, "return", office.verifikator)
    drafts.attach(returned, filed.applicant, "bukti-wlkp", factories.upload("wlkp-baru.pdf"))
    repaired = perform(returned, "repair", filed.applicant)
    assert union.current(repaired).agrees and repaired.union_confirmations.count() == 1


def test_link_dies_with_the_application(client, filed):
    address = link(filed)
    perform(filed, "withdraw", filed.applicant, reason="Uji")
    page = client.get(address).content.decode()
    assert "tidak berlaku lagi" in page and filed.company_data["name"] not in page
    assert "tidak berlaku lagi" in client.post(address, GOOD).content.decode()
    assert not union.current(filed).is_answered


def test_links_that_never_were_do_not_exist_and_are_counted(client, filed, monkeypatch):
    from psk_plugin.submissions import union_views

    for wrong in ("a" * 64, "x", "0" * 500, "%00", "é" * 64):
        assert client.get(f"/psk/konfirmasi/{wrong}/").status_code == 404
    for _i in range(union_views.MISSES.limit):
        client.get(f"/psk/konfirmasi/{'b' * 64}/")
    assert client.get(link(filed)).status_code == 429
    cache.clear()


def test_paper_confirmation_by_the_desk_with_a_scan(client, filed, office):
    client.force_login(office.verifikator)
    address = reverse("psk_desk:union_paper", args=[filed.pk])
    empty = client.post(address, {"reason": ""})
    assert empty.status_code == 409 and not union.current(filed).is_answered
    words = {"reason": "Berita acara 20 November 2026, ketua SP."}
    renamed = client.post(address, words | {"scan": factories.upload("palsu.pdf", b"bukan pdf")})
    assert renamed.status_code == 409 and "Berita acara 20" in renamed.content.decode()
    client.post(address, words | {"scan": factories.upload("berita-acara.pdf")})
    confirmation = union.current(filed)
    assert confirmation.agrees and confirmation.is_paper and confirmation.recorded_by == office.verifikator
    assert client.get(reverse("psk_desk:union_scan", args=[filed.pk])).status_code == 200
    assert perform(filed, "declare_complete", office.verifikator)


def test_only_the_examining_desk_records_paper(filed, office):
    with pytest.raises(Forbidden):
        union.record_paper(filed, office.korektor, reason="Uji")


def test_company_asks_again_but_not_all_the_time(client, filed):
    client.force_login(filed.applicant)
    address = reverse("psk:union_ask_again", args=[filed.number])
    assert "baru saja" in client.post(address, follow=True).content.decode()
    UnionConfirmation.objects.update(asked_at=filed.filed_at - union.dt.timedelta(minutes=11))
    old = link(filed)
    assert "surel baru" in client.post(address, follow=True).content.decode()
    assert filed.union_confirmations.count() == 2 and link(filed) != old
    assert "tidak berlaku lagi" in client.get(old).content.decode()
    for _i in range(union.PER_DAY):
        UnionConfirmation.objects.update(asked_at=filed.filed_at - union.dt.timedelta(minutes=30))
        client.post(address)
    assert filed.union_confirmations.count() == union.PER_DAY


def test_desk_puts_the_address_right(client, filed, office):
    UnionConfirmation.objects.update(asked_at=filed.filed_at - union.dt.timedelta(minutes=30))
    client.force_login(office.verifikator)
    address = reverse("psk_desk:union_ask", args=[filed.pk])
    assert client.post(address, {"email": "bukan alamat"}).status_code == 409
    client.post(address, {"email": "ketua@serikat.test"})
    assert union.current(filed).email == "ketua@serikat.test"
    assert Mail.objects.filter(code="union_asked", recipient="ketua@serikat.test").exists()


def test_the_company_cannot_confirm_for_its_union():
    from psk_plugin.submissions.answers import draft_problems

    draft = seeded.draft("pkb-baru")
    for address in (draft.company.email.upper(), draft.applicant.email):
        draft = drafts.keep_answers(draft, draft.applicant, {"surel-sp": address})
        assert "milik perusahaan" in draft_problems(draft)["field-surel-sp"]


def test_extension_shows_the_union_the_agreement(office):
    draft = seeded.draft("pkb-perpanjangan")
    submission = perform(draft, "file", draft.applicant)
    codes = [row["code"] for row in union.current(submission).files]
    assert "kesepakatan-perpanjangan" in codes


def test_notes_of_the_office_are_printed_and_do_not_stop_the_registration(filed, office, client):
    from psk_plugin.review import verbs

    union.record_paper(filed, office.verifikator, reason="Berita acara.")
    submission = perform(filed, "declare_complete", office.verifikator)
    with pytest.raises(Forbidden):
        verbs.write_decree_notes(submission, office.verifikator, "Bukan meja saya.")
    client.force_login(office.korektor)
    client.post(
        reverse("psk_desk:decree_notes", args=[submission.pk]),
        {"text": "Pasal 31 tentang lembur bertentangan dengan PP 35/2021 Pasal 26.\n\nPasal 40 belum diatur."},
    )
    for role, action in factories.WAY[2:]:
        submission = perform(submission, action, getattr(office, role))
    notes = submission.decree.content["notes"]
    assert notes == ["Pasal 31 tentang lembur bertentangan dengan PP 35/2021 Pasal 26.", "Pasal 40 belum diatur."]


def test_a_pp_carries_no_notes_and_asks_no_union(office):
    from psk_plugin.review import verbs

    submission = factories.filed(office, steps=2)
    assert union.current(submission) is None
    with pytest.raises(Impossible, match="PKB"):
        verbs.write_decree_notes(submission, office.korektor, "Uji")
