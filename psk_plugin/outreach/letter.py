"""A letter of the office as such: its parts, and the two shapes in which it goes out, plain text and HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from .. import conf
from ..office.models import OfficeSettings

#: Stands in the letter to a union where the sent mail has the secret of its link.
SECRET_MARK = "TAUTAN-RAHASIA"  # noqa: S105 - no secret, the place of one
#: Of `Mail.subject`.
MAX_SUBJECT = 200


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Item:
    """One finding as the company reads it."""

    where: str
    problem: str
    request: str
    legal_basis: str = ""


@dataclass(frozen=True)
class Line:
    """One row of a part: a title (may be empty), words, and where it leads."""

    title: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Part:
    """Rows under a heading; `more` says how many are not shown."""

    heading: str
    lines: Sequence[Line]
    more: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter: what happened, facts, what to do and by when, where to go."""

    subject: str
    happened: Sequence[str]
    facts: Sequence[tuple[str, str]]
    to_do: Sequence[str] = ()
    items: Sequence[Item] = ()
    quote: str = ""
    quote_label: str = ""
    button: Link | None = None
    links: Sequence[Link] = ()
    parts: Sequence[Part] = ()
    #: To people of the office: nothing of fees, no salutation to a company.
    is_to_staff: bool = False

    def text(self) -> str:
        return render_to_string("psk_plugin/mail/letter.txt", self._context()).strip() + "\n"

    def html(self) -> str:
        return render_to_string("psk_plugin/mail/letter.html", self._context())

    def _context(self) -> dict:
        office = OfficeSettings.load()
        return {"letter": self, "office": office, "city": conf.CITY}


def one_line(text: str, limit: int = MAX_SUBJECT) -> str:
    """`text` fit for a mail's header: no line breaks or control characters, at most `limit` characters."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def public_url(path: str) -> str:
    """The address under which the public reaches `path`."""
    return conf.PUBLIC_URL.rstrip("/") + path
