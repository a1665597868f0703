"""Reading a file's headings, and checking its rows: what each says, whether it is doubled, which company it means.

Rows are written in pieces, each once; nothing outside the batch is touched.
"""

import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext as _

from .. import conf
from ..records import intake
from . import columns, decrees, matching, reading
from .errors import Lost
from .filling import filled, known_companies
from .models import BatchState, CensusBatch, CensusRow, Verdict
from .rows import Reader, Understood
from .working import Progress

#: Rows that are held, looked up and written together.
PIECE = 1_000
SAMPLE = 5


def read(batch: CensusBatch, progress: Progress) -> None:
    """Find the headings and the first rows, and how the columns were assigned the last time."""
    with intake.storage().open(batch.file.path, "rb") as handle:
        table = reading.judge(handle, batch.sheet)
        head = list(islice(reading.lines_of(handle, table), columns.HEAD_LINES + SAMPLE))
    if not head:
        raise ValidationError(_("There is nothing written in this file."))
    place = columns.find_heading(batch.kind, head)
    number, cells = head[place]
    headings = [str(reading.shown(cell)) for cell in cells]
    if len(head) == place + 1:
        raise ValidationError(_("Below the headings there is no row. Please check the file, or choose another sheet."))
    if table.lines > conf.CENSUS_MAX_ROWS + columns.HEAD_LINES:
        raise ValidationError(
            _("The list has more than %d rows. Please divide it into several files.") % conf.CENSUS_MAX_ROWS
        )
    mapping = columns.remembered(batch.kind, headings)
    was_remembered = mapping is not None
    _finish(
        batch,
        state=BatchState.MAPPING,
        sheet=table.sheet,
        sheets=table.sheets,
        written_as=table.written_as,
        heading_line=number,
        headings=headings,
        sample=[[reading.shown(cell) for cell in row] for _number, row in head[place + 1 :][:SAMPLE]],
        mapping=mapping if was_remembered else columns.guess(batch.kind, headings),
        result={"remembered": was_remembered},
        total=table.lines,
    )


def check(batch: CensusBatch, progress: Progress) -> None:
    """Write a row for each line, with what becomes of it."""
    # Straight to the table: nothing points at rows that were only checked, and the collector would read them all.
    batch.rows.all()._raw_delete(batch._state.db)
    judge = decrees.Judge(batch) if not batch.is_of_companies else CompanyJudge(batch)
    total = 0
    with intake.storage().open(batch.file.path, "rb") as handle:
        table = reading.judge(handle, batch.sheet)
        lines = (line for line in reading.lines_of(handle, table) if line[0] > batch.heading_line)
        for piece in _pieces(lines):
            rows = judge.rows(piece, table)
            CensusRow.objects.bulk_create(rows, batch_size=500)
            total += len(rows)
            progress.told(total)
    if not total:
        raise ValidationError(_("Below the headings there is no row. Please check the file, or choose another sheet."))
    _finish(batch, state=BatchState.READY, total=total, notes=_notes(table))


def _pieces(lines: Iterator[Any]) -> Iterator[list[Any]]:
    while piece := list(islice(lines, PIECE)):
        yield piece


def _notes(table: reading.Table) -> list[str]:
    if not table.merged:
        return []
    return [_("The sheet has merged cells. Rows that they touch are refused; each row needs cells of its own.")]


def _finish(batch: CensusBatch, **values: Any) -> None:
    """The step is done, unless another run has taken the batch over."""
    done = CensusBatch.objects.filter(pk=batch.pk, claim=batch.claim)
    if done.update(busy_until=None, attempts=0, done=0, **values):
        return
    raise Lost


def raw_of(cells: list[reading.Value]) -> list[str | int | float]:
    return [reading.shown(cell) for cell in cells]


def merged_problem() -> str:
    return _("The row has merged cells, so it is not clear what belongs to it. Please undo the merging.")


class CompanyJudge:
    """Judges the rows of a census piece by piece, remembering what has been seen of the file."""

    def __init__(self, batch: CensusBatch) -> None:
        self.batch = batch
        self.reader = Reader(batch.kind, batch.mapping)
        self.known = matching.Known()
        #: Digest of a number or of name and address -> line in which it stands first.
        self.seen: dict[bytes, int] = {}
        #: Company -> line that means it.
        self.meant: dict[int, int] = {}

    def rows(self, piece: list[tuple[int, list[reading.Value]]], table: reading.Table) -> list[CensusRow]:
        made: list[tuple[CensusRow, Understood]] = []
        for number, cells in piece:
            understood = self.reader.understand(cells)
            if table.is_merged(number):
                understood.problems.insert(0, merged_problem())
            if not understood.problems:
                self._find_double(number, understood)
            row = CensusRow(
                batch=self.batch,
                number=number,
                name=str(understood.values.get("name", ""))[:200],
                raw=raw_of(cells),
                cleaned=understood.values,
                verdict=Verdict.BAD if understood.problems else Verdict.NEW,
                problems=understood.problems,
                remarks=understood.remarks,
                has_remarks=bool(understood.remarks),
            )
            if not understood.problems and not understood.values.get("nib"):
                row.known_as = matching.known_as(understood.values)
            made.append((row, understood))
        good = [row for row, understood in made if not understood.problems]
        self._match(good)
        self._compare(good)
        return [row for row, _understood in made]

    def _find_double(self, number: int, understood: Understood) -> None:
        """The same NIB, NPWP, or name with address a second time: which of them is right only the office knows."""
        values = understood.values
        told = [("NIB", values.get("nib")), ("NPWP", values.get("npwp"))]
        if not values.get("nib"):
            told.append((_("name and address"), matching.name_and_address(values)))
        marks = []
        for what, value in told:
            if not value:
                continue
            mark = hashlib.blake2b(f"{what}|{value}".encode(), digest_size=12).digest()
            if (first := self.seen.get(mark)) is not None:
                understood.problems.append(
                    _("The same %(what)s stands in line %(line)d already. Please keep one of the two rows.")
                    % {"what": what, "line": first}
                )
                return
            marks.append(mark)
        self.seen.update(dict.fromkeys(marks, number))

    def _match(self, rows: list[CensusRow]) -> None:
        by_nib, by_npwp = matching.by_number([row.cleaned for row in rows])
        before = matching.meant_before({row.known_as for row in rows if row.known_as})
        for row in rows:
            values = row.cleaned
            mine = by_nib.get(values.get("nib", ""))
            theirs = [pk for pk in by_npwp.get(values.get("npwp", ""), ()) if pk != mine]
            if mine is not None:
                row.company_id, row.verdict = mine, Verdict.MATCHED
                if theirs:
                    row.remarks.append(_("Another company has the same NPWP. Please look whether both are one."))
                    row.has_remarks = True
            elif len(theirs) == 1 and not values.get("nib"):
                row.company_id, row.verdict = theirs[0], Verdict.MATCHED
            elif theirs:
                row.candidates = [{"pk": pk, "why": _("the same NPWP")} for pk in theirs[: matching.MOST_CANDIDATES]]
                row.verdict = Verdict.ASK
            elif row.known_as in before:
                row.company_id, row.verdict = before[row.known_as], Verdict.MATCHED
                # Offered beside the others that are alike: who was wrong the last time can say otherwise.
                others = [each for each in self.known.alike(values) if each["pk"] != row.company_id]
                first = {"pk": row.company_id, "why": _("as in an earlier list")}
                row.candidates = [first, *others][: matching.MOST_CANDIDATES]
                row.remarks.append(_("The same company as in an earlier list, by its name and address."))
                row.has_remarks = True
            else:
                row.candidates = self.known.alike(values)
                row.verdict = Verdict.ASK if row.candidates else Verdict.NEW
            self._decided_before(row)
            if row.company_id is not None:
                self._mean(row)

    def _decided_before(self, row: CensusRow) -> None:
        """What a person decided before the rows were checked once more still counts, if it can."""
        told = self.batch.decisions.get(str(row.number))
        if told is None or not row.candidates:
            return
        decision, company, user = told
        if decision == CensusRow.DecisionBy.SAME:
            if company not in [each["pk"] for each in row.candidates]:
                return
            row.company_id, row.verdict = company, Verdict.MATCHED
        else:
            row.company_id = None
            row.verdict = Verdict.NEW if decision == CensusRow.DecisionBy.NEW else Verdict.SKIPPED
        row.decision, row.decided_by_id = decision, user

    def _mean(self, row: CensusRow) -> None:
        first = self.meant.setdefault(row.company_id, row.number)
        if first != row.number:
            row.problems.append(_("Line %d means the same company already. Please keep one of the two rows.") % first)
            row.verdict, row.company_id, row.decision = Verdict.BAD, None, ""

    def _compare(self, rows: list[CensusRow]) -> None:
        """A known company to which the row adds nothing is told apart."""
        companies = known_companies({row.company_id for row in rows if row.company_id})
        for row in rows:
            company = companies.get(row.company_id)
            if row.verdict == Verdict.MATCHED and company is not None and not filled(company, row.cleaned):
                row.verdict = Verdict.SAME


def counts_of(batch: CensusBatch) -> dict[str, int]:
    """Verdict -> number of rows. One query."""
    found = dict(batch.rows.order_by().values_list("verdict").annotate(n=Count("pk")))
    return {verdict: found.get(verdict, 0) for verdict in Verdict.values}
