"""Menu and links of the page frame."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page as DjangoPage
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.models import Page, Site

from home.models import LinkPage

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
    """Two levels of the page tree (pages marked "show in menus"), in the editor's order, in two queries."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {"items": []}
    root = site.root_page
    pages = (
        Page.objects.descendant_of(root)
        .live()
        .public()
        .in_menu()
        .filter(depth__in=[root.depth + 1, root.depth + 2])
        .order_by("path")
    )
    targets = dict(LinkPage.objects.live().values_list("pk", "target"))
    here = request.path
    top: dict[str, MenuItem] = {}
    for page in pages:
        url = targets.get(page.pk) or page.get_url(request) or "/"
        item = MenuItem(
            page.title,
            url,
            page.path,
            page.pk not in targets,
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
