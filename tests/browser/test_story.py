"""The main job as its people do it: sign-up, filing, two returns, repairs, initials, issue, check, register."""

import csv
import datetime as dt
import io
import re
import subprocess

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from psk_plugin.demo.samples.make_samples import build
from psk_plugin.submissions.models import Submission

from .conftest import newest_mail_to

NEXT_YEAR = dt.date.today().year + 1
EMAIL, PASSWORD = "hrd@nusa-uji.test", "kata-sandi-panjang-2026"
NIB = "9120001234567"


@pytest.fixture(scope="session")
def papers(tmp_path_factory):
    """Real files of one sample company: code -> {version: path}."""
    found: dict[str, dict[int, str]] = {}
    for sample in build(tmp_path_factory.mktemp("papers")):
        if "ombak" in sample.company and sample.path.suffix != ".docx":
            found.setdefault(sample.code, {})[sample.version] = str(sample.path)
    return found


def confirm_address(someone) -> None:
    link = re.search(r"https?://\S+/akun/\S+", newest_mail_to(EMAIL).body).group()
    someone.go(re.sub(r"https?://[^/]+", someone.site, link))
    button = someone.page.locator("main form button[type=submit]")
    if button.count():
        button.first.click()
    someone.page.wait_for_load_state()


def register_company(someone) -> None:
    page = someone.page
    page.fill("[name=name]", "PT Nusa Uji Sejahtera")
    page.select_option("[name=legal_form]", "pt")
    page.fill("[name=nib]", NIB)
    page.fill("[name=npwp]", "09.254.294.3-407.0001")
    page.fill("[name=kbli_code]", "25910")
    page.select_option("[name=kbli_edition]", "2020")
    page.fill("[name=business]", "Industri penempaan logam")
    page.select_option("[name=investment]", "pmdn")
    page.fill("[name=address]", "Jl. Uji Coba No. 7")
    page.select_option("[name=kecamatan]", "rawalumbu")
    page.fill("[name=kelurahan]", "Bojong Rawalumbu")
    page.fill("[name=phone]", "021 8000001")
    page.fill("[name=email]", "kantor@nusa-uji.test")
    page.fill("[name=male_permanent]", "60")
    page.fill("[name=female_permanent]", "30")
    page.fill("[name=male_contract]", "12")
    for question in ("has_unions", "has_branches"):
        page.locator(f"[name={question}][value=no]").check()
    page.locator("form[data-psk-companies] button[type=submit]:visible").last.click()
    page.wait_for_load_state()


def decide(someone, pk: int, code: str) -> None:
    someone.go(f"/admin/psk/permohonan/{pk}/")
    box = someone.page.locator(f".psk-decision--{code}")
    if not box.evaluate("box => box.open"):
        box.locator("summary").first.click()
    box.locator("form button[type=submit]").click()
    someone.page.wait_for_load_state()


def find_fault(someone, pk: int, document: str, article: str, problem: str, request: str) -> None:
    someone.go(f"/admin/psk/permohonan/{pk}/")
    form = someone.page.locator("form.psk-finding-form")
    form.locator("[name=document_code]").select_option(document)
    form.locator("[name=article]").fill(article)
    form.locator("[name=problem]").fill(problem)
    form.locator("[name=request]").fill(request)
    form.get_by_role("button", name="Simpan Temuan").click()
    someone.page.wait_for_load_state()
    someone.sees(problem)


def accept_all(someone, pk: int) -> None:
    someone.go(f"/admin/psk/permohonan/{pk}/")
    while someone.page.locator("form[action$='/terima/'] button").count():
        someone.page.locator("form[action$='/terima/'] button").first.click()
        someone.page.wait_for_load_state()


def repair(someone, number: str, code: str, path: str, answer: str) -> None:
    someone.go(f"/psk/permohonan/{number}/")
    someone.sees("Giliran Anda")
    someone.sees("Batas perbaikan")
    someone.page.get_by_role("link", name="Perbaiki sekarang").click()
    someone.page.set_input_files(f"[name=document-{code}]", path)
    someone.page.locator("textarea[name^=finding-]").first.fill(answer)
    someone.page.get_by_role("button", name="Kirim perbaikan").click()
    someone.sees("Perbaikan Anda terkirim")


def test_company_files_office_examines_decree_goes_out_anyone_checks_it(person, papers, tmp_path):
    company = person()
    page = company.page

    # A visitor reads, signs up, and is back on the page of the service.
    company.go("/layanan/pengesahan-pp/")
    company.sees("Yang perlu disiapkan")
    page.get_by_role("link", name="Daftar akun").first.click()
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.locator("form:has([name=password2]) button[type=submit]").click()
    page.wait_for_load_state()
    confirm_address(company)
    if "/login" in page.url:
        page.fill("[name=login]", EMAIL)
        page.fill("[name=password]", PASSWORD)
        page.locator("form:has([name=password]) button[type=submit]").click()
        page.wait_for_load_state()
    assert "/layanan/pengesahan-pp/" in page.url

    # The company is registered once, and the way leads back to the form.
    page.get_by_role("link", name="Daftarkan perusahaan").first.click()
    register_company(company)
    assert "/layanan/pengesahan-pp/" in page.url
    page.get_by_role("button", name="Mulai permohonan").click()
    company.sees("Langkah 1 dari 4")
    page.get_by_role("button", name="Data sudah benar, lanjutkan").click()

    # A wrong period is told; what was typed stays.
    company.sees("Langkah 2 dari 4")
    page.fill("[name=field-judul]", "Peraturan Perusahaan PT Nusa Uji Sejahtera")
    page.fill("[name=field-nomor-surat]", "014/HRD/XI/2026")
    page.fill("[name=field-tanggal-surat]", "2026-11-20")
    page.fill("[name=field-masa-berlaku_from]", f"{NEXT_YEAR}-01-01")
    page.fill("[name=field-masa-berlaku_until]", f"{NEXT_YEAR + 2}-12-31")
    page.fill("[name=field-upah-terendah]", "5.999.443")
    page.get_by_label("5 hari kerja seminggu").check()
    page.fill("[name=field-penanggung-jawab]", "Direktur Contoh")
    page.fill("[name=field-jabatan]", "Direktur")
    page.fill("[name=field-telepon-kontak]", "021 8000001")
    page.get_by_role("button", name="Simpan dan lanjutkan").click()
    company.sees("Masa berlaku lebih dari 24 bulan")
    expect(page.locator("[name=field-nomor-surat]")).to_have_value("014/HRD/XI/2026")
    page.fill("[name=field-masa-berlaku_until]", f"{NEXT_YEAR + 1}-12-31")
    page.get_by_role("button", name="Simpan dan lanjutkan").click()

    # Files go up one by one; a wrong one is refused beside its row, the others stay.
    company.sees("Langkah 3 dari 4")
    wrong = tmp_path / "naskah.pdf"
    wrong.write_bytes(b"MZ" + bytes(500))
    page.set_input_files("[name=document-naskah-pp]", str(wrong))
    company.sees("bukan salah satu dari")
    papers = papers | {"pernyataan-belum-sp": papers["pernyataan-saran"], "bukti-wakil-pekerja": papers["bukti-wlkp"]}
    for row in page.locator("[data-psk-upload]").all():
        code = row.get_attribute("data-psk-upload")
        if code in papers:
            row.locator("input[type=file]").set_input_files(papers[code][1])
            expect(row.locator("[data-psk-state] a")).to_be_visible()

    # Away and back days later: the draft is where it was.
    company.go("/psk/permohonan/")
    page.get_by_role("link", name="Lanjutkan draf").click()
    company.sees("Ringkasan")
    for box in ("benar", "dikunci"):
        page.locator(f"[name={box}]").check()
    page.get_by_role("button", name="Ajukan permohonan").click()
    company.sees("Permohonan berhasil dikirim")
    number = re.search(r"PSK-\d{4}-\d+", page.content()).group()
    pk = Submission.objects.get(number=number).pk
    assert number in newest_mail_to(EMAIL).body
    with page.expect_download() as receipt:
        page.get_by_role("link", name="Tanda terima (PDF)").click()
    assert receipt.value.suggested_filename == f"tanda-terima-{number}.pdf"

    # Registration, then the verifier returns one paper.
    registrar, verifier, corrector = person("registrasi"), person("verifikator"), person("korektor")
    registrar.go("/admin/")
    registrar.sees(number)
    decide(registrar, pk, "receive")
    find_fault(verifier, pk, "pernyataan-saran", "halaman 1", "Pernyataan belum bermeterai.", "Unggah yang bermeterai.")
    decide(verifier, pk, "return")
    assert "Pernyataan belum bermeterai." in newest_mail_to(EMAIL).body
    repair(company, number, "pernyataan-saran", papers["pernyataan-saran"][2], "Sudah dibubuhi meterai.")
    accept_all(verifier, pk)
    decide(verifier, pk, "declare_complete")

    # The corrector reads the text in the page and returns one article.
    corrector.go(f"/admin/psk/permohonan/{pk}/")
    corrector.page.get_by_role("link", name="Naskah Peraturan Perusahaan").first.click()
    corrector.page.wait_for_load_state()
    assert corrector.page.locator("iframe, object, embed").count()
    find_fault(corrector, pk, "naskah-pp", "Pasal 30", "Cuti tahunan 10 hari.", "Ubah menjadi paling sedikit 12 hari.")
    decide(corrector, pk, "return")
    repair(company, number, "naskah-pp", papers["naskah-pp"][2], "Pasal sudah diubah.")
    accept_all(corrector, pk)
    decide(corrector, pk, "declare_in_order")
    assert Submission.objects.get(pk=pk).documents.get(code="naskah-pp").version == 2

    # Initials, then the signature.
    for role in ("kasi", "kabid"):
        decide(person(role), pk, "endorse")
    head = person("kadis")
    head.go(f"/admin/psk/permohonan/{pk}/keputusan/sign/")
    head.page.locator("form[action$='/sign/'] button[type=submit]").click()
    head.page.wait_for_load_state()
    decree = Submission.objects.get(pk=pk).decree
    assert decree.number in newest_mail_to(EMAIL).body

    # The company downloads the decree; the QR on it leads to the page that says it is genuine.
    company.go(f"/psk/permohonan/{number}/")
    company.sees("Selesai")
    answer = company.context.request.get(f"{company.site}/psk/permohonan/{number}/sk.pdf")
    file = tmp_path / "sk.pdf"
    file.write_bytes(answer.body())
    anyone = person()
    anyone.go(address_in_qr(file, tmp_path))
    anyone.sees(decree.number)
    anyone.sees("PT Nusa Uji Sejahtera")
    anyone.page.set_input_files("[name=berkas]", str(file))
    anyone.page.get_by_role("button", name="Bandingkan").click()
    anyone.sees("sama persis")
    file.write_bytes(file.read_bytes() + b"\n")
    anyone.page.set_input_files("[name=berkas]", str(file))
    anyone.page.get_by_role("button", name="Bandingkan").click()
    anyone.sees("berbeda")

    # The register shows it, the CSV too, and nothing personal.
    anyone.go("/psk/register/?q=nusa+uji")
    anyone.sees("PT Nusa Uji Sejahtera")
    table = anyone.context.request.get(f"{anyone.site}/psk/register/unduh.csv?q=nusa+uji").text()
    rows = list(csv.reader(io.StringIO(table.lstrip("\ufeff")), delimiter=";" if ";" in table.split("\n")[0] else ","))
    assert len(rows) == 2
    assert "PT Nusa Uji Sejahtera" in rows[1]
    assert EMAIL not in table
    assert "Direktur Contoh" not in table


def address_in_qr(file, folder) -> str:
    """The address that the decree's QR holds, read from the printed page as a telephone would."""
    subprocess.run(["pdftoppm", "-r", "200", "-png", str(file), str(folder / "sk")], check=True)
    for picture in sorted(folder.glob("sk-*.png")):
        with Image.open(picture) as image:
            for code in zxingcpp.read_barcodes(image):
                if "/psk/verifikasi/" in code.text:
                    return code.text
    raise AssertionError("no QR on the decree")
