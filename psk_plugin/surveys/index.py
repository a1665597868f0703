"""The satisfaction index (IKM): mean of each element, weighted 1/9, times 25 (Permenpan RB 14/2017).

The regulation prints the weight rounded to 0.11, which makes 99 the best possible index. Weights here are exact
ninths, so that a service with nothing but best answers has 100; reports say so.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, QuerySet, Sum

from .. import conf
from .models import SurveyAnswer
from .questions import CODES, ELEMENTS, Element

CENT = Decimal("0.01")
#: Lowest index of each grade, best first.
GRADES = (
    (Decimal("88.31"), "A", "Sangat Baik"),
    (Decimal("76.61"), "B", "Baik"),
    (Decimal("65.00"), "C", "Kurang Baik"),
    (Decimal("25.00"), "D", "Tidak Baik"),
)


def rounded(value: Fraction) -> Decimal:
    """Two decimals, half up, from the exact fraction."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class ElementMean:
    """One element's mean score (1 to 4, two decimals) and the same as a share of the best, in percent."""

    element: Element
    mean: Decimal
    percent: Decimal


@dataclass(frozen=True)
class Index:
    """`value`: 25.00 to 100.00. `count`: answers it stands on."""

    value: Decimal
    grade: str
    words: str
    count: int
    elements: tuple[ElementMean, ...]

    @property
    def is_small(self) -> bool:
        """Few answers say little about the service and much about who gave them."""
        return self.count < conf.SURVEY_MIN_ANSWERS


def grade_of(value: Decimal) -> tuple[str, str]:
    """Letter and words of an index already rounded to two decimals."""
    return next((letter, words) for lowest, letter, words in GRADES if value >= lowest)


_SUMS = {"count": Count("pk"), **{code: Sum(code) for code in CODES}}


def index_of(answers: QuerySet[SurveyAnswer]) -> Index | None:
    """The index over a set of answers, `None` where there are none. One query."""
    return _index(answers.order_by().aggregate(**_SUMS))


def index_by_service(answers: QuerySet[SurveyAnswer]) -> list[tuple[str, Index]]:
    """The index of each service in a set of answers, by its title. One query."""
    rows = answers.order_by("service__title").values("service__title", "service").annotate(**_SUMS)
    return [(row["service__title"], index) for row in rows if (index := _index(row))]


def _index(sums: Mapping[str, Any]) -> Index | None:
    """An index from the number of answers and the sum of each element."""
    count = sums["count"]
    if not count:
        return None
    means = {code: Fraction(sums[code], count) for code in CODES}
    value = rounded(sum(means.values()) * 25 / len(CODES))
    letter, words = grade_of(value)
    elements = tuple(
        ElementMean(element, rounded(means[element.code]), rounded(means[element.code] * 25)) for element in ELEMENTS
    )
    return Index(value, letter, words, count, elements)


def answers_between(first: dt.date | None, last: dt.date | None, service_id: int | None = None):
    """Answers given from `first` to `last`, both included, on one service or all."""
    answers = SurveyAnswer.objects.all()
    if first:
        answers = answers.filter(answered_on__gte=first)
    if last:
        answers = answers.filter(answered_on__lte=last)
    return answers.filter(service_id=service_id) if service_id else answers
