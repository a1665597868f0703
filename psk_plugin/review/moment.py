"""One line of a timeline, and a person's name in it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..persons import full_name


@dataclass(frozen=True)
class Moment:
    """One line. `is_internal`: the company does not see it. `stay`: how long the stage that ends here had the file."""

    at: dt.datetime
    title: str
    who: str
    is_by_company: bool = False
    is_internal: bool = False
    stage: str = ""
    text: str = ""
    facts: tuple[str, ...] = ()
    stay: str = ""
    stay_is_late: bool = False


def name_of(user) -> str:
    """A person's name as colleagues know it."""
    return (full_name(user) or user.get_username()) if user else _("Account no longer exists")


def in_halves(sha256: str) -> str:
    """A hash that can be broken in the middle, where 64 letters would run over the edge of a page."""
    return f"{sha256[:32]} {sha256[32:]}"
