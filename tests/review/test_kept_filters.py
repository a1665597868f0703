"""Filters that people keep of the two lists, for themselves or for their desk."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from psk_plugin.review import saved
from psk_plugin.review.models import Place, SavedFilter
from psk_plugin.submissions.models import Submission

from .. import factories
from .test_comfort import keep, numbers_on
from .test_lists import ALL, INBOX

pytestmark = pytest.mark.django_db


class TestKeptFilters:
    def test_a_filter_is_kept_used_renamed_and_removed(self, office, client):
        late, calm = factories.filed(office, steps=2), factories.filed(office, steps=2)
        Submission.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=9))
        client.force_login(office.korektor)
        assert keep(client, "kotak-masuk", "Sudah lewat", "tempo=terlambat&o=nomor").status_code == 302
        page = client.get(INBOX)
        (kept,) = page.context["kept"]
        used = client.get(INBOX + kept.address)
        assert numbers_on(used) == [late.number] and calm.number not in numbers_on(used)
        assert used.context["kept"][0].is_chosen and not page.context["kept"][0].is_chosen
        change = reverse("psk_list:filter_edit", args=["kotak-masuk", kept.filter.pk])
        assert client.post(change, {"name": "Terlambat"}).status_code == 302
        assert "Terlambat" in client.get(change).content.decode()
        client.post(reverse("psk_list:filter_delete", args=["kotak-masuk", kept.filter.pk]))
        assert not client.get(INBOX).context["kept"]

    def test_nobody_sees_what_a_colleague_keeps_unless_it_is_shared_with_the_group(self, office, client):
        colleague, other = factories.staff("korektor"), office.verifikator
        group = factories.group("korektor")
        mine = SavedFilter.objects.create(owner=office.korektor, place=Place.ALL, name="Rahasia saya", query="q=a")
        for user in (colleague, other, factories.UserFactory(is_superuser=True)):
            client.force_login(user)
            assert "Rahasia saya" not in client.get(ALL).content.decode()
            for name in ("filter_edit", "filter_delete"):
                address = reverse(f"psk_list:{name}", args=[Place.ALL, mine.pk])
                assert client.post(address, {"name": "diambil"}).status_code == 404
        client.force_login(office.korektor)
        change = reverse("psk_list:filter_edit", args=[Place.ALL, mine.pk])
        client.post(change, {"name": "Untuk tim", "group": group.pk})
        client.force_login(colleague)
        page = client.get(ALL).content.decode()
        assert "Untuk tim" in page and "dibagikan oleh" in page
        assert client.post(change, {"name": "diambil"}).status_code == 404, "seen, not changed"
        client.force_login(other)
        assert "Untuk tim" not in client.get(ALL).content.decode()
        mine.refresh_from_db()
        assert mine.name == "Untuk tim"

    def test_a_filter_is_shared_with_ones_own_groups_only(self, office, client):
        client.force_login(office.korektor)
        answer = keep(client, "semua-permohonan", "Luas", "q=a", group=factories.group("kadis").pk)
        assert answer.status_code == 422
        assert not SavedFilter.objects.exists()

    def test_a_shared_filter_follows_who_looks(self, office, client):
        """ "In my hands" is the viewer's hands, not those of who kept it."""
        group, colleague = factories.group("korektor"), factories.staff("korektor")
        mine = factories.filed(office, steps=2)
        Submission.objects.filter(pk=mine.pk).update(assignee=office.korektor)
        SavedFilter.objects.create(
            owner=office.korektor, place=Place.INBOX, name="Saya", query="tangan=saya", group=group
        )
        client.force_login(colleague)
        (kept,) = client.get(INBOX).context["kept"]
        assert numbers_on(client.get(INBOX + kept.address)) == []

    @pytest.mark.parametrize("name", ["", "   "])
    def test_a_filter_without_a_name_is_asked_for_one_and_keeps_the_search(self, office, client, name):
        client.force_login(office.korektor)
        answer = keep(client, "kotak-masuk", name, "q=baja")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Beri nama untuk saringan ini." in page and 'value="q=baja"' in page
        assert 'aria-describedby="id_name_error"' in page and 'id="id_name_error"' in page

    def test_one_name_is_kept_once_whatever_its_capitals(self, office, client):
        client.force_login(office.korektor)
        keep(client, "kotak-masuk", "Terlambat", "tempo=terlambat")
        answer = keep(client, "kotak-masuk", "TERLAMBAT", "q=x")
        assert answer.status_code == 422
        assert "Anda sudah punya saringan dengan nama ini." in answer.content.decode()
        assert keep(client, "semua-permohonan", "Terlambat", "q=x").status_code == 302, "another list"

    def test_more_than_thirty_are_refused_with_a_sentence(self, office, client):
        SavedFilter.objects.bulk_create(
            SavedFilter(owner=office.korektor, place=Place.INBOX, name=f"s{n}") for n in range(saved.MOST)
        )
        client.force_login(office.korektor)
        answer = keep(client, "kotak-masuk", "satu lagi")
        assert answer.status_code == 422
        assert "Anda sudah menyimpan 30 saringan." in answer.content.decode()

    @pytest.mark.parametrize(
        "query",
        [
            "q=%00a",
            "applicant__password__startswith=a&q=b",
            "x" * 20_000,
            "q=" + "y" * 20_000,
            "p=3&export=csv",
            "&&=&=",
        ],
    )
    def test_only_what_the_list_knows_is_kept(self, office, client, query):
        client.force_login(office.korektor)
        assert keep(client, "kotak-masuk", "Aneh", query).status_code == 302
        kept = SavedFilter.objects.get()
        assert not set(kept.query) & {"\x00"} and "password" not in kept.query
        assert "export" not in kept.query and "p=" not in kept.query and len(kept.query) < 1200
        assert client.get(f"{INBOX}?{kept.query}").status_code == 200

    @pytest.mark.parametrize("name", ["a\x00b", "n" * 20_000])
    def test_odd_names_are_refused_with_a_sentence(self, office, client, name):
        client.force_login(office.korektor)
        answer = keep(client, "kotak-masuk", name, "q=a")
        assert answer.status_code == 422
        assert 'id="id_name_error"' in answer.content.decode()

    def test_no_such_list(self, office, client):
        client.force_login(office.korektor)
        assert client.post("/admin/psk/daftar/lain/saringan/", {"name": "a"}).status_code == 404
