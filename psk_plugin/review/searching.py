"""Applications by what somebody typed: numbers, company, NIB; every word has to fit."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .. import finder
from ..companies.finding import FEW, of_companies
from ..submissions.models import Submission
from .access import SEE_ALL, visible_to


def narrow(rows: QuerySet[Submission], text: str) -> QuerySet[Submission]:
    """Those of `rows` in which each word stands in a number, the company's name or its NIB."""
    for word in finder.words_of(text):
        rows = rows.filter(has_number(word) | of_companies(word))
    return rows


def has_number(word: str) -> Q:
    """Applications with the word in one of their numbers.

    Where they are few, by key: a list asks for them once per desk, and all numbers begin alike, which takes an index
    of words some time.
    """
    condition = Q(number__icontains=word) | Q(registration_number__icontains=word)
    found = list(Submission.objects.filter(condition).order_by().values_list("pk", flat=True)[: FEW + 1])
    return Q(pk__in=found) if len(found) <= FEW else condition


def find_applications(request: HttpRequest, text: str) -> finder.Group:
    """The person's applications, newest first."""
    rows = narrow(visible_to(request.user), text).select_related("company", "service")
    rows = rows.only("number", "status", "company__name", "company__nib", "service__title")
    found = list(rows.order_by("-filed_at", "-pk")[: finder.MOST + 1])
    hits = [
        finder.Hit(
            row.number,
            reverse("psk_desk:desk", args=[row.pk]),
            f"{row.company.name} · {row.company.nib} · {row.service.title} · {row.get_status_display()}",
        )
        for row in found[: finder.MOST]
    ]
    more = len(found) > finder.MOST and request.user.has_perm(SEE_ALL)
    address = f"{reverse('psk_semua-permohonan_modeladmin_index')}?{urlencode({'q': text})}" if more else ""
    return finder.Group(_("Applications"), "list-ul", hits, address)
