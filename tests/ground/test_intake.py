"""Uploads are judged by their content; each bad one gets a sentence, nothing gives an error."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from psk_plugin.demo.samples.make_samples import bad_files
from psk_plugin.records import intake
from psk_plugin.records.models import StoredFile

from .. import factories


@pytest.fixture(scope="session")
def bad(tmp_path_factory):
    return {path.name: path for path in bad_files(tmp_path_factory.mktemp("bad")).values()}


REFUSED = {
    "0-byte": (["pdf"], "empty"),
    "renamed": (["pdf"], "kind"),
    "truncated": (["pdf"], "damaged"),
    "encrypted": (["pdf"], "encrypted"),
    "oversized": (["pdf"], "size"),
    "exe": (["pdf"], "kind"),
    "html": (["pdf"], "kind"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_file_is_refused_with_a_sentence(bad, name):
    kinds, code = REFUSED[name]
    path = next(p for n, p in bad.items() if n.startswith(name))
    with pytest.raises(ValidationError) as refused:
        intake.look(path.read_bytes(), kinds, 10)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


def test_three_hundred_pages_are_welcome(bad):
    data = next(p for n, p in bad.items() if n.startswith("300")).read_bytes()
    assert intake.look(data, ["pdf"], 10).page_count == 300


def test_every_bad_file_is_either_sound_or_refused_never_an_error(bad):
    for path in bad.values():
        try:
            intake.look(path.read_bytes(), list(intake.KINDS), 50)
        except ValidationError as refused:
            assert refused.messages


def test_every_cut_of_a_sound_pdf_is_refused():
    data = factories.pdf_bytes("Utuh", pages=3)
    for length in range(6, len(data) - 10, 37):
        with pytest.raises(ValidationError):
            intake.look(data[:length], ["pdf"], 10)


@pytest.mark.django_db
def test_same_content_is_kept_once_and_reads_back_whole():
    data = factories.pdf_bytes("Satu")
    looked = intake.look(data, ["pdf"], 10)
    first, second = intake.keep(data, looked), intake.keep(data, looked)
    assert first == second
    assert first.sha256 == hashlib.sha256(data).hexdigest()
    with intake.storage().open(first.path, "rb") as kept:
        assert kept.read() == data


@pytest.mark.django_db
def test_crash_while_writing_leaves_no_row_and_the_next_try_mends_it(monkeypatch):
    data = factories.pdf_bytes("Putus")
    looked = intake.look(data, ["pdf"], 10)
    place = intake.storage()
    digest = hashlib.sha256(data).hexdigest()
    path = StoredFile(sha256=digest).path

    def half(name, content, *args, **kwargs):
        from django.core.files.base import ContentFile

        type(place).save(place, name, ContentFile(content.read()[: len(data) // 2]))
        raise OSError("No space left on device")

    monkeypatch.setattr(intake, "storage", lambda: place)
    monkeypatch.setattr(place, "save", half, raising=False)
    with pytest.raises(OSError, match="space"):
        intake.keep(data, looked)
    assert not StoredFile.objects.filter(sha256=digest).exists()
    monkeypatch.undo()
    intake.keep(data, looked)
    assert intake.storage().size(path) == len(data)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\naskah.pdf", "naskah.pdf"),
        ('naskah "final"<1>.pdf', "naskah final1.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "berkas"),
        ("...", "berkas"),
        ("é" * 300 + ".pdf", "é" * 146 + ".pdf"),
    ],
)
def test_file_names_are_made_harmless(given, shown):
    assert intake.clean_name(given) == shown
