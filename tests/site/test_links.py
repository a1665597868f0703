"""Every link of the public site leads somewhere, for a visitor and for somebody of a company."""

from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import resolve
from wagtail.models import Page
from wagtail.rich_text import RichText

from psk_plugin.decrees.models import Decree
from tests.decrees import making
from tests.meetings.making import meeting
from tests.regulations.making import in_force

pytestmark = pytest.mark.django_db

#: Enough for the whole site; more would mean that pages make links without end.
MOST_PAGES, MOST_REDIRECTS = 400, 5
#: Signing out ends the walk; files that the web server gives out are not Django's to answer.
LEFT_OUT = ("/akun/logout/", "/static/", "/media/")
#: Papers made on request take seconds each: of each kind, one is fetched.
PAPERS = ("service_leaflet",)
#: Where a page points to.
POINTERS = (("a", "href"), ("link", "href"), ("img", "src"), ("form", "action"))


def internal_links(address: str, source: bytes) -> set[str]:
    """Addresses on this site that a page leads to by itself; forms that change something are not followed."""
    found = set()
    for tag, attribute in POINTERS:
        for element in BeautifulSoup(source, "html.parser").find_all(tag, **{attribute: True}):
            if tag == "form" and element.get("method", "get").lower() != "get":
                continue
            target = urlsplit(urljoin(f"http://testserver{address}", element[attribute]))
            if target.scheme == "http" and target.netloc in ("testserver", "127.0.0.1:8000", "localhost"):
                found.add(target.path)  # without filters and numbers of pages, whose combinations have no end
    return {link for link in found if not link.startswith(LEFT_OUT)}


def arrive(client: Client, address: str):
    """The answer after every redirect; `AssertionError` for a loop."""
    seen = [address]
    response = client.get(address)
    while response.status_code in (301, 302, 303, 307, 308):
        target = urlsplit(urljoin(f"http://testserver{seen[-1]}", response["Location"]))
        seen.append(target.path + (f"?{target.query}" if target.query else ""))
        assert len(set(seen)) == len(seen) and len(seen) <= MOST_REDIRECTS, f"redirects without end: {seen}"
        response = client.get(seen[-1])
    return response, seen[-1]


def walk(client: Client, *start: str) -> tuple[dict[str, int], dict[str, str]]:
    """Every address reached with its status, and the page on which each was found first."""
    waiting, found_on, answers = deque(start), dict.fromkeys(start, ""), {}
    papers: set[str | None] = set()
    while waiting:
        address = waiting.popleft()
        paper = resolve(address).url_name if address.startswith("/psk/layanan/") else ""
        if paper in PAPERS and paper in papers:
            continue
        papers.add(paper)
        response, arrived = arrive(client, address)
        answers[address] = response.status_code
        assert len(answers) < MOST_PAGES, "the site makes links without end"
        if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
            for link in sorted(internal_links(arrived, response.content)):
                if link not in found_on:
                    found_on[link] = address
                    waiting.append(link)
    return answers, found_on


def broken(answers: dict[str, int], found_on: dict[str, str]) -> list[str]:
    return [f"{status}: {address} on {found_on[address]}" for address, status in answers.items() if status >= 400]


@pytest.fixture
def decree(site, office) -> Decree:
    """A site on which lists have rows: regulations, a decree with its PDF, a meeting to come."""
    in_force()
    meeting()
    return making.rendered(office)


def test_a_visitor_finds_no_link_that_leads_nowhere(decree):
    answers, found_on = walk(Client(), "/", decree.get_absolute_url())
    assert broken(answers, found_on) == []
    assert {"/layanan/pengesahan-pp/", "/layanan/pendaftaran-pkb/", "/panduan/mendaftarkan-pkb/"} <= answers.keys()
    assert {"/psk/register/", "/psk/dasar-hukum/", "/psk/verifikasi/", "/psk/pengaduan/"} <= answers.keys()


def test_somebody_of_a_company_finds_no_link_that_leads_nowhere(decree, client):
    person = decree.submission.applicant
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answers, found_on = walk(client, "/psk/permohonan/", "/psk/perusahaan/", "/psk/peraturan/")
    assert broken(answers, found_on) == []
    assert decree.submission.get_absolute_url() in answers


def test_a_broken_link_is_found_with_the_page_it_stands_on(site, client):
    page = Page.objects.get(slug="profil").specific
    page.body = [("text", RichText('<p><a href="/tidak-ada/">lihat</a></p>'))]
    page.save_revision().publish()
    assert broken(*walk(client, "/profil/")) == ["404: /tidak-ada/ on /profil/"]
