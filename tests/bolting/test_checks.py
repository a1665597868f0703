"""Each line of the installation, left out, is named at start with what to write."""

from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.template import engines
from django.test import override_settings
from django.urls import clear_url_caches, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.models import ReferenceIndex

from psk_plugin.apps import NEEDED_APPS, WITHOUT_REFERENCES
from psk_plugin.blocks import psk_blocks


class WithoutOurs:
    """Addresses of a site that has not mounted the plugin yet."""

    urlpatterns = [path("admin/", include(wagtailadmin_urls)), path("", include(wagtail_urls))]


def without(values, name: str) -> list:
    return [value for value in values if value != name]


def templates_with(**options) -> list:
    row = settings.TEMPLATES[0]
    return [row | {"OPTIONS": row["OPTIONS"] | options}]


def found() -> dict[str, str]:
    """Numbers of the messages -> what to do."""
    messages = [message for message in run_checks() if message.id and message.id.startswith("psk_plugin.")]
    return {message.id.split(".")[1]: message.hint for message in messages}


def test_a_complete_site_hears_nothing():
    assert found() == {}


CONTEXT = "psk_plugin.context_processors.psk"
HISTORY = "simple_history.middleware.HistoryRequestMiddleware"
LINES = [
    ("E001", {"STORAGES": {k: v for k, v in settings.STORAGES.items() if k != "psk_records"}}, "base_url None"),
    (
        "E003",
        {"MIDDLEWARE": without(settings.MIDDLEWARE, "simple_history.middleware.HistoryRequestMiddleware")},
        "MIDD",
    ),
    (
        "E004",
        {
            "TEMPLATES": templates_with(
                context_processors=without(settings.TEMPLATES[0]["OPTIONS"]["context_processors"], CONTEXT)
            )
        },
        CONTEXT,
    ),
    ("E005", {"PSK_BASE_TEMPLATE": "tidak-ada.html"}, "base.html"),
    ("E006", {"PSK_BASE_TEMPLATE": "psk_plugin/includes/messages.html"}, "title, content"),
    ("W007", {"PSK_BASE_TEMPLATE": "psk_plugin/includes/messages.html"}, "psk_plugin/psk.css"),
    ("E008", {"ROOT_URLCONF": WithoutOurs}, 'include("psk_plugin.urls")'),
    ("E009", {"ROOT_URLCONF": WithoutOurs}, 'include("allauth.urls")'),
    ("E020", {"ROOT_URLCONF": WithoutOurs}, 'include("wagtail.documents.urls")'),
    ("E010", {"LOGIN_URL": "/accounts/login/"}, 'LOGIN_URL = "account_login"'),
    ("E011", {"AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"]}, "allauth.account"),
    ("E012", {"ACCOUNT_LOGIN_METHODS": {"username"}}, "ACCOUNT_LOGIN_METHODS"),
    ("E012", {"ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*", "password2*"]}, "ACCOUNT_SIGNUP_FIELDS"),
    ("W013", {"ACCOUNT_EMAIL_VERIFICATION": "optional"}, "mandatory"),
    ("E014", {"ACCOUNT_USER_MODEL_USERNAME_FIELD": "nama_akun"}, "ACCOUNT_USER_MODEL_USERNAME_FIELD = None"),
    ("E014", {"ACCOUNT_USER_MODEL_EMAIL_FIELD": "surel"}, "ACCOUNT_USER_MODEL_EMAIL_FIELD"),
    ("E015", {"USE_TZ": False}, "USE_TZ = True"),
    ("W016", {"TIME_ZONE": "UTC"}, "Asia/Jakarta"),
    ("W017", {"LANGUAGE_CODE": "en-us"}, "id-id"),
]


@pytest.mark.parametrize(("number", "wrong", "advice"), LINES, ids=[f"{n}-{next(iter(w))}" for n, w, _ in LINES])
def test_a_missing_line_is_named_with_what_to_write(number, wrong, advice):
    with override_settings(**wrong):
        clear_url_caches()
        hints = found()
    clear_url_caches()
    if number == "E006":
        assert number in hints
    else:
        assert advice in hints[number]


def test_records_below_the_public_folder_are_named(tmp_path):
    row = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "media" / "psk", "base_url": None},
    }
    with override_settings(MEDIA_ROOT=tmp_path / "media", STORAGES=settings.STORAGES | {"psk_records": row}):
        assert "outside MEDIA_ROOT" in found()["E002"]


def test_a_folder_whose_name_only_begins_like_the_public_one_is_no_fault(tmp_path):
    row = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "media-psk", "base_url": None},
    }
    with override_settings(MEDIA_ROOT=tmp_path / "media", STORAGES=settings.STORAGES | {"psk_records": row}):
        assert "E002" not in found()


def test_an_address_of_nobody_in_mails_and_codes_is_named():
    with override_settings():
        del settings.PSK_PUBLIC_URL
        assert "PSK_PUBLIC_URL" in found()["W018"]


def test_sqlite_that_does_not_queue_its_writers_is_named(monkeypatch):
    monkeypatch.setitem(settings.DATABASES, "default", {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"})
    assert "IMMEDIATE" in found()["W019"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL compiles queries")
@pytest.mark.parametrize(("setting", "is_told"), [("on", True), ("off", False)])
def test_a_postgresql_that_compiles_large_queries_is_named(setting, is_told, db):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL jit = {setting}")
    messages = run_checks(tags=[Tags.database], databases=["default"])
    assert any(message.id == "psk_plugin.W021" for message in messages) is is_told


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL compiles queries")
def test_the_site_s_own_connections_do_not_compile(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


@pytest.mark.parametrize("name", NEEDED_APPS)
def test_a_missing_app_is_named_before_anything_breaks(name, monkeypatch):
    monkeypatch.setattr("psk_plugin.apps.apps.is_installed", lambda app: app != name)
    with pytest.raises(ImproperlyConfigured, match=f'INSTALLED_APPS: "{name}"'):
        apps.get_app_config("psk_plugin").import_models()


def test_every_app_that_is_asked_for_exists():
    assert all(find_spec(name) for name in NEEDED_APPS)


def test_a_host_s_migrations_name_none_of_our_code():
    """So that they run where the plugin has been taken out."""
    from wagtail.fields import StreamField

    _name, _path, _args, kwargs = StreamField(psk_blocks()).deconstruct()
    assert len(kwargs["block_lookup"]) > len(psk_blocks())
    assert "psk_plugin" not in repr(kwargs["block_lookup"])


def test_account_pages_stand_in_the_host_s_look():
    assert (
        engines["django"]
        .engine.get_template("allauth/layouts/base.html")
        .origin.name.endswith("psk_plugin/templates/allauth/layouts/base.html")
    )


def test_only_rows_that_pages_and_pictures_are_asked_for_stand_in_wagtail_s_index_of_references():
    ours = {model.__name__: model for model in apps.get_app_config("psk_plugin").get_models()}
    assert set(ours) >= WITHOUT_REFERENCES
    assert not any(ReferenceIndex.model_is_indexable(ours[name]) for name in WITHOUT_REFERENCES)
    assert ReferenceIndex.model_is_indexable(ours["Service"])
