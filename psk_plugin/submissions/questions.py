"""Questions and uploads as a page shows them: in the form while it is drafted, and in a repair."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from ..records.intake import KINDS
from ..services.described import CONDITION_WORDS, type_names
from ..services.models import Asked, Condition, FieldKind
from . import answers
from .conditions import depends_on, file_row, wanted_documents
from .kinds import kind_of, lines_of
from .models import Submission, SubmissionDocument

#: Kinds whose `choices` a person should know beforehand.
WITH_CHOICES = (FieldKind.CHOICE, FieldKind.SEVERAL, FieldKind.TABLE)
#: When a question is asked -> in words for the public, the same as for documents.
ASKED_WORDS = {
    Asked.IF_UNION: CONDITION_WORDS[Condition.IF_UNION],
    Asked.IF_NO_UNION: CONDITION_WORDS[Condition.IF_NO_UNION],
    Asked.IF_BRANCHES: CONDITION_WORDS[Condition.IF_BRANCHES],
}


@dataclass(frozen=True)
class Question:
    """One question on a page: an input, or an upload. `decided_by`: the code of the question on this page that brings
    it, by the answer `decided_so`.
    """

    row: Mapping[str, Any]
    field: BoundField
    upload: dict[str, Any] | None
    problem: str
    decided_by: str
    decided_so: str

    @property
    def label(self) -> str:
        return answers.label_of(self.row)

    @property
    def second_label(self) -> str:
        return answers.second_label(self.row)

    @property
    def anchor(self) -> str:
        """The id of what a line of the error summary leads to."""
        return f"dokumen-{self.row['code']}" if self.upload else self.field.auto_id


def described_questions(definition: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every question of a form by step, to prepare offline, each with its choices and which companies are asked."""
    by_code = {row["code"]: row for row in definition["fields"]}
    return [
        (
            title,
            [
                {
                    "label": answers.label_of(row),
                    "second_label": answers.second_label(row),
                    "help_text": row["help_text"],
                    "required": row["required"],
                    "choices": lines_of(row) if row["kind"] in WITH_CHOICES else [],
                    "when": _when(row, by_code),
                }
                for row in rows
            ],
        )
        for title, rows in answers.steps_of(definition).items()
    ]


def _when(row: Mapping[str, Any], by_code: Mapping[str, Mapping[str, Any]]) -> str:
    """Which companies are asked, in words; empty where all are."""
    if deciding := by_code.get(depends_on(row)):
        return _("only if “%(question)s” is answered “%(answer)s”") % {
            "question": answers.label_of(deciding),
            "answer": kind_of(deciding).words(deciding, row["condition_value"]),
        }
    return str(ASKED_WORDS.get(row.get("asked"), ""))


def questions_of(
    submission: Submission, rows: Iterable[dict], kept: Mapping[str, Any], problems: Mapping[str, str]
) -> list[Question]:
    """The questions of one page with what is kept. `problems`: as `answers.draft_problems` gives them."""
    rows = list(rows)
    judged = {key.removeprefix("field-") for key in problems if key.startswith("field-")}
    form = answers.AnswersForm.of_kept(submission.definition, rows, kept, judged=judged)
    on_page = {row["code"] for row in rows}
    asked_files = [row for row in rows if row["kind"] == FieldKind.FILE]
    uploads = {}
    if asked_files:
        file_rows = [
            (
                file_row(row)
                | {"title": answers.label_of(row), "second_label": answers.second_label(row)}
                # The same sentences as every other question has, the one about its condition too.
                | {"help_text": form[form.name_of(row)].help_text},
                row["required"],
            )
            for row in asked_files
        ]
        uploads = {row["code"]: row for row in upload_list(submission, file_rows, problems, "field")}
    questions = []
    for row in rows:
        field, upload = form[form.name_of(row)], uploads.get(row["code"])
        decided_by = depends_on(row) if depends_on(row) in on_page else ""
        questions.append(
            Question(
                row=row,
                field=field,
                upload=upload,
                problem=upload["problem"] if upload else " ".join(field.errors),
                decided_by=decided_by,
                decided_so=row.get("condition_value", "") if decided_by else "",
            )
        )
    return questions


def document_rows(
    submission: Submission,
    problems: Mapping[str, str],
    only: set[str] | None = None,
    *,
    data: Mapping[str, Any] | None = None,
) -> list[dict]:
    """Documents asked for, each with what is attached and what was refused, for the upload list.

    `data`: the answers that decide which are asked for; those of the application by default.
    """
    wanted = [(row, must) for row, must in wanted_documents(submission, data) if only is None or row["code"] in only]
    return upload_list(submission, wanted, problems, "document")


def upload_list(
    submission: Submission, wanted: list[tuple[dict, bool]], problems: Mapping[str, str], prefix: str
) -> list[dict]:
    """Uploads with what is attached and what was refused. `prefix`: of their keys in `problems`."""
    templates = _templates(row for row, _must in wanted)
    attached: dict[str, SubmissionDocument] = {
        d.code: d for d in submission.documents.select_related("pending", "file")
    }
    refused = submission.workspace.get("refused", {})
    return [
        {
            **row,
            "must": must,
            "document": attached.get(row["code"]),
            "template": templates.get(row.get("template_id")),
            "types": type_names(row["allowed_types"]),
            "accept": ",".join(f".{kind}" for kind in row["allowed_types"])
            + ","
            + ",".join(KINDS[kind][0] for kind in row["allowed_types"]),
            "is_refused": row["code"] in refused,
            "problem": refused.get(row["code"]) or problems.get(f"{prefix}-{row['code']}", ""),
        }
        for row, must in wanted
    ]


def _templates(rows: Iterable[Mapping[str, Any]]) -> dict[int, Any]:
    from wagtail.documents import get_document_model

    wanted = {row.get("template_id") for row in rows} - {None}
    return get_document_model().objects.in_bulk(wanted) if wanted else {}
