"""Which questions and documents concern this company, given what it is and what it has answered.

An answer to a question that does not apply decides nothing: chains of conditions end where their first link is gone.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ..services.editions import CompanyFacts, is_asked, is_needed
from ..services.models import Asked, FieldKind
from .models import Submission

#: What an upload that answers a question may be; a document of the service has its own limits.
FILE_TYPES, FILE_MB = ("pdf", "jpg", "png", "docx"), 10

Row = Mapping[str, Any]


def facts_of(submission: Submission) -> CompanyFacts:
    """Union, branches and the regulation it starts from: as filed, else as the company is now."""
    old = submission.origin_data
    recorded = {"knows_old": bool(old), "holds_old": bool(old.get("has_decree") and old.get("text_file"))}
    if kept := submission.company_data:
        return CompanyFacts(bool(kept.get("unions")), bool(kept.get("branches")), **recorded)
    return CompanyFacts(submission.company.has_union, submission.company.has_branches, **recorded)


def asked_rows(definition: Row, facts: CompanyFacts, data: Row) -> list[dict]:
    """The questions that apply, in the editor's order."""
    given: dict[str, Any] = {}
    asked = []
    for row in definition.get("fields", []):
        if is_asked(row, facts, given):
            given[row["code"]] = data.get(row["code"])
            asked.append(row)
    return asked


def asked_answers(submission: Submission, data: Row | None = None) -> dict[str, Any]:
    """The answers to the questions that apply, and nothing else: what is filed. `data`: the answers kept so far."""
    data = submission.data if data is None else data
    rows = asked_rows(submission.definition, facts_of(submission), data)
    return {row["code"]: data.get(row["code"]) for row in rows}


def rows_of_page(rows: Iterable[dict], asked: Collection[str]) -> list[dict]:
    """Of the questions of one page: those that apply, and those that an answer on the same page may bring."""
    shown: dict[str, dict] = {}
    for row in rows:
        if row["code"] in asked or depends_on(row) in shown:
            shown[row["code"]] = row
    return list(shown.values())


def depends_on(row: Row) -> str:
    """The code of the question on whose answer this one hangs; empty where it hangs on none."""
    return row["condition_field"] if row.get("asked") == Asked.IF_ANSWER else ""


def wanted_documents(submission: Submission, data: Row | None = None) -> list[tuple[dict, bool]]:
    """Documents this company is asked for, in order, each with whether it must be there."""
    facts, answers = facts_of(submission), asked_answers(submission, data)
    wanted = []
    for row in submission.definition.get("documents", []):
        needed = is_needed(row, facts, answers)
        if needed is not False:
            wanted.append((row, bool(needed)))
    return wanted


def file_row(question: Row) -> dict[str, Any]:
    """A question that is answered by a file, in the shape of a document of a service."""
    return {
        "code": question["code"],
        "title": question["label"],
        "help_text": question["help_text"],
        "allowed_types": list(FILE_TYPES),
        "max_mb": FILE_MB,
        "original_shown": False,
        "template_id": None,
    }


def upload_rows(definition: Row) -> dict[str, dict]:
    """Everything that can be uploaded, by code: the service's documents and the questions answered by a file."""
    questions = [file_row(row) for row in definition.get("fields", []) if row["kind"] == FieldKind.FILE]
    return {row["code"]: row for row in [*questions, *definition.get("documents", [])]}
