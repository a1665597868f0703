"""Decrees that were issued on paper: their rows judged, entered as versions of regulations, taken back."""

import datetime as dt
import hashlib
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ..companies.models import Company
from ..regulations import verbs as regulations
from ..regulations.models import CompanyRegulation
from . import matching, reading
from .errors import Overtaken
from .models import WRITTEN, CensusBatch, CensusEffect, CensusRow, PaperDecree, Verdict
from .rows import Reader, Understood
from .working import Progress

PIECE = 200


class Judge:
    """Judges the rows of a list of decrees piece by piece."""

    def __init__(self, batch: CensusBatch) -> None:
        self.batch = batch
        self.reader = Reader(batch.kind, batch.mapping)
        self.known = matching.Known()
        self.seen: dict[bytes, int] = {}

    def rows(self, piece: list[tuple[int, list[reading.Value]]], table: reading.Table) -> list[CensusRow]:
        made: list[CensusRow] = []
        for number, cells in piece:
            understood = self.reader.understand(cells)
            if table.is_merged(number):
                understood.problems.insert(0, _("The row has merged cells. Please undo the merging."))
            if not understood.problems:
                self._find_double(number, understood)
            made.append(
                CensusRow(
                    batch=self.batch,
                    number=number,
                    name=str(understood.values.get("name", ""))[:200],
                    raw=[reading.shown(cell) for cell in cells],
                    cleaned=understood.values,
                    verdict=Verdict.BAD if understood.problems else Verdict.MATCHED,
                    problems=understood.problems,
                    remarks=understood.remarks,
                    has_remarks=bool(understood.remarks),
                )
            )
        good = [row for row in made if not row.problems]
        self._refuse_known_numbers(good)
        self._match([row for row in good if not row.problems])
        return made

    def _find_double(self, number: int, understood: Understood) -> None:
        mark = hashlib.blake2b(_plain_number(understood.values["number"]).encode(), digest_size=12).digest()
        first = self.seen.setdefault(mark, number)
        if first != number:
            understood.problems.append(_("The same number of a decree stands in line %d already.") % first)

    def _refuse_known_numbers(self, rows: list[CensusRow]) -> None:
        numbers = {row.cleaned["number"] for row in rows}
        known = CompanyRegulation.history.filter(decree_number__in=numbers).order_by()
        named = dict(known.values_list("decree_number", "company__name"))
        for row in rows:
            if row.cleaned["number"] in named:
                row.problems.append(
                    _("The decree %(number)s is registered already, for %(company)s.")
                    % {"number": row.cleaned["number"], "company": named[row.cleaned["number"]]}
                )
                row.verdict = Verdict.BAD

    def _match(self, rows: list[CensusRow]) -> None:
        by_nib, _by_npwp = matching.by_number([row.cleaned for row in rows])
        for row in rows:
            row.company_id = by_nib.get(row.cleaned.get("nib", ""))
            if row.company_id is None:
                self._ask(row)
        newest = newest_of({row.company_id for row in rows if row.company_id})
        for row in rows:
            if row.company_id and (problem := why_older(newest, row.company_id, row.cleaned)):
                row.problems.append(problem)
                row.verdict, row.company_id = Verdict.BAD, None

    def _ask(self, row: CensusRow) -> None:
        row.candidates = self.known.alike(row.cleaned)
        if not row.candidates:
            row.problems.append(
                _("This company is not known. Please take it in by a census of companies first, then this list again.")
            )
            row.verdict = Verdict.BAD
            return
        row.verdict = Verdict.ASK
        told = self.batch.decisions.get(str(row.number))
        if told is None:
            return
        decision, company, user = told
        if decision == CensusRow.DecisionBy.SKIP:
            row.verdict = Verdict.SKIPPED
        elif company in [each["pk"] for each in row.candidates]:
            row.verdict, row.company_id = Verdict.MATCHED, company
        else:
            return
        row.decision, row.decided_by_id = decision, user


def _plain_number(number: str) -> str:
    return "".join(number.casefold().split())


def newest_of(companies: set[int]) -> dict[tuple[int, str], tuple[dt.date, str]]:
    """(company, kind) -> first day and number of the newest version."""
    rows = CompanyRegulation.objects.filter(company__in=companies).order_by()
    return {
        (company, kind): (first, number)
        for company, kind, first, number in rows.values_list("company", "kind", "valid_from", "decree_number")
    }


def why_older(newest: dict[tuple[int, str], tuple[dt.date, str]], company: int, values: dict[str, Any]) -> str:
    """Why a decree cannot follow what is registered; empty where it can."""
    known = newest.get((company, values["kind"]))
    first = _day(values["valid_from"])
    if known is None or known[0] < first:
        return ""
    return _(
        "A %(kind)s that begins on %(day)s or later is registered already (%(number)s); an older decree does not "
        "take its place."
    ) % {"kind": values["kind"], "day": f"{first:%d/%m/%Y}", "number": known[1]}


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else parse_date(value)


def write(batch: CensusBatch, user: Any, progress: Progress) -> dict[str, int]:
    """Enter the decrees, of each company the oldest first."""
    rows = batch.rows.filter(verdict__in=WRITTEN, company__isnull=False)
    order = sorted(rows.values_list("cleaned__valid_from", "number", "pk"))
    entered = 0
    for begin in range(0, len(order), PIECE):
        keys = [pk for _first, _number, pk in order[begin : begin + PIECE]]
        found = batch.rows.in_bulk(keys)
        companies = {row.company_id for row in found.values()}
        list(Company.objects.select_for_update(no_key=True).filter(pk__in=companies).order_by("pk").values_list("pk"))
        newest = newest_of(companies)
        for key in keys:
            row = found[key]
            if why_older(newest, row.company_id, row.cleaned):
                raise Overtaken(
                    _("Since the rows were checked, a newer regulation was registered. They have been checked again.")
                )
            regulation = _enter(batch, row, user)
            newest[(row.company_id, row.cleaned["kind"])] = (regulation.valid_from, regulation.decree_number)
            entered += 1
        progress.told_within(begin + len(keys))
    if entered != batch.rows.filter(verdict__in=WRITTEN).count():
        raise Overtaken(_("Since the rows were checked, a company was removed. They have been checked again."))
    return {"entered": entered}


def _enter(batch: CensusBatch, row: CensusRow, user: Any) -> CompanyRegulation:
    values = row.cleaned
    regulation = regulations.enter_from_paper(
        company_id=row.company_id,
        kind=values["kind"],
        title=values["title"],
        valid_from=_day(values["valid_from"]),
        valid_until=_day(values["valid_until"]),
        decree_number=values["number"],
        decree_date=_day(values["decree_date"]),
        user=user,
        reason=_("Decree on paper, list %(file)s, line %(line)d") % {"file": batch.name, "line": row.number},
    )
    PaperDecree.objects.create(
        row=row,
        regulation=regulation,
        version=regulation.version,
        number=values["number"],
        file_name=values.get("file_name", ""),
    )
    CensusEffect.objects.create(
        batch=batch, row=row, company_id=row.company_id, after={"regulation": regulation.pk, "number": values["number"]}
    )
    return regulation


def take_back(batch: CensusBatch, user: Any, reason: str, progress: Progress) -> dict[str, int]:
    """Take the decrees back, of each regulation the newest version first."""
    result = {"undone": 0, "kept": 0}
    papers = PaperDecree.objects.filter(row__batch=batch).select_related("row__effect")
    for number, paper in enumerate(papers.order_by("-regulation", "-version"), 1):
        why = regulations.take_back_paper(paper.regulation_id, paper.version, user, reason)
        effect = paper.row.effect
        if why:
            effect.kept = why[:250]
            effect.save(update_fields=["kept"])
            result["kept"] += 1
        else:
            PaperDecree.objects.filter(pk=paper.pk).delete()
            result["undone"] += 1
        progress.told_within(number)
    return result
