"""A service's form as a company sees it, for its editor: every step on one page, nothing kept, nothing sent."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..services.described import CONDITION_WORDS, type_names
from ..services.models import Asked, ServiceField
from ..services.typed import service_as_typed
from . import answers, wizard
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
    sample = sample_submission(typed.service, typed.edition)
    labels = {row["code"]: row["label"] for row in definition["fields"]}
    context["company"] = sample.company_data
    context["steps"] = [
        {
            "step": step,
            "questions": [
                {"field": bound, "when": _when(row, labels)}
                for row, bound in zip(step.rows, answers.AnswersForm(definition, step.rows), strict=True)
            ],
        }
        for step in wizard.all_steps(definition)
    ]
    context["documents"] = [
        row
        | {
            "must": row["condition"] == "required",
            "when": _if_answered(row, labels) or CONDITION_WORDS[row["condition"]],
            "types": type_names(row["allowed_types"]),
            "accept": ",".join(f".{kind}" for kind in row["allowed_types"]),
        }
        for row in definition["documents"]
    ]
    return render(request, "psk_plugin/submissions/preview.html", context)


def _when(row: dict, labels: dict[str, str]) -> str:
    """When a question is asked, in words; empty for one that always is."""
    asked = row.get("asked") or Asked.ALWAYS
    if asked == Asked.ALWAYS:
        return ""
    return _if_answered(row, labels) or str(ServiceField(asked=asked).get_asked_display())


def _if_answered(row: dict, labels: dict[str, str]) -> str:
    if "if_answer" not in (row.get("asked"), row.get("condition")):
        return ""
    return f"{labels.get(row['condition_field'], row['condition_field'])}: {row['condition_value']}"
