"""The reports of the office as PDF and XLSX: both are made from the same tables, so that no figure can differ."""

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import count, groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import pdf
from ..companies.models import Company
from ..compliance.standing import COMPLIES
from ..office.letterhead import of_today
from ..office.models import OfficeSettings
from ..sheets import Cell, write_workbook
from . import charts, tables
from .figures import Monitoring
from .period import Period

Told = Callable[[int], None]
#: Rows of companies that are read at a time.
BATCH = 500
#: Longest that drawing may take, in a task: each 100 companies take about a second.
MOST_SECONDS = 480


def _frame(period: Period, title: str) -> dict[str, Any]:
    office = OfficeSettings.load()
    return {
        "title": f"{title} {date_format(period.first, 'j F Y')} – {date_format(period.last, 'j F Y')}",
        "author": office.name,
        "office": office,
        "letterhead": of_today(office),
        "days": period.days_in_words(),
        "narrowing": period.narrowing(),
        "last_day": period.last_day,
        "made_at": timezone.localtime(),
    }


def _about(period: Period) -> list[tuple[str, str]]:
    """What a workbook says of itself on its first sheet."""
    return [
        (pgettext("report", "Period"), period.days_in_words()),
        *period.narrowing(),
        (_("Computed on"), date_format(timezone.localtime(), "j F Y, H.i")),
    ]


def workbook_of(parts: Sequence[tuple[str, Sequence[str], Any]]) -> bytes:
    out = io.BytesIO()
    write_workbook(out, parts)
    return out.getvalue()


def monitoring(period: Period, told: Told) -> dict[str, bytes]:
    """The quarterly report *Laporan Monitoring dan Evaluasi*, as PDF and XLSX."""
    made = tables.tables(Monitoring(period))
    told(50)
    drawn = [{"table": table, "drawing": charts.for_pdf(table), "number": n} for n, table in enumerate(made, 1)]
    context = _frame(period, "Laporan Monitoring dan Evaluasi") | {"tables": drawn, "summary": summary(made)}
    paper = pdf.render("psk_plugin/pdf/monitoring.html", context)
    told(85)
    return {"pdf": paper, "xlsx": workbook_of(sheets_of(period, made))}


def summary(made: Sequence[tables.Table]) -> list[tuple[str, str]]:
    """The first lines of the report: taken from its tables, not computed again."""
    found = {table.code: table for table in made}
    wanted = (("jumlah", (0, 1, 2, 6)), ("waktu", (3, 4, 5)), ("perbaikan", (2,)), ("kepatuhan", (0, 2, 3)))
    lines = [
        (found[code].rows[place][0].shown, found[code].rows[place][1].shown) for code, all_ in wanted for place in all_
    ]
    if rows := found["kepuasan"].rows:
        lines.append((rows[0][0].shown, rows[0][1].shown))
    return lines


def sheets_of(period: Period, made: Sequence[tables.Table]) -> list[tuple[str, Sequence[str], Any]]:
    """A sheet for each table, after one that says what the report is about."""
    parts: list[tuple[str, Sequence[str], Any]] = [(_("About"), (_("Figure"), _("Value")), _about(period))]
    parts += [(table.title, table.headings, [[value.plain for value in row] for row in table.rows]) for table in made]
    return parts


# The list of companies that comply


def complying_headings() -> list[str]:
    return [
        *(_("No."), _("Company"), "NIB", _("Kecamatan"), _("Sector"), _("Workers")),
        *(_("Kind"), _("Valid until")),
    ]


def complying_rows(period: Period) -> Iterator[list[Cell | None]]:
    """Companies with a PP or PKB in force on the last day of the period, by name."""
    found = period.companies().filter(standing__in=[s.value for s in COMPLIES]).order_by("name", "pk")
    company: Company
    for number, company in enumerate(found.iterator(chunk_size=BATCH), 1):
        kind = "PKB" if company.pkb_until == company.covered_until else "PP"
        yield [
            *(number, company.name, company.nib or "", str(company.get_kecamatan_display())),
            *(str(company.get_sector_display()), company.headcount, kind, company.covered_until),
        ]


def by_kecamatan(rows: Sequence[list[Cell | None]]) -> list[tuple[str, list[list[Cell | None]]]]:
    """Kecamatan and its rows, numbered anew throughout.

    A table to each, because drawing one long table takes time with the square of its rows.
    """
    numbers = count(1)
    parts = groupby(sorted(rows, key=_kecamatan), key=_kecamatan)
    return [(kecamatan, [[next(numbers), *row[1:]] for row in of_it]) for kecamatan, of_it in parts]


def _kecamatan(row: list[Cell | None]) -> str:
    return str(row[3])


def complying(period: Period, told: Told) -> dict[str, bytes]:
    """*Daftar Perusahaan yang Memenuhi* on the last day of the period, as PDF and XLSX."""
    rows = list(complying_rows(period))
    found = Monitoring(period).compliance
    told(10)
    context = _frame(period, "Daftar Perusahaan yang Memenuhi") | {"parts": by_kecamatan(rows), "found": found}
    context["title"] = f"Daftar Perusahaan yang Memenuhi per {date_format(period.last_day, 'j F Y')}"
    paper = pdf.render("psk_plugin/pdf/complying.html", context, most_seconds=MOST_SECONDS)
    told(85)
    about = [(_("On the day"), date_format(period.last_day, "j F Y")), *_about(period)[1:]]
    about += [(_("Companies that comply"), found["comply"]), (_("Companies counted for the rate"), found["counted"])]
    return {
        "pdf": paper,
        "xlsx": workbook_of(
            [(_("Companies"), complying_headings(), rows), (_("About"), (_("Figure"), _("Value")), about)]
        ),
    }
