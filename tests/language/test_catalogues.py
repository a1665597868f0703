"""The words of Wagtail and of the packages beside it: all there, in Indonesian, with everything they must carry."""

import re
from importlib.metadata import version

import polib
import pytest
from django.urls import reverse

from psk_plugin import WAGTAIL_WORDS
from psk_plugin.checks import check_words

from ..tools.wagtail_words import DOMAINS, OURS, ROOT, missing

#: %(name)s, %s and {name}: what the program fills in.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")


def catalogue(domain: str) -> polib.POFile:
    return polib.pofile(str(OURS / f"{domain}.po"))


def text_of(entry: polib.POEntry) -> str:
    return entry.msgstr or entry.msgstr_plural.get(0, "")


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def pins() -> dict[str, str]:
    """Release of each package that the site is pinned to."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


PACKAGES = ("Django", "wagtail", "wagtail-modeladmin", "django-allauth", "django-simple-history")
OTHERS = [name for name in PACKAGES if version(name) != pins()[name]]


@pytest.mark.skipif(bool(OTHERS), reason=f"words are completed for the pinned releases; other: {', '.join(OTHERS)}")
def test_no_word_of_an_installed_package_is_left_in_english():
    assert [f"{word.package}: {word.text}" for word in missing()] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_translation_carries_what_the_program_fills_in(domain):
    wrong = []
    for entry in catalogue(domain):
        needed = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        allowed = needed | set(PLACEHOLDER.findall(entry.msgid))
        if not needed <= set(PLACEHOLDER.findall(text_of(entry))) <= allowed:
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_translation_keeps_links_and_emphasis(domain):
    """Addresses and attributes belong to Wagtail's scripts: a changed one would break a button."""
    wrong = [
        entry.msgid
        for entry in catalogue(domain)
        if sorted(TAG.findall(text_of(entry)))
        not in (sorted(TAG.findall(t)) for t in (entry.msgid, entry.msgid_plural))
    ]
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_translation_is_empty_doubtful_or_glued_to_its_neighbour(domain):
    wrong = [
        entry.msgid
        for entry in catalogue(domain)
        if not text_of(entry) or entry.fuzzy or edges(text_of(entry)) != edges(entry.msgid)
    ]
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_that_of_the_source(domain):
    compiled = {(e.msgctxt, e.msgid): text_of(e) for e in polib.mofile(str(OURS / f"{domain}.mo")) if e.msgid}
    assert compiled == {(e.msgctxt, e.msgid): text_of(e) for e in catalogue(domain)}


def test_a_word_is_said_alike_in_wagtails_and_in_our_own_screens():
    """LOCALE_PATHS wins over every app: a word that stands in both would silently change on our screens."""
    wagtails = {(e.msgctxt, e.msgid): text_of(e) for e in catalogue("django")}
    differing = [
        f"{room}: {entry.msgid}: {text_of(entry)} / {wagtails[entry.msgctxt, entry.msgid]}"
        for room in ("psk_plugin", "home")
        for entry in polib.pofile(str(ROOT / room / "locale" / "id" / "LC_MESSAGES" / "django.po"))
        if not entry.obsolete and wagtails.get((entry.msgctxt, entry.msgid), text_of(entry)) != text_of(entry)
    ]
    assert differing == []


def test_the_scripts_of_the_admin_speak_indonesian(client, db):
    script = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert '"Insert a block": "Sisipkan blok"' in script
    assert '"Search": "Cari"' in script


def test_signing_in_to_the_admin_is_indonesian(client, db):
    page = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Masuk ke ruang kerja" in page
    assert "Lupa kata sandi?" in page
    assert "Sign in" not in page


def test_a_site_that_leaves_the_words_out_is_told_which_line_is_missing(settings):
    settings.LOCALE_PATHS = []
    assert [found.id for found in check_words(None)] == ["psk_plugin.I001"]
    settings.LOCALE_PATHS, settings.LANGUAGE_CODE = [str(WAGTAIL_WORDS)], "id"
    assert [found.id for found in check_words(None)] == ["psk_plugin.I002"]
    settings.LANGUAGE_CODE = "en"
    assert check_words(None) == []
