"""A service that is neither PP nor PKB: its letter stands alone, with its own words, numbers and check page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from psk_plugin.decrees.issuing import revoke
from psk_plugin.decrees.models import Decree
from psk_plugin.decrees.rendering import render_once
from psk_plugin.outreach.models import Mail
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.services.models import Service
from psk_plugin.submissions import clocks, drafts
from psk_plugin.submissions.errors import Impossible
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories
from ..services.building import LKS_ANSWERS, lks
from . import making

pytestmark = pytest.mark.django_db


def filed(service: Service, company=None, **answers) -> Submission:
    company = company or factories.CompanyFactory(name="PT Kayu Manis")
    user = factories.member_of(company)
    submission, _new = drafts.open_draft(service, company, user)
    submission = drafts.keep_answers(submission, user, LKS_ANSWERS | answers)
    drafts.attach(submission, user, "berita-acara", factories.upload())
    return perform(Submission.objects.get(pk=submission.pk), "file", user)


def issued(office, service: Service | None = None, **kwargs) -> Decree:
    submission = filed(service or lks(), **kwargs)
    for role, action in (("registrasi", "receive"), ("verifikator", "declare_complete"), ("kadis", "sign")):
        submission = perform(submission, action, getattr(office, role))
    return Decree.objects.get(submission=submission)


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_letter_has_its_own_number_and_no_validity_and_puts_nothing_in_force(office):
    decree = issued(office)
    assert decree.number.startswith("500.15/001/LKS-Disnaker.HI/")
    assert decree.register_number.startswith("0001/LKS/")
    assert (decree.valid_from, decree.valid_until) == (None, None)
    assert decree.submission.registration_number
    assert not CompanyRegulation.objects.exists()
    assert decree.state == "in_force"


def test_numbers_of_each_code_run_for_themselves(office):
    service = lks()
    first = issued(office, service)
    making.issued(office)
    second = issued(office, service, company=factories.CompanyFactory())
    other = issued(office, lks(code="lain", number_code="PKWT"), company=factories.CompanyFactory())
    assert [d.sequence for d in (first, second, other)] == [1, 2, 1]


def test_the_pdf_reads_as_what_it_calls_itself(office):
    decree = issued(office)
    render_once(decree.pk)
    text = making.words_of(making.pdf_of(Decree.objects.get()))
    assert "TANDA BUKTI PENCATATAN LEMBAGA KERJA SAMA BIPARTIT PT KAYU MANIS NOMOR:" in text
    assert f"dengan ketua Sari Contoh telah dicatat dengan nomor {decree.number}" in text
    assert "Dikeluarkan di" in text and "Keaslian dokumen ini" in text
    for word in ("KEPUTUSAN", "MEMUTUSKAN", "KESATU", "Peraturan Perusahaan"):
        assert word not in text


def test_without_a_heading_it_is_a_decree_in_the_offices_form(office):
    decree = issued(office, lks(decree_heading=""))
    assert decree.content["heading"].startswith("KEPUTUSAN")
    assert decree.content["style"] == "decree"


def test_the_check_page_speaks_of_a_document_not_of_a_regulation(office):
    decree = issued(office)
    render_once(decree.pk)
    page = words(Client().get(decree.get_absolute_url()))
    for part in (
        *("Dokumen ini terdaftar di Dinas Tenaga Kerja", decree.number, "Tanda Bukti Pencatatan", "Tercatat"),
        *("Pencatatan LKS Bipartit", "PT Kayu Manis", "Dokumen ini berlaku, tanpa batas akhir"),
    ):
        assert part in page
    main = page[page.index("<h1>") : page.index("</main>")]
    assert "Peraturan" not in main and "eputusan ini" not in main


def test_a_revoked_letter_says_so(office):
    decree = issued(office)
    revoke(decree, office.kadis, "Pengurus berganti.")
    page = words(Client().get(decree.get_absolute_url()))
    assert "Dokumen ini dicabut oleh dinas" in page


def test_a_second_letter_of_the_same_company_replaces_nothing(office):
    company = factories.CompanyFactory()
    first = issued(office, lks(), company=company)
    second = issued(office, lks(code="lain"), company=company)
    assert first.state == second.state == "in_force"
    assert [row.successor_number for row in Decree.objects.with_successor()] == [None, None]


def test_staff_see_it_in_the_list_and_on_its_page(office):
    decree = issued(office)
    client = Client()
    client.force_login(office.kabid)
    assert decree.number in words(client.get(reverse("psk_keputusan_modeladmin_index")))
    narrowed = client.get(reverse("psk_keputusan_modeladmin_index"), {"jenis": "LAIN", "status": "berlaku"})
    assert decree.number in words(narrowed)
    page = words(client.get(reverse("psk_decree_detail", args=[decree.pk])))
    facts = page[page.index('<dl class="psk-facts">') : page.index("</dl>")]
    assert "Tanda Bukti Pencatatan" in facts and "None" not in facts


def test_the_company_reads_the_services_own_words(office):
    decree = issued(office)
    client = Client()
    client.force_login(decree.submission.applicant)
    page = words(client.get(decree.submission.get_absolute_url()))
    assert "Tercatat" in page and "Tanda Bukti Pencatatan" in page and "Dokumen dapat diunduh" in page
    assert "Keputusan terbit" not in page


def test_the_mail_has_the_editors_words_and_keeps_facts_and_button(office):
    decree = issued(office)
    render_once(decree.pk)
    mail = Mail.objects.filter(code="issued").first()
    assert mail.subject == f"LKS PT Kayu Manis tercatat nomor {decree.number}"
    for part in (
        "Selamat, LKS dengan ketua Sari Contoh sudah tercatat.\n\nSimpan",
        decree.number,
        decree.code,
        "/psk/",
    ):
        assert part in mail.text
    assert "Pasal 114" not in mail.text and "Masa berlaku" not in mail.text


def test_a_company_with_branches_elsewhere_may_apply(office):
    company = factories.CompanyFactory()
    company.branches.create(name="Cabang", address="Jl. Jauh", regency="Kota Bandung", in_city=False, workers=3)
    assert filed(lks(), company).number


def test_it_has_the_clocks_its_editor_set_and_no_article_of_another_law(office):
    submission = perform(filed(lks()), "receive", office.registrasi)
    running = clocks.clocks_of(submission)
    assert [(clock.code, clock.allowed, clock.legal_basis) for clock in running] == [("examination", 3, "")]
    without = perform(
        filed(lks(code="lain", examination_days=0), factories.CompanyFactory()), "receive", office.registrasi
    )
    assert clocks.clocks_of(without) == []


def test_an_answer_that_is_missing_at_the_signature_is_named(office):
    submission = filed(lks())
    for role, action in (("registrasi", "receive"), ("verifikator", "declare_complete")):
        submission = perform(submission, action, getattr(office, role))
    Submission.objects.filter(pk=submission.pk).update(data={"anggota": "12"})
    with pytest.raises(Impossible, match="Nama ketua"):
        perform(Submission.objects.get(pk=submission.pk), "sign", office.kadis)
    assert not Decree.objects.exists()
