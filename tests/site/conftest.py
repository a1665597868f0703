"""The account settings of this site whatever the suite's default is."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """Wagtail's site paths and the counters of the resend form live in the cache."""
    cache.clear()


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
