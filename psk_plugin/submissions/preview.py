"""A service's form as a company sees it, for its editor: every step on one page, nothing kept, nothing sent."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..services.described import CONDITION_WORDS, type_names
from ..services.models import Asked, Condition, FieldKind
from ..services.typed import service_as_typed
from . import answers, wizard
from .conditions import file_row
from .samples import sample_submission

may_preview = permission_required("psk_plugin.change_service", raise_exception=True)


@never_cache
@require_http_methods(["GET", "POST"])
@may_preview
def preview_form(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the service as saved. POST: as it stands in the editor's page."""
    typed = service_as_typed(request, pk)
    context = {"service": typed.service, "problems": typed.problems, "is_saved": typed.is_saved}
    if typed.problems:
        return render(request, "psk_plugin/services/preview_refused.html", context, status=422)
    definition = typed.edition.definition
    by_code = {row["code"]: row for row in definition["fields"]}
    context["company"] = sample_submission(typed.service, typed.edition).company_data
    context["steps"] = [
        {"step": step, "questions": [_question(row, form, by_code) for row in step.rows]}
        for step in wizard.all_steps(definition)
        for form in [answers.AnswersForm(definition, step.rows)]
    ]
    context["documents"] = [
        _upload(row) | {"must": row["condition"] == Condition.REQUIRED, "when": _when_needed(row, by_code)}
        for row in definition["documents"]
    ]
    return render(request, "psk_plugin/submissions/preview.html", context)


def _question(row: dict, form: answers.AnswersForm, by_code: dict[str, dict]) -> dict[str, Any]:
    """One question as `questions.Question` would show it, and when it is asked at all, in words."""
    asked = row.get("asked") or Asked.ALWAYS
    when = "" if asked == Asked.ALWAYS else str(Asked(asked).label)
    if asked == Asked.IF_ANSWER:
        when = _if_answered(row, by_code)
    upload = None
    if row["kind"] == FieldKind.FILE:
        upload = _upload(file_row(row) | {"title": answers.label_of(row)}) | {"must": row["required"]}
    return {
        "field": form[form.name_of(row)],
        "second_label": answers.second_label(row),
        "upload": upload,
        "when": when,
    }


def _upload(row: dict) -> dict[str, Any]:
    return row | {
        "types": type_names(row["allowed_types"]),
        "accept": ",".join(f".{kind}" for kind in row["allowed_types"]),
    }


def _when_needed(row: dict, by_code: dict[str, dict]) -> str:
    if row["condition"] == Condition.IF_ANSWER:
        return _if_answered(row, by_code)
    return str(CONDITION_WORDS[row["condition"]])


def _if_answered(row: dict, by_code: dict[str, dict]) -> str:
    """ "only if", the earlier question, and its answer."""
    question, answer = row["condition_field"], row["condition_value"]
    if deciding := by_code.get(question):
        question, answer = answers.label_of(deciding), answers.readable(deciding, answer)
    only_if = _("only if")
    return f"{only_if}: {question}: {answer}"
