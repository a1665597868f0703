"""The admin's first page tells each person what to do, and nobody what is not theirs."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, TaskState

from home import moderation
from home.models import StandardPage
from psk_plugin import roles
from psk_plugin.homekit import TaskPanel
from psk_plugin.outreach.models import MAX_ATTEMPTS, Mail
from psk_plugin.services.models import Service
from psk_plugin.submissions.models import Submission
from psk_plugin.wagtail_hooks import spoken_name

from .. import factories
from ..decrees import making as decrees
from ..regulations.making import in_force

HOME = "/admin/"


def first_page(client, user) -> str:
    client.force_login(user)
    response = client.get(HOME)
    assert response.status_code == 200
    return response.content.decode()


def in_group(name: str):
    return factories.of_group(name)


def count_queries(client, user, django_assert_max_num_queries) -> int:
    """Queries of the first page, once it is warm."""
    first_page(client, user)
    with django_assert_max_num_queries(200) as counted:
        client.get(HOME)
    return len(counted)


# What waits for a reviewer


def test_a_reviewer_sees_the_five_most_urgent_and_how_many_are_late_or_nearly(office, client):
    today = timezone.localdate()
    waiting = [factories.filed(office, steps=2) for _number in range(6)]
    for days, submission in zip((-9, -3, 0, 40, 41, 90), waiting, strict=True):
        Submission.objects.filter(pk=submission.pk).update(due_on=today + dt.timedelta(days=days))
    page = first_page(client, office.korektor)
    assert "6 permohonan menunggu Anda." in page
    assert "2 terlambat" in page
    assert "1 jatuh tempo dalam dua hari kerja" in page
    assert f"{reverse('psk_kotak-masuk_modeladmin_index')}?tempo=terlambat" in page
    assert [submission.number in page for submission in waiting] == [True] * 5 + [False]


def test_the_number_late_leads_to_exactly_those(office, client):
    late, calm = factories.filed(office, steps=2), factories.filed(office, steps=2)
    Submission.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=9))
    client.force_login(office.korektor)
    rows = client.get(reverse("psk_kotak-masuk_modeladmin_index") + "?tempo=terlambat").content.decode()
    assert late.number in rows
    assert calm.number not in rows


# Regulations that end


def test_heads_see_what_ends_soon_nearest_first(db, client):
    later, sooner = in_force(last=80), in_force(last=12)
    in_force(last=700)
    in_force(first=-800, last=-3)
    for role in ("kabid", "kadis"):
        page = first_page(client, factories.staff(role))
        assert "2 berakhir dalam 90 hari" in page
        assert "1 sudah berakhir" in page
        assert f"{reverse('psk_peraturan_modeladmin_index')}?status=expiring" in page
        assert 0 < page.index(sooner.company.name) < page.index(later.company.name)


def test_those_who_do_not_watch_over_companies_are_not_told_what_ends(db, client):
    in_force(last=12)
    for user in (factories.staff("korektor"), in_group(roles.SERVICE_EDITOR), in_group(roles.ADMINISTRATOR)):
        assert "segera berakhir" not in first_page(client, user)


# What went wrong by itself


@pytest.fixture
def mail(office) -> Mail:
    factories.filed(office, steps=0)
    return Mail.objects.first()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "refused"}, "1 surel alamatnya salah"),
        ({"state": "failed", "attempts": MAX_ATTEMPTS}, "1 surel sudah terlalu sering gagal"),
        ({"state": "failed", "attempts": 1}, "1 surel gagal dan akan dicoba lagi"),
        ({"state": "sent"}, None),
    ],
)
def test_an_administrator_sees_mails_that_did_not_go_out(mail, client, change, words):
    Mail.objects.exclude(pk=mail.pk).update(state="sent")
    Mail.objects.filter(pk=mail.pk).update(**change)
    page = first_page(client, in_group(roles.ADMINISTRATOR))
    if words is None:
        assert "Yang tidak berjalan sendiri" not in page
    else:
        assert words in page
        assert f"{reverse('psk_surel_modeladmin_index')}?status={change['state']}" in page


def test_a_decree_without_pdf_is_told_after_ten_minutes(office, client):
    decree = decrees.issued(office)
    administrator = in_group(roles.ADMINISTRATOR)
    assert "belum ada PDF-nya" not in first_page(client, administrator)
    type(decree).objects.filter(pk=decree.pk).update(signed_at=timezone.now() - dt.timedelta(minutes=11))
    assert "1 SK belum ada PDF-nya" in first_page(client, administrator)


def test_background_work_that_failed_or_stands_still_is_told(db, client):
    common = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x.y", "backend_name": "default"}
    now = timezone.now()
    DBTaskResult.objects.create(status="FAILED", finished_at=now, run_after=now, **common)
    DBTaskResult.objects.create(
        status="FAILED", finished_at=now - dt.timedelta(days=8), run_after=now - dt.timedelta(days=8), **common
    )
    stuck = DBTaskResult.objects.create(status="READY", run_after=now - dt.timedelta(hours=1), **common)
    DBTaskResult.objects.filter(pk=stuck.pk).update(enqueued_at=now - dt.timedelta(hours=1))
    page = first_page(client, in_group(roles.ADMINISTRATOR))
    assert "1 pekerjaan latar gagal dalam tujuh hari terakhir" in page
    assert "1 pekerjaan latar menunggu lebih dari sepuluh menit" in page


def test_reviewers_are_not_told_what_they_cannot_repair(mail, client):
    Mail.objects.update(state="refused")
    assert "Yang tidak berjalan sendiri" not in first_page(client, factories.staff("verifikator"))


# Services


def test_an_editor_sees_a_service_at_whose_stage_nobody_works(office, client):
    editor, service = in_group(roles.SERVICE_EDITOR), factories.service()
    for role in factories.STAFF:
        getattr(office, role)
    Service.objects.filter(pk=service.pk).update(is_published=True)
    assert "Belum ada petugas" not in first_page(client, editor)
    factories.group("korektor").user_set.clear()
    page = first_page(client, editor)
    assert "Belum ada petugas di tahap" in page
    assert reverse("psk_layanan_modeladmin_edit", args=[service.pk]) in page
    assert "Layanan yang perlu diperiksa" not in first_page(client, office.kasi)


# Pages


def draft(author, site, title: str = "Libur kantor") -> StandardPage:
    page = StandardPage(title=title, slug=f"draf-{Page.objects.count()}", live=False, owner=author)
    site.add_child(instance=page)
    page.save_revision(user=author)
    return page


def page_editor(site):
    """Somebody who may write everywhere and publish nowhere."""
    from wagtail.models import GroupPagePermission

    group, _new = Group.objects.get_or_create(name="Penulis")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=site, permission=permission)
    user = factories.UserFactory()
    user.groups.add(group)
    return user


@pytest.fixture
def workflow(site):
    """One task that the superusers approve, on every page."""
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

    WorkflowPage.objects.all().delete()
    workflow = Workflow.objects.create(name="Persetujuan uji")
    task = GroupApprovalTask.objects.create(name="Kabid menyetujui uji")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=site)
    return workflow


def test_an_editor_sees_own_drafts_and_not_those_of_colleagues(site, client):
    one, other = page_editor(site), page_editor(site)
    mine, theirs = draft(one, site, "Draf saya"), draft(other, site, "Draf teman")
    page = first_page(client, one)
    assert "1 draf Anda belum terbit." in page
    assert mine.title in page
    assert theirs.title not in page
    assert f"edited_by={one.pk}" in page


def test_a_page_sent_for_approval_moves_from_the_drafts_to_the_approver(site, workflow, client):
    author, approver = page_editor(site), factories.UserFactory(is_superuser=True)
    page = draft(author, site)
    workflow.start(page, author)
    seen = first_page(client, author)
    assert "draf Anda belum terbit" not in seen
    assert "Menunggu di: Kabid menyetujui uji" in seen
    seen = first_page(client, approver)
    assert "1 halaman menunggu persetujuan Anda." in seen
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in seen
    assert f"{reverse('wagtailadmin_reports:workflow')}?reviewable=true" in seen


def test_a_page_sent_back_tells_its_author_why(site, workflow, client):
    author, approver = page_editor(site), factories.UserFactory(is_superuser=True)
    workflow.start(draft(author, site), author)
    state = TaskState.objects.get()
    state.task.specific.on_action(state, approver, "reject", comment="Tanggalnya keliru.")
    assert "Perlu diperbaiki: Tanggalnya keliru." in first_page(client, author)


def test_whoever_works_on_no_pages_is_not_offered_to_search_them(site, client):
    assert "Cari semua halaman" in first_page(client, page_editor(site))
    page = first_page(client, factories.staff("kasi"))
    assert "Cari semua halaman" not in page
    assert "Halaman yang" not in page


def test_help_in_english_is_offered_to_superusers_only(site, client):
    assert "guide.wagtail.org" not in first_page(client, page_editor(site))
    assert "guide.wagtail.org" in first_page(client, factories.UserFactory(is_superuser=True))


def site_editor():
    """Somebody of the site's editors who also builds services."""
    user = in_group(roles.SERVICE_EDITOR)
    user.groups.add(Group.objects.get(name=moderation.EDITOR))
    return user


def test_an_editor_with_nothing_to_do_is_shown_where_to_begin(site, client):
    editor = site_editor()
    Service.objects.filter(code="pp-baru").update(is_published=False)
    page = first_page(client, editor)
    open_now = Service.objects.filter(is_published=True).count()
    assert "Yang dapat Anda lakukan di sini" in page
    assert f"{open_now} dibuka, 1 belum ditayangkan." in page
    links = {
        "Tulis pengumuman": reverse(
            "wagtailadmin_pages:add",
            args=["home", "announcementpage", Page.objects.get(slug="pengumuman", depth=3).pk],
        ),
        "Ubah halaman depan": reverse("wagtailadmin_pages:edit", args=[site.pk]),
        "Layanan": reverse("psk_layanan_modeladmin_index"),
        "Panduan": reverse("wagtailadmin_explore", args=[Page.objects.get(slug="panduan").pk]),
    }
    for words, address in links.items():
        assert f'<a href="{address}">{words}</a>' in page
        assert client.get(address, follow=True).status_code == 200
    assert "Lihat situs" in page


def test_a_reviewer_who_also_approves_pages_is_not_told_what_editors_do(site, client):
    kabid = factories.staff("kabid")
    kabid.groups.add(Group.objects.get(name=moderation.APPROVER))
    assert "Yang dapat Anda lakukan di sini" not in first_page(client, kabid)
    assert "Yang dapat Anda lakukan di sini" not in first_page(client, factories.staff("korektor"))


# Constant queries


def test_the_first_page_of_the_head_asks_no_more_when_everything_doubles(office, client, django_assert_max_num_queries):
    def more() -> None:
        factories.filed(office, steps=4)
        in_force(last=20)
        Mail.objects.update(state="refused")

    more()
    before = count_queries(client, office.kabid, django_assert_max_num_queries)
    more()
    more()
    assert count_queries(client, office.kabid, django_assert_max_num_queries) == before


def test_the_first_page_of_an_editor_asks_no_more_when_drafts_double(
    site, workflow, client, django_assert_max_num_queries
):
    author, approver = page_editor(site), factories.UserFactory(is_superuser=True)

    def more() -> None:
        draft(author, site)
        workflow.start(draft(author, site), author)

    more()
    before = [count_queries(client, user, django_assert_max_num_queries) for user in (author, approver)]
    more()
    more()
    assert [count_queries(client, user, django_assert_max_num_queries) for user in (author, approver)] == before


def test_services_are_judged_in_a_constant_number_of_queries(office, client, django_assert_max_num_queries):
    from psk_plugin.services import verbs
    from psk_plugin.services.home import troubled_services

    editor, service = in_group(roles.SERVICE_EDITOR), factories.service()
    with django_assert_max_num_queries(20) as counted:
        troubled_services()
    before = len(counted)
    for _number in range(2):
        verbs.publish(verbs.copy(Service.objects.get(pk=service.pk), editor), editor, visible=True)
    with django_assert_max_num_queries(20) as counted:
        troubled_services()
    assert len(counted) == before


def test_a_panel_without_work_of_its_own_shows_nothing(db, rf):
    request = rf.get(HOME)
    request.user = factories.UserFactory()
    assert not TaskPanel(request).is_shown()


def test_the_spoken_name_ends_no_string_of_the_script():
    """Inside a script the browser reads no entities."""
    with translation.override("en"):
        assert "&#" not in spoken_name()
    with patch("psk_plugin.wagtail_hooks._", lambda text: "Tindakan pada 'laman' </script>"):
        script = spoken_name()
    assert "\\u0027laman\\u0027" in script
    assert script.count("</script>") == 1
