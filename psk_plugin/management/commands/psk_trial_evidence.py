"""The evidence of the trial as a file: what applicants did with the system in a period, without personal data."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...records.intake import storage
from ...reports import making
from ...reports.models import ReportKind, ReportState
from ...reports.period import Period


def day(text: str) -> dt.date:
    """A day as in 2026-03-31."""
    return dt.date.fromisoformat(text)


class Command(BaseCommand):
    help = "Writes the data of the applicants of a period as XLSX, companies by a code. Recorded like any report."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=day, required=True, help="First day, as in 2026-01-01.")
        parser.add_argument("--to", dest="last", type=day, required=True, help="Last day, as in 2026-03-31.")
        parser.add_argument("--out", type=Path, required=True, help="File to write, ending with .xlsx.")
        parser.add_argument("--with-names", action="store_true", help="Company names as well; needs --reason.")
        parser.add_argument("--reason", default="", help="Why names are needed. Kept with the report.")

    def handle(self, *args, **options) -> None:
        first, last, out = options["first"], options["last"], options["out"]
        if last < first:
            raise CommandError("Tanggal --to mendahului tanggal --from.")
        if options["with_names"] and not options["reason"].strip():
            raise CommandError("Nama perusahaan hanya disertakan dengan alasan. Tulis --reason.")
        if not out.parent.is_dir():
            raise CommandError(f"Folder {out.parent} tidak ada.")
        report, _new = making.ask(
            None,
            ReportKind.EVIDENCE,
            Period(first, last),
            with_names=options["with_names"],
            reason=options["reason"].strip(),
            in_task=False,
        )
        making.make(report.pk)
        report.refresh_from_db()
        if report.state != ReportState.DONE:
            raise CommandError("Berkas tidak dapat dibuat. Lihat catatan kesalahan, lalu coba lagi.")
        with storage().open(report.files.get().file.path, "rb") as kept:
            out.write_bytes(kept.read())
        self.stdout.write(f"Ditulis: {out}")
