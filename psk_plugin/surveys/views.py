"""The survey in the company's area."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..companies.access import to_sign_in
from ..submissions.access import own_submission
from . import verbs
from .forms import SurveyForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, number: str) -> HttpResponse:
    """Ask, and keep the answer."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    submission = own_submission(request, number)
    if not verbs.is_offered(submission):
        messages.info(request, _("There is no open survey for this application. Thank you."))
        return redirect(submission)
    form = SurveyForm(request.POST) if request.method == "POST" else SurveyForm()
    if request.method == "POST" and form.is_valid():
        verbs.answer(submission, form.scores(), form.cleaned_data["comment"])
        messages.success(request, _("Thank you. Your answer helps us to serve better."))
        return redirect(submission)
    return render(
        request,
        "psk_plugin/surveys/survey.html",
        {"submission": submission, "form": form},
        status=422 if form.is_bound else 200,
    )
