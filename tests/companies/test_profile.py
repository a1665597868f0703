"""Registering a company and keeping its profile."""

import datetime as dt

import pytest
from django.urls import reverse

from psk_plugin.companies.models import Branch, Company, Membership, Union
from tests.factories import CompanyFactory

from .helpers import BRANCH, owner_of, person, profile, profile_of, rows

pytestmark = pytest.mark.django_db
CREATE = "/psk/perusahaan/baru/"


@pytest.fixture
def me(client):
    user = person()
    client.force_login(user)
    return user


def sentences(response) -> str:
    return " ".join(sentence for _address, sentence in response.context["errors"])


def test_registering_makes_the_company_and_its_owner(client, me):
    response = client.post(CREATE, profile())
    company = Company.objects.get()
    assert response.url == reverse("psk:company_detail", args=[company.pk])
    assert (company.nib, company.workers, company.sector) == ("9120001234567", 25, "manufacturing")
    assert Membership.objects.get(company=company).user == me
    assert Membership.objects.get(company=company).role == Membership.Role.OWNER
    assert company.history.get().history_user == me


def test_nothing_that_decides_is_chosen_beforehand(client, me):
    form = client.get(CREATE).context["form"]
    for name in ("legal_form", "kecamatan", "investment", "kbli_edition", "has_unions", "has_branches"):
        assert not form[name].value(), name
    for name in form.WORKERS:
        assert form[name].value() is None


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("npwp", "09.123.456.7-890.123", "091234567890123"),
        ("npwp", "0912 3456 7890 1234", "0912345678901234"),
        ("nib", " 9120 0012 34567 ", "9120001234567"),
        ("nib", "9120001234567\x00", "9120001234567"),
        ("name", "PT  Maju\r\nContoh", "PT Maju Contoh"),
        ("male_permanent", "1.250", 1250),
        ("male_permanent", "1 250", 1250),
        ("website", "www.majucontoh.test", "https://www.majucontoh.test"),
        ("wlkp_valid_until", "31-03-2027", dt.date(2027, 3, 31)),
        ("postcode", "", ""),
    ],
)
def test_what_people_type_is_kept_as_the_office_needs_it(client, me, field, typed, kept):
    assert client.post(CREATE, profile(**{field: typed})).status_code == 302
    assert getattr(Company.objects.get(), field) == kept


WRONG = [
    ("nib", "912000123456"),
    ("nib", "91200012345678"),
    ("nib", "91200O1234567"),
    ("nib", "٩١٢٠٠٠١٢٣٤٥٦٧"),
    ("nib", ""),
    ("npwp", "12345"),
    ("npwp", "09123456789012345"),
    ("kbli_code", "1071"),
    ("kbli_code", "00000"),
    ("kbli_code", "ABCDE"),
    ("kbli_edition", "2015"),
    ("legal_form", "llc"),
    ("legal_form", ""),
    ("kecamatan", "bekasi\x00"),
    ("kecamatan", "Karawang"),
    ("investment", ""),
    ("postcode", "1714"),
    ("postcode", "1714a"),
    ("phone", "telepon saya"),
    ("phone", "123"),
    ("email", "hrd"),
    ("website", "javascript:alert(1)"),
    ("website", "ftp://majucontoh.test"),
    ("website", "bukan alamat"),
    ("male_permanent", "-1"),
    ("male_permanent", "12,5"),
    ("male_permanent", "banyak"),
    ("male_permanent", "99999999999999999999"),
    ("male_permanent", "9" * 20_000),
    ("wlkp_valid_until", "1998-01-01"),
    ("wlkp_valid_until", "2126-01-01"),
    ("wlkp_valid_until", "besok"),
    ("wlkp_valid_until", "99999-99-99"),
    ("wlkp_number", ""),
    ("name", ""),
    ("name", "12345"),
    ("name", "x" * 20_000),
    ("name", "PT \x00"),
    ("address", "x" * 20_000),
    ("has_unions", ""),
    ("has_branches", "maybe"),
]


@pytest.mark.parametrize(("field", "typed"), WRONG, ids=[f"{f}-{t[:14]!r}" for f, t in WRONG])
def test_a_wrong_answer_gets_a_sentence_at_its_field_and_costs_nothing_else(client, me, field, typed):
    response = client.post(CREATE, profile(**{field: typed}))
    assert response.status_code == 422
    assert not Company.objects.exists()
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert len(form.errors[field]) == 1
    address = response.context["errors"][0][0]
    assert f'id="{address[1:]}"' in response.content.decode()
    assert form["business"].value() == "Industri roti"


def test_a_company_without_any_worker_is_asked_again(client, me):
    nobody = {"male_permanent": "0", "female_permanent": "", "male_contract": "", "female_contract": ""}
    response = client.post(CREATE, profile(**nobody))
    assert list(response.context["form"].errors) == ["male_permanent"]


def test_totals_of_workers_survive_nonsense_in_a_cell(client, me):
    response = client.post(CREATE, profile(male_permanent="banyak"))
    assert response.context["form"].worker_totals == {
        "male": 0, "female": 13, "permanent": 8, "contract": 5, "all": 13,
    }  # fmt: skip


def test_every_form_of_nonsense_is_answered(client, me):
    for data in (
        {},
        {"unions-TOTAL_FORMS": "abc", "branches-TOTAL_FORMS": "-1"},
        profile() | {"unions-TOTAL_FORMS": "99999", "branches-INITIAL_FORMS": "7"},
        profile(branches=[{"id": "\x00", **BRANCH}]),
        profile() | {"add": "nowhere", "next": "\x00"},
        {"add": "unions", "unions-TOTAL_FORMS": "1" * 5000},
    ):
        assert client.post(CREATE, data).status_code in (200, 302, 422)


# --- rows ------------------------------------------------------------------------------------------------------


def test_unions_and_branches_are_saved_with_the_company(client, me):
    union = {
        "name": "SP Contoh",
        "registration_number": "12/SP/2020",
        "registered_on": "2020-05-01",
        "members": "40",
    }
    inside = {"name": "Toko", "in_city": "yes", "address": "Jl. Toko 1", "workers": "3"}
    data = profile(unions=[union], branches=[inside, BRANCH], has_unions="yes", has_branches="yes")
    assert client.post(CREATE, data).status_code == 302
    assert Union.objects.get().members == 40
    toko, gudang = Branch.objects.all()
    assert (toko.in_city, toko.regency, toko.province) == (True, "Kota Bekasi", "Jawa Barat")
    assert (gudang.in_city, gudang.regency) == (False, "Kabupaten Karawang")


def test_a_blank_row_counts_for_nothing(client, me):
    assert (
        client.post(CREATE, profile(unions=[{"name": ""}], branches=[{"name": "", "workers": ""}])).status_code == 302
    )
    assert not Union.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"in_city": ""}, "in_city"),
        ({"regency": ""}, "regency"),
        ({"regency": "Karawang"}, "regency"),
        ({"regency": "kota   BEKASI"}, "in_city"),
        ({"province": ""}, "province"),
        ({"province": "Atlantis"}, "province"),
        ({"workers": "-3"}, "workers"),
    ],
)
def test_a_used_branch_row_must_be_complete(client, me, changes, field):
    response = client.post(CREATE, profile(branches=[BRANCH | changes], has_branches="yes"))
    assert response.status_code == 422
    assert list(response.context["forms"].branches.errors[0]) == [field]
    assert not Company.objects.exists()


def test_rows_must_agree_with_the_question_before_them(client, me):
    claimed = client.post(CREATE, profile(has_unions="yes"))
    assert list(claimed.context["form"].errors) == ["has_unions"]
    denied = client.post(CREATE, profile(branches=[BRANCH], has_branches="no"))
    assert list(denied.context["form"].errors) == ["has_branches"]
    assert denied.context["forms"].branches.forms[0]["name"].value() == "Gudang"


def test_add_a_row_keeps_everything_typed_and_complains_about_nothing(client, me):
    typed = profile(branches=[BRANCH], has_branches="yes", nib="123", name="") | {"add": "branches"}
    response = client.post(CREATE, typed)
    assert response.status_code == 200
    assert not Company.objects.exists()
    assert len(response.context["forms"].branches.forms) == 2
    assert response.context["form"]["nib"].value() == "123"
    assert response.context["errors"] == []
    html = response.content.decode()
    assert "psk-field__error" not in html
    assert "aria-invalid" not in html
    assert 'value="kab. karawang"' in html


def test_deleting_a_row_deletes_it_and_the_history_tells(client, me):
    company = CompanyFactory()
    owner = owner_of(company)
    client.force_login(owner)
    branch = Branch.objects.create(
        company=company,
        name="Gudang",
        address="Jl. 1",
        in_city=True,
        regency="Kota Bekasi",
        province="Jawa Barat",
    )
    sent = profile_of(company, has_branches="no")
    row = {"id": str(branch.pk), "name": "Gudang", "in_city": "yes", "address": "Jl. 1", "DELETE": "on"}
    response = client.post(reverse("psk:company_edit", args=[company.pk]), sent | rows("branches", row, initial=1))
    assert response.status_code == 302
    assert not Branch.objects.exists()
    page = client.get(reverse("psk:company_detail", args=[company.pk]))
    newest = page.context["changes"][0]
    assert newest.who == owner.email
    assert [(line.before, line.after) for line in newest.lines] == [("Gudang", "dihapus")]


# --- one NIB, one company --------------------------------------------------------------------------------------


def test_a_registered_nib_offers_to_join_and_never_names_the_owner(client, me):
    company = CompanyFactory(nib="9120001234567", name="PT Sudah Ada")
    owner = owner_of(company)
    response = client.post(CREATE, profile())
    assert response.status_code == 422
    html = response.content.decode()
    assert f'formaction="{reverse("psk:company_join")}"' in html
    assert owner.email not in html
    assert "PT Sudah Ada" not in html


def test_somebody_who_acts_for_it_already_is_led_to_the_profile(client, me):
    company = CompanyFactory(nib="9120001234567")
    Membership.objects.create(company=company, user=me)
    html = client.post(CREATE, profile()).content.decode()
    assert f'href="{reverse("psk:company_detail", args=[company.pk])}"' in html
    assert reverse("psk:company_join") not in html


# --- changing a profile ----------------------------------------------------------------------------------------


def test_a_change_is_written_with_who_why_and_field_by_field(client, me):
    company = CompanyFactory(address="Jl. Lama No. 1")
    owner = owner_of(company)
    client.force_login(owner)
    url = reverse("psk:company_edit", args=[company.pk])
    client.post(url, profile_of(company, address="Jl. Baru No. 2", reason="Pindah gedung"))
    newest = company.history.first()
    assert (newest.history_user, newest.history_change_reason) == (owner, "Pindah gedung")
    change = client.get(reverse("psk:company_detail", args=[company.pk])).context["changes"][0]
    assert [(line.before, line.after) for line in change.lines] == [("Jl. Lama No. 1", "Jl. Baru No. 2")]
    assert change.reason == "Pindah gedung"


def test_saving_without_a_change_writes_no_history(client, me):
    company = CompanyFactory(wlkp_number="1")
    client.force_login(owner_of(company))
    before = company.history.count()
    assert client.post(reverse("psk:company_edit", args=[company.pk]), profile_of(company)).status_code == 302
    assert company.history.count() == before


def test_the_second_of_two_owners_who_save_at_once_is_told_and_loses_nothing(client, me):
    company = CompanyFactory()
    client.force_login(owner_of(company))
    url = reverse("psk:company_edit", args=[company.pk])
    second = profile_of(company, business="Milik kedua")
    client.post(url, profile_of(company, phone="021 7777777"))
    response = client.post(url, second)
    assert response.status_code == 409
    assert response.context["form"]["business"].value() == "Milik kedua"
    company.refresh_from_db()
    assert company.business == "Industri mesin"
    again = second | {"seen": response.context["form"]["seen"].value()}
    assert client.post(url, again).status_code == 302


def test_a_row_deleted_by_a_colleague_is_a_sentence(client, me):
    company = CompanyFactory()
    client.force_login(owner_of(company))
    row = {"id": "987654", "name": "Gudang", "in_city": "yes", "address": "Jl. 1"}
    sent = profile_of(company, has_branches="yes") | rows("branches", row, initial=1)
    response = client.post(reverse("psk:company_edit", args=[company.pk]), sent)
    assert response.status_code == 422
    assert "dihapus" in sentences(response)


def test_the_registered_company_shows_where_a_wider_one_has_to_go(client, me):
    data = profile(branches=[BRANCH], has_branches="yes")
    html = client.get(client.post(CREATE, data).url).content.decode()
    assert "Dinas Tenaga Kerja dan Transmigrasi Provinsi Jawa Barat" in html
    company = Company.objects.get()
    Branch.objects.create(
        company=company,
        name="Pabrik",
        address="Jl. 2",
        in_city=False,
        regency="Kota Semarang",
        province="Jawa Tengah",
    )
    page = client.get(reverse("psk:company_edit", args=[company.pk])).content.decode()
    assert "Kementerian Ketenagakerjaan" in page
    assert "Pasal 7 Permenaker 28/2014" in page


# --- where people come from ------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["/layanan/pp-baru/#formulir", "/psk/permohonan/"])
def test_whoever_came_from_a_form_goes_back_to_it(client, me, wanted):
    page = client.get(CREATE, {"next": wanted})
    assert page.context["next"] == wanted
    assert client.post(CREATE, profile(next=wanted)).url == wanted


@pytest.mark.parametrize("wanted", ["https://jahat.test/", "//jahat.test", "javascript:alert(1)", "/x\x00", "/" * 5000])
def test_nobody_is_led_to_another_host(client, me, wanted):
    assert "next" not in client.get(CREATE, {"next": wanted}).context or not client.get(CREATE).context["next"]
    assert client.post(CREATE, profile(next=wanted)).url.startswith("/psk/perusahaan/")


def test_a_session_that_ends_in_mid_form_costs_nothing(client):
    user = person()
    response = client.post(CREATE, profile(branches=[BRANCH], has_branches="yes", next="/layanan/"))
    assert response.url.startswith("/akun/")
    assert not Company.objects.exists()
    client.force_login(user)
    page = client.get(CREATE, {"next": "/layanan/"})
    assert page.context["form"]["name"].value() == "PT Maju Contoh"
    assert page.context["forms"].branches.forms[0]["name"].value() == "Gudang"
    assert page.context["next"] == "/layanan/"
    assert not client.get(CREATE).context["form"].is_bound


def test_an_unconfirmed_address_registers_nothing(client):
    from tests.factories import UserFactory

    client.force_login(UserFactory())
    assert client.get(CREATE).status_code == 403
    assert client.post(CREATE, profile()).status_code == 403
    assert not Company.objects.exists()
