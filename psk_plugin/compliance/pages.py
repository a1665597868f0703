"""The page of one company: how it stands, on which day, and its whole life with the office."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..companies.access import follow_merged
from ..regulations.versions import versions_of
from .days import day_of
from .life import life_of
from .standing import Standing, companies_on


@require_safe
@permission_required("psk_plugin.view_company", raise_exception=True)
@follow_merged
def company_life(request: HttpRequest, pk: int) -> HttpResponse:
    """How the company stands on the day that is asked for, its regulations, and everything that happened."""
    day = day_of(request)
    company = get_object_or_404(companies_on(day), pk=pk)
    regulations = [(regulation, versions_of(regulation, day)) for regulation in company.regulations.order_by("kind")]
    context = {
        "header_title": company.name,
        "page_title": company.name,
        "header_icon": "circle-check",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_kepatuhan_modeladmin_index"), "label": _("Compliance")},
            {"url": "", "label": company.name},
        ],
        "company": company,
        "standing": Standing(company.standing),
        "day": day,
        "is_past": day < timezone.localdate(),
        "regulations": regulations,
        "life": life_of(company, request.user),
        "may_see_regulations": request.user.has_perm("psk_plugin.view_companyregulation"),
    }
    return render(request, "psk_plugin/compliance/company.html", context)
