"""One search over four kinds of things: services, pages, legal sources, the register of companies."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Count, Model, Q, QuerySet, TextField, Window
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page, Site
from wagtail.search.utils import normalise_query_string

from home.models.base import ContentPage, with_leads
from psk_plugin.laws.public import containing, sources
from psk_plugin.regulations.public import rows as register_rows
from psk_plugin.services.described import catalogue, published_services

MAX_LENGTH = 100
MAX_WORDS = 8
#: Results of each group on the first page, and of one group on a page of its own.
IN_OVERVIEW, PER_PAGE = 4, 10
#: Characters of running text around the first word found.
EXCERPT = 220


def words_of(question: str) -> list[str]:
    """Words only: a lone quotation mark is a syntax error for the full-text index of SQLite."""
    return re.findall(r"\w+", question)[:MAX_WORDS]


@dataclass(frozen=True)
class Result:
    """One line of the answer: already marked and safe."""

    title: SafeString
    address: str
    text: SafeString
    note: str = ""


@dataclass
class Group:
    """What one kind of thing has to answer."""

    slug: str
    title: str | Promise
    count: int = 0
    results: list[Result] = field(default_factory=list)
    page: Any = None


class Marker:
    """Marks the words asked for in a text, and finds the part of a long text in which they stand."""

    def __init__(self, words: Iterable[str]) -> None:
        alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        self.pattern = re.compile(f"({alternatives})", re.IGNORECASE) if alternatives else None

    def is_in(self, text: str) -> bool:
        return bool(self.pattern and self.pattern.search(text))

    def mark(self, text: str) -> SafeString:
        if self.pattern is None:
            return format_html("{}", text)
        parts = self.pattern.split(text)
        return format_html_join(
            "",
            "{}",
            ((format_html("<mark>{}</mark>", part) if place % 2 else part,) for place, part in enumerate(parts)),
        )

    def excerpt(self, *texts: str) -> SafeString:
        """The first text that holds a word, cut around it; the beginning of the first one where none does."""
        for text in texts:
            text = " ".join(text.split())
            found = self.pattern.search(text) if self.pattern else None
            if found:
                start = max(0, found.start() - EXCERPT // 3)
                start = text.rfind(" ", 0, start) + 1 if start else 0
                return self.mark(("… " if start else "") + self._cut(text[start:]))
        return self.mark(self._cut(" ".join(texts[0].split()) if texts else ""))

    @staticmethod
    def _cut(text: str) -> str:
        if len(text) <= EXCERPT:
            return text
        return text[:EXCERPT].rsplit(" ", 1)[0] + " …"


# --- the four kinds ---------------------------------------------------------------------------------------------


def _all_words(words: list[str], *fields: str) -> Q:
    """Each word stands in one of the fields."""
    condition = Q()
    for word in words:
        anywhere = Q()
        for name in fields:
            anywhere |= Q(**{f"{name}__icontains": word})
        condition &= anywhere
    return condition


def _counted(rows: QuerySet) -> QuerySet:
    """Rows that each know how many there are without their limit: one query for the first few and for their number."""
    return rows.annotate(found=Window(Count("pk")))


def _find_services(words: list[str], site: Site | None) -> list[Any]:
    return [_counted(published_services().filter(_all_words(words, "title", "summary", "eligibility", "product")))]


def _show_services(found: list[Model], marker: Marker) -> list[Result]:
    return [
        Result(
            marker.mark(row["service"].title),
            row["address"],
            marker.excerpt(row["service"].summary, row["service"].eligibility),
        )
        for row in catalogue(found)
    ]


def _find_pages(words: list[str], site: Site | None) -> list[Any]:
    pages = Page.objects.live().public()
    if site:
        pages = pages.descendant_of(site.root_page, inclusive=True)
    asked, pages = " ".join(words), _counted(with_leads(pages))
    return [pages.search(asked, operator="and"), pages.search(asked, operator="or")]


def _show_pages(found: list[Any], marker: Marker) -> list[Result]:
    # The body is fetched only for pages whose title and opening paragraph hold no word.
    silent = [page.pk for page in found if not marker.is_in(f"{page.title} {page.lead}")]
    texts = _bodies_of(silent) if silent else {}
    return [
        Result(
            marker.mark(page.title), page.target or page.url or "/", marker.excerpt(page.lead, *texts.get(page.pk, []))
        )
        for page in found
    ]


def _bodies_of(keys: list[int]) -> dict[int, list[str]]:
    """Running text of the pages' blocks by primary key. One query, whatever types the pages are of."""
    types = {model._meta.model_name: model for model in apps.get_app_config("home").get_models()}
    types = {name: model for name, model in types.items() if issubclass(model, ContentPage)}
    stored = Coalesce(*(Cast(f"{name}__body", TextField()) for name in types), output_field=TextField())
    rows = Page.objects.filter(pk__in=keys, content_type__model__in=types).annotate(stored=stored)
    texts = {}
    for key, kind, body in rows.values_list("pk", "content_type__model", "stored"):
        value = types[kind]._meta.get_field("body").to_python(body)
        texts[key] = [str(text) for text in value.stream_block.get_searchable_content(value)]
    return texts


def _find_laws(words: list[str], site: Site | None) -> list[Any]:
    return [_counted(containing(sources(), " ".join(words)))]


def _show_laws(found: list[Any], marker: Marker) -> list[Result]:
    return [
        Result(
            marker.mark(source.short_name),
            reverse("psk:law_detail", args=[source.code]),
            marker.excerpt(source.full_name, source.summary),
            source.get_state_display(),
        )
        for source in found
    ]


def _find_regulations(words: list[str], site: Site | None) -> list[Any]:
    return [_counted(register_rows().filter(_all_words(words, "company__name", "decree_number")))]


def _show_regulations(found: list[Any], marker: Marker) -> list[Result]:
    return [
        Result(
            marker.mark(regulation.company.name),
            reverse("psk:register_detail", args=[regulation.pk]),
            marker.mark(f"{regulation.kind} {regulation.decree_number}"),
            str(regulation.state.label),
        )
        for regulation in found
    ]


#: Gives the sets to try one after the other, until one holds something.
Finder = Callable[[list[str], Site | None], list[Any]]
Shower = Callable[[list[Any], Marker], list[Result]]

KINDS: dict[str, tuple[str | Promise, Finder, Shower]] = {
    "layanan": (_("Services"), _find_services, _show_services),
    "halaman": (_("Pages and announcements"), _find_pages, _show_pages),
    "hukum": (_("Legal basis"), _find_laws, _show_laws),
    "register": (_("Register of companies"), _find_regulations, _show_regulations),
}


def overview(question: str, site: Site | None) -> list[Group]:
    """The first results of every kind that has any."""
    words = words_of(question)
    if not words:
        return []
    marker, groups = Marker(words), []
    for slug, (title, find, show) in KINDS.items():
        for found in find(words, site):
            if first := list(found[:IN_OVERVIEW]):
                groups.append(Group(slug, title, first[0].found, show(first, marker)))
                break
    return groups


def of_kind(slug: str, question: str, site: Site | None, number: str | None) -> Group:
    """One page of all results of one kind."""
    title, find, show = KINDS[slug]
    words = words_of(question)
    tries = find(words, site) if words else []
    found = next((each for each in tries if each.count()), [])
    page = Paginator(found, PER_PAGE).get_page(number)
    return Group(slug, title, page.paginator.count, show(list(page.object_list), Marker(words)), page)


def picks(question: str) -> list[SearchPromotion]:
    """What editors put on top for these words (Settings, Promoted search results)."""
    chosen = SearchPromotion.objects.filter(query__query_string=normalise_query_string(question)).select_related("page")
    return [pick for pick in chosen if pick.page is None or pick.page.live]
