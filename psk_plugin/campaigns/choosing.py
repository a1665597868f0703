"""Which companies a campaign means: its filter as one query, and in words."""

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..companies.choices import Kecamatan, Sector
from ..companies.models import Company
from ..compliance.standing import Size, Standing, companies_on
from .models import Campaign, Exclusion

#: Part of the filter -> its choices. Standings first: they are what a campaign is about.
CHOICES = {"standings": Standing, "kecamatans": Kecamatan, "sectors": Sector, "sizes": Size}


def codes_of(campaign: Campaign, part: str) -> list[str]:
    """The codes chosen in one part of the filter; what no choice has (any more) is left out."""
    return [code for code in campaign.conditions.get(part, []) if code in CHOICES[part].values]


def day_of(campaign: Campaign) -> dt.date:
    """The day on which companies must stand so."""
    return campaign.day or (timezone.localdate(campaign.sent_at) if campaign.sent_at else timezone.localdate())


def matching(campaign: Campaign) -> QuerySet[Company]:
    """Companies that the filter finds, with `standing`, `headcount` and the rest of `companies_on`, by name.

    Those left out by hand are among them, marked by `is_left_out`.
    """
    companies = companies_on(day_of(campaign))
    for part, field in (("standings", "standing"), ("kecamatans", "kecamatan"), ("sectors", "sector")):
        if codes := codes_of(campaign, part):
            companies = companies.filter(**{f"{field}__in": codes})
    if codes := codes_of(campaign, "sizes"):
        companies = companies.filter(reduce(or_, (_of_size(Size(code)) for code in codes)))
    left_out = Exclusion.objects.filter(campaign=campaign, company=OuterRef("pk"))
    return companies.annotate(is_left_out=Exists(left_out)).order_by("name", "pk")


def _of_size(size: Size) -> Q:
    first, last = size.bounds
    return Q(headcount__gte=first) if last is None else Q(headcount__range=(first, last))


def held_back_of(total: int, percent: int) -> int:
    """How many of `total` companies are kept out at random; one at least is written to."""
    return min(round(total * percent / 100), max(total - 1, 0))


def in_words(campaign: Campaign) -> list[tuple[str, str]]:
    """The filter as label and words; parts that do not limit are left out."""
    labels = {"standings": _("Standing"), "kecamatans": _("Kecamatan"), "sectors": _("Sector"), "sizes": _("Size")}
    rows = [
        (label, ", ".join(str(CHOICES[part](code).label) for code in codes))
        for part, label in labels.items()
        if (codes := codes_of(campaign, part))
    ]
    if not rows:
        rows.append((_("Companies"), _("all that the office knows")))
    if campaign.day or campaign.sent_at:
        rows.append((_("As on"), date_format(day_of(campaign), "j F Y")))
    else:
        rows.append((_("As on"), _("the day on which it is sent")))
    return rows
