"""Films that stand elsewhere, shown without a word to their owner until the visitor asks for them."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
_VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}


@dataclass(frozen=True)
class Video:
    """Whose player it is, the player's address, and the page on which the film stands."""

    owner: str
    player: str
    page: str


def find_video(address: str) -> Video | None:
    """The film an address names; None where it names none of the two services known."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    host, path = (parts.hostname or "").lower(), parts.path
    if parts.scheme != "https" and parts.scheme != "http":
        return None
    if host in _YOUTUBE:
        named = re.fullmatch(r"/(?:embed/|shorts/|live/)?([\w-]{11})/?", path) if path != "/watch" else None
        code = named[1] if named else parse_qs(parts.query).get("v", [""])[0]
        if not re.fullmatch(r"[\w-]{11}", code, re.ASCII):
            return None
        player = f"https://www.youtube-nocookie.com/embed/{code}?autoplay=1&rel=0"
        return Video("YouTube", player, f"https://www.youtube.com/watch?v={code}")
    if host in _VIMEO and (named := re.fullmatch(r"/(?:video/)?(\d{1,12})/?", path, re.ASCII)):
        return Video(
            "Vimeo", f"https://player.vimeo.com/video/{named[1]}?autoplay=1&dnt=1", f"https://vimeo.com/{named[1]}"
        )
    return None
