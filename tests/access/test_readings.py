"""Every view that gives out a stored file records who read it: the table of views is walked, none is named."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

import psk_plugin
from psk_plugin.records.models import FileReading, StoredFile

from .. import factories
from .test_table import ROWS, Undo, ask, outcome
from .world import ROLES, make_world

pytestmark = pytest.mark.django_db

#: Views that certainly give out a file in the world of the table; so the walk cannot pass by finding nothing.
CERTAIN = {
    *("psk:draft_pending_file", "psk:submission_document", "psk:submission_message_file", "psk:submission_notice"),
    *("psk:union_text", "psk:ticket_file", "psk_ticket_file", "psk_claim_proof", "psk_census_file"),
    *("psk_report_download", "psk_campaign_letter", "psk_campaign_print", "psk_desk:document", "psk_desk:message_file"),
    *("psk_desk:notice",),
}
#: Made when asked for, of the rows of an uploaded list: reading that list by another way.
EXTRACTS = {"psk_census_export"}
#: Texts are shown beside each other on a page, which is reading them too.
TEXTS = {"psk_desk:redline", "psk_regulation_redline"}
#: Modules that may answer with a file: stored ones, lists made when asked for.
DOORS = {"records/serving.py", "sheets.py"}


@pytest.fixture(scope="module")
def world(made_once):
    return made_once(make_world)


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def one_of(role: str, world) -> Client:
    client = Client()
    if user := world.people[role]:
        client.force_login(user)
    return client


def is_stored(answer) -> bool:
    """Whether the content is that of a stored file. A mail may keep a calendar file: all may have that."""
    digest = hashlib.sha256(content_of(answer)).hexdigest()
    return "text/calendar" not in answer["Content-Type"] and StoredFile.objects.filter(sha256=digest).exists()


def asked(world, role: str, *row: str) -> tuple[int, str, bool]:
    """How many readings there are after one request, its outcome, whether it gave a file; all is taken back."""
    try:
        with transaction.atomic():
            answer = ask(one_of(role, world), world, *row)
            found = FileReading.objects.count(), outcome(answer), "Content-Type" in answer and is_stored(answer)
            raise Undo
    except Undo:
        return found


def test_who_gets_a_stored_file_is_recorded_once_and_nobody_else_is(world):
    before = FileReading.objects.count()
    served, wrong = set(), []
    for name, method, arguments, letters in ROWS:
        if method != "GET" or "o" not in letters or name in TEXTS:
            continue
        roles = dict(zip(letters, ROLES, strict=True))
        after, _letter, is_file = asked(world, roles.pop("o"), name, "GET", arguments)
        if after - before != (is_file or name in EXTRACTS):
            wrong.append(f"{name}: a reading adds {after - before}")
        if not is_file:
            continue
        served.add(name)
        for role in roles.values():
            after, letter, _is_file = asked(world, role, name, "GET", arguments)
            if after != before:
                wrong.append(f"{name} {role}: {letter} adds {after - before}")
    assert not wrong
    assert served >= CERTAIN


def test_asking_for_the_head_alone_is_no_reading(world):
    before = FileReading.objects.count()
    for name, method, arguments, letters in ROWS:
        if method == "GET" and name in CERTAIN | EXTRACTS and "o" in letters:
            after, _letter, _is_file = asked(world, ROLES[letters.index("o")], name, "HEAD", arguments)
            assert after == before, name


def test_a_reading_says_who_what_and_of_which_row(world):
    ask(one_of("registrasi", world), world, "psk_claim_proof", "GET", "w.claim.pk")
    read = FileReading.objects.of(world.claim).get()
    assert (read.user, read.file) == (world.people["registrasi"], world.claim.proof)
    # The same content under another row is another matter.
    assert not FileReading.objects.of(world.returned).exists()


def test_no_other_module_answers_with_a_file():
    root = Path(psk_plugin.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "FileResponse" in path.read_text(encoding="utf-8")
    }
    assert found == DOORS


PAGES = {
    "psk_claim": "claim",
    "psk_paper_decree": "paper_decree",
    "psk_census": "batch",
    "psk_ticket": "ticket",
    "psk_addressee": "addressee",
    "psk_campaign": "sent_campaign",
}


@pytest.mark.parametrize("page", PAGES)
def test_the_page_of_a_row_tells_who_opened_its_files_last(world, page):
    about, client, reader = getattr(world, PAGES[page]), one_of("admin", world), factories.staff("kasi")
    get_user_model().objects.filter(pk=reader.pk).update(first_name="Dewi", last_name="Pembaca")
    shown = ask(client, world, page, "GET", f"w.{PAGES[page]}.pk").content.decode()
    assert "Yang pernah membuka berkas" not in shown
    FileReading.objects.bulk_create(FileReading.by(reader, StoredFile.objects.first(), about) for _number in range(7))
    shown = ask(client, world, page, "GET", f"w.{PAGES[page]}.pk").content.decode()
    told = shown.split("Yang pernah membuka berkas")[1]
    assert told.count("Dewi Pembaca") == 5 and "tidak ditampilkan di sini" in told
