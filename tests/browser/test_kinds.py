"""Every kind of question in a real browser: by keyboard, with what comes and goes, on a desk and on a phone."""

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from psk_plugin.submissions import drafts
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Status, Submission

from .. import factories
from .test_axe import OPTIONS

STEP = "/psk/layanan/layanan-uji/?permohonan={}&langkah={}"


@pytest.fixture
def company_person(person):
    """Somebody of a new company, signed in at a browser, with a draft of the service that asks everything."""

    def make(width: int = 1280, **kwargs):
        draft = factories.every_kind_draft(**kwargs)
        user = draft.applicant
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        somebody = person(None, width)
        somebody.sign_in(user.username, "rahasia-sekali")
        return somebody, draft

    return make


def test_questions_come_and_go_with_the_answer_they_hang_on(company_person):
    somebody, draft = company_person()
    somebody.go(STEP.format(draft.token, "isian-3"))
    page = somebody.page
    facilities, doctor = page.get_by_role("group", name="Fasilitas yang ada"), page.get_by_label("Nama dokter klinik")
    expect(facilities).to_be_hidden()
    page.get_by_role("radio", name="Ya").check()
    expect(facilities).to_be_visible()
    expect(page.get_by_text("Isi hanya bila")).to_have_count(3)
    expect(page.get_by_text("Isi hanya bila").first).to_be_hidden()
    expect(doctor).to_be_hidden()
    page.get_by_role("checkbox", name="Klinik").check()
    expect(doctor).to_be_visible()
    doctor.fill("dr. Contoh")
    page.get_by_role("radio", name="Tidak").check()
    expect(doctor).to_be_hidden()
    page.get_by_role("radio", name="Ya").check()
    expect(doctor).to_have_value("dr. Contoh")


def test_without_a_script_the_dependent_question_says_when_it_is_to_be_answered(browser, site, company_person):
    _somebody, draft = company_person()
    context = browser.new_context(java_script_enabled=False, locale="id-ID")
    context.add_cookies(_somebody.context.cookies())
    page = context.new_page()
    page.goto(site + STEP.format(draft.token, "isian-3"))
    expect(page.get_by_label("Nama dokter klinik")).to_be_visible()
    expect(page.get_by_text("Isi hanya bila “Fasilitas yang ada” dijawab “Klinik”.").first).to_be_visible()
    page.get_by_role("button", name="Tambah baris").click()
    expect(page.get_by_label("Nama cabang, baris 2")).to_be_visible()
    page.get_by_label("Nama cabang, baris 2").fill("Cabang Dua")
    page.get_by_role("button", name="Hapus baris 1").click()
    expect(page.get_by_label("Nama cabang, baris 1")).to_have_value("Cabang Dua")
    context.close()


def test_table_is_filled_by_keyboard_alone(company_person):
    somebody, draft = company_person()
    somebody.go(STEP.format(draft.token, "isian-3"))
    page = somebody.page
    page.get_by_label("Jumlah pekerja, baris 1").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Hapus baris 1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nama cabang, baris 2")).to_be_focused()
    page.keyboard.type("Cabang Dua")
    page.keyboard.press("Tab")
    page.keyboard.type("Jl. Dua")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.get_by_role("button", name="Hapus baris 1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nama cabang, baris 1")).to_have_value("Cabang Dua")
    expect(page.get_by_role("button", name="Hapus baris 1")).to_be_focused()
    page.get_by_label("Nama cabang, baris 1").focus()
    page.keyboard.press("Enter")  # the Enter key goes on, it does not take a row out
    page.wait_for_url(lambda url: "langkah=dokumen" in url)
    assert Submission.objects.get(pk=draft.pk).data["cabang"] == [
        {"Nama cabang": "Cabang Dua", "Alamat": "Jl. Dua", "Jumlah pekerja": "7"}
    ]


def test_cells_copied_from_a_spreadsheet_fill_the_table(company_person):
    somebody, draft = company_person()
    somebody.go(STEP.format(draft.token, "isian-3"))
    page = somebody.page
    page.get_by_label("Nama cabang, baris 1").focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "Cabang A\\tJl. A\\t5\\r\\nCabang B\\tJl. B\\t6\\r\\n");
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_label("Alamat, baris 2")).to_have_value("Jl. B")
    page.locator("[data-psk-saved]", has_text="Tersimpan pukul").wait_for()
    assert Submission.objects.get(pk=draft.pk).data["cabang"][1]["Nama cabang"] == "Cabang B"


def test_file_is_attached_in_its_step_and_what_was_typed_stays(company_person, tmp_path):
    somebody, draft = company_person()
    drafts.keep_answers(draft, draft.applicant, factories.CLINIC)
    photo = tmp_path / "foto.pdf"
    photo.write_bytes(factories.pdf_bytes())
    somebody.go(STEP.format(draft.token, "isian-3"))
    page = somebody.page
    page.get_by_label("Nama dokter klinik").fill("dr. Lain")
    page.get_by_label("Foto klinik").set_input_files(str(photo))
    page.get_by_role("link", name="foto.pdf").wait_for()
    page.get_by_role("button", name="Simpan draf").click()
    page.get_by_role("link", name="foto.pdf").wait_for()
    expect(page.get_by_label("Nama dokter klinik")).to_have_value("dr. Lain")


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_with_every_kind_have_no_accessibility_violation(company_person, person, width):
    somebody, draft = company_person(width, clinic=True)
    long_table = [
        {"Nama cabang": f"Cabang {n}", "Alamat": "Jl. Panjang Sekali Nomor 1", "Jumlah pekerja": "5"} for n in range(4)
    ]
    drafts.keep_answers(draft, draft.applicant, {"cabang": long_table})
    axe, wrong = Axe(), []

    def look(one, path: str) -> None:
        one.go(path)
        found = axe.run(one.page, context="main" if path.startswith("/admin/") else None, options=OPTIONS)
        wrong.extend(f"{path}: {v['id']} {v['nodes'][0]['target']}" for v in found.response["violations"])
        if one.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{path}: wider than {width} px")

    for step in ("isian-1", "isian-2", "isian-3", "isian-5", "ringkasan"):
        look(somebody, STEP.format(draft.token, step))
    drafts.keep_answers(draft, draft.applicant, dict.fromkeys(factories.EVERY_KIND, "") | {"ada-fasilitas": "ya"})
    for step in ("isian-1", "isian-2", "isian-3"):
        look(somebody, STEP.format(draft.token, step) + "&periksa=1")
    drafts.keep_answers(draft, draft.applicant, factories.EVERY_KIND | factories.CLINIC | {"cabang": long_table})
    filed = perform(draft, "file", draft.applicant)
    look(somebody, filed.get_absolute_url())
    office = factories.Office()
    filed = perform(filed, "receive", office.registrasi)
    reviewer = person("verifikator", width)
    look(reviewer, f"/admin/psk/permohonan/{filed.pk}/?bagian=data")
    for code in ("ada-fasilitas", "cabang", "kbli-mitra", "foto-klinik"):
        factories.finding(filed, office.verifikator, document_code="", field_code=code)
    filed = perform(filed, "return", office.verifikator)
    assert filed.status == Status.RETURNED
    look(somebody, f"{filed.get_absolute_url()}perbaikan/?periksa=1")
    assert not wrong, "\n".join(wrong)
