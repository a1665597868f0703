"""The suite: everything in throw-away folders, mail in memory, work done at once, cheap password hashes."""

import tempfile
from pathlib import Path

from .dev import *  # noqa: F403
from .dev import DATABASES, MIDDLEWARE, STORAGES, TASKS_AT_ONCE, env

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]

_scratch = Path(tempfile.mkdtemp(prefix="psk-test-"))
MEDIA_ROOT = _scratch / "media"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that threads meet each other on a real lock as they do on the server.
    DATABASES["default"]["TEST"] = {"NAME": env("TEST_DB", default=str(_scratch / "test.sqlite3"))}
# Threads of the tests' server must not hold the database open after it is gone.
DATABASES["default"]["CONN_MAX_AGE"] = 0
STORAGES["psk_records"]["OPTIONS"]["location"] = _scratch / "records"
TASKS = {"default": {"BACKEND": TASKS_AT_ONCE}}
ACCOUNT_RATE_LIMITS = False
# Tests are one after the other what the site is in days.
PSK_FIGURES_SECONDS = 0
PSK_PUBLIC_URL = "http://testserver"
WHITENOISE_AUTOREFRESH = True

MIDDLEWARE = ["tests.tools.far_along.NoGroupedKeys", *MIDDLEWARE]
