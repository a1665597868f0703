"""The public register: for reading, as a file, as JSON."""

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from .. import conf, sheets
from ..brake import Brake
from ..companies.models import Company
from . import openapi, public
from .filters import RegisterFilter
from .versions import versions_of

API_PAGE_SIZE = 100
CACHE_SECONDS = 300
#: Per address: requests of programs in a minute, files in ten minutes.
PROGRAMS = Brake("register-api", 120, 60)
FILES = Brake("register-files", 20, 600)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register as a page, with search and filters."""
    form = RegisterFilter(request.GET)
    page = _page(form, request.GET.get("hal"), conf.PAGE_SIZE)
    for regulation in page:
        regulation.tone = public.TONES[regulation.state]
    query = _query(form)
    context = {
        "form": form,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "ellipsis": Paginator.ELLIPSIS,
        "query": query,
        "files": [
            (ending.upper(), reverse(f"psk:register_{ending}") + (f"?{query}" if query else ""))
            for ending in sheets.FORMATS
        ],
        "totals": public.totals(),
    }
    return render(request, "psk_plugin/regulations/register.html", context)


@require_safe
def register_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One company's regulation with the decrees that made its versions."""
    regulation = get_object_or_404(public.rows(), pk=pk)
    seen: set[int | None] = set()
    versions = []
    for version in versions_of(regulation):
        if version.decree_id not in seen:
            seen.add(version.decree_id)
            versions.append((version, public.TONES[version.state]))
    context = {
        "regulation": regulation,
        "tone": public.TONES[regulation.state],
        "versions": versions,
        "others": public.rows().filter(company=regulation.company_id).exclude(pk=pk),
        "is_renewed_ahead": regulation.revoked_on is None and regulation.is_renewed_ahead(timezone.localdate()),
    }
    return render(request, "psk_plugin/regulations/detail.html", context)


@require_safe
@conditional_page
def register_company(request: HttpRequest, pk: int) -> HttpResponse:
    """One company with all its regulations."""
    company = get_object_or_404(Company, pk=pk)
    regulations = list(public.rows().filter(company=company))
    if not regulations:
        raise Http404
    context = {
        "company": company,
        "regulations": [(regulation, public.TONES[regulation.state]) for regulation in regulations],
    }
    return render(request, "psk_plugin/regulations/company.html", context)


@require_safe
def register_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The filtered register as CSV or XLSX."""
    if FILES.is_on(request):
        return _too_often(_("You have downloaded the register many times. Please try again in ten minutes."), FILES)
    form = RegisterFilter(request.GET)
    if not form.is_valid():
        sentences = " ".join(sentence for errors in form.errors.values() for sentence in errors)
        return HttpResponse(sentences, status=400, content_type="text/plain; charset=utf-8")
    FILES.count(request)
    regulations = form.apply(public.rows()).iterator(chunk_size=500)
    return sheets.FORMATS[ending]("register", public.heading_row(), map(public.as_row, regulations))


@require_safe
@conditional_page
def register_api(request: HttpRequest) -> HttpResponse:
    """The register for machines: the same filters and the same facts as the page, 100 to a page."""
    if PROGRAMS.is_on(request):
        return _too_often(_("Too many requests. Please wait a minute."), PROGRAMS)
    PROGRAMS.count(request)
    form = RegisterFilter(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    page = _page(form, request.GET.get("page"), API_PAGE_SIZE)
    base = conf.PUBLIC_URL.rstrip("/")
    results = [
        public.as_json(regulation) | {"url": base + reverse("psk:register_detail", args=[regulation.pk])}
        for regulation in page
    ]
    here = base + reverse("psk:register_api")
    query = _query(form)

    def address(number: int) -> str:
        return f"{here}?{query}{'&' if query else ''}page={number}"

    response = JsonResponse(
        {
            "count": page.paginator.count,
            "next": address(page.next_page_number()) if page.has_next() else None,
            "previous": address(page.previous_page_number()) if page.has_previous() else None,
            "results": results,
        },
        json_dumps_params={"ensure_ascii": False},
    )
    return _for_programs(response)


@require_safe
@conditional_page
def register_openapi(request: HttpRequest) -> HttpResponse:
    """What the JSON offers, as OpenAPI."""
    return _for_programs(JsonResponse(openapi.description(), json_dumps_params={"ensure_ascii": False}))


def _for_programs(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
    # Public facts: any site may show them.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _too_often(sentence: str, brake: Brake) -> HttpResponse:
    response = HttpResponse(sentence, status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(brake.seconds)
    return response


def _page(form: RegisterFilter, number: str | None, size: int) -> Page:
    """The page asked for; the first or last where there is no such page."""
    return Paginator(form.apply(public.rows()), size).get_page(number)


def _query(form: RegisterFilter) -> str:
    """The filters in force as a query string, without the page."""
    if not form.is_valid():
        return ""
    return urlencode({name: value for name, value in form.cleaned_data.items() if value})
