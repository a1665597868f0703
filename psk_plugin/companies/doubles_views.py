"""Likely doubles in the Wagtail admin: the list of pairs, two companies side by side, and the button that merges."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import conf, finder
from ..sheets import FORMATS
from . import doubles, merging
from .comparing import compare
from .finding import companies_by_word, has_word
from .merge_models import CompanyMerge, CompanyPair, moved_to
from .models import Company
from .people import Refused
from .profile import latest_version

VIEW, MERGE = "psk_plugin.view_companymerge", "psk_plugin.add_companymerge"
REASONS = {
    "npwp": gettext_lazy("same NPWP"),
    "name": gettext_lazy("same name in the same kecamatan"),
    "reported": gettext_lazy("reported at sign-up"),
}
#: Companies offered to whoever looks for a double by hand.
MOST_OFFERED = 20

may_see = permission_required(VIEW, raise_exception=True)
may_merge = permission_required(MERGE, raise_exception=True)


def frame(title: str, *way: tuple[str, str]) -> dict[str, Any]:
    """Title and the way there, for the pages of this part. `way`: addresses with their labels."""
    crumbs = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("psk_perusahaan_modeladmin_index"), _("Companies")),
        *way,
        ("", title),
    ]
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "copy",
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in crumbs],
    }


def _doubles_way() -> tuple[str, str]:
    return reverse("psk_doubles"), _("Double companies")


def _narrowed(request: HttpRequest) -> tuple[list[doubles.Likely], str, str]:
    """The pairs that are asked for, the reason and the words that narrow them."""
    pairs = doubles.likely_doubles()
    reason = request.GET.get("alasan", "")
    reason = reason if reason in REASONS else ""
    words = finder.words_of(request.GET.get("q", ""))
    if reason:
        pairs = [pair for pair in pairs if reason in pair.reasons]
    for word in words:
        keys = companies_by_word(word)
        if keys is None:
            keys = Company.objects.filter(has_word(word)).values_list("pk", flat=True)
        wanted = set(keys)
        pairs = [pair for pair in pairs if pair.first in wanted or pair.second in wanted]
    return pairs, reason, " ".join(words)


def _with_companies(pairs: list[doubles.Likely]) -> list[dict[str, Any]]:
    keys = {key for pair in pairs for key in (pair.first, pair.second)}
    companies = Company.objects.only("name", "nib", "npwp", "kecamatan", "source", "address").in_bulk(keys)
    return [
        {
            "pair": pair,
            "both": [companies[pair.first], companies[pair.second]],
            "reasons": [REASONS[reason] for reason in pair.reasons],
            "note": pair.note,
        }
        for pair in pairs
        if pair.first in companies and pair.second in companies
    ]


@never_cache
@require_safe
@may_see
def double_list(request: HttpRequest) -> HttpResponse:
    """Pairs that are likely to be one company, those with most reasons first."""
    pairs, reason, words = _narrowed(request)
    page = Paginator(pairs, conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    page.object_list = _with_companies(list(page.object_list))
    kept = {name: value for name, value in (("alasan", reason), ("q", words)) if value}
    context = frame(_("Double companies")) | {
        "page": page,
        "reason": reason,
        "words": words,
        "reasons": REASONS.items(),
        "query": urlencode(kept),
        "merged": CompanyMerge.objects.count(),
    }
    return TemplateResponse(request, "psk_plugin/companies/doubles.html", context)


@require_safe
@may_see
def double_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The pairs as XLSX or CSV; the filters of the page apply."""
    if kind not in FORMATS:
        raise Http404
    headings = [
        _("Company"),
        "NIB",
        "NPWP",
        _("Kecamatan"),
        _("Second company"),
        "NIB",
        "NPWP",
        _("Kecamatan"),
        _("Why"),
    ]
    rows = [
        [
            value
            for company in row["both"]
            for value in (company.name, company.nib or "", company.npwp, str(company.get_kecamatan_display()))
        ]
        + ["; ".join(map(str, row["reasons"]))]
        for row in _with_companies(_narrowed(request)[0])
    ]
    return FORMATS[kind]("perusahaan-ganda", headings, rows)


@require_safe
@may_see
def company_doubles(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for the double of one company by hand, where neither number nor name gives it away."""
    company = get_object_or_404(Company, pk=pk)
    words = finder.words_of(request.GET.get("q", ""))
    found: list[Company] = []
    if words:
        rows = Company.objects.exclude(pk=pk)
        for word in words:
            rows = rows.filter(has_word(word))
        found = list(rows.order_by(Lower("name"), "pk")[: MOST_OFFERED + 1])
    way = reverse("psk_company", args=[pk]), company.name
    context = frame(_("Look for its double"), way) | {
        "company": company,
        "words": " ".join(words),
        "found": found[:MOST_OFFERED],
        "has_more": len(found) > MOST_OFFERED,
        "most": MOST_OFFERED,
    }
    return TemplateResponse(request, "psk_plugin/companies/double_search.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@may_see
def double(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Two companies side by side: the first stays, the second goes. A POST merges them."""
    if first == second:
        raise Http404
    rows = Company.objects.in_bulk([first, second])
    if len(rows) < 2:
        return _gone(request, [pk for pk in (first, second) if pk not in rows])
    kept, gone = rows[first], rows[second]
    if request.method != "POST":
        return _show(request, kept, gone)
    if not request.user.has_perm(MERGE):
        return _show(request, kept, gone, problem=_("You may look at this page, but not merge."), status=403)
    try:
        record = merging.merge(
            first,
            second,
            request.user,
            choices={name.removeprefix("bagian-"): value for name, value in request.POST.items()},
            reason=request.POST.get("alasan", ""),
            seen=_seen(request.POST.get("versi", "")),
            people_confirmed=request.POST.get("orang") == "ya",
        )
    except Refused as refused:
        if Company.objects.filter(pk__in=[first, second]).count() < 2:
            messages.warning(request, str(refused))
            return _gone(request, [first, second])
        return _show(request, *(Company.objects.get(pk=pk) for pk in (first, second)), problem=str(refused), status=422)
    messages.success(
        request, _("%(gone)s is merged into %(kept)s.") % {"gone": record.gone_name, "kept": record.kept_name}
    )
    return redirect("psk_merge", record.pk)


def _seen(text: str) -> tuple[int, int]:
    one, _dash, other = text.partition("-")
    fits = all(part.isascii() and part.isdigit() and len(part) < 19 for part in (one, other))
    return (int(one), int(other)) if fits else (0, 0)


def _gone(request: HttpRequest, keys: list[int]) -> HttpResponse:
    """To the company that one of these was merged into."""
    for pk in keys:
        if kept := moved_to(pk):
            return redirect("psk_company", kept)
    raise Http404


def _show(request: HttpRequest, kept: Company, gone: Company, *, problem: str = "", status: int = 200) -> HttpResponse:
    first, second = doubles.in_order(kept.pk, gone.pk)
    lines = compare(kept, gone)
    chosen = {name.removeprefix("bagian-"): value for name, value in request.POST.items()}
    both_have_people = merging.has_people(kept) and merging.has_people(gone)
    context = frame(_("Compare and merge"), _doubles_way()) | {
        "kept": kept,
        "gone": gone,
        "belongings": [merging.belongings(company) for company in (kept, gone)],
        "to_choose": [(line, chosen.get(line.part.code, "")) for line in lines if line.must_choose],
        "settled": [line for line in lines if not line.must_choose and (line.kept or line.gone)],
        "obstacles": merging.obstacles(kept, gone),
        "both_have_people": both_have_people,
        "people_confirmed": request.POST.get("orang") == "ya",
        "seen": f"{latest_version(kept.pk)}-{latest_version(gone.pk)}",
        "said": CompanyPair.objects.filter(first=first, second=second).select_related("by").first(),
        "reason": request.POST.get("alasan", "")[:1000],
        "problem": problem,
        "may_merge": request.user.has_perm(MERGE),
        "max_reason": merging.MAX_REASON,
    }
    return TemplateResponse(request, "psk_plugin/companies/double.html", context, status=status)


@require_POST
@may_merge
def double_apart(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Remember that the two are not one; the pair leaves the list."""
    rows = Company.objects.in_bulk([first, second])
    if len(rows) < 2:
        return _gone(request, [pk for pk in (first, second) if pk not in rows])
    try:
        doubles.keep_apart(first, second, request.user, request.POST.get("alasan", ""))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("psk_double", first, second)
    messages.success(request, _("Noted: these are two companies. The pair no longer stands in the list."))
    return redirect("psk_doubles")
