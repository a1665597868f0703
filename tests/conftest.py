"""What every test may ask for."""

import pytest

from .factories import Office


@pytest.fixture
def office(db) -> Office:
    return Office()
