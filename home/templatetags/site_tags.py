"""Menu and links of the page frame, and what its head says to search engines."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page as DjangoPage
from django.db.models import F
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from wagtail.models import Page, Site

from home.models.base import SOCIAL_RENDITION, open_to_all
from home.structured import absolute

register = template.Library()


@dataclass
class MenuItem:
    """One entry of the menu, with its second level."""

    title: str
    url: str
    path: str
    has_page: bool = True
    is_current: bool = False
    is_here: bool = False
    children: list["MenuItem"] = field(default_factory=list)


@register.inclusion_tag("includes/menu.html", takes_context=True)
def site_menu(context: dict[str, Any]) -> dict[str, Any]:
    """Two levels of the page tree (pages marked "show in menus"), in the editor's order, in one query."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {"items": []}
    root = site.root_page
    pages = (
        open_to_all(Page.objects.descendant_of(root))
        .in_menu()
        .annotate(target=F("linkpage__target"))
        .filter(depth__in=[root.depth + 1, root.depth + 2])
        .order_by("path")
    )
    here = request.path
    top: dict[str, MenuItem] = {}
    for page in pages:
        url = page.target or page.get_url(request) or "/"
        item = MenuItem(
            page.title,
            url,
            page.path,
            page.target is None,
            is_current=url == here,
            is_here=here.startswith(url) and url != "/",
        )
        parent = top.get(page.path[: Page.steplen * (root.depth + 1)])
        if page.depth == root.depth + 1:
            top[page.path] = item
        elif parent:
            parent.children.append(item)
            parent.is_here = parent.is_here or item.is_here
    return {"items": list(top.values())}


@register.simple_tag(takes_context=True)
def next_query(context: dict[str, Any]) -> str:
    """`?next=` with the page one is on; on the account pages, the one asked for before is passed on."""
    request = context.get("request")
    if request is None:
        return ""
    wanted = request.GET.get("next") or request.POST.get("next") or ""
    if not wanted and not request.path.startswith(reverse("account_login").removesuffix("login/")):
        wanted = request.get_full_path()
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return "?" + urlencode({"next": wanted}) if wanted and safe and wanted != "/" else ""


@register.simple_tag(takes_context=True)
def next_url(context: dict[str, Any]) -> str:
    """The address asked for before, when it is one of ours; empty otherwise."""
    request = context.get("request")
    wanted = (request.POST.get("next") or request.GET.get("next") or "") if request else ""
    safe = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()} if request else None, require_https=bool(request and request.is_secure())
    )
    return wanted if safe else ""


@register.simple_tag
def page_numbers(pages: DjangoPage) -> list[int | None]:
    """Numbers to offer around the current one; None stands for those left out."""
    numbers = pages.paginator.get_elided_page_range(pages.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.inclusion_tag("includes/social_card.html", takes_context=True)
def social_card(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """Description and card of a page for search engines and for those who share its address."""
    request = context["request"]
    office = context["settings"]["home"]["OfficeSettings"]
    image = page.social_image or office.share_image
    published = getattr(page, "date", None)
    return {
        "settings": context["settings"],
        "title": page.seo_title or page.title,
        "description": Truncator(" ".join(page.summary.split())).chars(300),
        "kind": "article" if published else "website",
        "published": published.isoformat() if published else "",
        "address": page.full_url,
        "image": absolute(image.get_rendition(SOCIAL_RENDITION).url if image else static("site/card.png"), request),
        "image_alt": image.description if image else office.name,
    }


@register.simple_tag(takes_context=True)
def structured_data(context: dict[str, Any], page: Page) -> SafeString:
    """The page's schema.org data as JSON-LD; no text of an editor can close the script."""
    found = page.structured_data(context["request"])
    if not found:
        return mark_safe("")
    data = json.dumps({"@context": "https://schema.org", "@graph": found}, ensure_ascii=False)
    escaped = data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(escaped))


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any]) -> str:
    """This page's address for search engines: without filters, with the number of the page of a list."""
    request = context.get("request")
    if request is None:
        return ""
    number = request.GET.get("hal", "")
    return request.build_absolute_uri(
        request.path + (f"?hal={number}" if re.fullmatch(r"[1-9]\d{0,4}", number) else "")
    )


@register.simple_tag(takes_context=True)
def words_of_address(context: dict[str, Any]) -> str:
    """What a visitor may have looked for, from an address that leads nowhere: its words, without numbers."""
    request = context.get("request")
    return " ".join(re.findall(r"[^\W\d_]{3,30}", request.path)[-5:])[:100] if request else ""
