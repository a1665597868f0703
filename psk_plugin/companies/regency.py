"""Names of kabupaten and kota, written one way, and which office a company belongs to because of them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from .. import conf
from .models import Branch, Company

_PREFIXES = (
    (re.compile(r"^kab(upaten|\.)?\s+(adm(inistrasi|\.)?\s+)?", re.IGNORECASE), "Kabupaten "),
    (re.compile(r"^kota\.?\s+(adm(inistrasi|\.)?\s+)?", re.IGNORECASE), "Kota "),
)


def normalise_regency(typed: str) -> str | None:
    """`typed` as "Kabupaten Karawang" or "Kota Depok"; `None` where it does not say which of the two it is.

    "Bekasi" alone is both a kota and a kabupaten, and the difference decides who has authority.
    """
    typed = " ".join(typed.split())
    for pattern, prefix in _PREFIXES:
        if match := pattern.match(typed):
            rest = typed[match.end() :]
            return prefix + " ".join(word[:1].upper() + word[1:].lower() for word in rest.split()) if rest else None
    return None


class Level(StrEnum):
    CITY = "city"
    PROVINCE = "province"
    MINISTRY = "ministry"


@dataclass(frozen=True)
class Authority:
    """Who approves the company's regulation (Permenaker 28/2014 Ps 7(1)) and because of which branches."""

    level: Level
    office: str
    branches: tuple[Branch, ...] = ()

    @property
    def is_ours(self) -> bool:
        return self.level == Level.CITY


def authority_over(company: Company) -> Authority:
    """The office that has authority over `company`, from where its branches lie. Reads `branches` only."""
    elsewhere = tuple(company.branches_elsewhere)
    if not elsewhere:
        return Authority(Level.CITY, _("Dinas Tenaga Kerja %s") % conf.CITY)
    if all(branch.province == conf.PROVINCE for branch in elsewhere):
        return Authority(Level.PROVINCE, conf.PROVINCIAL_OFFICE, elsewhere)
    return Authority(Level.MINISTRY, conf.MINISTRY, elsewhere)
