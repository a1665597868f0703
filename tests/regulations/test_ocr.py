"""Scanned texts: recognised where Tesseract is installed, within limits, and every failure said in a sentence."""

import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from psk_plugin.records import intake
from psk_plugin.regulations import ocr
from psk_plugin.regulations.models import RegulationText
from psk_plugin.regulations.text import extract

pytestmark = pytest.mark.django_db

State, Problem = RegulationText.State, RegulationText.Problem
WORDS = "Pasal 1\nCuti tahunan diberikan selama dua belas hari kerja kepada setiap pekerja."


def scan(*pages: str) -> bytes:
    """A PDF whose pages are pictures of words, as a scanner makes it."""
    pictures = []
    for words in pages:
        picture = Image.new("L", (1240, 600), 255)
        ImageDraw.Draw(picture).text((60, 80), words, fill=0, font=ImageFont.load_default(36), spacing=20)
        pictures.append(picture)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return out.getvalue()


@pytest.fixture
def scanned():
    return extract(intake.keep(scan("satu", "dua"), intake.Looked(intake.PDF, 2)))


@pytest.fixture
def tesseract(monkeypatch):
    """A Tesseract that answers what the test wants: words, or an exception."""
    answers = {"words": WORDS, "calls": []}

    def run(command, **_options):
        answers["calls"].append(command)
        if isinstance(answers["words"], Exception):
            raise answers["words"]
        if command[0] == "pdftoppm":
            Path(f"{command[-1]}.png").write_bytes(b"gambar")
        return subprocess.CompletedProcess(command, 0, answers["words"].encode(), b"")

    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr.subprocess, "run", run)
    return answers


def test_a_scanned_text_is_offered_recognition_only_where_tesseract_is(scanned, monkeypatch):
    assert scanned.state == State.SCANNED
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    assert not ocr.may_recognise(scanned) and not ocr.recognise_later(scanned.file_id)
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    assert ocr.may_recognise(scanned)


def test_tesseract_without_indonesian_counts_as_missing(monkeypatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda name: "/usr/bin/tesseract")
    for told, expected in (("List of languages (2):\neng\nind\n", True), ("eng\nosd\n", False)):
        ocr.is_installed.cache_clear()
        answer = subprocess.CompletedProcess([], 0, told, "")
        monkeypatch.setattr(ocr.subprocess, "run", lambda *a, answer=answer, **k: answer)
        assert ocr.is_installed() is expected
    ocr.is_installed.cache_clear()


def test_the_commands_name_language_page_and_files_as_arguments():
    command = ocr.reading_command(Path("/tmp/x y/page.png"))
    assert command[:3] == ["tesseract", "/tmp/x y/page.png", "stdout"] and command[command.index("-l") + 1] == "ind"
    command = ocr.drawing_command(Path("a.pdf"), 7, Path("/tmp/page-7"))
    assert command[command.index("-f") + 1] == command[command.index("-l") + 1] == "7"
    assert command[-2:] == ["a.pdf", "/tmp/page-7"]


@pytest.mark.parametrize("with_poppler", [True, False])
def test_recognised_words_are_kept_page_by_page(scanned, tesseract, monkeypatch, with_poppler):
    monkeypatch.setattr(ocr.shutil, "which", lambda name: name if with_poppler else None)
    RegulationText.objects.filter(pk=scanned.pk).update(state=State.RECOGNISING)
    ocr.recognise.call(scanned.file_id)
    scanned.refresh_from_db()
    assert (scanned.state, scanned.words.count("\f"), scanned.has_words) == (State.RECOGNISED, 1, True)
    assert "Cuti tahunan" in scanned.words and "salah baca" in scanned.explanation


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (subprocess.TimeoutExpired("tesseract", 60), Problem.TIMEOUT),
        (subprocess.CalledProcessError(1, "tesseract"), Problem.BROKEN),
        (OSError("hilang"), Problem.BROKEN),
        ("  \n ", Problem.NOTHING),
    ],
)
def test_what_goes_wrong_is_told(scanned, tesseract, answer, problem):
    tesseract["words"] = answer
    RegulationText.objects.filter(pk=scanned.pk).update(state=State.RECOGNISING)
    ocr.recognise.call(scanned.file_id)
    scanned.refresh_from_db()
    assert (scanned.state, scanned.problem) == (State.SCANNED, problem)
    assert str(Problem(problem).label) in scanned.explanation


def test_a_text_with_too_many_pages_is_not_begun(scanned, tesseract, settings):
    settings.PSK_OCR_MAX_PAGES = 1
    RegulationText.objects.filter(pk=scanned.pk).update(state=State.RECOGNISING)
    ocr.recognise.call(scanned.file_id)
    scanned.refresh_from_db()
    assert scanned.problem == Problem.TOO_LONG and not tesseract["calls"]


@pytest.mark.django_db(transaction=True)
def test_asking_twice_starts_one(scanned, tesseract, monkeypatch):
    started = []
    monkeypatch.setattr(ocr, "after_commit", lambda task, pk: started.append(pk))
    assert ocr.recognise_later(scanned.file_id)
    assert not ocr.recognise_later(scanned.file_id)
    assert started == [scanned.file_id]


def test_a_recognition_that_was_cut_off_can_be_started_again(scanned, tesseract):
    RegulationText.objects.filter(pk=scanned.pk).update(state=State.RECOGNISING, read_at=timezone.now())
    scanned.refresh_from_db()
    assert not ocr.may_recognise(scanned)
    RegulationText.objects.filter(pk=scanned.pk).update(read_at=timezone.now() - dt.timedelta(hours=3))
    scanned.refresh_from_db()
    assert ocr.may_recognise(scanned)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_tesseract_reads_a_scanned_page():
    ocr.is_installed.cache_clear()
    if not ocr.is_installed():
        pytest.skip("Tesseract has no Indonesian")
    text = extract(intake.keep(scan(WORDS), intake.Looked(intake.PDF, 1)))
    assert ocr.recognise_later(text.file_id)
    ocr.recognise.call(text.file_id)
    text.refresh_from_db()
    assert text.state == State.RECOGNISED and "tahunan" in text.words
