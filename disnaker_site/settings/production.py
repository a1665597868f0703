"""The office's server. Refuses to start on anything that would only be right at home."""

from .base import *  # noqa: F403
from .base import env

SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env("PUBLIC_URL")
PSK_PUBLIC_URL = WAGTAILADMIN_BASE_URL
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[WAGTAILADMIN_BASE_URL])
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# Behind the office's reverse proxy, which ends TLS.
# One proxy: the brakes on sign-in and on guessing codes count the visitor's address, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^psk/health/$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 30)
# The desk shows filed documents in a frame of the same site (W019); whether every subdomain of the city has TLS, and
# whether its domain belongs on the browsers' list, is the city's to decide (W005, W021).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]
SESSION_COOKIE_SECURE = env.bool("SESSION_COOKIE_SECURE", default=True)
CSRF_COOKIE_SECURE = env.bool("CSRF_COOKIE_SECURE", default=True)
TASKS = {"default": {"BACKEND": env("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend")}}

# S3-compatible storage for uploads and filed documents when a bucket is named (needs boto3).
if bucket := env("S3_BUCKET", default=""):
    _s3 = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env("S3_ENDPOINT_URL", default=None),
            "default_acl": "private",
            "querystring_auth": True,
        },
    }
    STORAGES["default"] = {**_s3, "OPTIONS": {**_s3["OPTIONS"], "location": "media"}}
    STORAGES["psk_records"] = {**_s3, "OPTIONS": {**_s3["OPTIONS"], "location": "records"}}
