"""Answers to a service's questions: asked by a form made of rows, kept as typed, judged when needed.

What a person typed is always kept in `Submission.data`, right or wrong; whether it is right is computed. How each kind
of answer is asked, kept and read: `kinds`. Which questions apply: `conditions`.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..services.editions import CompanyFacts
from ..services.models import FieldKind, FieldRole
from .conditions import asked_rows, depends_on, facts_of, wanted_documents
from .kinds import MAX_LONG_TEXT, kind_of, lines_of, parse_safe
from .models import Submission, SubmissionDocument

__all__ = [
    "MAX_LONG_TEXT",
    "Answered",
    "AnswersForm",
    "answered_rows",
    "draft_problems",
    "facts_of",
    "field_problems",
    "label_of",
    "parse_safe",
    "period_of",
    "readable",
    "second_label",
    "steps_of",
    "wanted_documents",
]


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def label_of(row: Mapping[str, Any]) -> str:
    """The question in the reader's language."""
    return (row.get("label_en") if _is_english() else "") or row["label"]


def second_label(row: Mapping[str, Any]) -> str:
    """The question in English, to stand under the Indonesian one; empty where there is none or the page is English."""
    return "" if _is_english() else row.get("label_en") or ""


def _help_text(row: Mapping[str, Any], deciding: Mapping[str, Any] | None) -> str:
    """The explanation, in English as well, after a sentence that says when the question is to be answered at all."""
    parts = []
    if deciding is not None:
        value = kind_of(deciding).words(deciding, row["condition_value"])
        sentence = _("Fill this in only if “%(question)s” is answered “%(answer)s”.") % {
            "question": label_of(deciding),
            "answer": value,
        }
        parts.append(format_html("<span data-psk-if-hint>{}</span>", sentence))
    in_english = row.get("help_text_en") or ""
    if text := (in_english if _is_english() else "") or row["help_text"]:
        parts.append(format_html("<span>{}</span>", text))
    if in_english and not _is_english():
        parts.append(format_html('<span class="psk-field__second" lang="en">{}</span>', in_english))
    return format_html_join(" ", "{}", ((part,) for part in parts))


class AnswersForm(forms.Form):
    """Some questions of a service. Field names in the page are `field-<code>`.

    `judged`: codes of the questions whose answers are judged; all by default. What does not apply is never wrong.
    """

    def __init__(
        self,
        definition: Mapping[str, Any],
        rows: Iterable[Mapping[str, Any]],
        data: Mapping | None = None,
        *,
        judged: Collection[str] | None = None,
    ) -> None:
        self.rows = list(rows)
        self.judged = judged
        super().__init__(data)
        by_code = {row["code"]: row for row in self.rows}
        for row in self.rows:
            self.fields[self.name_of(row)] = kind_of(row).field(
                row,
                max_months=definition["max_validity_months"],
                label=label_of(row),
                help_text=_help_text(row, by_code.get(depends_on(row))),
                required=row["required"],
                error_messages={"required": _("Please fill this in.")},
            )

    @staticmethod
    def name_of(row: Mapping[str, Any]) -> str:
        return f"field-{row['code']}"

    def full_clean(self) -> None:
        super().full_clean()
        if self.judged is not None:
            for name in list(self._errors):
                if name.removeprefix("field-") not in self.judged:
                    del self._errors[name]

    def typed(self) -> dict[str, Any]:
        """What the person typed, by code, whether right or wrong; ready to keep. Files come in another way."""
        return {
            row["code"]: kind_of(row).typed(self.fields[self.name_of(row)], self.data, self.files, self.name_of(row))
            for row in self.rows
            if row["kind"] != FieldKind.FILE
        }

    @classmethod
    def of_kept(
        cls,
        definition: Mapping[str, Any],
        rows: Iterable[Mapping[str, Any]],
        kept: Mapping[str, Any],
        *,
        judged: Collection[str] | None = None,
    ) -> "AnswersForm":
        """The same form bound to what is kept, so that it can show and judge it."""
        rows = list(rows)
        data: dict[str, Any] = {}
        for row in rows:
            data |= kind_of(row).posted(row, cls.name_of(row), kept.get(row["code"]))
        return cls(definition, rows, data, judged=judged)


def steps_of(definition: Mapping[str, Any]) -> dict[str, list[dict]]:
    """Questions by step, in the editor's order."""
    steps: dict[str, list[dict]] = {}
    for row in definition["fields"]:
        steps.setdefault(row["step"], []).append(row)
    return steps


def field_problems(definition: Mapping[str, Any], data: Mapping[str, Any], facts: CompanyFacts) -> dict[str, str]:
    """What is wrong with the answers to questions that apply, files aside: code of the question -> sentence."""
    form = AnswersForm.of_kept(definition, asked_rows(definition, facts, data), data)
    return {name.removeprefix("field-"): " ".join(errors) for name, errors in form.errors.items()}


def draft_problems(submission: Submission) -> dict[str, str]:
    """Everything that keeps a draft from being filed: `field-<code>` or `document-<code>` -> sentence."""
    definition, facts = submission.definition, facts_of(submission)
    wrong = field_problems(definition, submission.data, facts)
    attached = {d.code for d in submission.documents.all() if d.pending_id or d.file_id}
    for row in asked_rows(definition, facts, submission.data):
        if row["kind"] == FieldKind.FILE and row["required"] and row["code"] not in attached:
            wrong[row["code"]] = _("Please attach a file.")
    problems = {f"field-{code}": sentence for code, sentence in wrong.items()}
    for row, must in wanted_documents(submission):
        if must and row["code"] not in attached:
            problems[f"document-{row['code']}"] = _("Please attach: %s.") % row["title"]
    # Imported here: the rules of law read answers.
    from .rules import problems as problems_of_law

    for code, sentence in problems_of_law(submission).items():
        problems.setdefault(f"field-{code}", sentence)
    return problems


def readable(row: Mapping[str, Any], value: Any) -> str:
    """An answer in words for people; empty where nothing was answered."""
    return kind_of(row).words(row, value)


@dataclass(frozen=True)
class Answered:
    """A question with its answer, as people read it: words, or the rows of a table, or a file."""

    row: Mapping[str, Any]
    words: str
    columns: list[str]
    lines: list[list[str]]
    document: SubmissionDocument | None

    @property
    def label(self) -> str:
        return label_of(self.row)

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """The rows of a table, each cell with the name of its column."""
        return [list(zip(self.columns, line, strict=True)) for line in self.lines]

    @property
    def widths(self) -> list[tuple[str, int]]:
        """The columns of a table on paper, each with its share of the width in percent, more where more is written."""
        longest = [max(map(len, column)) ** 0.7 + 4 for column in zip(self.columns, *self.lines, strict=True)]
        return [(name, int(100 * share / sum(longest))) for name, share in zip(self.columns, longest, strict=True)]


def answered_rows(submission: Submission) -> list[tuple[str, list[Answered]]]:
    """Steps with the questions that apply and their answers, for summaries, receipts and the desk."""
    rows = asked_rows(submission.definition, facts_of(submission), submission.data)
    documents: dict[str, SubmissionDocument] = {}
    if any(row["kind"] == FieldKind.FILE for row in rows):
        documents = {d.code: d for d in submission.documents.select_related("pending", "file")}
    steps: dict[str, list[Answered]] = {}
    for row in rows:
        value = submission.data.get(row["code"])
        document = documents.get(row["code"]) if row["kind"] == FieldKind.FILE else None
        words = readable(row, value)
        if document is not None:
            words = document.name or document.pending_name
        columns = lines_of(row) if row["kind"] == FieldKind.TABLE else []
        lines = kind_of(row).rows_of(row, value)
        steps.setdefault(row["step"], []).append(Answered(row, words, columns, lines, document))
    return list(steps.items())


def period_of(submission: Submission) -> tuple[dt.date, dt.date] | None:
    """The validity asked for, from the question that plays that role."""
    value = submission.answer_for(FieldRole.PERIOD)
    value = value if isinstance(value, Mapping) else {}
    first, last = parse_safe(value.get("from")), parse_safe(value.get("until"))
    return (first, last) if first and last else None
