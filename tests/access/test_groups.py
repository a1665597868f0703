"""What each group of the office sees of the Wagtail admin: its menu, and every list and form by address."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.models import Site

from psk_plugin import roles

from .. import factories

COLUMNS = (*roles.REVIEWERS, roles.SERVICE_EDITOR, roles.PENGADUAN, roles.ADMINISTRATOR, "superuser")

#: Address, answers in the order of COLUMNS: o gets in, d is led to the first page with a sentence.
TABLE = """
wagtailadmin_home                         ooooooooooo
wagtailadmin_account                      ooooooooooo
wagtailadmin_explore_root                 ddddddddddo
wagtailimages:index                       ddddddddddo
wagtailimages:add                         ddddddddddo
wagtaildocs:index                         ddddddddddo
wagtaildocs:add                           ddddddddddo
wagtailadmin_collections:index            ddddddddddo
wagtailforms:index                        ddddddddddo
wagtailredirects:index                    ddddddddddo
wagtailsearchpromotions:index             ddddddddddo
wagtailsites:index                        ddddddddddo
wagtailadmin_workflows:index              ddddddddddo
wagtailadmin_workflows:task_index         ddddddddddo
wagtailadmin_reports:locked_pages         ddddddddddo
wagtailadmin_reports:workflow             ddddddddddo
wagtailadmin_reports:workflow_tasks       ddddddddddo
wagtailadmin_reports:aging_pages          ddddddddddo
wagtailadmin_reports:page_types_usage     ddddddddddo
wagtailusers_groups:index                 ddddddddddo
wagtailusers_groups:add                   ddddddddddo
wagtailusers_users:index                  dddddddddoo
wagtailusers_users:add                    dddddddddoo
settings:psk_plugin.officesettings        dddddddodoo
settings:psk_plugin.helpdesksettings      ddddoddddoo
settings:home.officesettings              dddddddddoo
psk_kotak-masuk_modeladmin_index          ooooooodddo
psk_semua-permohonan_modeladmin_index     ooooooodddo
psk_keputusan_modeladmin_index            ddddododdoo
psk_peraturan_modeladmin_index            ooooooodddo
psk_perusahaan_modeladmin_index           ddddododdoo
psk_penggabungan_modeladmin_index         ddddododdoo
psk_klaim_modeladmin_index                odddoddddoo
psk_kepatuhan_modeladmin_index            ddddododdoo
psk_sensus_modeladmin_index               oddddddddoo
psk_pengaduan_modeladmin_index            odddodddodo
psk_sosialisasi_modeladmin_index          odddoddoddo
psk_layanan_modeladmin_index              dddddddoddo
psk_layanan_modeladmin_create             dddddddoddo
psk_norma_modeladmin_index                ddododddddo
psk_kalimat_modeladmin_index              doododddddo
psk_dasar-hukum_modeladmin_index          ddddoddoddo
psk_surel_modeladmin_index                ddddoddddoo
psk_survei_modeladmin_index               ddddododddo
psk_monitoring_modeladmin_index           dddooooddoo
psk_pengingat_modeladmin_index            dddoodddddo
psk_kampanye_modeladmin_index             dddoododdoo
psk_tanda-dini_modeladmin_index           dddoododdoo
psk_aturan-tanda-dini_modeladmin_index    dddddddddoo
psk_kalender_modeladmin_index             ddddoddodoo
psk_kategori-pengaduan_modeladmin_index   ddddodddooo
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]

REVIEWER_LISTS = {"Semua Permohonan", "Peraturan Perusahaan"}
HELP = {"Bantuan": {"Pintasan"}}
#: Group -> its menu: entry -> what stands below it, `None` where it leads straight to a list.
CAMPAIGN_LISTS = {"Kampanye kepatuhan", "Tanda dini"}
SUPERVISOR_LISTS = {"Plt. dan Plh.", "Ketidakhadiran"}
MENUS = {
    roles.REGISTRASI: {
        "Kotak Masuk": None,
        "PSK": REVIEWER_LISTS
        | {"Klaim perusahaan", "Informasi dan pengaduan", "Pertemuan sosialisasi", "Sensus perusahaan"},
    },
    roles.VERIFIKATOR: {"Kotak Masuk": None, "PSK": REVIEWER_LISTS | {"Rumusan siap pakai"}},
    roles.KOREKTOR: {"Kotak Masuk": None, "PSK": REVIEWER_LISTS | {"Norma", "Rumusan siap pakai"}},
    roles.KASI: {
        "Kotak Masuk": None,
        "Pembagian kerja": None,
        "PSK": REVIEWER_LISTS | SUPERVISOR_LISTS | CAMPAIGN_LISTS | {"Pengingat", "Monitoring dan evaluasi"},
    },
    roles.KABID: {
        "Kotak Masuk": None,
        "Pembagian kerja": None,
        "PSK": REVIEWER_LISTS
        | SUPERVISOR_LISTS
        | CAMPAIGN_LISTS
        | {
            "Surat Keputusan",
            "Kepatuhan",
            *("Perusahaan", "Perusahaan ganda", "Klaim perusahaan"),
            "Informasi dan pengaduan",
            "Pertemuan sosialisasi",
            "Norma",
            "Dasar hukum",
            "Monitoring dan evaluasi",
        }
        | {"Surel", "Rumusan siap pakai", "Pengingat", "Survei kepuasan", "Kalender kantor", "Kategori laporan"},
        "Pengaturan": {"Informasi dan pengaduan"},
    },
    roles.SEKRETARIS: {"Kotak Masuk": None, "PSK": REVIEWER_LISTS | {"Monitoring dan evaluasi"}},
    roles.KADIS: {
        "Kotak Masuk": None,
        "PSK": REVIEWER_LISTS
        | CAMPAIGN_LISTS
        | {"Surat Keputusan", "Kepatuhan", "Perusahaan", "Perusahaan ganda"}
        | {"Survei kepuasan", "Monitoring dan evaluasi"},
    },
    roles.SERVICE_EDITOR: {
        "PSK": {"Pertemuan sosialisasi", "Layanan", "Dasar hukum", "Kalender kantor", "Kode KBLI"},
        "Pengaturan": {"Dinas dan kop surat"},
    },
    roles.PENGADUAN: {"PSK": {"Informasi dan pengaduan", "Kategori laporan"}},
    roles.ADMINISTRATOR: {
        "PSK": CAMPAIGN_LISTS
        | {"Surat Keputusan", "Kepatuhan", "Perusahaan", "Surel", "Kalender kantor", "Kategori laporan"}
        | {"Aturan tanda dini", "Monitoring dan evaluasi", "Klaim perusahaan", "Perusahaan ganda"}
        | {"Sensus perusahaan"},
        "Pengaturan": {"Dinas dan kop surat", "Informasi dan pengaduan", "Kantor", "Pengguna"},
    },
}


def somebody(group: str | None):
    user = factories.UserFactory(is_superuser=group == "superuser")
    if group and group != "superuser":
        user.groups.add(factories.group_named(group))
    return user


def address(name: str) -> str:
    if not name.startswith("settings:"):
        return reverse(name)
    app, model = name.removeprefix("settings:").split(".")
    return reverse("wagtailsettings:edit", args=[app, model])


def answer(client, path: str) -> str:
    response = client.get(path, follow=True)
    if response.status_code != 200:
        return str(response.status_code)
    ended = response.request["PATH_INFO"]
    is_login = ended == reverse("wagtailadmin_login")
    return "l" if is_login else "d" if ended == reverse("wagtailadmin_home") != path else "o"


def test_each_group_gets_what_the_table_says_and_nothing_else(client, site):
    wrong = []
    for position, group in enumerate(COLUMNS):
        client.force_login(somebody(group))
        for name, answers in ROWS:
            got = answer(client, address(name))
            if got != answers[position]:
                wrong.append(f"{name}: {group} got {got}, expected {answers[position]}")
    assert not wrong, "\n".join(wrong)


def test_who_is_in_no_group_never_comes_into_the_admin(client, site):
    client.force_login(somebody(None))
    assert {name: answer(client, address(name)) for name, _answers in ROWS if "home.officesettings" not in name} == {
        name: "l" for name, _answers in ROWS if "home.officesettings" not in name
    }


def menu_of(request) -> dict[str, set[str] | None]:
    """The menu as shown, counts taken off."""

    def label(item) -> str:
        return item.render_component(request).label.partition(" (")[0]

    found = {}
    for item in admin_menu.menu_items_for_request(request):
        below = getattr(item, "menu", None)
        found[label(item)] = {label(each) for each in below.menu_items_for_request(request)} if below else None
    return found


@pytest.mark.parametrize("group", MENUS)
def test_the_menu_shows_each_group_its_own_work(client, site, group):
    client.force_login(somebody(group))
    page = client.get(reverse("wagtailadmin_home"))
    assert menu_of(page.wsgi_request) == MENUS[group] | HELP


def test_every_group_stands_in_the_table():
    assert set(roles.PERMISSIONS) == set(COLUMNS) - {"superuser"} == set(MENUS)
    assert all(len(answers) == len(COLUMNS) for _name, answers in ROWS)


def test_groups_are_made_once_and_keep_what_an_administrator_gave(db):
    call_command("psk_setup", verbosity=0)
    extra = Permission.objects.get(codename="add_redirect")
    Group.objects.get(name=roles.KASI).permissions.add(extra)
    before = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    call_command("psk_setup", verbosity=0)
    assert {group.name: set(group.permissions.all()) for group in Group.objects.all()} == before
    assert extra in before[roles.KASI]


def test_setup_gives_back_what_a_group_needs(db):
    roles.ensure_groups()
    Group.objects.get(name=roles.KASI).permissions.clear()
    call_command("psk_setup", verbosity=0)
    assert somebody(roles.KASI).has_perm("psk_plugin.review_submission")


def test_no_permission_comes_from_a_model_of_another_app_with_the_same_name(db):
    """The site has office settings of its own, whose permission has the codename of the plugin's."""
    editor = somebody(roles.SERVICE_EDITOR)
    assert editor.has_perm("psk_plugin.change_officesettings")
    assert not editor.has_perm("home.change_officesettings")


class TestAdministrator:
    """Looks after people without becoming a superuser, by no way that Wagtail offers."""

    @pytest.fixture
    def administrator(self, client, site):
        user = somebody(roles.ADMINISTRATOR)
        client.force_login(user)
        return user

    @staticmethod
    def form(**changes) -> dict:
        return {
            "username": "baru",
            "email": "baru@contoh.test",
            "first_name": "Orang",
            "last_name": "Baru",
            "is_active": "on",
            "password1": "sandi-yang-panjang-9",
            "password2": "sandi-yang-panjang-9",
        } | changes

    def test_adds_a_colleague_to_a_group(self, client, administrator):
        group = Group.objects.get(name=roles.VERIFIKATOR)
        client.post(reverse("wagtailusers_users:add"), self.form(groups=[group.pk]))
        made = type(administrator).objects.get(username="baru")
        assert list(made.groups.all()) == [group]
        assert not made.is_superuser

    def test_cannot_make_a_superuser(self, client, administrator):
        client.post(reverse("wagtailusers_users:add"), self.form(is_superuser="on"))
        assert not type(administrator).objects.filter(username="baru").exists()

    def test_cannot_lift_a_colleague_to_superuser(self, client, administrator):
        colleague = somebody(roles.KASI)
        client.post(
            reverse("wagtailusers_users:edit", args=[colleague.pk]),
            self.form(username=colleague.username, is_superuser="on"),
        )
        colleague.refresh_from_db()
        assert not colleague.is_superuser

    def test_sees_that_only_a_superuser_ticks_administrator(self, client, administrator):
        page = client.get(reverse("wagtailusers_users:edit", args=[somebody(roles.KASI).pk]))
        assert page.context["form"].fields["is_superuser"].disabled

    def test_cannot_set_a_superusers_password(self, client, administrator):
        chief = somebody("superuser")
        before = chief.password
        path = reverse("wagtailusers_users:edit", args=[chief.pk])
        assert answer(client, path) == "d"
        client.post(path, self.form(username=chief.username))
        chief.refresh_from_db()
        assert chief.password == before

    def test_cannot_switch_superusers_off_in_bulk(self, client, administrator):
        chief, colleague = somebody("superuser"), somebody(roles.KASI)
        path = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
        client.post(f"{path}?id={chief.pk}&id={colleague.pk}", {"mark_as_active": "False"})
        chief.refresh_from_db()
        colleague.refresh_from_db()
        assert chief.is_active
        assert colleague.is_active
        client.post(f"{path}?id={colleague.pk}", {"mark_as_active": "False"})
        colleague.refresh_from_db()
        assert not colleague.is_active

    def test_a_superuser_still_makes_superusers(self, client, site):
        client.force_login(somebody("superuser"))
        client.post(reverse("wagtailusers_users:add"), self.form(is_superuser="on"))
        assert type(somebody(None)).objects.get(username="baru").is_superuser


def test_a_site_without_pages_of_its_own_has_a_first_page_too(client, db):
    """A reviewer's first page needs neither site nor page."""
    Site.objects.all().delete()
    client.force_login(somebody(roles.KASI))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
