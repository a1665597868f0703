"""An editor writes, the head of the division agrees, then it is published; and who may do what on the way."""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Task, TaskState, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import AnnouncementCategory, AnnouncementIndexPage, AnnouncementPage, GuidePage, StandardPage
from home.moderation import APPROVER, EDITOR, ensure_moderation
from psk_plugin import roles
from psk_plugin.submissions.models import Submission
from tests import factories

from .conftest import text

pytestmark = pytest.mark.django_db


def signed_in(*groups: str) -> Client:
    user = factories.UserFactory()
    user.groups.add(*Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(site) -> Client:
    return signed_in(EDITOR)


@pytest.fixture
def approver(site) -> Client:
    return signed_in(roles.KABID, APPROVER)


def announcement_form(**changes) -> dict:
    data = {
        "title": "Jadwal layanan akhir tahun",
        "slug": "jadwal-akhir-tahun",
        "category": str(AnnouncementCategory.objects.get(slug="layanan").pk),
        "date": "2026-11-24",
        "image": "",
        "lead": "Loket tutup lebih awal pada hari terakhir.",
        "seo_title": "",
        "search_description": "",
        "show_in_menus": "",
        "body": streamfield([("text", "<p>Isi pengumuman.</p>")]),
        "attachments": inline_formset([]),
        "comments": inline_formset([]),
    }
    submit = {name: value for name, value in changes.items() if name.startswith("action")}
    rest = {name: value for name, value in changes.items() if name not in submit}
    form = nested_form_data({**data, **rest})
    line = {"key": "a1", "text": "Isi pengumuman.", "type": "unstyled", "depth": 0}
    line |= {"inlineStyleRanges": [], "entityRanges": []}
    form["body-0-value"] = json.dumps({"blocks": [line], "entityMap": {}})
    return {**form, **{name.replace("_", "-"): value for name, value in submit.items()}}


def create_address() -> str:
    index = AnnouncementIndexPage.objects.get()
    return reverse("wagtailadmin_pages:add", args=["home", "announcementpage", index.pk])


def submitted(editor: Client) -> AnnouncementPage:
    response = editor.post(create_address(), announcement_form(action_submit="1"))
    assert response.status_code == 302, text(response)[:3000]
    return AnnouncementPage.objects.get(slug="jadwal-akhir-tahun")


def decide(client: Client, page: Page, action: str, comment: str = ""):
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": comment})


def test_submitted_announcement_waits_and_is_live_once_the_head_agrees(
    editor: Client, approver: Client, client: Client
):
    page = submitted(editor)
    assert not page.live
    assert client.get("/pengumuman/jadwal-akhir-tahun/").status_code == 404
    assert "Jadwal layanan akhir tahun" in text(approver.get(reverse("wagtailadmin_home")))
    decide(approver, page, "approve", "Setuju.")
    page.refresh_from_db()
    assert page.live
    assert "Jadwal layanan akhir tahun" in text(client.get("/pengumuman/"))


def test_rejected_announcement_goes_back_with_a_comment_and_comes_again(editor: Client, approver: Client, mailoutbox):
    page = submitted(editor)
    decide(approver, page, "reject", "Sebutkan tanggalnya.")
    page.refresh_from_db()
    assert not page.live
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    assert (state.status, state.comment) == (TaskState.STATUS_REJECTED, "Sebutkan tanggalnya.")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Sebutkan tanggalnya." in text(editor.get(edit)) + "".join(mail.body for mail in mailoutbox)
    editor.post(edit, announcement_form(lead="Tanggal 31 Desember.", action_submit="1"))
    decide(approver, page, "approve")
    page.refresh_from_db()
    assert page.live
    assert page.lead == "Tanggal 31 Desember."


def test_editor_cannot_publish_an_announcement_whatever_is_pressed(editor: Client):
    editor.post(create_address(), announcement_form(action_publish="1"))
    page = AnnouncementPage.objects.filter(slug="jadwal-akhir-tahun").first()
    assert page is None or not page.live


def test_editor_cannot_agree_to_the_own_announcement(editor: Client):
    page = submitted(editor)
    assert decide(editor, page, "approve").status_code in (302, 403)
    page.refresh_from_db()
    assert not page.live


def test_somebody_who_only_reviews_applications_cannot_agree(editor: Client, site):
    page = submitted(editor)
    decide(signed_in(roles.VERIFIKATOR), page, "approve")
    page.refresh_from_db()
    assert not page.live


def test_guides_and_the_front_page_need_an_approver_calm_pages_do_not(site):
    editor = signed_in(EDITOR)
    user = factories.UserFactory()
    user.groups.add(Group.objects.get(name=EDITOR))
    for page, may in (
        (GuidePage.objects.first(), False),
        (AnnouncementPage.objects.first(), False),
        (site, False),
        (StandardPage.objects.get(slug="profil"), True),
        (Page.objects.get(slug="sosialisasi"), True),
    ):
        permissions = page.permissions_for_user(user)
        assert permissions.can_edit()
        assert permissions.can_publish() is may, page.title
        assert page.get_workflow() is not None
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[site.pk])).status_code == 200


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/admin/pages/", True),
        ("/admin/images/", True),
        ("/admin/documents/", True),
        ("/admin/snippets/home/announcementcategory/", True),
        ("/admin/users/", False),
        ("/admin/groups/", False),
        ("/admin/sites/", False),
        ("/admin/collections/", False),
        ("/admin/workflows/list/", False),
        ("/admin/psk/keputusan/", False),
        ("/admin/psk/semua-permohonan/", False),
    ],
)
def test_editor_of_the_site_sees_the_site_and_nothing_else(editor: Client, path: str, may: bool):
    assert (editor.get(path, follow=path == "/admin/pages/").status_code == 200) is may


def test_approver_cannot_add_pages_pictures_or_documents(site):
    approver = signed_in(APPROVER)
    assert approver.get(create_address()).status_code in (302, 403)
    assert approver.get(reverse("wagtailimages:add_multiple")).status_code in (302, 403)
    assert approver.get(reverse("wagtaildocs:add_multiple")).status_code in (302, 403)


def counts() -> list[int]:
    return [model.objects.count() for model in (GroupPagePermission, Workflow, Task, WorkflowPage)]


def test_setting_up_again_changes_nothing_and_keeps_what_an_administrator_chose(site):
    other = Workflow.objects.create(name="Lain")
    guides = Page.objects.get(slug="panduan")
    WorkflowPage.objects.filter(page=guides).update(workflow=other)
    before = [
        GroupPagePermission.objects.count(),
        Workflow.objects.count(),
        Task.objects.count(),
        WorkflowPage.objects.count(),
    ]
    call_command("setup_site")
    ensure_moderation(site)
    assert counts() == before
    assert guides.get_workflow() == other


# --- editors' forms ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "wajib diisi"),
        ({"date": "31-31-2026"}, "tanggal"),
        ({"category": "99999"}, "pilihan"),
        ({"slug": "ada spasi/"}, "slug"),
        ({"lead": "a" * 20000}, "500"),
        ({"title": "a" * 20000}, "255"),
    ],
)
def test_bad_input_gives_a_sentence_and_keeps_the_rest(editor: Client, changes: dict, sentence: str):
    response = editor.post(create_address(), announcement_form(action_submit="1", **changes))
    page = text(response)
    assert response.status_code == 200
    assert sentence in page.lower()
    assert "Isi pengumuman." in page
    if "lead" not in changes:
        assert "Loket tutup lebih awal" in page


@pytest.mark.parametrize("title", ["\x00", "😀" * 200, "<script>alert(1)</script>", "'; DROP TABLE"])
def test_odd_input_never_breaks_the_form(editor: Client, title: str):
    response = editor.post(create_address(), announcement_form(title=title, action_submit="1"))
    assert response.status_code in (200, 302)
    assert "<script>alert(1)" not in text(response)


def test_material_without_file_or_address_is_told_what_is_missing(editor: Client):
    index = Page.objects.get(slug="sosialisasi")
    address = reverse("wagtailadmin_pages:add", args=["home", "materialpage", index.pk])
    data = {
        **{"title": "Bahan", "slug": "bahan", "kind": "video", "video_address": "https://example.test/film"},
        **{"lead": "Ditulis panjang", "image": "", "document": ""},
    }
    form = nested_form_data({**data, "body": streamfield([]), "comments": inline_formset([])})
    page = text(editor.post(address, form))
    assert "bukan alamat film di YouTube atau Vimeo" in page
    assert "Ditulis panjang" in page


def test_link_that_is_no_address_is_told(editor: Client, site):
    address = reverse("wagtailadmin_pages:add", args=["home", "linkpage", site.pk])
    data = {"title": "Tautan", "slug": "tautan", "lead": "Tetap ada", "target": "javascript:alert(1)"}
    page = text(editor.post(address, nested_form_data({**data, "comments": inline_formset([])})))
    assert "Alamat diawali" in page
    assert "Tetap ada" in page


def test_sop_in_force_before_it_was_made_is_told(editor: Client):
    index = Page.objects.get(slug="layanan")
    address = reverse("wagtailadmin_pages:add", args=["home", "procedurepage", index.pk])
    data = {
        **{"title": "SOP", "slug": "sop", "number": "1", "approved_by": "Kepala Dinas", "lead": "Tetap ada"},
        **{"made_on": "2026-05-01", "in_force_from": "2026-01-01", "revised_on": "", "signed_document": ""},
        **dict.fromkeys(("legal_basis", "qualifications", "related", "equipment", "warnings", "records"), ""),
    }
    form = nested_form_data(
        {**data, "activities": streamfield([]), "body": streamfield([]), "comments": inline_formset([])}
    )
    page = text(editor.post(address, form))
    assert "Tanggal berlaku tidak boleh sebelum" in page
    assert "Tetap ada" in page


def test_office_settings_refuse_what_is_no_address_and_keep_the_rest(editor: Client, site):
    address = reverse("wagtailsettings:edit", args=["home", "officesettings", site.get_site().pk])
    data = {
        **{"name": "Dinas", "short_name": "Dinas", "name_line": "Dinas", "place_line": "Kota", "logo": ""},
        **{"share_image": "", "address": "Jalan", "map_url": "bukan-alamat", "hours": "Senin", "phone": "021"},
        **{"whatsapp": "0812", "email": "salah", "closing_line": "Tetap ada"},
    }
    response = editor.post(address, nested_form_data({**data, "links": streamfield([]), "social": streamfield([])}))
    assert response.status_code == 200
    assert "Tetap ada" in text(response)
    site.get_site().refresh_from_db()


# --- pages and applications -------------------------------------------------------------------------------------


def test_deleting_the_page_of_a_service_keeps_its_applications(site, settings):
    filed, draft = factories.filed(), factories.draft()
    admin = factories.UserFactory(is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(admin)
    page = Page.objects.get(slug="layanan")
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), {"confirm_site_name": settings.WAGTAIL_SITE_NAME})
    assert not Page.objects.filter(slug="pengesahan-pp").exists()
    assert set(Submission.objects.values_list("pk", flat=True)) >= {filed.pk, draft.pk}
    filed.refresh_from_db()
    assert filed.service.documents.exists()
    assert client.get(f"/psk/layanan/{filed.service.code}/").status_code == 200
