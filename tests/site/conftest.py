"""A built site, and the account settings of this site whatever the suite's default is."""

from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.demo_content import build_site
from home.models import HomePage


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """Wagtail's site paths and the counters of the resend form live in the cache."""
    cache.clear()


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker) -> Iterator[int]:
    """The demo site, built once for the tests of a module and taken back after them; each test works on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_site(None).pk
        transaction.set_rollback(True)


@pytest.fixture
def site(_built, db) -> HomePage:
    return HomePage.objects.get(pk=_built)


def cold_queries(address: str) -> int:
    """Queries of the address for an anonymous visitor, with empty caches, pictures made and types of rows known."""
    Client().get(address)
    cache.clear()
    for row in ContentType.objects.all():
        ContentType.objects.get_for_id(row.pk)
        ContentType.objects.get_by_natural_key(row.app_label, row.model)
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200, address
    return len(captured)


def text(response) -> str:
    return response.content.decode()
