"""The form of a service on a page: which step a person sees, with what, and where each button leads.

Every step answers with a redirect, so that the form can stand in any page: what was typed is kept first, right or
wrong, and judged again when the step is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ..companies.models import Company
from ..services.described import described_documents
from ..services.editions import current_edition, define_questions
from ..services.models import FieldKind, Service
from . import answers, drafts, origin, rules
from .conditions import asked_answers, rows_of_page
from .models import Status, Submission
from .questions import described_questions, document_rows, questions_of

COMPANY, DOCUMENTS, SUMMARY = "perusahaan", "dokumen", "ringkasan"
ANCHOR = "#formulir"


@dataclass(frozen=True)
class Step:
    slug: str
    title: str
    rows: tuple[dict, ...] = ()


def all_steps(definition: dict) -> list[Step]:
    """Company, one step for each of the editor's, documents, summary."""
    asked = [
        Step(f"isian-{number}", title, tuple(rows))
        for number, (title, rows) in enumerate(answers.steps_of(definition).items(), start=1)
    ]
    return [Step(COMPANY, _("Company")), *asked, Step(DOCUMENTS, _("Documents")), Step(SUMMARY, _("Summary"))]


def steps_of(draft: Submission) -> list[Step]:
    """The steps this company goes through, with the questions each shows. A step without questions is left out."""
    asked = asked_answers(draft)
    steps = []
    for step in all_steps(draft.definition):
        if not step.rows:
            steps.append(step)
        elif rows := rows_of_page(step.rows, asked):
            steps.append(Step(step.slug, step.title, tuple(rows)))
    return steps


def find_step(draft: Submission, slug: str) -> Step | None:
    return next((step for step in steps_of(draft) if step.slug == slug), None)


def posted_step(draft: Submission, slug: str, posted: Mapping[str, str]) -> Step | None:
    """The step that a page sent: what it asks now, and what it asked when the page was made. `None`: no such step."""
    step = next((step for step in all_steps(draft.definition) if step.slug == slug), None)
    if step is None or not step.rows:
        return step
    asked = {row["code"] for row in rows_of_page(step.rows, asked_answers(draft))}
    sent = {name.removeprefix("field-") for name in posted}
    rows = [
        row
        for row in step.rows
        if row["code"] in asked or row["code"] in sent or any(name.startswith(f"{row['code']}_") for name in sent)
    ]
    return Step(step.slug, step.title, tuple(rows))


def safe_path(request: HttpRequest, path: str) -> str:
    """`path` where it is a path of this site, else an empty string."""
    path = path.split("#")[0].split("?")[0][:300]
    if path.startswith("/") and path.isprintable() and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return ""


def step_address(draft: Submission, slug: str, path: str = "", *, check: bool = False, anchor: str = "") -> str:
    """Where a step of the draft is shown: on the page it was begun on, or on the plugin's own.

    `anchor`: id of the part to look at; by default the form.
    """
    base = path or draft.source_path or reverse("psk:service_form", args=[draft.service.code])
    query = {"permohonan": str(draft.token), "langkah": slug}
    if check:
        query["periksa"] = "1"
    return f"{base}?{urlencode(query)}{f'#{anchor}' if anchor else ANCHOR}"


def refresh_edition(draft: Submission) -> Submission:
    """A draft always follows the service as it is now; only filing freezes it."""
    edition = current_edition(draft.service)
    if draft.edition_id != edition.pk:
        Submission.objects.filter(pk=draft.pk, status=Status.DRAFT).update(edition=edition)
        draft.edition = edition
    return draft


def form_context(request: HttpRequest, service: Service) -> dict[str, Any]:
    """Everything the embedded form shows for this person, on this page, now."""
    here = request.path
    context: dict[str, Any] = {
        "service": service,
        "here": here,
        "here_with_anchor": here + ANCHOR,
        "required_documents": described_documents(service),
        "question_steps": described_questions(define_questions(service)),
        "user": request.user,
    }
    if not request.user.is_authenticated:
        return context
    draft = _asked_draft(request, service)
    if draft is not None:
        return context | step_context(request, draft)
    companies = list(Company.objects.of(request.user).prefetch_related("branches"))
    started = {
        s.company_id: s for s in Submission.objects.filter(service=service, company__in=companies, status=Status.DRAFT)
    }
    running = {
        s.company_id: s
        for s in Submission.objects.filter(
            service=service, company__in=companies, status__in=(Status.IN_REVIEW, Status.RETURNED)
        ).select_related("stage", "edition")
    }
    context["choices"] = [
        {
            "company": company,
            "draft": started.get(company.pk),
            "running": running.get(company.pk),
            **rules.standing(service, company),
        }
        for company in companies
    ]
    return context


def _asked_draft(request: HttpRequest, service: Service) -> Submission | None:
    """The draft named in the address, if this person may see it and it is still one."""
    import uuid

    try:
        token = uuid.UUID(request.GET.get("permohonan", ""))
    except ValueError:
        return None
    return (
        Submission.objects.of(request.user)
        .filter(service=service, token=token, status=Status.DRAFT)
        .select_related("service", "company", "edition")
        .first()
    )


def step_context(request: HttpRequest, draft: Submission) -> dict[str, Any]:
    """One step of the draft: its form or list, judged where the address says so."""
    draft = origin.follow(refresh_edition(draft))
    steps = steps_of(draft)
    step = next((step for step in steps if step.slug == request.GET.get("langkah", COMPANY)), steps[0])
    position = steps.index(step)
    problems = answers.draft_problems(draft)
    check = request.GET.get("periksa") == "1"
    context: dict[str, Any] = {
        "draft": draft,
        "company": draft.company,
        "step": step,
        "steps": [
            {
                "step": s,
                "address": step_address(draft, s.slug, request.path),
                "is_done": _is_done(s, draft, problems),
            }
            for s in steps
        ],
        "previous": step_address(draft, steps[position - 1].slug, request.path) if position else "",
        "position": position + 1,
        "action": reverse("psk:draft_step", args=[draft.token, step.slug]),
        "errors": [],
        "is_beyond_city": draft.service.makes_regulation and bool(draft.company.branches_elsewhere),
        "obstacle": rules.why_not(draft.service, draft.company, apart=draft.pk) or "",
        "warnings": rules.warnings(draft),
        "old": origin.old_of(draft),
        "twin": drafts.running_twin(draft) if step.slug in (COMPANY, SUMMARY) else None,
    }
    if step.rows:
        context["questions"] = questions = questions_of(draft, step.rows, draft.data, problems if check else {})
        context["checked"] = check
        context["has_files"] = any(question.upload for question in questions)
        context["errors"] = [
            (f"#{question.anchor}", f"{question.label}: {question.problem}")
            for question in questions
            if question.problem
        ]
    elif step.slug == DOCUMENTS:
        context["documents"] = document_rows(draft, problems if check else {})
        context["errors"] = [
            # What is missing names the document itself; what was refused does not.
            (f"#dokumen-{row['code']}", f"{row['title']}: {row['problem']}" if row["is_refused"] else row["problem"])
            for row in context["documents"]
            if row["problem"]
        ]
    elif step.slug == SUMMARY:
        context["answered"] = answers.answered_rows(draft)
        context["documents"] = document_rows(draft, {})
        context["errors"] = [
            (_address_of(draft, steps, key, request.path), _sentence(draft, key, text))
            for key, text in problems.items()
        ]
        context["undeclared"] = request.GET.get("pernyataan") == "1"
    return context


def _sentence(draft: Submission, key: str, text: str) -> str:
    kind, _dash, code = key.partition("-")
    if kind == "document":
        return text
    label = next((answers.label_of(row) for row in draft.definition["fields"] if row["code"] == code), code)
    return f"{label}: {text}"


def _address_of(draft: Submission, steps: list[Step], key: str, path: str) -> str:
    """Where a gap can be filled."""
    kind, _dash, code = key.partition("-")
    if kind == "document":
        return step_address(draft, DOCUMENTS, path, check=True)
    for step in steps:
        if any(row["code"] == code for row in step.rows):
            return step_address(draft, step.slug, path, check=True)
    return step_address(draft, COMPANY, path)


def _is_done(step: Step, draft: Submission, problems: dict[str, str]) -> bool:
    if step.rows:
        codes = [row["code"] for row in step.rows]
        has_begun = any(code in draft.data for code in codes) or all(row["kind"] == FieldKind.FILE for row in step.rows)
        return has_begun and not any(f"field-{code}" in problems for code in codes)
    if step.slug == DOCUMENTS:
        return not any(key.startswith("document-") for key in problems)
    return step.slug == COMPANY and draft.saved_at is not None
