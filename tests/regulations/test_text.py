"""Words of filed texts are taken out once, and what cannot be read says so."""

import io

import pytest

from psk_plugin.records import intake
from psk_plugin.regulations.models import RegulationText
from psk_plugin.regulations.reading import read_later, read_missing
from psk_plugin.regulations.text import count_articles, extract

from .. import factories

pytestmark = pytest.mark.django_db

ARTICLES = ["BAB I", "KETENTUAN UMUM", "Pasal 1", "Yang dimaksud dengan pengusaha adalah ...", "Pasal 2"] + [
    "Hak menurut Pasal 1 ayat (2) tetap berlaku bagi pekerja."
] * 3


def _keep(data: bytes, kinds=("pdf", "docx")):
    return intake.keep(data, intake.look(data, list(kinds), 10))


def _pdf(lines: list[str]) -> bytes:
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    for number, line in enumerate(lines):
        page.drawString(72, 760 - 20 * number, line)
    page.save()
    return buffer.getvalue()


def _docx(lines: list[str]) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Golongan", "Upah"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("make", [_pdf, _docx])
def test_words_and_articles_are_read(make):
    text = extract(_keep(make(ARTICLES)))
    assert text.state == RegulationText.State.READ
    assert "KETENTUAN UMUM" in text.words
    assert text.article_count == 2


def test_tables_of_word_files_are_read_in_their_place():
    assert "Golongan\tUpah" in extract(_keep(_docx(ARTICLES))).words


def test_pages_that_are_pictures_are_called_scanned():
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    for number in range(3):
        page.rect(100, 100, 200, 200, fill=1)
        page.drawString(300, 20, f"hal {number}")
        page.showPage()
    page.save()
    text = extract(_keep(buffer.getvalue()))
    assert (text.state, text.article_count) == (RegulationText.State.SCANNED, 0)


def test_a_file_that_cannot_be_read_says_so(caplog):
    data = b"%PDF-1.7\nrusak\n%%EOF"
    stored = intake.keep(data, intake.Looked(intake.PDF, 1))
    assert extract(stored).state == RegulationText.State.FAILED
    assert stored.sha256[:12] in caplog.text


def test_a_file_is_read_once():
    stored = _keep(_pdf(ARTICLES))
    first = extract(stored)
    assert extract(stored).read_at == first.read_at
    assert RegulationText.objects.count() == 1


def test_what_was_missed_is_read_later():
    stored = _keep(_pdf(ARTICLES))
    read_later(stored)
    assert read_missing() == 1
    assert RegulationText.objects.get(file=stored).state == RegulationText.State.READ
    assert read_missing() == 0


def test_bytes_the_storage_does_not_give_still_wait():
    stored = _keep(_pdf(ARTICLES))
    intake.storage().delete(stored.path)
    read_later(stored)
    assert read_missing() == 0
    assert RegulationText.objects.get(file=stored).state == RegulationText.State.WAITING


@pytest.mark.django_db(transaction=True)
def test_the_text_is_read_after_filing():
    submission = factories.filed()
    stored = submission.documents.get(code="naskah-pp").file
    assert RegulationText.objects.get(file=stored).state != RegulationText.State.WAITING


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Pasal 1\nisi\nPASAL 2\n  Pasal 10A  \n", 3),
        ("menurut Pasal 1 ayat (2)\n", 0),
        ("Pasal 1.\nPasal 2:\n", 2),
        ("", 0),
    ],
)
def test_only_headings_count_as_articles(words, count):
    assert count_articles(words) == count


def test_pages_stay_apart():
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    for number in (1, 2):
        page.drawString(72, 760, f"Pasal {number}")
        page.drawString(72, 740, "Kalimat yang cukup panjang untuk satu halaman naskah.")
        page.showPage()
    page.save()
    text = extract(_keep(buffer.getvalue()))
    assert text.words.count("\f") == 1 and text.article_count == 2


def test_a_pdf_with_nothing_on_its_pages_is_called_empty():
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.showPage()
    page.save()
    text = extract(_keep(buffer.getvalue()))
    assert text.state == RegulationText.State.EMPTY and "tidak berisi tulisan" in text.explanation


def _locked(password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf(ARTICLES))))
    writer.encrypt(user_password=password, owner_password="pemilik", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_with_a_password_says_so():
    text = extract(intake.keep(_locked("rahasia"), intake.Looked(intake.PDF, 1)))
    assert text.state == RegulationText.State.LOCKED
    assert "kata sandi" in text.explanation and not text.has_words


def test_a_pdf_locked_against_changes_only_is_read():
    text = extract(intake.keep(_locked(""), intake.Looked(intake.PDF, 1)))
    assert text.state == RegulationText.State.READ and text.article_count == 2


def test_articles_of_a_table_of_contents_are_not_counted_twice():
    assert count_articles("DAFTAR ISI\nPasal 1 Upah .... 2\nPasal 2 Cuti .... 3\nPasal 1\nUpah\nPasal 2\nCuti") == 2


@pytest.mark.parametrize("state", [s for s in RegulationText.State if s != RegulationText.State.READ])
def test_every_state_but_a_good_one_has_its_sentence(state):
    assert RegulationText(state=state).explanation.endswith(".")


def test_every_bad_file_of_the_samples_gets_a_state(tmp_path):
    from psk_plugin.demo.samples.make_samples import bad_files

    for name, path in bad_files(tmp_path).items():
        data = path.read_bytes()
        kind = intake.DOCX if name.endswith(".docx") else intake.PDF
        text = extract(intake.keep(data, intake.Looked(kind, 1)))
        assert text.state in RegulationText.State.values
        assert text.has_words or text.explanation, name
