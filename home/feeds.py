"""The newest announcements for feed readers."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed

from home.models import OfficeSettings
from home.models.announcements import FEED_LENGTH, AnnouncementIndexPage, AnnouncementPage

KINDS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
CACHE_SECONDS = 300


def _moment(day: dt.date) -> dt.datetime:
    """The day's first moment at the office: feeds want a time of day, announcements have a date."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def announcement_feed(index: AnnouncementIndexPage, request: HttpRequest, kind: str) -> HttpResponse:
    """The list's newest entries as RSS (`kind` "rss") or Atom ("atom"); only summaries, the rest is on the site."""
    office = OfficeSettings.for_request(request)
    address = index.get_full_url(request)
    here = request.build_absolute_uri(request.path)
    feed = KINDS[kind](
        title=f"{index.title} {office.name}",
        link=address,
        description=index.summary or index.title,
        language="id",
        feed_url=here,
        author_name=office.name,
        feed_guid=address,
    )
    newest = AnnouncementPage.objects.child_of(index).newest()[:FEED_LENGTH]
    for announcement in newest:
        where = announcement.get_full_url(request)
        feed.add_item(
            title=announcement.title,
            link=where,
            description=announcement.summary,
            unique_id=where,
            pubdate=_moment(announcement.date),
            updateddate=announcement.last_published_at or _moment(announcement.date),
            categories=[announcement.category.name],
            enclosures=_picture(announcement, request),
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
    return response


def _picture(announcement: Any, request: HttpRequest) -> list[Enclosure]:
    """The announcement's small picture, if it has one and its file is there."""
    if not announcement.image:
        return []
    rendition = announcement.image.get_rendition("fill-640x360|format-webp")
    try:
        size = rendition.file.size
    except OSError:
        return []
    return [Enclosure(request.build_absolute_uri(rendition.url), str(size), "image/webp")]
