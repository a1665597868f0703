"""Working days: the vectors of the domain, and properties over ten years of random holidays and pauses."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psk_plugin.calendar import WorkingCalendar, unite

D = dt.date.fromisoformat
FIRST, LAST = dt.date(2018, 1, 1), dt.date(2027, 12, 31)

days = st.dates(FIRST, LAST)
calendars = st.dictionaries(days, st.booleans(), max_size=80).map(WorkingCalendar)
spans = st.lists(st.tuples(days, st.integers(0, 60)).map(lambda s: (s[0], s[0] + dt.timedelta(days=s[1]))), max_size=6)


@pytest.mark.parametrize(
    ("start", "working_days", "end"),
    [
        ("2026-11-24", 6, "2026-12-02"),
        ("2026-11-24", 14, "2026-12-14"),
        ("2026-11-24", 30, "2027-01-11"),
        ("2026-12-21", 5, "2026-12-30"),
        ("2026-12-21", 6, "2026-12-31"),
        ("2027-03-03", 6, "2027-03-19"),
        ("2027-03-03", 14, "2027-04-02"),
        ("2027-01-31", -30, "2026-12-15"),
        ("2027-03-31", -30, "2027-02-04"),
        ("2027-06-30", -30, "2027-05-12"),
    ],
)
def test_vectors_of_the_domain(start, working_days, end):
    assert WorkingCalendar().add(D(start), working_days) == D(end)


@pytest.mark.parametrize(("year", "weekdays_at_work"), [(2026, 240), (2027, 242)])
def test_year_has_as_many_working_days_as_the_joint_decree_leaves(year, weekdays_at_work):
    assert WorkingCalendar().count(dt.date(year - 1, 12, 31), dt.date(year, 12, 31)) == weekdays_at_work


def test_exceptions_of_the_office_close_and_open_days():
    calendar = WorkingCalendar({D("2026-11-25"): False, D("2026-11-28"): True})
    assert calendar.add(D("2026-11-24"), 3) == D("2026-11-28")


def test_years_past_the_last_joint_decree_are_uncertain():
    assert WorkingCalendar().is_certain(D("2027-12-31"))
    assert not WorkingCalendar().is_certain(D("2028-01-03"))


@settings(max_examples=150, deadline=None)
@given(calendars, days, st.integers(0, 90))
def test_adding_then_counting_gives_the_number_back(calendar, start, number):
    assert calendar.count(start, calendar.add(start, number)) == number


@settings(max_examples=150, deadline=None)
@given(calendars, days, st.integers(1, 90))
def test_what_is_added_ends_on_a_working_day(calendar, start, number):
    assert calendar.is_working_day(calendar.add(start, number))


@settings(max_examples=100, deadline=None)
@given(calendars, days, days, days)
def test_counting_adds_up(calendar, a, b, c):
    assert calendar.count(a, b) + calendar.count(b, c) == calendar.count(a, c)


@settings(max_examples=100, deadline=None)
@given(calendars, days, st.integers(1, 60), spans)
def test_due_day_with_pauses_uses_up_exactly_the_days(calendar, start, number, pauses):
    due = calendar.due(start, number, pauses)
    assert calendar.count_outside(start, due, pauses) == number


@settings(max_examples=100, deadline=None)
@given(calendars, days, st.integers(0, 400), spans)
def test_pauses_are_never_counted_twice(calendar, start, length, pauses):
    end = start + dt.timedelta(days=length)
    counted = calendar.count_outside(start, end, pauses)
    assert (
        counted == calendar.count_outside(start, end, pauses * 2) == calendar.count_outside(start, end, unite(pauses))
    )
    assert 0 <= counted <= calendar.count(start, end)


@given(spans)
def test_united_spans_are_in_order_and_apart(pauses):
    united = unite(pauses)
    assert all(first < last for first, last in united)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(united))


@settings(max_examples=100, deadline=None)
@given(calendars, days, st.integers(0, 90), st.integers(0, 30))
def test_more_working_days_never_end_earlier(calendar, start, number, more):
    assert calendar.add(start, number) <= calendar.add(start, number + more)
    assert calendar.due(start, number) == calendar.add(start, number)


@settings(max_examples=100, deadline=None)
@given(calendars, days, st.integers(0, 60), st.integers(0, 90))
def test_starting_later_never_ends_earlier(calendar, start, later, number):
    assert calendar.add(start, number) <= calendar.add(start + dt.timedelta(days=later), number)


@settings(max_examples=100, deadline=None)
@given(calendars, days, st.integers(1, 60), spans, spans)
def test_another_pause_never_brings_the_due_day_nearer(calendar, start, number, pauses, more):
    assert calendar.due(start, number, pauses) <= calendar.due(start, number, pauses + more)


@settings(max_examples=60, deadline=None)
@given(days, st.integers(0, 500), spans)
def test_united_pauses_cover_exactly_the_days_of_all_of_them(start, length, pauses):
    every = [start + dt.timedelta(days=n) for n in range(length)]
    apart = {day for day in every for first, last in pauses if first < day <= last}
    together = {day for day in every for first, last in unite(pauses) if first < day <= last}
    assert apart == together


@settings(max_examples=60, deadline=None)
@given(calendars, days, st.integers(0, 400), spans)
def test_days_outside_pauses_are_those_that_one_would_count_on_ones_fingers(calendar, start, length, pauses):
    end = start + dt.timedelta(days=length)
    fingers = [
        day
        for day in (start + dt.timedelta(days=n) for n in range(1, length + 1))
        if calendar.is_working_day(day) and not any(first < day <= last for first, last in pauses)
    ]
    assert calendar.count_outside(start, end, pauses) == len(fingers)


@settings(max_examples=60, deadline=None)
@given(calendars, st.integers(2018, 2026), st.integers(-10, 10), st.integers(1, 90))
def test_the_turn_of_the_year_is_a_day_like_any_other(calendar, year, before, number):
    start = dt.date(year, 12, 31) + dt.timedelta(days=before)
    end = calendar.add(start, number)
    turn = dt.date(year, 12, 31)
    assert calendar.count(start, turn) + calendar.count(turn, end) == number


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dates(dt.date(2028, 1, 1), dt.date(2028, 12, 31)), max_size=40), st.integers(1, 90))
def test_a_year_that_the_office_keeps_itself_counts_by_its_rows_alone(closed, number):
    calendar = WorkingCalendar(dict.fromkeys(closed, False), frozenset({2028}))
    year = [dt.date(2028, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    assert [day for day in year if calendar.is_working_day(day)] == [
        day for day in year if day.weekday() < 5 and day not in closed
    ]
    start = dt.date(2027, 12, 1)
    assert calendar.count(start, calendar.add(start, number)) == number
