"""An editor who never saw Python builds a service the code does not know; the office works with it the same day.

Everything here is done by clicks and typing in the browser. `PICTURES=<folder>` keeps pictures of the way for the
README.
"""

import os
import re

from playwright.sync_api import expect
from reportlab.pdfgen.canvas import Canvas

from home.models import ServiceIndexPage
from psk_plugin.services.models import Service
from psk_plugin.submissions.models import Submission

from .test_story import address_in_qr, decide

TITLE = "Pencatatan LKS Bipartit"
FIELDS = (
    # question, kind of answer, choices
    ("Nama LKS Bipartit", "Teks pendek", ""),
    ("Tanggal pembentukan", "Tanggal", ""),
    ("Jumlah anggota", "Angka", ""),
    ("Unsur ketua", "Pilih satu", "Pengusaha\nPekerja"),
    ("Ada jadwal pertemuan", "Ya atau tidak", ""),
)
DOCUMENTS = (("Berita acara pembentukan", "Ditandatangani kedua pihak."), ("Susunan pengurus", "Nama dan jabatan."))
STAGES = (
    # for staff, for the company, kind, group
    ("Registrasi LKS", "Menunggu registrasi", "Registrasi", "PSK Registrasi"),
    ("Verifikasi LKS", "Sedang diverifikasi", "Kelengkapan dokumen", "PSK Verifikator"),
    ("Tanda tangan LKS", "Menunggu penandatanganan", "Tanda tangan", "PSK Kepala Dinas"),
)
CERTIFICATE = (
    ("Menetapkan", "Mencatat LKS Bipartit {jawaban.nama-lks-bipartit} pada {company}, beralamat di {address}."),
    ("Menetapkan", "Pencatatan ini berlaku sejak tanggal ditetapkan."),
)


def picture(someone, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        someone.page.screenshot(path=f"{folder}/{name}.png")


def tab(someone, name: str) -> None:
    someone.page.get_by_role("tab", name=name).click()


def build(editor) -> Service:
    """The service, row by row, as a person would."""
    page = editor.page
    editor.go("/admin/psk/layanan/create/")
    page.fill("[name=title]", TITLE)
    page.select_option("[name=kind]", label="Layanan lain")
    page.fill("[name=summary]", "Untuk perusahaan dengan 50 pekerja atau lebih yang membentuk LKS Bipartit.")
    page.fill("[name=product]", "Tanda Bukti Pencatatan LKS Bipartit")
    picture(editor, "layanan-1-umum")

    tab(editor, "Dokumen")
    for number, (title, help_text) in enumerate(DOCUMENTS):
        page.get_by_role("button", name="Tambah dokumen").click()
        page.fill(f"[name=documents-{number}-title]", title)
        page.fill(f"[name=documents-{number}-help_text]", help_text)
        page.check(f"[name=documents-{number}-allowed_types][value=pdf]")
    picture(editor, "layanan-2-dokumen")

    tab(editor, "Isian")
    for number, (label, kind, choices) in enumerate(FIELDS):
        page.get_by_role("button", name="Tambah isian").click()
        page.fill(f"[name=fields-{number}-label]", label)
        page.fill(f"[name=fields-{number}-step]", "Data LKS Bipartit")
        page.select_option(f"[name=fields-{number}-kind]", label=kind)
        if choices:
            page.fill(f"[name=fields-{number}-choices]", choices)
    picture(editor, "layanan-3-isian")

    tab(editor, "Tahapan")
    for number, (title, public, kind, group) in enumerate(STAGES):
        page.get_by_role("button", name="Tambah tahap").click()
        page.fill(f"[name=stages-{number}-title]", title)
        page.fill(f"[name=stages-{number}-public_title]", public)
        page.select_option(f"[name=stages-{number}-kind]", label=kind)
        page.locator(f"label:has([name=stages-{number}-groups])").filter(has_text=group).click()
    picture(editor, "layanan-4-tahapan")

    tab(editor, "Naskah surat")
    page.fill("[name=number_code]", "LKSB")
    page.fill("[name=outcome]", "Tercatat")
    page.fill("[name=decree_heading]", "TANDA BUKTI PENCATATAN")
    page.fill("[name=decree_title]", "PENCATATAN LKS BIPARTIT {company}")
    for number, (section, text) in enumerate(CERTIFICATE):
        page.get_by_role("button", name="Tambah paragraf").click()
        page.select_option(f"[name=clauses-{number}-section]", label=section)
        page.fill(f"[name=clauses-{number}-text]", text)
    picture(editor, "layanan-5-naskah")

    page.get_by_role("button", name="Simpan dan tayangkan").click()
    page.wait_for_load_state()
    editor.sees("tayang")
    return Service.objects.get(title=TITLE)


def put_on_page(editor) -> str:
    """A page of the site that carries the form, published. Returns its path."""
    page = editor.page
    index = ServiceIndexPage.objects.live().first()
    editor.go(f"/admin/pages/add/home/servicepage/{index.pk}/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=lead]", "Ajukan pencatatan LKS Bipartit secara daring.")
    page.locator("[data-streamfield-stream-container] button[title], .c-sf-add-button").last.click()
    page.get_by_role("option", name="Formulir layanan").first.click()
    page.locator("select[name$='-value-service']").select_option(label=TITLE)
    picture(editor, "layanan-6-halaman")
    page.locator(".footer__container .w-dropdown__toggle").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_load_state()
    return f"/layanan/{ServiceIndexPage.objects.get(pk=index.pk).get_children().get(title=TITLE).slug}/"


def test_editor_builds_a_service_and_the_office_works_with_it_the_same_day(person, tmp_path):
    editor = person("editor")
    service = build(editor)
    assert service.documents.count() == 2 and service.fields.count() == 5 and service.stages.count() == 3
    path = put_on_page(editor)

    company = person("pemohon")
    page = company.page
    company.go(path)
    company.sees("Berita acara pembentukan")
    picture(company, "layanan-7-formulir")
    page.get_by_role("button", name="Mulai permohonan").first.click()
    page.get_by_role("button", name="Data sudah benar, lanjutkan").click()
    page.fill("[name=field-nama-lks-bipartit]", "LKS Bipartit Maju Bersama")
    page.fill("[name=field-tanggal-pembentukan]", "2026-11-02")
    page.fill("[name=field-jumlah-anggota]", "8")
    page.get_by_label("Pekerja", exact=True).check()
    page.get_by_label("Ya", exact=True).check()
    page.get_by_role("button", name="Simpan dan lanjutkan").click()
    for row in page.locator("[data-psk-upload]").all():
        file = tmp_path / f"{row.get_attribute('data-psk-upload')}.pdf"
        canvas = Canvas(str(file))
        canvas.drawString(72, 720, f"Dokumen {file.stem}")
        canvas.save()
        row.locator("input[type=file]").set_input_files(str(file))
        expect(row.locator("[data-psk-state] a")).to_be_visible()
    company.go("/psk/permohonan/")
    page.get_by_role("link", name="Lanjutkan draf").first.click()
    company.sees("Ringkasan")
    for box in ("benar", "dikunci"):
        page.locator(f"[name={box}]").check()
    page.get_by_role("button", name="Ajukan permohonan").click()
    company.sees("Permohonan berhasil dikirim")
    number = re.search(r"PSK-\d{4}-\d+", page.content()).group()
    submission = Submission.objects.get(number=number)

    registrar = person("registrasi")
    registrar.go("/admin/psk/kotak-masuk/")
    registrar.sees(number)
    decide(registrar, submission.pk, "receive")
    decide(person("verifikator"), submission.pk, "declare_complete")
    head = person("kadis")
    head.go(f"/admin/psk/permohonan/{submission.pk}/keputusan/sign/")
    head.page.locator("form[action$='/sign/'] button[type=submit]").click()
    head.page.wait_for_load_state()

    decree = Submission.objects.get(pk=submission.pk).decree
    assert "LKSB" in decree.number
    company.go(f"/psk/permohonan/{number}/")
    company.sees("Tercatat")
    picture(company, "layanan-8-selesai")
    answer = company.context.request.get(f"{company.site}/psk/permohonan/{number}/sk.pdf")
    file = tmp_path / "sk.pdf"
    file.write_bytes(answer.body())
    anyone = person()
    anyone.go(address_in_qr(file, tmp_path))
    anyone.sees(decree.number)
    expect(anyone.page.get_by_text("Peraturan Perusahaan").locator("visible=true")).to_have_count(0)
