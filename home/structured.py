"""What search engines read: schema.org data of the office's pages, as dictionaries for JSON-LD."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import strip_tags

Data = dict[str, Any]


def absolute(address: str, request: HttpRequest) -> str:
    """The address with scheme and host, as other sites need it."""
    return address if address.startswith(("http://", "https://")) else request.build_absolute_uri(address)


def plain(html: Any) -> str:
    """Running text of a piece of HTML."""
    return " ".join(strip_tags(re.sub(r"</(p|li|h\d|dd|dt)>|<br/?>", " ", str(html))).split())


def _office(request: HttpRequest) -> Any:
    from home.models import OfficeSettings

    return OfficeSettings.for_request(request)


def organisation(request: HttpRequest) -> Data:
    """The office itself, from its settings."""
    office = _office(request)
    data: Data = {
        "@type": "GovernmentOrganization",
        "@id": request.build_absolute_uri("/#dinas"),
        "name": office.name,
        "alternateName": office.short_name,
        "url": request.build_absolute_uri("/"),
        "logo": absolute(static("site/card.png"), request),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": " ".join(office.address.split()),
            "addressCountry": "ID",
        },
    }
    if office.email:
        data["email"] = office.email
    if office.phone_link:
        data["telephone"] = office.phone_link
    if office.map_url:
        data["hasMap"] = office.map_url
    if office.social:
        data["sameAs"] = [absolute(block.value.href, request) for block in office.social]
    return data


def website(request: HttpRequest) -> Data:
    """The site, with its search."""
    return {
        "@type": "WebSite",
        "name": _office(request).short_name,
        "url": request.build_absolute_uri("/"),
        "inLanguage": settings.LANGUAGE_CODE.split("-")[0],
        "publisher": {"@id": request.build_absolute_uri("/#dinas")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": request.build_absolute_uri("/cari/") + "?q={search_term_string}",
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumb(trail: Iterable[Any], page: Any, request: HttpRequest) -> Data:
    """The way from the front page to this page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step.title, "item": step.get_full_url(request)}
            for place, step in enumerate([*trail, page], 1)
        ],
    }


def news_article(page: Any, request: HttpRequest) -> Data:
    """An announcement."""
    office = _office(request)
    data: Data = {
        "@type": "NewsArticle",
        "headline": page.title[:110],
        "description": page.summary,
        "datePublished": page.date.isoformat(),
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else "",
        "mainEntityOfPage": page.get_full_url(request),
        "author": {"@type": "GovernmentOrganization", "name": office.name, "url": request.build_absolute_uri("/")},
        "publisher": {"@id": request.build_absolute_uri("/#dinas")},
        "inLanguage": "id",
    }
    if page.image:
        data["image"] = [absolute(page.image.get_rendition("fill-1200x630|format-jpeg").url, request)]
    return {name: value for name, value in data.items() if value}


def government_service(page: Any, services: Iterable[Any], request: HttpRequest) -> list[Data]:
    """The services whose form stands on the page."""
    return [
        {
            "@type": "GovernmentService",
            "name": service.title,
            "description": service.summary,
            "url": page.get_full_url(request),
            "serviceType": service.get_kind_display(),
            "serviceOutput": {"@type": "Thing", "name": service.product},
            "provider": organisation(request),
            "areaServed": {"@type": "AdministrativeArea", "name": "Kota Bekasi"},
            "availableChannel": {
                "@type": "ServiceChannel",
                "serviceUrl": page.get_full_url(request),
                "availableLanguage": "id",
            },
        }
        for service in services
    ]


def questions(pairs: Iterable[tuple[str, str]]) -> list[Data]:
    """Questions with answers, or nothing."""
    entities = [
        {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": plain(answer)}}
        for question, answer in pairs
    ]
    return [{"@type": "FAQPage", "mainEntity": entities}] if entities else []
