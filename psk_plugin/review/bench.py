"""The bench of the korektor: the text by BAB and Pasal on one side, the checklist on the other, each pointing across.

Where a norm is spoken of is found by its words (`Norm.keywords`); it is an offer, never an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.core.cache import cache
from django.utils.translation import gettext as _

from ..regulations import headings, outline
from ..regulations.models import RegulationText
from ..services.models import StageKind
from ..submissions.models import Submission, SubmissionDocument
from . import checklist
from .checklist import DocumentRow, NormRow

#: Places offered beside a row; a word that stands everywhere finds nothing.
MOST_PLACES = 5
#: Seconds for which the outline of a text is kept; a text never changes, its SHA-256 names it.
KEEP = 24 * 3600


@dataclass
class Place:
    """One heading of the text with its words, and the rows that it seems to speak of."""

    unit: outline.Unit
    depth: int
    rows: list[NormRow] = field(default_factory=list)


def outline_of(text: RegulationText) -> outline.Outline:
    """The outline of a text that was read. Kept: forty pages take a tenth of a second."""
    key = f"psk-outline-{text.file.sha256}-{text.state}"
    return cache.get_or_set(key, lambda: headings.read(text.words), KEEP)


def places_of(phrases: Iterable[str], places: list[Place]) -> list[Place]:
    """Articles that speak of the phrases, those with most hits first, a title counting thrice."""
    phrases = [phrase.casefold() for phrase in phrases]
    found = []
    for position, place in enumerate(places):
        if place.unit.kind != outline.UnitKind.ARTICLE:
            continue
        title, words = place.unit.title.casefold(), place.unit.content.casefold()
        hits = sum(3 * (phrase in title) + min(words.count(phrase), 3) for phrase in phrases)
        if hits:
            found.append((-hits, position, place))
    return [place for _hits, _position, place in sorted(found, key=lambda row: row[:2])[:MOST_PLACES]]


@dataclass
class BenchRow:
    """A norm's row with where the text seems to speak of it."""

    row: NormRow
    places: list[Place]


class Bench:
    """What the checklists of one application show. `user` decides whether they can be filled in."""

    def __init__(self, submission: Submission, user, documents: list[SubmissionDocument]) -> None:
        self.submission = submission
        self.user = user
        self.filed = documents

    @cached_property
    def text_document(self) -> SubmissionDocument | None:
        codes = {row["code"] for row in self.submission.definition["documents"] if row["is_regulation_text"]}
        return next((document for document in self.filed if document.code in codes and document.version), None)

    @cached_property
    def text(self) -> RegulationText | None:
        if self.text_document is None:
            return None
        return RegulationText.objects.filter(file=self.text_document.file_id).select_related("file").first()

    @cached_property
    def text_problem(self) -> str:
        """Why the text cannot be shown by Pasal, as a sentence; empty where it can."""
        if self.text_document is None:
            return _("No text of the regulation has been filed.")
        if self.text is None or self.text.state == RegulationText.State.WAITING:
            return _("The text is still being read. Please load this page again in a moment.")
        if not self.text.has_words:
            return _("The text cannot be shown by Pasal: %s. Please read the file itself.") % (
                str(self.text.get_state_display()).lower()
            )
        return ""

    @cached_property
    def places(self) -> list[Place]:
        if self.text_problem:
            return []
        return [Place(unit, depth) for depth, unit in outline.branches(outline_of(self.text))]

    @cached_property
    def rows(self) -> list[BenchRow]:
        if not self.shows_norms:
            return []
        rows = []
        for row in checklist.norm_rows(self.submission):
            places = places_of(row.norm.phrases, self.places)
            for place in places:
                place.rows.append(row)
            rows.append(BenchRow(row, places))
        return rows

    @cached_property
    def parts(self) -> list[tuple[str, list[BenchRow]]]:
        parts: dict[str, list[BenchRow]] = {}
        for bench_row in self.rows:
            parts.setdefault(bench_row.row.norm.chapter_title, []).append(bench_row)
        return list(parts.items())

    @cached_property
    def shows_norms(self) -> bool:
        """A regulation's text is examined by norms; other services have none."""
        return bool(self.text_document) and self.submission.definition["kind"] in ("PP", "PKB")

    @cached_property
    def document_rows(self) -> list[DocumentRow]:
        return checklist.document_rows(self.submission)

    @cached_property
    def can_answer_norms(self) -> bool:
        return checklist.why_not_answer(self.submission, self.user, StageKind.SUBSTANCE) is None

    @cached_property
    def can_check_documents(self) -> bool:
        return checklist.why_not_answer(self.submission, self.user, StageKind.COMPLETENESS) is None

    @property
    def open_norms(self) -> int:
        return sum(bench_row.row.answer is None for bench_row in self.rows)

    @property
    def lacking_norms(self) -> list[NormRow]:
        return [bench_row.row for bench_row in self.rows if bench_row.row.is_lacking]

    @property
    def open_documents(self) -> int:
        return sum(row.check is None for row in self.document_rows)
