"""A built site, and the account settings of this site whatever the suite's default is."""

import pytest
from django.core.cache import cache

from home.demo_content import build_site
from home.models import HomePage


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """Wagtail's site paths and the counters of the resend form live in the cache."""
    cache.clear()


@pytest.fixture
def site(db) -> HomePage:
    return build_site(None)
