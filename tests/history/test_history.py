"""Who changed what, when and why: any two states of a kept thing side by side, in words people use."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from psk_plugin.companies.models import Branch, Company, Union
from psk_plugin.history.registry import entries
from psk_plugin.laws.models import LegalSource
from psk_plugin.norms.models import Norm
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.services.models import Service
from psk_plugin.submissions.models import SubmissionDocument

from .. import factories
from ..regulations.making import in_force

pytestmark = pytest.mark.django_db


def address(key: str, thing, **query) -> str:
    return reverse("psk_history", args=[key, thing.pk])


def shift(model, **which) -> None:
    """Put each row of history a day before the next, as if changes had been made on different days."""
    rows = list(model.history.filter(**which).order_by("-history_id"))
    for days, row in enumerate(rows):
        model.history.filter(history_id=row.history_id).update(history_date=timezone.now() - dt.timedelta(days=days))


@pytest.fixture
def admin(client):
    user = factories.UserFactory(is_superuser=True, is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def company():
    company = factories.CompanyFactory(name="PT Lama", investment="pmdn")
    company._history_user = factories.UserFactory(first_name="Rini", last_name="Contoh")
    company._change_reason = "Pindah alamat"
    company.name, company.address, company.wlkp_valid_until = "PT Baru", "Jl. Baru 2", dt.date(2027, 8, 17)
    company.save()
    shift(Company, id=company.pk)
    return company


def changed(answer) -> dict[str, tuple[str, str]]:
    return {row.label: (row.before, row.after) for row in answer.context["changed"]}


def test_two_states_are_compared_field_by_field_in_words(client, admin, company):
    answer = client.get(address("perusahaan", company))
    found = changed(answer)
    assert found["Nama perusahaan"] == ("PT Lama", "PT Baru")
    assert found["WLKP berlaku sampai"] == ("–", "17 Agustus 2027")
    same = {row.label: row.after for row in answer.context["unchanged"]}
    assert same["Kecamatan"] == "Bekasi Selatan"


def test_who_when_and_why_stand_at_every_change(client, admin, company):
    html = client.get(address("perusahaan", company)).content.decode()
    assert "Rini Contoh" in html and "Pindah alamat" in html


def test_any_two_states_can_be_chosen(client, admin, company):
    company.name = "PT Ketiga"
    company.save()
    shift(Company, id=company.pk)
    moments = client.get(address("perusahaan", company)).context["moments"].object_list
    answer = client.get(address("perusahaan", company), {"lama": moments[-1].key, "baru": moments[0].key})
    assert changed(answer)["Nama perusahaan"] == ("PT Lama", "PT Ketiga")


def test_unions_and_branches_belong_to_the_company_s_history(client, admin, company):
    union = Union.objects.create(company=company, name="SP Contoh", members=10)
    Branch.objects.create(
        company=company, name="Gudang", address="Jl. 3", in_city=True, regency="Kota Bekasi", province="32"
    )
    union.members = 25
    union.save()
    shift(Union, id=union.pk)
    answer = client.get(address("perusahaan", company))
    (row,) = [row for row in answer.context["changed"] if row.label == "SP Contoh"]
    assert "10" in row.before and "25" in row.after and row.group == "Serikat pekerja"
    first = answer.context["moments"].object_list[-1]
    found = changed(
        client.get(address("perusahaan", company), {"lama": first.key, "baru": answer.context["after"].key})
    )
    assert found["Gudang"][0] == "–" and "Jl. 3" in found["Gudang"][1]


def test_fields_about_persons_stay_hidden_without_the_permission(client, company):
    company.phone = "021 5550000"
    company.save()
    reader = factories.UserFactory()
    wanted = ("access_admin", "view_company")
    reader.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    client.force_login(reader)
    html = client.get(address("perusahaan", company)).content.decode()
    assert "021 5550000" not in html and "021 8000000" not in html and company.npwp not in html
    client.force_login(factories.staff("kabid"))
    assert "021 5550000" in client.get(address("perusahaan", company)).content.decode()


def test_long_words_are_compared_word_by_word(client, admin):
    norm = Norm.objects.create(
        code="Z1", chapter="A", topic="Uji", minimum="Cuti tahunan sekurang-kurangnya 10 hari kerja.", legal_basis="UU"
    )
    norm.minimum = "Cuti tahunan sekurang-kurangnya 12 hari kerja."
    norm.save()
    shift(Norm, id=norm.pk)
    html = client.get(address("norma", norm)).content.decode()
    assert "</span>10<span" in html and "</span>12<span" in html and "[ditambahkan:" in html


def test_a_service_is_compared_with_its_rows(client, admin):
    from psk_plugin.services.editions import current_edition

    service = factories.service()
    service.save()
    first = current_edition(service)
    type(first).objects.filter(pk=first.pk).update(created_at=timezone.now() - dt.timedelta(days=1))
    shift(Service, id=service.pk)
    document = service.documents.first()
    document.title = "Naskah yang diganti namanya"
    document.save()
    service.title = "Layanan baru"
    service.save()
    current_edition(Service.objects.get(pk=service.pk))
    found = changed(client.get(address("layanan", service)))
    assert (
        found["Judul"][1] == "Layanan baru" if "Judul" in found else any(v[1] == "Layanan baru" for v in found.values())
    )


def test_a_regulation_leads_to_the_redline_of_its_texts(client, admin):
    from ..review.test_redline_page import NEW, OLD, filed_with, pdf

    office = factories.Office()
    first = filed_with(pdf(OLD), office=office, steps=6)
    filed_with(pdf(NEW), company=first.company, office=office, steps=6)
    regulation = CompanyRegulation.objects.get(company=first.company)
    shift(CompanyRegulation, id=regulation.pk)
    answer = client.get(address("peraturan", regulation))
    assert answer.context["texts_url"]
    redline = client.get(answer.context["texts_url"])
    assert "1 diubah" in redline.content.decode()


def test_a_document_is_shown_to_those_who_may_see_its_application(client):
    office = factories.Office()
    submission = factories.filed(office, steps=2)
    document = SubmissionDocument.objects.get(submission=submission, code="naskah-pp")
    client.force_login(office.korektor)
    assert client.get(address("dokumen", document)).status_code == 200
    client.force_login(factories.service_editor())
    assert client.get(address("dokumen", document)).status_code in (302, 403)


def test_a_thing_never_changed_says_so(client, admin):
    company = factories.CompanyFactory()
    assert "Belum ada yang diubah" in client.get(address("perusahaan", company)).content.decode()


def test_what_was_deleted_can_still_be_read(client, admin):
    source = LegalSource.objects.create(
        code="uu-1", kind="uu", number="1", year=2000, title="T", short_name="UU 1/2000"
    )
    pk = source.pk
    source.delete()
    answer = client.get(reverse("psk_history", args=["sumber-hukum", pk]))
    assert answer.status_code == 200 and "dihapus" in answer.content.decode()


@pytest.mark.parametrize(
    "query", [{"lama": "x"}, {"baru": "\x00"}, {"hal": "abc"}, {"lama": "0-1" * 7000}, {"hal": "9" * 50}]
)
def test_no_address_breaks_it(client, admin, company, query):
    assert client.get(address("perusahaan", company), query).status_code == 200


@pytest.mark.parametrize("path", ["tidak-ada/1", "perusahaan/99999999", "perusahaan/" + "9" * 30])
def test_what_is_not_kept_is_not_found(client, admin, path):
    base = reverse("psk_history", args=["x", 1]).replace("x/1/", "")
    assert client.get(f"{base}{path}/").status_code == 404


def test_every_kept_field_exists_and_every_entry_opens(client, admin):
    assert {entry.key for entry in entries()} >= {
        "perusahaan",
        "layanan",
        "norma",
        "peraturan",
        "dokumen",
        "sumber-hukum",
    }
    for entry in entries():
        for name in entry.fields:
            entry.model._meta.get_field(name)
        assert entry.private <= set(entry.fields)


def test_many_changes_come_in_pages_with_constant_queries(client, admin, company):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address("perusahaan", company))
        assert answer.status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(30):
        company.name = f"PT Urut {number}"
        company.save()
    shift(Company, id=company.pk)
    assert queries() == few
    assert len(client.get(address("perusahaan", company)).context["moments"].object_list) == 20


def test_one_press_is_one_change(client, admin):
    company = factories.CompanyFactory()
    Union.objects.create(company=company, name="SP Contoh", members=10)
    assert len(client.get(address("perusahaan", company)).context["moments"].object_list) == 1


@pytest.mark.parametrize(
    ("offset", "number"),
    [(-5, "SK/1"), (30, "SK/1"), (60, "SK/2"), (500, "SK/2"), (-800, None), (1500, None)],
)
def test_what_the_rules_were_on_a_day_is_answered(client, admin, offset, number):
    company = factories.CompanyFactory()
    in_force(company, number="SK/1", first=-10, last=40)
    regulation = in_force(company, number="SK/2", first=41, last=700)
    day = timezone.localdate() + dt.timedelta(days=offset)
    answer = client.get(reverse("psk_regulation_versions", args=[regulation.pk]), {"tanggal": day.isoformat()})
    held = answer.context["held"]
    assert (held.decree_number if held else None) == number
    if number is None:
        assert "tidak ada PP" in answer.content.decode()


def test_a_revoked_regulation_held_until_it_was_revoked(client, admin):
    from psk_plugin.regulations.versions import held_on, versions_of

    regulation = in_force(first=-100, last=100)
    regulation.revoked_on = timezone.localdate() - dt.timedelta(days=10)
    regulation.save()
    versions = versions_of(regulation)
    assert held_on(versions, timezone.localdate() - dt.timedelta(days=11)) is not None
    assert held_on(versions, timezone.localdate() - dt.timedelta(days=10)) is None


def test_the_text_that_held_can_be_read(client, admin):
    from psk_plugin.regulations.text import extract

    from ..review.test_redline_page import OLD, filed_with, pdf

    submission = filed_with(pdf(OLD), office=factories.Office(), steps=6)
    regulation = CompanyRegulation.objects.get(company=submission.company)
    extract(regulation.text_file)
    answer = client.get(
        reverse("psk_regulation_versions", args=[regulation.pk]), {"tanggal": regulation.valid_from.isoformat()}
    )
    html = answer.content.decode()
    assert "Cuti tahunan diberikan selama 10 (sepuluh)" in html and regulation.decree_number in html


@pytest.mark.parametrize("typed", ["besok", "31-02-2026", "\x00", "9" * 5000])
def test_what_is_no_date_is_told(client, admin, typed):
    regulation = in_force()
    answer = client.get(reverse("psk_regulation_versions", args=[regulation.pk]), {"tanggal": typed})
    assert answer.status_code == 200 and "bukan tanggal" in answer.content.decode()
