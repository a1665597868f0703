"""System checks: a line of the installation that is missing is found at start, named, with what to write.

Apps that are missing are told earlier, by `PSKConfig.import_models`: without them no model loads and no check runs.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.core.exceptions import FieldDoesNotExist
from django.core.files.storage import InvalidStorageError, storages
from django.db import connections
from django.shortcuts import resolve_url
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from wagtail.views import serve as wagtail_serve

from . import WAGTAIL_WORDS, conf

#: Blocks that the plugin's pages fill.
BLOCKS = ("title", "content", "extra_css", "extra_js")
STYLESHEET = "psk_plugin/psk.css"
CONTEXT_PROCESSOR = "psk_plugin.context_processors.psk"
HISTORY_MIDDLEWARE = "simple_history.middleware.HistoryRequestMiddleware"
ACCOUNT_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
#: The four names of Indonesia's three time zones.
TIME_ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")


@register()
def check_records_storage(app_configs, **kwargs) -> list[CheckMessage]:
    """Filed documents need a storage of their own that has no public address."""
    try:
        place = storages[conf.RECORDS_STORAGE]
    except InvalidStorageError:
        return [
            Error(
                f"STORAGES has no entry “{conf.RECORDS_STORAGE}”.",
                hint="Add one that is not below MEDIA_ROOT, for example a FileSystemStorage with base_url None.",
                id="psk_plugin.E001",
            )
        ]
    location, media = getattr(place, "location", None), str(settings.MEDIA_ROOT)
    if location and media and Path(location).is_relative_to(media):
        return [
            Error(
                "Filed documents would lie below MEDIA_ROOT, where anyone who guesses an address can read them.",
                hint=f"Give the storage “{conf.RECORDS_STORAGE}” a location outside MEDIA_ROOT.",
                id="psk_plugin.E002",
            )
        ]
    return []


@register()
def check_words(app_configs, **kwargs) -> list[Info]:
    """On an Indonesian site the admin would be English in many places."""
    language = settings.LANGUAGE_CODE.lower()
    if not language.startswith("id"):
        return []
    found = []
    if WAGTAIL_WORDS not in {Path(folder) for folder in settings.LOCALE_PATHS}:
        found.append(
            Info(
                "Most words of the Wagtail admin will be English.",
                hint="Add psk_plugin.WAGTAIL_WORDS to LOCALE_PATHS.",
                id="psk_plugin.I001",
            )
        )
    if language == "id":
        found.append(
            Info(
                "Wagtail's own Indonesian catalogue is called “id_ID” and is not read for the language “id”.",
                hint='Set LANGUAGE_CODE = "id-id", and name it so in LANGUAGES.',
                id="psk_plugin.I002",
            )
        )
    return found


@register()
def check_middleware(app_configs, **kwargs) -> list[CheckMessage]:
    """Without it the versions of documents and companies do not know who made them."""
    if HISTORY_MIDDLEWARE in settings.MIDDLEWARE:
        return []
    return [
        Error(
            "Versions of documents and companies would not say who made them.",
            hint=f"Add “{HISTORY_MIDDLEWARE}” to MIDDLEWARE, after AuthenticationMiddleware.",
            id="psk_plugin.E003",
        )
    ]


@register()
def check_templates(app_configs, **kwargs) -> list[CheckMessage]:
    """The plugin's pages stand in the host's base template."""
    found: list[CheckMessage] = []
    processors = [p for row in settings.TEMPLATES for p in row.get("OPTIONS", {}).get("context_processors", ())]
    if CONTEXT_PROCESSOR not in processors:
        found.append(
            Error(
                "The plugin's pages do not know the site's base template.",
                hint=f"Add “{CONTEXT_PROCESSOR}” to the context_processors in TEMPLATES.",
                id="psk_plugin.E004",
            )
        )
    return found + list(_base_template())


def _base_template() -> Iterator[CheckMessage]:
    name = conf.BASE_TEMPLATE
    try:
        # Django's own engine: another may come first in TEMPLATES.
        chain = list(_ancestry(get_template(name, using=_django_engine()).template))
    except (TemplateDoesNotExist, TemplateSyntaxError) as error:
        yield Error(
            f"PSK_BASE_TEMPLATE names “{name}”, which does not load: {error}.",
            hint="Name the template that the site's own pages extend, for example “base.html”.",
            id="psk_plugin.E005",
        )
        return
    blocks = {node.name for template in chain for node in template.nodelist.get_nodes_by_type(BlockNode)}
    if missing := [block for block in BLOCKS if block not in blocks]:
        yield Error(
            f"The base template “{name}” lacks the blocks {', '.join(missing)}.",
            hint="Add them, empty, where a page's title, content, stylesheets and scripts belong.",
            id="psk_plugin.E006",
        )
    if not any(STYLESHEET in (template.source or "") for template in chain):
        yield Warning(
            f"The base template “{name}” does not load the plugin's stylesheet.",
            hint=f'Put <link rel="stylesheet" href="{{% static \'{STYLESHEET}\' %}}"> into its <head>.',
            id="psk_plugin.W007",
        )


def _django_engine() -> str:
    return next(alias for alias, row in engines.templates.items() if row["BACKEND"].endswith("DjangoTemplates"))


def _ancestry(template: Any) -> Iterator[Any]:
    """A template and those it extends, as far as their names are written out."""
    while template is not None:
        yield template
        extends = next(iter(template.nodelist.get_nodes_by_type(ExtendsNode)), None)
        parent = extends.parent_name.var if extends else None
        template = template.engine.get_template(parent) if isinstance(parent, str) else None


@register()
def check_addresses(app_configs, **kwargs) -> list[CheckMessage]:
    """The plugin's pages, the account pages, and a sign-in page that exists."""
    found: list[CheckMessage] = []
    for name, line, code in (
        ("psk:health", 'path("psk/", include("psk_plugin.urls"))', "psk_plugin.E008"),
        ("account_login", 'path("akun/", include("allauth.urls"))', "psk_plugin.E009"),
        ("wagtaildocs_serve", 'path("documents/", include("wagtail.documents.urls"))', "psk_plugin.E020"),
    ):
        try:
            address = reverse(name, args=(1, "a.pdf") if name == "wagtaildocs_serve" else ())
            is_reached = resolve(address).func is not wagtail_serve
        except (NoReverseMatch, Resolver404):
            is_reached = False
        if not is_reached:
            found.append(
                Error(
                    f"The site's addresses do not lead to “{name}”.",
                    hint=f"Put {line} into the site's urls.py, before Wagtail's pages, which take all that is left.",
                    id=code,
                )
            )
    try:
        is_page = resolve(resolve_url(settings.LOGIN_URL)).func is wagtail_serve
    except (NoReverseMatch, Resolver404):
        is_page = True
    if is_page:
        found.append(
            Error(
                f"LOGIN_URL is “{settings.LOGIN_URL}”, which is no sign-in page of this site.",
                hint='Write LOGIN_URL = "account_login".',
                id="psk_plugin.E010",
            )
        )
    return found


@register()
def check_accounts(app_configs, **kwargs) -> list[CheckMessage]:
    """People of companies sign up with an e-mail address that is shown to be theirs."""
    from allauth.account import app_settings as allauth

    found: list[CheckMessage] = []
    if ACCOUNT_BACKEND not in settings.AUTHENTICATION_BACKENDS:
        found.append(
            Error(
                "Nobody could sign in with an e-mail address.",
                hint=f"Add “{ACCOUNT_BACKEND}” to AUTHENTICATION_BACKENDS, beside Django's ModelBackend.",
                id="psk_plugin.E011",
            )
        )
    if not allauth.SIGNUP_FIELDS.get("email", {}).get("required") or "email" not in allauth.LOGIN_METHODS:
        found.append(
            Error(
                "Accounts are made or entered without an e-mail address, by which the plugin writes to companies.",
                hint='Write ACCOUNT_LOGIN_METHODS = {"email"} and '
                'ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"].',
                id="psk_plugin.E012",
            )
        )
    if allauth.EMAIL_VERIFICATION != "mandatory":
        found.append(
            Warning(
                "E-mail addresses are not verified: somebody may sign up with another person's.",
                hint='Write ACCOUNT_EMAIL_VERIFICATION = "mandatory".',
                id="psk_plugin.W013",
            )
        )
    for setting, name in (("USERNAME", allauth.USER_MODEL_USERNAME_FIELD), ("EMAIL", allauth.USER_MODEL_EMAIL_FIELD)):
        try:
            if name:
                get_user_model()._meta.get_field(name)
        except FieldDoesNotExist:
            found.append(
                Error(
                    f"The user model {settings.AUTH_USER_MODEL} has no field “{name}”.",
                    hint=f"Write ACCOUNT_USER_MODEL_{setting}_FIELD = None, or the name of that field.",
                    id="psk_plugin.E014",
                )
            )
    return found


@register()
def check_place_and_time(app_configs, **kwargs) -> list[CheckMessage]:
    """Legal days are counted, and addresses printed, as the settings say."""
    found: list[CheckMessage] = []
    if not settings.USE_TZ:
        found.append(
            Error("Times would be kept without their zone.", hint="Write USE_TZ = True.", id="psk_plugin.E015")
        )
    if settings.TIME_ZONE not in TIME_ZONES:
        found.append(
            Warning(
                f"TIME_ZONE is “{settings.TIME_ZONE}”: working days would begin and end at the wrong hour.",
                hint=f"Write one of {', '.join(TIME_ZONES)}.",
                id="psk_plugin.W016",
            )
        )
    if not settings.LANGUAGE_CODE.startswith("id"):
        found.append(
            Warning(
                f"LANGUAGE_CODE is “{settings.LANGUAGE_CODE}”: the plugin's pages would not be in Indonesian.",
                hint='Write LANGUAGE_CODE = "id-id".',
                id="psk_plugin.W017",
            )
        )
    if not hasattr(settings, "PSK_PUBLIC_URL"):
        found.append(
            Warning(
                f"PSK_PUBLIC_URL is not set: mails and the QR of decrees would name {conf.PUBLIC_URL}.",
                hint='Write the address that the public knows, for example PSK_PUBLIC_URL = "https://disnaker.example".',
                id="psk_plugin.W018",
            )
        )
    database = settings.DATABASES["default"]
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    if is_sqlite and database.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE":
        found.append(
            Warning(
                "On SQLite, two people who press a button at once may meet an error instead of waiting.",
                hint='Write DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}, '
                "or use PostgreSQL.",
                id="psk_plugin.W019",
            )
        )
    return found


@register(Tags.database)
def check_compiling(app_configs, databases=None, **kwargs) -> list[CheckMessage]:
    """PostgreSQL that compiles large queries (its default) spends seconds on those that take milliseconds.

    Asks the database, so it runs with `migrate` and `check --database default` only.
    """
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")
            is_on = cursor.fetchone()[0] == "on"
        if is_on:
            found.append(
                Warning(
                    "PostgreSQL compiles large queries before it runs them, so figures of compliance take seconds.",
                    hint=f'Write DATABASES["{alias}"]["OPTIONS"] = {{"options": "-c jit=off"}}, or ask for '
                    "ALTER DATABASE … SET jit = off.",
                    id="psk_plugin.W021",
                )
            )
    return found


@register()
def check_movers(app_configs, **kwargs) -> list[CheckMessage]:
    """A model of the site that points to companies must say what happens to its rows when two of them are merged."""
    from .companies.merging import without_mover

    return [
        Warning(
            f"Nothing says how {label}.{field} moves when two companies are merged, so no company can be merged.",
            hint="Call psk_plugin.companies.merging.register(Model) in the ready() of that app: its rows then follow "
            "the company; give a function of your own where they cannot simply do so.",
            id="psk_plugin.W020",
        )
        for label, field in without_mover()
    ]
