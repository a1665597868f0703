"""One site with demo data for all browser tests of a run, with a real server and a real Chromium.

The data stay between the tests: each browser test makes what it changes, or only looks. They run in a process of
their own (`make test`), since the other tests roll their data back and these do not.
"""

import os

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connections
from pytest_django.live_server_helper import LiveServer

from psk_plugin.demo.accounts import DEMO_PASSWORD

from ..tools.browser import ARGUMENTS, find_chromium
from ..tools.wagtail_root import ensure_root

# Playwright's synchronous interface runs an event loop in this thread; Django then sees "async" where there is none.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = find_chromium()


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium tidak ada dan tidak dapat dipasang."))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict:
    return {"locale": "id-ID", "timezone_id": "Asia/Jakarta", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """Address of the running site."""
    from django.conf import settings

    with django_db_blocker.unblock():
        ensure_root()
        server = LiveServer("127.0.0.1")
        settings.PSK_PUBLIC_URL = server.url
        call_command("load_demo", "--yes-this-is-a-demo-server", companies=30, verbosity=0)
        yield server.url
        server.stop()
        _let_go_of_the_database()


def _let_go_of_the_database() -> None:
    """A request still on its way when the browser closed would keep PostgreSQL from dropping the test database."""
    for connection in connections.all():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        connection.close()


@pytest.fixture(autouse=True)
def _database(site, django_db_blocker):
    with django_db_blocker.unblock():
        yield


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, browser, site: str, width: int = 1280) -> None:
        self.site = site
        self.context = browser.new_context(
            locale="id-ID", timezone_id="Asia/Jakarta", viewport={"width": width, "height": 900}
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)

    def go(self, path: str) -> None:
        answer = self.page.goto(path if path.startswith("http") else self.site + path)
        assert answer is None or answer.status < 400, f"{path}: {answer.status}"

    def sign_in(self, name: str, password: str = DEMO_PASSWORD) -> "Person":
        self.go("/akun/login/")
        self.page.fill("[name=login]", name)
        self.page.fill("[name=password]", password)
        self.page.locator("form:has([name=password]) button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).locator("visible=true").first.wait_for()


@pytest.fixture
def person(browser, site):
    """Makes people with browsers; closes them afterwards."""
    people: list[Person] = []

    def make(name: str | None = None, width: int = 1280) -> Person:
        somebody = Person(browser, site, width)
        people.append(somebody)
        return somebody.sign_in(name) if name else somebody

    yield make
    for number, somebody in enumerate(people):
        if folder := os.environ.get("SCREENSHOTS"):
            somebody.page.screenshot(path=f"{folder}/end-{number}.png", full_page=True)
        somebody.context.close()


def newest_mail_to(address: str):
    """The last mail to one address. Raises `AssertionError` where there is none."""
    found = [message for message in mail.outbox if address in message.to]
    assert found, f"no mail; there are {len(mail.outbox)} to others"
    return found[-1]
