"""Search over the site's pages."""

import re
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page, Site

MAX_LENGTH = 100
PER_PAGE = 10


def search(request: HttpRequest) -> HttpResponse:
    """Pages that hold the words of `q`. An empty question gets the form, an overlong one is cut and told so."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())
    query = asked[:MAX_LENGTH].strip()
    # Words only: a lone quotation mark is a syntax error for the full-text index of SQLite.
    words = " ".join(re.findall(r"\w+", query))
    results = None
    if query:
        site = Site.find_for_request(request)
        pages = Page.objects.live().public()
        if site:
            pages = pages.descendant_of(site.root_page, inclusive=True)
        # `specific` on the page of results only: one query per page type, whatever the number of results.
        results = Paginator(pages.specific().search(words) if words else [], PER_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        "search.html",
        {
            "query": query,
            "encoded_query": urlencode({"q": query}),
            "was_cut": len(asked) > MAX_LENGTH,
            "max_length": MAX_LENGTH,
            "results": results,
        },
    )
