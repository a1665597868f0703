"""Which companies are likely to be one: by NPWP, by name and place, and by what people said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from psk_plugin.companies import doubles
from psk_plugin.companies.matching import are_alike, normalised, npwp_key
from psk_plugin.companies.people import Refused
from tests.factories import CompanyFactory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PT Maju Jaya Contoh", "Maju-Jaya Contoh, PT."),
        ("PT. MAJU JAYA CONTOH Tbk", "CV Maju Jaya Contoh"),
        ("P.T. Maju Jaya", "PT Majujaya"),
        ("PT Sinar & Harapan", "PT Sinar dan Harapan"),
        ("Koperasi Karyawan Contoh", "Karyawan Contoh"),
    ],
)
def test_names_of_one_company_are_alike(one, other):
    assert are_alike(normalised(one), normalised(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PT Maju Jaya", "PT Maju Raya Sentosa"),
        ("PT Contoh Sejahtera 1", "PT Contoh Sejahtera 2"),
        ("PT Abc", "PT Abd"),
        ("PT Sinar Contoh", "PT Contoh Sinar Abadi"),
        ("", ""),
    ],
)
def test_names_of_two_companies_are_not(one, other):
    assert not are_alike(normalised(one), normalised(other))


def test_a_name_of_nothing_but_a_legal_form_keeps_it():
    assert normalised("PT. Persero") == "pt persero"
    assert normalised("Perusahaan Dagang Contoh") == normalised("PD Contoh") == "contoh"


@pytest.mark.parametrize(
    ("typed", "key"),
    [("092542943407000", "0092542943407000"), ("0092542943407000", "0092542943407000"), ("", ""), ("0" * 15, "")],
)
def test_the_old_and_the_new_card_have_one_npwp(typed, key):
    assert npwp_key(typed) == key


@pytest.mark.django_db
def test_pairs_come_with_every_reason_those_with_most_first():
    first = CompanyFactory(name="PT Roti Contoh", npwp="092542943407000")
    second = CompanyFactory(name="CV Roti Contoh", npwp="0092542943407000")
    third = CompanyFactory(name="PT. Roti Contoh")
    CompanyFactory(name="PT Roti Contoh", kecamatan="jatiasih")
    found = [(p.first, p.second, p.reasons) for p in doubles.likely_doubles()]
    assert found == [
        (first.pk, second.pk, ("name", "npwp")),
        (first.pk, third.pk, ("name",)),
        (second.pk, third.pk, ("name",)),
    ]


@pytest.mark.django_db
def test_a_pair_that_is_none_never_comes_back():
    one, other = CompanyFactory(name="PT Roti Contoh"), CompanyFactory(name="PT Roti Contoh")
    doubles.report(one.pk, other.pk, None, "Bukan milik kami.")
    assert doubles.likely_doubles()[0].reasons == ("name", "reported")
    doubles.keep_apart(other.pk, one.pk, None, "Beda pemilik.")
    doubles.report(one.pk, other.pk, None)
    assert doubles.likely_doubles() == []


@pytest.mark.django_db
def test_why_they_are_two_must_be_said():
    one, other = CompanyFactory(), CompanyFactory()
    with pytest.raises(Refused):
        doubles.keep_apart(one.pk, other.pk, None, " \x00 ")


@pytest.mark.django_db
def test_the_search_asks_two_queries_however_many_there_are():
    for number in range(6):
        CompanyFactory(name=f"PT Contoh {number % 3}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        doubles.likely_doubles()
    assert len(asked) == 2
