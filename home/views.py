"""Pages of the site that are not in the page tree: search, and what search engines ask for."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

from .search import KINDS, MAX_LENGTH, of_kind, overview, picks


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What holds the words of `q`, in groups; with `bagian`, all of one group. Overlong questions are cut, and said."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())
    query = asked[:MAX_LENGTH].strip()
    kind = request.GET.get("bagian", "")
    context = {
        "query": query,
        "encoded_query": urlencode({"q": query}),
        "was_cut": len(asked) > MAX_LENGTH,
        "max_length": MAX_LENGTH,
        "kinds": [(slug, title) for slug, (title, _find, _show) in KINDS.items()],
        "kind": kind if kind in KINDS else "",
    }
    if query:
        site = Site.find_for_request(request)
        if kind in KINDS:
            context["groups"] = [of_kind(kind, query, site, request.GET.get("hal"))]
        else:
            context["groups"] = overview(query, site)
            context["picks"] = picks(query)
        context["total"] = sum(group.count for group in context["groups"])
    return render(request, "search.html", context)


#: Of no use in search results, or for one person only.
CLOSED = ("admin/", "akun/", "cari/", "psk/permohonan/", "psk/perusahaan/", "psk/verifikasi/", "psk/survei/")


@require_safe
@cache_control(public=True, max_age=60 * 60)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and where the list of pages stands."""
    lines = ["User-agent: *", *(f"Disallow: /{path}" for path in CLOSED), ""]
    lines += [f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
