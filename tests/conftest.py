"""What every test may ask for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck, settings

from home.demo_content import build_site
from home.models import HomePage

from .factories import Office
from .tools import ready_database

# How fast a busy machine makes examples says nothing about what is tested.
settings.register_profile("psk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("psk")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
    django_db_modify_db_settings,
):
    """The suite's database, as a copy of one that is migrated already (pytest-django would migrate for each worker)."""
    with django_db_blocker.unblock():
        ready_database.lay_out(keep=django_db_keepdb and not django_db_createdb)
        # What is there is kept: a migration that came after the copy, as with --reuse-db, still runs.
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"], serialized_aliases=[], keepdb=True)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Makes rows that all tests of a module find, each as they were: `made_once(make_world)`.

    For what takes seconds to make. The rows are taken back after the module. Ask for them again in each test rather
    than keeping the objects, where a test changes an object in hand. Not for tests that commit (`transaction=True`).
    """
    with django_db_blocker.unblock(), _taken_back():
        yield lambda make: make()


@contextmanager
def _taken_back() -> Iterator[None]:
    block = transaction.atomic()
    # As Django's own TestCase marks its blocks: code that asks for an outermost transaction gets one.
    block._from_testcase = True
    block.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.fixture(scope="module")
def _built_site(made_once) -> int:
    return made_once(lambda: build_site(None)).pk


@pytest.fixture
def site(_built_site, db) -> HomePage:
    """Front page of the demo site, which is built once for the tests of a module; each works on top of it."""
    return HomePage.objects.get(pk=_built_site)


@pytest.fixture
def office(db) -> Office:
    return Office()
