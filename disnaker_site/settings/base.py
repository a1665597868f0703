"""Settings that hold everywhere. What differs by place is read from the environment."""

from pathlib import Path

import django
import environ

import psk_plugin

BASE_DIR = Path(__file__).resolve().parent.parent.parent
#: Everything the running site writes: database, uploads, filed documents, static files.
VAR_DIR = Path(environ.Env()("PSK_VAR_DIR", default=str(BASE_DIR / "var")))

env = environ.Env()

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "home",
    "disnaker_site",
    "psk_plugin",
    "wagtail_modeladmin",
    "simple_history",
    "allauth",
    "allauth.account",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "disnaker_site.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "disnaker_site.urls"
WSGI_APPLICATION = "disnaker_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "psk_plugin.context_processors.psk",
            ],
        },
    },
]

# SQLite starts without any service. IMMEDIATE takes the write lock at BEGIN, so that two people pressing at
# once queue up instead of one of them failing half way; WAL lets readers go on meanwhile.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        # Compiling one large query takes seconds, running it milliseconds.
        DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Brakes count here: several processes need one cache between them, and a full one forgets at random, counts too.
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://?max_entries=10000")}

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Sign-up: an e-mail address that answers; the name is only for people who know theirs (staff).
ACCOUNT_ADAPTER = "disnaker_site.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 7
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = env("PUBLIC_SCHEME", default="http")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "psk:submission_list"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Country code included so that Wagtail's own `id_ID` catalogue loads too.
LANGUAGE_CODE = "id-id"
LANGUAGES = [("id-id", "Bahasa Indonesia"), ("en", "English")]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
# Words that Wagtail's catalogue lacks or says badly. Only here do they reach Wagtail's scripts as well.
LOCALE_PATHS = [psk_plugin.WAGTAIL_WORDS]
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # What companies file. Never under MEDIA_ROOT: nothing here has an address of its own.
    "psk_records": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "records", "base_url": None},
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Mail to the console until EMAIL_URL names a server, for example smtp+tls://user:password@mail.example:587
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Dinas Tenaga Kerja Kota Bekasi <psk@contoh.test>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20

# At once in the same process by default; a worker of its own by TASKS_BACKEND=django_tasks_db.DatabaseBackend
TASKS_AT_ONCE = f"{'django.tasks' if django.VERSION >= (6, 0) else 'django_tasks'}.backends.immediate.ImmediateBackend"
TASKS = {"default": {"BACKEND": env("TASKS_BACKEND", default=TASKS_AT_ONCE)}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "disnaker_site.views.csrf_failure"

# No staff member's address leaves the office for a picture, and no browser asks the world for news of Wagtail.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_USER_LOGIN_FORM = "disnaker_site.login.StaffLoginForm"
WAGTAIL_SITE_NAME = "Dinas Tenaga Kerja Kota Bekasi"
WAGTAILADMIN_BASE_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000")
WAGTAIL_CONTENT_LANGUAGES = [("id-id", "Bahasa Indonesia")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id-id", "Bahasa Indonesia"), ("en", "English")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "jpg", "png", "ics"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = True
WAGTAILUSERS_PASSWORD_ENABLED = True

PSK_BASE_TEMPLATE = "base.html"
PSK_PUBLIC_URL = WAGTAILADMIN_BASE_URL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # One line per task and per edited page is for whoever looks for a fault, not for every day.
    "loggers": {name: {"level": "WARNING"} for name in ("django_tasks", "wagtail", "xhtml2pdf", "fontTools", "pypdf")},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
