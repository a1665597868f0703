"""The list of early signs, marks that take a company out of it for a time, and the rules."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from psk_plugin import roles
from psk_plugin.signs import verbs
from psk_plugin.signs.models import Sign, SignMark, SignRule, rules
from psk_plugin.submissions.errors import Impossible

from .. import factories
from ..helpdesk import making as tickets
from ..regulations.making import in_force

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LIST = "psk_tanda-dini_modeladmin_index"


@pytest.fixture
def kasi(client):
    client.force_login(factories.staff("kasi"))
    return client


def big(name: str, **values):
    return factories.CompanyFactory(name=name, male_permanent=500, **values)


def names(response) -> list[str]:
    return [row.name for row in response.context["object_list"]]


@pytest.fixture
def three():
    """With two signs, with one and many workers, with one and few workers."""
    two = big("PT Dua Tanda", kecamatan="jatiasih")
    for _n in range(3):
        tickets.ticket(company=two)
    factories.CompanyFactory(name="PT Sangat Besar", male_permanent=5000)
    in_force(factories.CompanyFactory(name="PT Runding", male_permanent=1), kind="PKB", first=-700, last=-20)
    factories.CompanyFactory(name="PT Tanpa Tanda")


def test_most_reasons_first_then_most_workers(three, kasi):
    assert names(kasi.get(reverse(LIST))) == ["PT Dua Tanda", "PT Sangat Besar", "PT Runding"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tanda=unfiled", {"PT Dua Tanda", "PT Sangat Besar"}),
        ("tanda=talks", {"PT Runding"}),
        ("tanda=complaints", {"PT Dua Tanda"}),
        ("tanda=lain", set()),
        ("kecamatan=jatiasih", {"PT Dua Tanda"}),
        ("kecamatan=jatiasih&tanda=talks", set()),
        ("q=runding", {"PT Runding"}),
        ("ditangani=ya", set()),
        ("p=abc&q=%00", {"PT Dua Tanda", "PT Sangat Besar", "PT Runding"}),
    ],
)
def test_the_list_is_narrowed(three, kasi, query, expected):
    assert set(names(kasi.get(f"{reverse(LIST)}?{query}"))) == expected


def test_the_words_of_a_reason_stand_in_the_list(three, kasi):
    shown = kasi.get(reverse(LIST)).content.decode()
    assert "5.040 pekerja" in shown
    assert "3 pengaduan dalam 6 bulan" in shown


def test_the_download_has_a_row_per_reason(three, kasi):
    response = kasi.get(reverse(LIST) + "?export=xlsx&tanda=unfiled")
    rows = list(load_workbook(io.BytesIO(response.getvalue())).active.values)[1:]
    assert [(row[0], row[4]) for row in rows] == [
        ("PT Dua Tanda", "Banyak pengaduan"),
        ("PT Dua Tanda", "Pekerja banyak, belum pernah mengajukan"),
        ("PT Sangat Besar", "Pekerja banyak, belum pernah mengajukan"),
    ]


def test_each_row_costs_no_query(kasi, django_assert_max_num_queries, django_assert_num_queries):
    for number in range(4):
        big(f"PT {number}")
    kasi.get(reverse(LIST))
    with django_assert_max_num_queries(40) as counted:
        kasi.get(reverse(LIST))
    for number in range(8):
        big(f"PT Lagi {number}")
    with django_assert_num_queries(len(counted)):
        kasi.get(reverse(LIST))


def mark(client, company, days: int = 7, note: str = "Mediator menelepon"):
    return client.post(
        reverse("psk_sign_company", args=[company.pk]),
        {"sampai": (TODAY + dt.timedelta(days=days)).isoformat(), "catatan": note},
    )


def test_a_marked_company_leaves_the_list_and_stands_in_the_other(kasi):
    company = big("PT Ditangani")
    assert mark(kasi, company).status_code == 302
    assert names(kasi.get(reverse(LIST))) == []
    other = kasi.get(reverse(LIST) + "?ditangani=ya")
    assert names(other) == ["PT Ditangani"]
    assert "Mediator menelepon" in other.content.decode()


def test_it_comes_back_after_its_day(kasi):
    company = big("PT Kembali")
    mark(kasi, company, days=0)
    assert names(kasi.get(reverse(LIST))) == []
    SignMark.objects.update(until=TODAY - dt.timedelta(days=1))
    assert names(kasi.get(reverse(LIST))) == ["PT Kembali"]
    assert SignMark.objects.count() == 1


def test_it_comes_back_with_a_new_reason_and_not_when_one_goes(kasi):
    company = big("PT Berubah")
    for _n in range(3):
        tickets.ticket(company=company)
    mark(kasi, company)
    SignRule.objects.filter(code=Sign.COMPLAINTS).update(is_on=False)
    assert names(kasi.get(reverse(LIST))) == []
    SignRule.objects.filter(code=Sign.COMPLAINTS).update(is_on=True)
    SignMark.objects.update(codes=["unfiled"])
    assert names(kasi.get(reverse(LIST))) == ["PT Berubah"]


def test_the_newest_mark_counts_and_all_are_kept(kasi):
    company = big("PT Dua Kali")
    mark(kasi, company, days=7, note="Pertama")
    mark(kasi, company, days=9, note="Kedua")
    shown = kasi.get(reverse("psk_sign_company", args=[company.pk])).content.decode()
    assert shown.index("Kedua") < shown.index("Pertama")


@pytest.mark.parametrize(
    ("until", "note", "words"),
    [
        ("", "x", "kalender"),
        ("2026-02-31", "x", "kalender"),
        ("kemarin\x00", "x", "kalender"),
        ((TODAY - dt.timedelta(days=1)).isoformat(), "x", "sudah lewat"),
        ("9999-12-31", "x", "lebih dari setahun"),
        (TODAY.isoformat(), " ", "Tulis apa yang"),
        (TODAY.isoformat(), "a" * 20_000, "paling banyak 500"),
    ],
)
def test_a_wrong_mark_gets_a_sentence(kasi, until, note, words):
    company = big("PT Salah")
    response = kasi.post(reverse("psk_sign_company", args=[company.pk]), {"sampai": until, "catatan": note})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not SignMark.objects.exists()


def test_marking_by_verb_asks_the_same():
    with pytest.raises(Impossible):
        verbs.mark(big("PT"), factories.staff("kasi"), until=TODAY - dt.timedelta(days=1), note="x", codes=set())


def test_the_page_of_a_company_leads_to_what_a_reason_rests_on(client):
    client.force_login(factories.staff("kabid"))
    company = big("PT Dasar")
    last = [tickets.ticket(company=company) for _n in range(3)][-1]
    regulation = in_force(company, kind="PKB", first=-700, last=-20)
    shown = client.get(reverse("psk_sign_company", args=[company.pk])).content.decode()
    assert reverse("psk_ticket", args=[last.pk]) in shown
    assert reverse("psk_regulation_versions", args=[regulation.pk]) in shown


def test_a_company_without_signs_says_so(kasi):
    company = factories.CompanyFactory()
    assert "tidak menunjukkan tanda" in kasi.get(reverse("psk_sign_company", args=[company.pk])).content.decode()


@pytest.fixture
def manager(client):
    user = factories.UserFactory()
    user.groups.add(roles.ensure_groups()[roles.ADMINISTRATOR])
    client.force_login(user)
    return client


def edit(client, sign: Sign, **posted):
    row = next(row for row in rules() if row.code == sign)
    return client.post(reverse("psk_aturan-tanda-dini_modeladmin_edit", args=[row.pk]), posted)


def test_an_administrator_changes_a_threshold_and_its_history_is_kept(manager):
    big("PT Lima Ratus")
    assert names(manager.get(reverse(LIST))) == ["PT Lima Ratus"]
    assert edit(manager, Sign.UNFILED, threshold="1000", months="", is_on="on").status_code == 302
    assert names(manager.get(reverse(LIST))) == []
    assert list(SignRule.history.filter(code="unfiled").values_list("threshold", flat=True)) == [1000, 100]


@pytest.mark.parametrize(
    ("sign", "posted", "words"),
    [
        (Sign.RETURNS, {"threshold": "0", "months": "12"}, "Sedikitnya 1"),
        (Sign.RETURNS, {"threshold": "3", "months": ""}, "berapa bulan"),
        (Sign.RETURNS, {"threshold": "3", "months": "61"}, "Paling lama 60"),
        (Sign.UNFILED, {"threshold": "100", "months": "3"}, "Kosongkan"),
        (Sign.UNFILED, {"threshold": "999999999", "months": ""}, "terlalu besar"),
    ],
)
def test_a_wrong_number_gets_a_sentence(manager, sign, posted, words):
    response = edit(manager, sign, **posted, is_on="on")
    assert response.status_code in (200, 422)
    assert words in response.content.decode()


def test_the_list_of_rules_shows_what_each_counts(manager):
    shown = manager.get(reverse("psk_aturan-tanda-dini_modeladmin_index")).content.decode()
    assert "pengembalian, sedikitnya: 3" in shown
    assert "dalam 12 bulan" in shown
