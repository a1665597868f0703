"""Whether two companies are one: by their numbers, or by their names without what is written differently each time."""

import re
import unicodedata
from difflib import SequenceMatcher

from django.db.models import Exists, OuterRef, Q

from .models import Company, Membership

#: Legal forms and their abbreviations: one list writes them before the name, the next behind it, a third not at all.
_FORMS = {
    *("pt", "cv", "tbk", "ud", "pd", "fa", "firma", "persero", "perseroan", "terbatas", "perum", "perumda"),
    *("koperasi", "yayasan", "co", "ltd"),
}
_TRADING = re.compile(r"\b(?:perusahaan|usaha) dagang\b")
#: From here on two names of letters count as one; below lie names that share a common word.
ALIKE = 0.9
#: Shorter names are compared letter by letter: one letter is too much of them.
SHORT = 6
#: Census companies of one kecamatan whose names are looked through.
MOST_COMPARED = 3000
#: Companies named to somebody who registers.
MOST_NAMED = 3


def normalised(name: str) -> str:
    """The name in small letters without legal form, punctuation and accents: "PT. Maju-Jaya, Tbk" is "maju jaya".

    A name that consists of nothing else keeps its words.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("&", " dan ")
    plain = re.sub(r"['`]|(?<=\b[a-z])\.(?=[a-z]\b)", "", plain)
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join([word for word in _TRADING.sub("", " ".join(words)).split() if word not in _FORMS] or words)


def npwp_key(npwp: str) -> str:
    """An NPWP so that the card with 15 digits and the one with 16 are the same; empty where there is none."""
    return npwp.zfill(16) if npwp.strip("0") else ""


def _figures(name: str) -> list[str]:
    return re.findall(r"[0-9]+", name)


def are_alike(one: str, other: str) -> bool:
    """Whether two normalised names are the same but for a slip of the pen. Other figures are another company."""
    if not one or not other:
        return False
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    if min(len(one), len(other)) < SHORT or _figures(one) != _figures(other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def claimable():
    """Companies that the office knows from its census and that nobody manages yet."""
    owned = Exists(Membership.objects.owners().filter(company=OuterRef("pk")))
    return Company.objects.filter(~owned, source=Company.Source.CENSUS)


def census_matches(*, nib: str, npwp: str, name: str, kecamatan: str) -> list[Company]:
    """Census companies without people that may be the one somebody registers, the surest first.

    Same NIB; same NPWP; or no NIB and a name like it in the same kecamatan. A constant number of queries.
    """
    numbers = Q(nib=nib) if nib else Q(pk__in=[])
    if key := npwp_key(npwp):
        numbers |= Q(npwp__in={key, key[1:]} if key.startswith("0") else {key})
    found = {company.pk: company for company in claimable().filter(numbers).order_by("pk")[:MOST_NAMED]}
    if (typed := normalised(name)) and kecamatan:
        nearby = claimable().filter(nib__isnull=True, kecamatan=kecamatan).order_by("pk")
        alike = [
            pk for pk, other in nearby.values_list("pk", "name")[:MOST_COMPARED] if are_alike(typed, normalised(other))
        ]
        missing = [pk for pk in alike if pk not in found][:MOST_NAMED]
        if missing:
            found |= {company.pk: company for company in claimable().filter(pk__in=missing).order_by("pk")}
    return sorted(found.values(), key=lambda c: (c.nib != nib or not nib, c.pk))[:MOST_NAMED]
