"""An editor builds a service in the admin: what is right is kept, what is wrong is said."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from psk_plugin import roles
from psk_plugin.services.editions import current_edition
from psk_plugin.services.models import Service, ServiceEdition
from psk_plugin.submissions.models import Submission

from .. import factories
from .building import edit_url, index_of, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.service_editor(username="editor")


@pytest.fixture
def client(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def service(db) -> Service:
    return factories.service()


def save(client: Client, service: Service, data: dict):
    return client.post(edit_url(service), data)


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_unchanged_page_saves_and_changes_nothing(client, service):
    before = current_edition(service).definition
    response = save(client, service, posted(client, service))
    assert response.status_code == 302
    assert current_edition(Service.objects.get()).definition == before
    assert list(Service.objects.get().stages.first().groups.values_list("name", flat=True)) == [roles.REGISTRASI]


def test_groups_of_a_stage_are_really_kept(client, service):
    other = Group.objects.create(name="Tim Koreksi")
    data = posted(client, service)
    i = index_of(service, "stages", "koreksi")
    data[f"stages-{i}-groups"] = [*data[f"stages-{i}-groups"], other.pk]
    assert save(client, service, data).status_code == 302
    names = Service.objects.get().stages.get(code="koreksi").groups.values_list("name", flat=True)
    assert set(names) == {roles.KOREKTOR, "Tim Koreksi"}


def test_a_new_stage_is_kept_with_its_groups_and_place(client, service):
    data = posted(client, service)
    n = int(data["stages-TOTAL_FORMS"])
    data["stages-TOTAL_FORMS"] = n + 1
    data |= {
        f"stages-{n}-title": "Telaah hukum",
        f"stages-{n}-public_title": "Sedang ditelaah",
        f"stages-{n}-code": "telaah",
        f"stages-{n}-kind": "substance",
        f"stages-{n}-target_days": 2,
        f"stages-{n}-send_back": "previous",
        f"stages-{n}-groups": [Group.objects.get(name=roles.KOREKTOR).pk],
        f"stages-{n}-is_active": "on",
        f"stages-{n}-ORDER": 3.5,
    }
    orders = {i: i + 1 for i in range(n)}
    for i in range(3, n):
        orders[i] = i + 2
    data |= {f"stages-{i}-ORDER": order for i, order in orders.items()} | {f"stages-{n}-ORDER": 4}
    assert save(client, service, data).status_code == 302
    codes = [stage.code for stage in Service.objects.get().stages.all()]
    assert codes[3] == "telaah" and codes[-1] == "tanda-tangan"
    assert Service.objects.get().stages.get(code="telaah").groups.get().name == roles.KOREKTOR


def test_kinds_of_file_are_ticked(client, service):
    page = words(client.get(edit_url(service)))
    assert 'type="checkbox" name="documents-0-allowed_types"' in page
    data = posted(client, service)
    data["documents-1-allowed_types"] = ["docx"]
    assert save(client, service, data).status_code == 302
    assert Service.objects.get().documents.get(code="naskah-pp").allowed_types == ["docx"]


def _set(prefix: str, row: str, /, **values):
    def change(data: dict, service: Service) -> None:
        i = index_of(service, prefix, row)
        for name, value in values.items():
            key = f"{prefix}-{i}-{name}"
            if value is None:
                data.pop(key, None)
            else:
                data[key] = value

    return change


def _all_stages_off(data: dict, service: Service) -> None:
    for i in range(service.stages.count()):
        data.pop(f"stages-{i}-is_active", None)


def _two_texts(data: dict, service: Service) -> None:
    _set("documents", "daftar-cabang", is_regulation_text="on")(data, service)


WRONG = [
    (_all_stages_off, "sekurang-kurangnya satu tahapan"),
    (_set("stages", "registrasi", is_active=None), "harus satu-satunya registrasi"),
    (_set("stages", "verifikasi", kind="registration"), "harus satu-satunya registrasi"),
    (_set("stages", "tanda-tangan", is_active=None), "harus satu-satunya tanda tangan"),
    (_set("stages", "paraf-kabid", kind="signature"), "harus satu-satunya tanda tangan"),
    (_set("stages", "koreksi", groups=None), "Centang sekurang-kurangnya satu grup"),
    (_set("stages", "koreksi", code="verifikasi"), "Kode “verifikasi” dipakai dua kali"),
    (_set("documents", "bukti-wlkp", code="naskah-pp"), "Kode “naskah-pp” dipakai dua kali"),
    (_set("fields", "jabatan", code="judul"), "Kode “judul” dipakai dua kali"),
    (_set("documents", "bukti-wlkp", allowed_types=None), "Centang sekurang-kurangnya satu jenis berkas"),
    (_set("documents", "bukti-wlkp", max_mb="999"), "50"),
    (_two_texts, "Sudah ada dokumen lain yang menjadi naskah"),
    (_set("fields", "judul", role=""), "Belum ada isian yang dipakai sebagai “Judul peraturan”"),
    (_set("fields", "masa-berlaku", role=""), "Belum ada isian yang dipakai sebagai “Masa berlaku”"),
    (_set("fields", "nomor-surat", role=""), "{letter_number}"),
    (_set("fields", "tanggal-surat", required=None), "harus diwajibkan"),
    (_set("fields", "jabatan", role="title"), "sudah dipakai oleh isian lain"),
    (_set("fields", "masa-berlaku", kind="text"), "jawabannya harus berjenis"),
    (lambda data, service: data.update({"clauses-0-text": "Surat dari {perusahaan}"}), "{perusahaan}"),
    (lambda data, service: data.update({"clauses-0-text": "Surat dari {company"}), "Kurung kurawal"),
    (lambda data, service: data.update({"decree_title": "PENGESAHAN {nama}"}), "{nama}"),
    (lambda data, service: data.update(opens_on="2027-02-01", closes_on="2027-01-01"), "Hari terakhir"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_what_is_wrong_is_said_and_nothing_is_changed(client, service, change, sentence):
    before = current_edition(service).definition
    data = posted(client, service)
    change(data, service)
    data["summary"] = "Ringkasan yang baru diketik"
    response = save(client, service, data)
    assert response.status_code == 200
    page = words(response)
    assert sentence in page
    assert "Ringkasan yang baru diketik" in page, "what was typed stays"
    assert current_edition(Service.objects.get()).definition == before


def test_stage_that_an_application_stands_at_cannot_be_deleted(client, service):
    factories.filed()
    data = posted(client, service)
    data[f"stages-{index_of(service, 'stages', 'registrasi')}-DELETE"] = "on"
    page = words(save(client, service, data))
    assert "Tahapan “Registrasi” tidak dapat dihapus" in page and "Dipakai" in page


def test_stage_that_an_application_has_passed_or_will_pass_cannot_be_deleted(client, service):
    factories.filed(steps=1)
    for code in ("registrasi", "paraf-kasi"):
        data = posted(client, service)
        data[f"stages-{index_of(service, 'stages', code)}-DELETE"] = "on"
        assert "tidak dapat dihapus" in words(save(client, service, data))
    assert service.stages.filter(code="paraf-kasi").exists()


def test_stage_in_use_keeps_its_kind_but_may_be_switched_off(client, service):
    submission = factories.filed(steps=1)
    i = index_of(service, "stages", "paraf-kasi")
    data = posted(client, service)
    data[f"stages-{i}-kind"] = "substance"
    assert "jenisnya tetap" in words(save(client, service, data))

    data = posted(client, service)
    data.pop(f"stages-{i}-is_active")
    assert save(client, service, data).status_code == 302
    assert "paraf-kasi" not in [s["code"] for s in current_edition(Service.objects.get()).definition["stages"]]
    assert "paraf-kasi" in [s["code"] for s in Submission.objects.get(pk=submission.pk).route]


def test_stage_nobody_used_can_be_deleted(client, service):
    data = posted(client, service)
    data[f"stages-{index_of(service, 'stages', 'paraf-sekretaris')}-DELETE"] = "on"
    assert save(client, service, data).status_code == 302
    assert not Service.objects.get().stages.filter(code="paraf-sekretaris").exists()


def test_running_application_keeps_the_service_it_was_filed_with(client, service):
    submission = factories.filed(steps=1)
    before = submission.definition
    data = posted(client, service)
    data["fields-0-label"] = "Nama peraturan"
    data["repair_days"] = 10
    assert save(client, service, data).status_code == 302
    submission = Submission.objects.get(pk=submission.pk)
    assert submission.definition == before
    assert submission.definition["days"]["repair"] == 14
    assert submission.edition != current_edition(Service.objects.get())


def test_history_tells_who_changed_what(client, service, editor):
    data = posted(client, service)
    data["repair_days"] = 10
    data["documents-0-max_mb"] = 7
    save(client, service, data)
    row = Service.objects.get().history.first()
    assert row.history_user == editor
    assert row.history_change_reason == (
        "Diubah: Perbaikan oleh perusahaan, hari kerja: 14 → 10; "
        "Dokumen persyaratan “Surat permohonan pengesahan”, Ukuran terbesar, MB: 5 → 7"
    )


def test_edition_table_says_how_many_applications_run_on_which(client, service):
    factories.filed()
    factories.filed(steps=6)
    page = words(client.get(edit_url(service)))
    assert ServiceEdition.objects.count() == 1
    assert re.search(r'<th scope="row">1</th> <td>[^<]+</td> <td>1</td> <td>1</td>', page)


def test_placeholders_are_listed_with_their_meaning(client, service):
    page = words(client.get(edit_url(service)))
    assert "{valid_from}" in page and "hari pertama masa berlaku" in page


def test_row_that_a_colleague_deleted_meanwhile_is_no_error_page(client, service):
    data = posted(client, service)
    service.documents.get(code="daftar-cabang").delete()
    assert save(client, service, data).status_code == 302
    assert Service.objects.get().documents.filter(code="daftar-cabang").count() == 1


@pytest.mark.parametrize("pk", ["abc", "0", "99999999999999999999", "1-1"])
def test_odd_addresses_are_not_found(client, service, pk):
    assert client.get(f"/admin/psk/layanan/edit/{pk}/").status_code == 404


def test_garbage_in_hidden_fields_is_no_error_page(client, service):
    data = posted(client, service)
    data["documents-0-id"] = "x\x00"
    data["stages-0-groups"] = ["abc"]
    data["title"] = "A" * 20000
    assert save(client, service, data).status_code == 200
    assert client.post(edit_url(service), {"title": "x"}).status_code == 200


def test_a_new_service_can_be_made_from_nothing(client, service):
    Service.objects.all()
    page = client.get(reverse("psk_layanan_modeladmin_create"))
    assert page.status_code == 200
    data = posted(client, service)
    for key in [k for k in data if k.endswith("-id")]:
        data[key] = ""
    for name in ("documents", "fields", "stages", "clauses"):
        data[f"{name}-INITIAL_FORMS"] = 0
    data |= {"code": "pp-pembaharuan", "filing_type": "pembaharuan", "title": "Pembaharuan PP"}
    response = client.post(reverse("psk_layanan_modeladmin_create"), data)
    assert response.status_code == 302
    made = Service.objects.get(code="pp-pembaharuan")
    assert made.stages.count() == 7 and made.stages.first().groups.exists()
    assert current_edition(made).definition["documents"][1]["code"] == "naskah-pp"


def test_list_counts_running_applications_with_constant_queries(client, service, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factories.filed()
    url = reverse("psk_layanan_modeladmin_index")
    assert "Pengesahan Peraturan Perusahaan" in words(client.get(url))
    with CaptureQueriesContext(
        connection,
    ) as first:
        client.get(url)
    for i in range(3):
        Service.objects.create(
            code=f"lain-{i}",
            title=f"Lain {i}",
            kind="PP",
            filing_type="baru",
            summary="x",
            product="x",
            decree_title="X",
        )
    with CaptureQueriesContext(connection) as second:
        client.get(url)
    assert len(first) == len(second)


def test_nobody_deletes_a_service_and_only_editors_change_it(service):
    admin = factories.UserFactory(is_superuser=True)
    client = Client()
    client.force_login(admin)
    assert client.get(f"/admin/psk/layanan/delete/{service.pk}/").status_code in (302, 403, 404)
    assert Service.objects.exists()
    reviewer = factories.staff("korektor")
    client.force_login(reviewer)
    assert client.get(edit_url(service)).status_code == 302, "sent back to the admin's first page"
    assert client.post(edit_url(service), {"title": "x"}).status_code == 302
    assert Service.objects.get().title != "x"
