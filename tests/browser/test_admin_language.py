"""The admin speaks Indonesian: the ways of an editor and of reviewers walked in a browser, every English word listed.

What a person can read or hear is collected: visible text, labels, titles, hints. A text is English where a catalogue
of an installed package has it as a source string with another Indonesian wording, or where it holds a word that only
English has.
"""

import re
from functools import cache

import polib
import pytest
from wagtail.models import Page

from psk_plugin.services.models import Service
from psk_plugin.submissions.models import Submission

from ..tools import wagtail_words

#: Words that no Indonesian sentence of an admin holds; names of things stay out (Wagtail, e-mail, StreamField).
ENGLISH = re.compile(
    r"\b(the|and|of|with|your|you|this|that|these|from|are|is|was|has|have|been|will|cannot|please|choose|search|save|"
    r"delete|edit|add|remove|page|pages|image|images|document|documents|publish|published|unpublish|draft|settings|"
    r"user|users|group|groups|report|reports|history|comment|comments|cancel|close|open|more|show|hide|upload|select|"
    r"all|any|none|no|yes|by|to|for|on|in|or|at|last|first|name|title|date|status|type|actions|options|toggle|collapse|"
    r"expand|move|copy|new|view|live|current|next|previous)\b",
    re.IGNORECASE,
)
#: Readable but not ours to translate: names of products, of people, of what the office itself typed, addresses.
LEFT = re.compile(
    r"^(?:[\d\W_]+|https?://\S+|\S+@\S+|\S+/\S*|Wagtail.*|admin|editor|Status|Data|PSK.*|.*\.(?:pdf|docx|png|jpg)|"
    r"[a-z]+(?:-[a-z0-9]+)+|id-id|H[2-6]|URL|slug|Slug|Meta|Audit|Editors?|Moderators?|Login|login)$"
)

#: Words that are Indonesian as well.
ALSO_INDONESIAN = {"Status", "Media", "Menu", "Format", "Filter", "Label", "Audio", "Video", "Data", "Register"}

COLLECT = """
() => {
  const seen = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!parent || parent.closest("script, style, template, noscript, pre, code, [lang=en], [hidden]")) continue;
    if (!parent.checkVisibility?.()) continue;
    seen.add(walk.currentNode.textContent);
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt], input[type=submit]")) {
    if (!element.checkVisibility?.()) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      if (element.getAttribute(name)) seen.add(element.getAttribute(name));
    }
    if (element.type === "submit" && element.value) seen.add(element.value);
  }
  seen.add(document.title);
  return [...seen].map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}
"""


@cache
def source_strings() -> frozenset[str]:
    """Source strings, ours and of installed packages, that have another wording in Indonesian."""
    strings = set()
    for _package, folder in wagtail_words.folders():
        for domain in wagtail_words.DOMAINS:
            entries = list(wagtail_words.sources(folder, domain))
            served = wagtail_words.served(folder, domain) if entries else None
            for entry in entries:
                if wagtail_words.translate(served, entry) not in (None, entry.msgid):
                    strings.add(entry.msgid)
    for catalogue in ("psk_plugin", "home"):
        own = polib.pofile(str(wagtail_words.ROOT / catalogue / "locale/id/LC_MESSAGES/django.po"))
        strings.update(entry.msgid for entry in own if entry.msgstr and entry.msgstr != entry.msgid)
    # Words that are Indonesian as well.
    return frozenset(
        strings - {"Status", "Media", "Menu", "Format", "Filter", "Label", "Audio", "Video", "Data", "Register"}
    )


def english(text: str) -> bool:
    """Whether a readable text is English."""
    if LEFT.match(text):
        return False
    return text in source_strings() or len(set(map(str.lower, ENGLISH.findall(text)))) >= 2


def walk(person, paths: list[str]) -> dict[str, list[str]]:
    """English texts of each path."""
    found = {}
    for path in paths:
        person.go(path)
        person.page.wait_for_load_state("load")
        if left := sorted(text for text in person.page.evaluate(COLLECT) if english(text)):
            found[path] = left
    return found


EVERYBODY = ["/admin/", "/admin/account/"]
EDITOR = [
    *EVERYBODY,
    *("/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/psk/layanan/", "/admin/psk/layanan/create/"),
    *("/admin/images/add/", "/admin/documents/multiple/add/", "/admin/reports/site-history/"),
    *("/admin/psk/dasar-hukum/", "/admin/psk/kalender/", "/admin/psk/kalender/create/"),
]
REVIEWER = [*EVERYBODY, "/admin/psk/kotak-masuk/", "/admin/psk/semua-permohonan/", "/admin/psk/peraturan/"]
SUPERVISOR = [
    *(*REVIEWER, "/admin/psk/beban/", "/admin/psk/keputusan/", "/admin/psk/perusahaan/", "/admin/psk/surel/"),
    *("/admin/psk/survei/", "/admin/psk/norma/", "/admin/psk/norma/create/", "/admin/psk/plt-plh/create/"),
    *("/admin/psk/cuti/", "/admin/psk/kalender/"),
]
#: Not the page of one group: it lists rights by the names that Django writes into the database, in English.
ADMINISTRATOR = [
    *EVERYBODY,
    *("/admin/users/", "/admin/users/new/", "/admin/groups/", "/admin/sites/"),
    *("/admin/workflows/list/", "/admin/workflows/tasks/index/", "/admin/redirects/", "/admin/collections/"),
    *("/admin/reports/locked/", "/admin/reports/workflow/", "/admin/reports/aging-pages/"),
]


def of_pages() -> list[str]:
    """Explorer, editor and history of one page of each type that has one, and adding one."""
    paths, types = [], set()
    for page in Page.objects.filter(depth__gt=1).specific().order_by("path"):
        if type(page) in types:
            continue
        types.add(type(page))
        paths += [f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/history/", f"/admin/pages/{page.pk}/"]
    return paths


def of_desk(code: str) -> list[str]:
    submission = Submission.objects.filter(stage__code=code, status="in_review").order_by("pk").first()
    parts = ("periksa", "daftar", "data", "catatan", "riwayat")
    return [f"/admin/psk/permohonan/{submission.pk}/?bagian={part}" for part in parts]


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("editor", lambda: [*EDITOR, *of_pages(), f"/admin/psk/layanan/edit/{Service.objects.first().pk}/"]),
        ("korektor", lambda: [*REVIEWER, *of_desk("koreksi")]),
        ("kabid", lambda: SUPERVISOR),
        ("admin", lambda: ADMINISTRATOR),
    ],
)
def test_no_english_is_left_on_the_way_of(person, name, paths):
    somebody = person()
    somebody.go("/admin/login/")
    assert not [text for text in somebody.page.evaluate(COLLECT) if english(text)]
    found = walk(somebody.sign_in(name), paths())
    assert not found
