"""The redline of an application's text: beside its earlier version, another application's, or what is in force."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from ..submissions.models import Submission
from .comparison import ComparisonPage, start_recognition
from .texts import texts_of
from .views import for_reviewers, page_context


@require_GET
@for_reviewers
def compare_texts(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Two texts as a redline; what is asked for and not there is replaced by what most likely is wanted, and said."""
    page = ComparisonPage(request, submission.company_id, submission.service.kind, submission.pk)
    if page.is_unknown:
        messages.warning(request, _("The text you asked for is not here. These two are shown instead."))
    context = page_context(request, submission, {"url": "", "label": _("Comparison of texts")}) | page.context()
    context["subject"] = f"{submission.company} · {submission.service.title} · {submission.number}"
    context["recognise_url"] = reverse("psk_desk:redline_recognise", args=[submission.pk])
    return TemplateResponse(request, "psk_plugin/review/redline.html", context)


@require_POST
@for_reviewers
def recognise(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Start recognising a scanned text of the company."""
    sources = texts_of(submission.company_id, submission.service.kind, request.user)
    tell_started(request, start_recognition(sources, request.POST.get("naskah", "")))
    return redirect("psk_desk:redline", pk=submission.pk)


def tell_started(request: HttpRequest, is_started: bool) -> None:
    if is_started:
        messages.success(request, _("The words are being recognised. Please open this page again in a few minutes."))
    else:
        messages.warning(
            request, _("There is nothing to recognise: the text has words, or it is being recognised already.")
        )
