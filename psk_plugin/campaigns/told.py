"""What this room adds to the life of a company: the letters of campaigns, and what the company answered."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from ..companies.models import Company
from ..compliance.life import MOST, Entry, source
from .models import Addressee, Reply


@source
def letters_of(company: Company, user) -> Iterator[Entry]:
    """One entry per letter and per answer. Two queries."""
    may_open = user.has_perm("psk_plugin.view_campaign")
    rows = Addressee.objects.addressed().filter(company=company).select_related("campaign")
    for row in rows.order_by("-campaign__sent_at")[:MOST]:
        url = reverse("psk_addressee", args=[row.pk]) if may_open else ""
        yield Entry(row.campaign.sent_at, _("Letter"), row.number, row.campaign.subject, url)
    replies = Reply.objects.filter(addressee__company=company).select_related("addressee")
    for reply in replies.order_by("-at")[:MOST] if may_open else ():
        url = reverse("psk_addressee", args=[reply.addressee_id])
        yield Entry(reply.at, str(reply.get_way_display()), str(reply.get_follow_up_display()), reply.text, url)
