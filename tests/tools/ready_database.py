"""A migrated database is made once and copied: for each worker, for the browser tests, for the next run.

Beside the migrations it holds what every test would load again: the office's groups, the sources of law and the seeded
service. Tests make these where they are missing, so they run on an empty database as well.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

#: Our own files that decide what the ready database holds, beside the migrations.
SEEDS = ("**/data/*.json", "**/loader.py", "**/models.py", "roles.py")


def _fingerprint() -> str:
    """Changes with every migration of every app, and with what is loaded after them."""
    ours = Path(apps.get_app_config("psk_plugin").path)
    files = [path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py")]
    files += [path for pattern in SEEDS for path in ours.glob(pattern)]
    files += Path(__file__).parent.glob("*.py")
    digest = hashlib.sha256(connection.vendor.encode())
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """The default connection leads to another database meanwhile."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
        if connection.vendor == "sqlite":
            # Everything into the one file that is copied.
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _fill() -> None:
    from psk_plugin.roles import ensure_groups
    from psk_plugin.services.loader import DATA, load_service

    from .far_along import count_from_far
    from .wagtail_root import ensure_root

    call_command("migrate", verbosity=0, interactive=False)
    count_from_far()
    ensure_root()
    ensure_groups()
    load_service(DATA / "pp-baru.json")


def _copy_sqlite(wanted: str) -> None:
    folder = Path(settings.VAR_DIR) / "ready-database"
    ready = folder / f"{_fingerprint()}.sqlite3"
    with _one_at_a_time(folder):
        if not ready.exists():
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            making = folder / "making.sqlite3"
            with _connected_to(str(making)):
                _fill()
            making.rename(ready)
        shutil.copyfile(ready, wanted)


def _copy_postgres(wanted: str) -> None:
    ready = f"psk_ready_{_fingerprint()}"
    quote = connection.ops.quote_name
    with _one_at_a_time(Path(gettempdir()) / f"psk-ready-{connection.settings_dict['PORT']}"):
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ready])
            exists = cursor.fetchone()
        if not exists:
            making = f"{ready}_making"
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {quote(making)}")
                cursor.execute(f"CREATE DATABASE {quote(making)}")
            with _connected_to(making):
                _fill()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"ALTER DATABASE {quote(making)} RENAME TO {quote(ready)}")
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(wanted)}")
            cursor.execute(f"CREATE DATABASE {quote(wanted)} TEMPLATE {quote(ready)}")


def lay_out(*, keep: bool) -> None:
    """Put a copy of the ready database where the suite's own is expected. `keep`: one that exists stays as it is."""
    wanted = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
    if connection.vendor == "sqlite":
        if keep and Path(wanted).exists():
            return
        for leftover in (f"{wanted}-wal", f"{wanted}-shm"):
            Path(leftover).unlink(missing_ok=True)
        _copy_sqlite(wanted)
    elif connection.vendor == "postgresql":
        if keep:
            with connection._nodb_cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [wanted])
                if cursor.fetchone():
                    return
        _copy_postgres(wanted)
