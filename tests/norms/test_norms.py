"""The checklist: complete at the start, dated, and the same for a text however the rows change later."""

import datetime as dt

import pytest
from django.utils import timezone

from psk_plugin.norms.asof import norms_at
from psk_plugin.norms.loader import load_norms
from psk_plugin.norms.models import Norm

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def loaded():
    load_norms()


def codes(moment=None, day: dt.date = DAY, kind: str = "PP") -> list[str]:
    return [norm.code for norm in norms_at(moment or timezone.now(), day, kind)]


def test_sixty_two_rows_are_loaded_forty_of_them_on():
    assert Norm.objects.count() == 62
    assert Norm.objects.filter(is_on=True).count() == 40


def test_loading_again_leaves_the_offices_rows_alone():
    Norm.objects.filter(code="D1").update(topic="Cuti")
    assert load_norms() == 0
    assert Norm.objects.get(code="D1").topic == "Cuti"


def test_every_row_says_what_where_and_how_to_find_it():
    for norm in Norm.objects.all():
        assert norm.minimum.endswith("."), norm
        assert norm.phrases, norm
        assert "Pasal" in norm.legal_basis or norm.code in {"B2", "E2", "G5", "I4", "K1", "K2", "K3", "K4"}, norm


def test_a_text_brought_in_from_before_is_examined_by_the_first_rows():
    assert len(codes(moment=timezone.make_aware(dt.datetime(2024, 1, 2)), day=dt.date(2024, 1, 2))) == 40


def test_rows_about_a_pp_alone_are_not_asked_of_a_pkb():
    assert "A5" in codes() and "A5" not in codes(kind="PKB")
    assert "D1" in codes(kind="PKB")


def test_a_change_touches_only_what_is_filed_after_it():
    before = timezone.now()
    norm = Norm.objects.get(code="D1")
    norm.minimum = "Paling sedikit 14 hari kerja."
    norm.save()
    then = next(norm for norm in norms_at(before, DAY, "PP") if norm.code == "D1")
    now = next(norm for norm in norms_at(timezone.now(), DAY, "PP") if norm.code == "D1")
    assert then.minimum.startswith("Paling sedikit 12")
    assert now.minimum.startswith("Paling sedikit 14")


def test_switching_off_and_adding_touch_only_what_is_filed_after_it():
    before = timezone.now()
    norm = Norm.objects.get(code="D1")
    norm.is_on = False
    norm.save()
    Norm.objects.create(code="Z1", chapter="I", topic="Baru", minimum="Baru.", legal_basis="-", sort_order=999)
    assert "D1" in codes(before) and "Z1" not in codes(before)
    assert "D1" not in codes() and codes()[-1] == "Z1"


@pytest.mark.parametrize(
    ("day", "asked"),
    [(dt.date(2026, 9, 30), "D1"), (dt.date(2026, 10, 1), "D1-BARU"), (dt.date(2030, 1, 1), "D1-BARU")],
)
def test_a_new_law_replaces_the_old_row_on_its_day(day, asked):
    old = Norm.objects.get(code="D1")
    old.valid_until = dt.date(2026, 9, 30)
    old.save()
    Norm.objects.create(
        code="D1-BARU",
        chapter="D",
        topic="Cuti tahunan",
        minimum="Baru.",
        legal_basis="-",
        valid_from=dt.date(2026, 10, 1),
        sort_order=old.sort_order,
    )
    assert {code for code in codes(day=day) if code.startswith("D1")} - {"D10"} == {asked}


def test_the_checklist_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert codes()
