"""Decrees by what somebody typed: number, company, NIB."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .. import finder
from ..companies.finding import of_companies
from ..review.access import visible_to
from .models import Decree

VIEW = "psk_plugin.view_decree"


def find_decrees(request: HttpRequest, text: str) -> finder.Group:
    """All decrees for who may see their pages; for other reviewers those of their applications, which lead there."""
    may_see = request.user.has_perm(VIEW)
    rows = Decree.objects.only("number", "company_name", "issued_on", "submission_id")
    for word in finder.words_of(text):
        rows = rows.filter(Q(number__icontains=word) | of_companies(word))
    if not may_see:
        rows = rows.filter(submission__in=visible_to(request.user).order_by().values("pk"))
    found = list(rows.order_by("-issued_on", "-sequence", "-pk")[: finder.MOST + 1])
    hits = [
        finder.Hit(
            row.number,
            reverse("psk_decree_detail", args=[row.pk])
            if may_see
            else reverse("psk_desk:desk", args=[row.submission_id]),
            f"{row.company_name} · {date_format(row.issued_on, 'j F Y')}",
        )
        for row in found[: finder.MOST]
    ]
    more = len(found) > finder.MOST and may_see
    address = f"{reverse('psk_keputusan_modeladmin_index')}?{urlencode({'q': text})}" if more else ""
    return finder.Group(_("Decrees"), "doc-full", hits, address)
