"""Companies by a word that somebody typed."""

from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .. import finder
from .models import Company

#: Up to here a word points at certain companies; beyond it is so common that it hardly narrows anything.
FEW = 200


def companies_by_word(word: str) -> list[int] | None:
    """Keys of the companies with the word in their name or NIB; `None` where there are more than `FEW`."""
    found = list(Company.objects.filter(has_word(word)).order_by().values_list("pk", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None


def has_word(word: str, path: str = "") -> Q:
    """The condition; `path` leads to the company, as in `company__`."""
    condition = Q(**{f"{path}name__icontains": word})
    # An NIB is digits alone.
    return condition | Q(**{f"{path}nib__icontains": word}) if word.isascii() and word.isdigit() else condition


def of_companies(word: str) -> Q:
    """For rows that have a `company`: those of companies with the word.

    First the companies, then their rows: so each table answers from its own index. Common words are compared row by
    row, which is quick because nearly every row fits.
    """
    found = companies_by_word(word)
    return has_word(word, "company__") if found is None else Q(company__in=found)


def find_companies(request: HttpRequest, text: str) -> finder.Group:
    """Companies for who may see their pages."""
    rows = Company.objects.only("name", "nib", "kecamatan")
    for word in finder.words_of(text):
        rows = rows.filter(has_word(word))
    found = list(rows.order_by(Lower("name"), "pk")[: finder.MOST + 1])
    hits = [
        finder.Hit(row.name, reverse("psk_company", args=[row.pk]), f"{row.identity} · {row.get_kecamatan_display()}")
        for row in found[: finder.MOST]
    ]
    more = len(found) > finder.MOST
    address = f"{reverse('psk_perusahaan_modeladmin_index')}?{urlencode({'q': text})}" if more else ""
    return finder.Group(_("Companies"), "group", hits, address)
