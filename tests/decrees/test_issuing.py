"""A signature makes the decree and the regulation in force, or nothing at all."""

import pytest
from django.utils import translation

from psk_plugin.decrees import text
from psk_plugin.decrees.issuing import revoke
from psk_plugin.decrees.models import CODE_ALPHABET, Decree
from psk_plugin.office.models import OfficeSettings
from psk_plugin.records.models import NumberSeries
from psk_plugin.regulations.models import CompanyRegulation, RegulationText
from psk_plugin.submissions.errors import Forbidden, Impossible
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Status, Submission

from .. import factories
from . import making

pytestmark = pytest.mark.django_db


def test_a_signature_numbers_freezes_and_puts_in_force(office):
    decree = making.issued(office)
    year = decree.issued_on.year
    assert decree.number.startswith("500.15/001/PP-Disnaker.HI/")
    assert decree.number.endswith(f"/{year}")
    assert decree.register_number == f"0001/PP/{year}"
    assert set(decree.code) <= set(CODE_ALPHABET) and len(decree.code) == 12
    assert decree.content["number"] == decree.number
    assert decree.content["verify_url"] == f"http://testserver/psk/verifikasi/{decree.code}/"
    assert [word for word, _text in decree.content["deciding"]] == ["KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA"]
    assert factories.VALID_IN_WORDS in decree.content["deciding"][1][1]
    assert decree.register_number in decree.content["deciding"][1][1]
    assert decree.signed_by == office.kadis
    assert decree.file is None

    regulation = CompanyRegulation.objects.get(company=decree.company, kind="PP")
    assert (regulation.version, regulation.decree, regulation.decree_number) == (1, decree, decree.number)
    assert regulation.text_file == decree.submission.documents.get(code="naskah-pp").file
    row = regulation.history.get()
    assert decree.number in row.history_change_reason
    assert row.history_user == office.kadis


def test_no_placeholder_is_left_in_the_frozen_text(office):
    content = making.issued(office).content
    everything = str([content["subject"], content["reading"], content["considering"], content["deciding"]])
    assert "{" not in everything and "}" not in everything


def test_the_decree_is_indonesian_even_if_the_signer_reads_english(office):
    submission = making.at_signature(office)
    with translation.override("en"):
        decree = making.sign(submission, office)
    assert f"1 Januari {factories.NEXT_YEAR}" in decree.content["deciding"][1][1]
    assert all(month not in decree.content["date"] for month in ("January", "October", "December", "May"))


def test_numbers_follow_each_other(office):
    first, second = making.issued(office), making.issued(office)
    assert (first.sequence, second.sequence) == (1, 2)
    assert "/002/" in second.number


def test_without_a_period_nothing_is_signed_and_no_number_is_taken(office):
    submission = making.at_signature(office)
    Submission.objects.filter(pk=submission.pk).update(data=submission.data | {"masa-berlaku": {}})
    submission = Submission.objects.get(pk=submission.pk)
    with pytest.raises(Impossible) as refused:
        making.sign(submission, office)
    assert "masa berlaku" in str(refused.value) or "period" in str(refused.value)
    submission = Submission.objects.get(pk=submission.pk)
    assert submission.status == Status.IN_REVIEW
    assert submission.stage.code == "tanda-tangan"
    assert not submission.events.filter(action="sign").exists()
    assert not Decree.objects.exists() and not CompanyRegulation.objects.exists()
    assert not NumberSeries.objects.filter(code__in=["decree-PP", "register-PP"]).exists()


def test_a_placeholder_without_value_names_what_is_missing(office):
    submission = making.at_signature(office)
    Submission.objects.filter(pk=submission.pk).update(data=submission.data | {"nomor-surat": ""})
    with pytest.raises(Impossible) as refused:
        making.sign(Submission.objects.get(pk=submission.pk), office)
    with translation.override("id"):
        assert str(text.PLACEHOLDERS["letter_number"]) in str(refused.value)
    assert not Decree.objects.exists()


def test_an_unknown_placeholder_in_an_old_edition_refuses_the_signature(office):
    submission = making.at_signature(office)
    edition = submission.edition
    edition.definition["clauses"][0]["text"] = "Surat {company.nib.__class__} {nomor}"
    edition.save()
    with pytest.raises(Impossible, match="nomor"):
        making.sign(Submission.objects.get(pk=submission.pk), office)
    assert not Decree.objects.exists()


def test_a_second_signature_is_refused(office):
    decree = making.issued(office)
    with pytest.raises(Impossible):
        perform(decree.submission, "sign", office.kadis)
    assert Decree.objects.count() == 1


def test_a_pattern_that_would_repeat_a_number_refuses_instead_of_failing(office):
    decree = making.issued(office)
    submission = making.at_signature(office)
    settings = OfficeSettings.load()
    settings.decree_pattern = decree.number.replace("001", "00{sequence}").replace("002", "00{sequence}")
    settings.save()
    Decree.objects.filter(pk=decree.pk).update(number=settings.decree_pattern.format(sequence=2))
    with pytest.raises(Impossible):
        making.sign(submission, office)
    assert NumberSeries.objects.get(code="decree-PP").last == 1


def test_filed_text_waits_to_be_read(office):
    submission = factories.filed(office)
    stored = submission.documents.get(code="naskah-pp").file
    assert RegulationText.objects.get(file=stored).state == RegulationText.State.WAITING


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "KESATU"),
        (2, "KEDUA"),
        (9, "KESEMBILAN"),
        (10, "KESEPULUH"),
        (11, "KESEBELAS"),
        (12, "KEDUA BELAS"),
        (19, "KESEMBILAN BELAS"),
        (20, "KEDUA PULUH"),
        (21, "KEDUA PULUH SATU"),
    ],
)
def test_dictums_are_counted_in_words(number, word):
    assert text.ordinal(number) == word


def test_revocation_marks_decree_and_regulation_with_the_reason(office):
    decree = making.issued(office)
    revoke(decree, office.kadis, "Data pengusaha tidak benar.")
    decree = Decree.objects.get(pk=decree.pk)
    regulation = CompanyRegulation.objects.get(company=decree.company)
    assert decree.state == "revoked" and regulation.state == "revoked"
    assert decree.revoked_by == office.kadis
    assert "Data pengusaha tidak benar." in decree.history.first().history_change_reason
    assert "Data pengusaha tidak benar." in regulation.history.first().history_change_reason


def test_revocation_needs_permission_and_reason_and_happens_once(office):
    decree = making.issued(office)
    with pytest.raises(Forbidden):
        revoke(decree, office.kasi, "Alasan")
    with pytest.raises(Impossible):
        revoke(decree, office.kadis, "   ")
    assert Decree.objects.get(pk=decree.pk).revoked_on is None
    revoke(decree, office.kadis, "Alasan")
    with pytest.raises(Impossible):
        revoke(decree, office.kadis, "Alasan lagi")
    assert Decree.objects.get(pk=decree.pk).revocation_reason == "Alasan"
