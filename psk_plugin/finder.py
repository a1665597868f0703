"""One search field for the whole office: every room says what it finds, and for whom.

Hung into Wagtail's own search field, which for most people of the office would have nothing to search.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.search import SearchArea

#: Results of one group on the page; the list behind holds the others.
MOST = 10
#: Shorter words fit nearly everything.
SHORTEST = 3
LONGEST = 200


@dataclass(frozen=True)
class Hit:
    """One result: `title` leads to it, `note` says what it is."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Results of one kind, at most `MOST`; `more_url` leads to the list with all of them, where there are more."""

    title: str
    icon: str
    hits: list[Hit] = field(default_factory=list)
    more_url: str = ""


#: Takes the request and what was typed; gives a group, or `None` where the person may see nothing of the kind.
#: Asks a constant number of queries and no more than `MOST` + 1 rows.
Finder = Callable[[HttpRequest, str], Group | None]
#: Permission -> who may search at all; filled by `register`.
_finders: list[tuple[int, tuple[str, ...], Finder]] = []


def register(finder: Finder, *, order: int, permissions: tuple[str, ...]) -> None:
    """Hang a room's finder in. `permissions`: one of them is enough to be asked."""
    _finders.append((order, permissions, finder))
    _finders.sort(key=lambda entry: entry[0])


def finders_for(user) -> list[Finder]:
    return [finder for _order, needed, finder in _finders if any(user.has_perm(each) for each in needed)]


def words_of(text: str, most: int = 6) -> list[str]:
    """The words of a search; a pasted paragraph is none."""
    return text.replace("\x00", "")[:LONGEST].split()[:most]


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Results by kind; nothing is asked for before something was typed."""
    finders = finders_for(request.user)
    if not finders:
        raise PermissionDenied
    text = " ".join(words_of(request.GET.get("q", "")))
    is_short = bool(text) and max(map(len, text.split())) < SHORTEST
    groups = [] if not text or is_short else [group for finder in finders if (group := finder(request, text))]
    title = _("Search the office")
    context = {
        "text": text,
        "is_short": is_short,
        "groups": [group for group in groups if group.hits],
        "header_title": title,
        "header_icon": "search",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
    }
    return TemplateResponse(request, "psk_plugin/finder.html", context)


class OfficeSearchArea(SearchArea):
    """First of Wagtail's search areas for whoever has something to find here."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Applications, companies, decrees"),
            reverse("psk_find"),
            name="psk",
            icon_name="clipboard-list",
            order=1,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(finders_for(request.user))
