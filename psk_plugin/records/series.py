"""Consecutive numbers, without gaps and doubles, however many people press at once."""

from django.db import transaction

from .models import NumberSeries


def next_in_series(code: str, year: int) -> int:
    """The next number of the series, 1 for a new year; as `next_block`."""
    return next_block(code, year, 1)


def next_block(code: str, year: int, count: int) -> int:
    """Take `count` consecutive numbers and return the first of them.

    Must be called inside the transaction that uses the number: the row stays locked until that commits, and a
    rollback gives the number back. Raises `TransactionManagementError` outside one.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A number is only given inside the transaction that uses it.")
    NumberSeries.objects.bulk_create([NumberSeries(code=code, year=year)], ignore_conflicts=True)
    series = NumberSeries.objects.select_for_update().get(code=code, year=year)
    series.last += count
    series.save(update_fields=["last"])
    return series.last - count + 1
