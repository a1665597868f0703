"""The satisfaction index, against figures worked out by hand."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from psk_plugin.surveys.index import answers_between, grade_of, index_by_service, index_of
from psk_plugin.surveys.models import SurveyAnswer
from psk_plugin.surveys.questions import CODES

from .. import factories

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 24)


def answer(*scores: int, day: dt.date = DAY, comment: str = "") -> SurveyAnswer:
    submission = factories.draft(factories.CompanyFactory())
    return SurveyAnswer.objects.create(
        submission=submission,
        service=submission.service,
        answered_on=day,
        comment=comment,
        **dict(zip(CODES, scores, strict=True)),
    )


def test_index_of_three_answers_is_as_computed_by_hand():
    # Sums by element: 9, 10, 11, 12, 9, 8, 12, 7, 6 = 84. Index: 84 / 3 / 9 * 25 = 77.777... -> 77.78, grade B.
    answer(3, 3, 4, 4, 3, 2, 4, 2, 2)
    answer(3, 4, 4, 4, 3, 3, 4, 2, 1)
    answer(3, 3, 3, 4, 3, 3, 4, 3, 3)
    index = index_of(SurveyAnswer.objects.all())
    assert (index.value, index.grade, index.words, index.count) == (Decimal("77.78"), "B", "Baik", 3)
    assert [row.mean for row in index.elements] == [
        Decimal(text) for text in ("3.00", "3.33", "3.67", "4.00", "3.00", "2.67", "4.00", "2.33", "2.00")
    ]


def test_nothing_but_best_answers_is_one_hundred_and_nothing_but_worst_twenty_five():
    best = answer(*[4] * 9)
    assert index_of(SurveyAnswer.objects.all()).value == Decimal("100.00")
    best.delete()
    answer(*[1] * 9)
    index = index_of(SurveyAnswer.objects.all())
    assert (index.value, index.grade) == (Decimal("25.00"), "D")


@pytest.mark.parametrize(
    ("value", "grade"),
    [("100", "A"), ("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"), ("65.00", "C"), ("64.99", "D")],
)
def test_grades_change_where_the_regulation_says(value, grade):
    assert grade_of(Decimal(value))[0] == grade


def test_no_answers_give_no_index():
    assert index_of(SurveyAnswer.objects.all()) is None


def test_a_period_takes_in_its_first_and_last_day():
    for day in (1, 2, 3, 4):
        answer(*[3] * 9, day=dt.date(2026, 11, day))
    within = answers_between(dt.date(2026, 11, 2), dt.date(2026, 11, 3))
    assert within.count() == 2


def test_index_of_every_service_takes_one_query(django_assert_num_queries):
    answer(*[3] * 9)
    answer(*[4] * 9)
    with django_assert_num_queries(1):
        rows = index_by_service(SurveyAnswer.objects.all())
    assert [(title, index.count) for title, index in rows] == [("Pengesahan Peraturan Perusahaan", 2)]


def test_the_database_takes_no_score_beyond_four():
    with pytest.raises(IntegrityError), transaction.atomic():
        answer(5, *[4] * 8)
