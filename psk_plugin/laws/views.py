"""The public library of legal sources."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .. import conf
from .public import TONES, LawFilter, sources


@require_safe
def law_list(request: HttpRequest) -> HttpResponse:
    """All sources, those in force first, with search and filters."""
    form = LawFilter(request.GET)
    page = Paginator(form.apply(sources()), conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    for source in page:
        source.tone = TONES[source.state]
    wanted = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    context = {
        "form": form,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "ellipsis": Paginator.ELLIPSIS,
        "query": urlencode(wanted),
    }
    return render(request, "psk_plugin/laws/list.html", context)


@require_safe
def law_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One source: what it is, whether it stands, its text, which services rest on it."""
    source = get_object_or_404(sources(), code=code)
    # The services' room stands above this one, so it is asked through the relation it declares.
    services = source.services.filter(service__is_published=True).select_related("service")
    context = {"source": source, "tone": TONES[source.state], "services": services.order_by("service__title")}
    return render(request, "psk_plugin/laws/detail.html", context)
