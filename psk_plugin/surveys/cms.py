"""The survey's results in the Wagtail admin: index by period and service, element by element, comments, CSV."""

import csv

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .. import conf
from ..adminkit import ListOnlyAdmin
from ..sheets import safe_cell
from .forms import PeriodForm
from .index import answers_between, index_by_service, index_of
from .models import SurveyAnswer
from .questions import CODES, ELEMENTS

BASE = "psk/survei"
may_see = permission_required("psk_plugin.view_surveyanswer", raise_exception=True)


def _asked(request: HttpRequest) -> tuple[PeriodForm, dict]:
    """The period form as asked for; this year where nothing was."""
    if not any(request.GET.get(name) for name in ("dari", "sampai", "layanan")):
        today = timezone.localdate()
        return PeriodForm(initial={"dari": today.replace(month=1, day=1), "sampai": today}), {
            "dari": today.replace(month=1, day=1),
            "sampai": today,
        }
    form = PeriodForm(request.GET)
    return form, form.cleaned_data if form.is_valid() else {}


def _answers(chosen: dict):
    service = chosen.get("layanan")
    return answers_between(chosen.get("dari"), chosen.get("sampai"), service.pk if service else None)


@may_see
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Index and elements of the chosen answers, of each service, and the comments."""
    form, chosen = _asked(request)
    answers = _answers(chosen)
    comments = answers.exclude(comment="").select_related("service").only("comment", "answered_on", "service__title")
    query = request.GET.copy()
    query.pop("hal", None)
    return render(
        request,
        "psk_plugin/surveys/results.html",
        {
            "form": form,
            "index": index_of(answers),
            "least": conf.SURVEY_MIN_ANSWERS,
            "by_service": index_by_service(answers),
            "comments": Paginator(comments, conf.PAGE_SIZE).get_page(request.GET.get("hal")),
            "query": query.urlencode(),
            "csv_url": f"{reverse('psk_survey_csv')}?{query.urlencode()}",
            "header_title": _("Satisfaction survey"),
            "header_icon": "pick",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": _("Satisfaction survey")},
            ],
        },
    )


@may_see
@require_safe
def results_csv(request: HttpRequest) -> HttpResponse:
    """The chosen answers as CSV, without what names the applicant."""
    _form, chosen = _asked(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="survei-{timezone.localdate():%Y-%m-%d}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Date"), _("Service"), *(element.name for element in ELEMENTS), _("Comment")])
    for row in _answers(chosen).select_related("service").iterator(chunk_size=500):
        scores = [getattr(row, code) for code in CODES]
        writer.writerow([row.answered_on.isoformat(), safe_cell(row.service.title), *scores, safe_cell(row.comment)])
    return response


class SurveyAdmin(ListOnlyAdmin):
    """The menu entry: its list is the page of results."""

    model = SurveyAnswer
    base_url_path = BASE
    menu_label = gettext_lazy("Satisfaction survey")
    menu_item_name = "psk-survey"
    menu_icon = "pick"

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        # In place of the package's list, which would show single answers beside their applications.
        index = self.url_helper.get_action_url_name("index")
        return (
            path(f"{BASE}/", results, name=index),
            path(f"{BASE}/unduh/", results_csv, name="psk_survey_csv"),
        )
