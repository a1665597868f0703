"""Every source string of ours has an Indonesian translation, and the compiled catalogues are up to date.

`--write` collects the strings into the catalogues and compiles them; without it nothing is written and a gap fails.
Needs GNU gettext (`apt-get install gettext`).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent.parent
#: Catalogue -> folders whose strings it holds.
CATALOGUES = {
    "psk_plugin/locale": ["psk_plugin"],
    "home/locale": ["home", "disnaker_site", "templates"],
}
PO = Path("id/LC_MESSAGES/django.po")


def collect(catalogue: str, folders: list[str]) -> polib.POFile:
    """The catalogue as it should be: strings of the code, translations of the file."""
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch)
        for folder in folders:
            shutil.copytree(
                ROOT / folder,
                tree / folder,
                ignore=shutil.ignore_patterns("locale", "__pycache__", "samples", "*.mo", "migrations"),
            )
        target = tree / "locale" / PO
        target.parent.mkdir(parents=True)
        if (ROOT / catalogue / PO).exists():
            shutil.copy(ROOT / catalogue / PO, target)
        done = subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "django",
                    "makemessages",
                    "-l",
                    "id",
                    "--no-location",
                    "--no-obsolete",
                ),
                *("-e", "html,txt,py", "--no-wrap", "-v", "0"),
            ],
            cwd=tree,
            env={k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "PYTHONPATH")},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"makemessages: {done.stderr.strip()}")
        return polib.pofile(str(target))


def gaps(po: polib.POFile) -> list[str]:
    return [entry.msgid for entry in po if not entry.obsolete and (not entry.translated() or entry.fuzzy)]


def plain(po: polib.POFile | polib.MOFile) -> dict:
    return {
        (e.msgctxt, e.msgid): e.msgstr or dict(sorted(e.msgstr_plural.items()))
        for e in po
        if e.msgid and (e.msgstr or e.msgstr_plural)
    }


def main() -> int:
    if not shutil.which("xgettext"):
        sys.exit("gettext tidak ada. Pasang dengan 'apt-get install gettext', lalu ulangi.")
    is_writing = "--write" in sys.argv[1:]
    failed = False
    for catalogue, folders in CATALOGUES.items():
        po = collect(catalogue, folders)
        path = ROOT / catalogue / PO
        if is_writing:
            path.parent.mkdir(parents=True, exist_ok=True)
            po.save(str(path))
            po.save_as_mofile(str(path.with_suffix(".mo")))
        for msgid in gaps(po):
            failed = True
            print(f"{catalogue}: belum diterjemahkan: {msgid!r}")
        mo = path.with_suffix(".mo")
        if not is_writing and (not mo.exists() or plain(polib.mofile(str(mo))) != plain(polib.pofile(str(path)))):
            failed = True
            print(f"{catalogue}: django.mo tidak sesuai dengan django.po; jalankan 'make messages'.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
