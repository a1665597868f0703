"""Who may do what, walked for every view and every role; a view without a row fails."""

from inspect import unwrap

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from .table import TABLE
from .world import ROLES, make_world

pytestmark = pytest.mark.django_db

ROWS = [row.split() for row in TABLE.strip().splitlines() if row.strip()]


def is_ours(path: str, view) -> bool:
    """Below one of our addresses, or made of our code at another's (account pages, people in the admin)."""
    made_by = getattr(view, "view_class", view).__module__.partition(".")[0]
    return made_by in ("psk_plugin", "home", "disnaker_site") or "psk/" in path


def views(resolver=None, prefix: str = "", space: str = ""):
    """Names of our views, as the site's addresses know them."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            if is_ours(path, unwrap(entry.callback)):
                yield f"{space}:{entry.name}" if space else entry.name
        else:
            inner = f"{space}:{entry.namespace}" if space and entry.namespace else entry.namespace or space
            yield from views(entry, path, inner)


def test_every_view_has_a_row():
    assert set(views()) == {name for name, *_rest in ROWS}


def outcome(answer) -> str:
    where = answer.headers.get("Location", "")
    if answer.status_code == 302:
        if "/login" in where:
            return "l"
        return "d" if where == "/admin/" else "o"
    return {200: "o", 202: "o", 403: "d", 404: "n", 409: "c", 422: "c"}.get(answer.status_code, str(answer.status_code))


def ask(client: Client, world, name: str, method: str, arguments: str):
    # All persons of the table ask from one address: what brakes addresses is not asked here.
    cache.clear()
    args = eval(f"[{arguments.replace(';', ',')}]", {"w": world}) if arguments != "-" else []
    return getattr(client, method.lower())(reverse(name, args=args))


class Undo(Exception):
    """Takes back what one request of the table has changed."""


def answers_of(world, name: str, method: str, arguments: str) -> str:
    letters = ""
    for role in ROLES:
        client = Client(raise_request_exception=True)
        if user := world.people[role]:
            client.force_login(user)
        try:
            with transaction.atomic():
                letters += outcome(ask(client, world, name, method, arguments))
                raise Undo
        except Undo:
            pass
    return letters


@pytest.fixture(scope="module")
def world(made_once):
    return made_once(make_world)


def test_table(world):
    wrong = {}
    for name, method, arguments, expected in ROWS:
        if (found := answers_of(world, name, method, arguments)) != expected:
            wrong[f"{name} {method}"] = f"{expected} -> {found}"
    assert not wrong


def test_no_change_without_the_token_of_the_form(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.superuser)
    for name, method, arguments, _letters in ROWS:
        if method == "POST":
            assert ask(client, world, name, method, arguments).status_code == 403, name


def test_changing_views_answer_no_get(world):
    """A view that changes something and shows nothing has no GET for anybody."""
    shown = {name for name, method, *_rest in ROWS if method == "GET"}
    for role in ("member", "korektor", "kadis", "admin"):
        client = Client()
        client.force_login(world.people[role])
        for name, method, arguments, _letters in ROWS:
            if method == "POST" and name not in shown:
                answer = ask(client, world, name, "GET", arguments)
                assert answer.status_code in (302, 403, 404, 405), f"{role} {name}: {answer.status_code}"
                assert not [m for m in get_messages(answer.wsgi_request) if m.level_tag == "success"]
