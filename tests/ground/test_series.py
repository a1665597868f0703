"""Numbers without gaps and doubles."""

import pytest
from django.db import transaction

from psk_plugin import numbers
from psk_plugin.records.series import next_in_series


@pytest.mark.django_db
def test_series_counts_from_one_in_each_year():
    assert [next_in_series("uji", 2026), next_in_series("uji", 2026), next_in_series("uji", 2027)] == [1, 2, 1]


@pytest.mark.django_db
def test_rollback_gives_the_number_back():
    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():
        assert next_in_series("uji", 2026) == 1
        raise Undo
    assert next_in_series("uji", 2026) == 1


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given():
    with pytest.raises(transaction.TransactionManagementError):
        next_in_series("uji", 2026)


@pytest.mark.parametrize(
    "pattern", ["{sequenc}", "{sequence", "{sequence.__class__}{x}", "tanpa urutan", "{0}", "{year:zz}"]
)
def test_wrong_pattern_is_told(pattern):
    assert numbers.check_pattern(pattern)


def test_pattern_makes_the_number():
    pattern = "{code}/{sequence:03}/{kind}-Disnaker.HI/{roman_month}/{year}"
    assert numbers.check_pattern(pattern) is None
    assert (
        numbers.render(pattern, sequence=7, year=2026, month=11, code="500.15", kind="PP")
        == "500.15/007/PP-Disnaker.HI/XI/2026"
    )
