"""A census of 100,000 rows: rows per second of each step, and the most memory the process had.

`python tests/bench_census.py` takes a database of its own on SQLite; on PostgreSQL
`sh tests/tools/with_postgres.sh python tests/bench_census.py`. The first argument changes the number of rows, `csv` the
kind of file. Database and file are made by a process of their own, so that only the work is counted.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disnaker_site.settings.test")
ROWS = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), 100_000)
IS_CSV = "csv" in sys.argv


def write(path: str) -> None:
    """The file: companies as in the demo's census, each with its own name and numbers."""
    from openpyxl import Workbook

    from psk_plugin.demo.census_sample import HEADINGS, companies

    def rows():
        for number, row in enumerate(companies(2_203) if ROWS <= 2_203 else _many(companies), 1):
            cells = list(row)
            cells[0], cells[1] = number, f"{row[1]} {number:06d}"
            cells[2] = f"0009{number:09d}" if row[2] else ""
            cells[3] = f"00000009{number:08d}" if row[3] else ""
            yield cells

    if IS_CSV:
        with open(path, "w", encoding="cp1252") as out:
            for cells in (HEADINGS, *rows()):
                out.write(";".join(str(cell) for cell in cells) + "\r\n")
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append(list(HEADINGS))
    for cells in rows():
        sheet.append(cells)
    book.save(path + ".raw")
    _say_size(path + ".raw", path)


def _say_size(raw: str, path: str) -> None:
    """As Excel writes it: the sheet says its size first, which this library leaves out where it writes row by row."""
    size = f'<dimension ref="A1:O{ROWS + 1}"/><sheetViews'.encode()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.startswith("xl/worksheets/"):
                data = data.replace(b"<sheetViews", size, 1)
            new.writestr(info.filename, data)
    os.remove(raw)


def _many(companies):
    left = ROWS
    while left > 0:
        yield from companies(min(left, 2_203))
        left -= 2_203


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(path: Path) -> None:
    import django

    django.setup()
    from django.core.files.uploadedfile import TemporaryUploadedFile
    from django.db import connection

    from psk_plugin.census import verbs, working
    from psk_plugin.census.checking import counts_of
    from psk_plugin.census.models import CensusBatch
    from tests.factories import UserFactory

    # What is measured is the work itself; a task that begins by itself would be counted with the press.
    verbs.after_commit = lambda *_work: None
    user = UserFactory()
    size = path.stat().st_size / 1024 / 1024
    print(f"{connection.vendor}, {path.suffix[1:]} of {size:.1f} MB, {ROWS:,} rows; at rest {peak_mb():.0f} MB")
    print(f"{'step':28}{'seconds':>9}{'rows/s':>9}{'peak MB':>9}")

    def step(name: str, act) -> None:
        start = time.perf_counter()
        act()
        took = time.perf_counter() - start
        print(f"{name:28}{took:>9.1f}{ROWS / took:>9.0f}{peak_mb():>9.0f}", flush=True)

    def batch() -> CensusBatch:
        return CensusBatch.objects.latest("pk")

    def upload() -> None:
        file = TemporaryUploadedFile(path.name, "", path.stat().st_size, None)
        file.file.write(path.read_bytes())
        file.seek(0)
        verbs.upload(user, "companies", file)

    def on() -> None:
        working.go_on(batch().pk)

    step("upload", upload)
    step("read", on)
    verbs.assign(batch(), batch().mapping)
    step("check, nothing known", on)
    print("  ", counts_of(batch()))
    verbs.take_over(batch(), user, skip_open=True)
    step("take over", on)
    print("  ", batch().state, batch().result)
    first = batch()
    upload()
    on()
    verbs.assign(batch(), batch().mapping)
    step("check, all known", on)
    print("  ", counts_of(batch()))
    verbs.discard(batch())
    verbs.undo(first, user, "bench")
    step("undo", lambda: working.go_on(first.pk))
    first.refresh_from_db()
    print("  ", first.state, first.result)


def prepare() -> None:
    """An empty database, and the file: by a process of its own, so that neither is counted."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    write(os.environ["BENCH_FILE"])


if __name__ == "__main__":
    if "prepare" in sys.argv:
        prepare()
    else:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / ("sensus.csv" if IS_CSV else "sensus.xlsx")
            os.environ["BENCH_FILE"] = str(file)
            os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
            subprocess.run([sys.executable, __file__, "prepare", *sys.argv[1:]], check=True)
            run(file)
