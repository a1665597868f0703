"""The public register: for reading, as a file, as JSON."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from .. import conf, sheets
from ..brake import Brake
from ..companies.access import follow_merged
from ..companies.models import Company
from ..counting import bounded_count
from . import openapi, public
from .filters import ProgramFilter, RegisterFilter
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
    page = form.pages(public.rows(), conf.PAGE_SIZE).get_page(request.GET.get("hal"))
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
@follow_merged
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
    form = ProgramFilter(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    rows = list(form.apply(public.rows())[: API_PAGE_SIZE + 1])
    page = rows[:API_PAGE_SIZE]
    base = conf.PUBLIC_URL.rstrip("/")
    results = [
        public.as_json(regulation) | {"url": base + reverse("psk:register_detail", args=[regulation.pk])}
        for regulation in page
    ]
    following = None
    if len(rows) > len(page):
        query = urlencode({**_kept(form), "after": page[-1].pk})
        following = f"{base}{reverse('psk:register_api')}?{query}"
    count = bounded_count(form.in_all(public.rows()))
    answer = {"count": count.within, "count_is_exact": not count.is_more, "next": following, "results": results}
    return _for_programs(JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


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


def _query(form: RegisterFilter) -> str:
    """The filters in force as a query string, without the page."""
    return urlencode(_kept(form))


def _kept(form: RegisterFilter) -> dict[str, str]:
    """The filters in force by name; none where one of them makes no sense."""
    if not form.is_valid():
        return {}
    return {name: form.cleaned_data[name] for name in RegisterFilter.base_fields if form.cleaned_data[name]}
