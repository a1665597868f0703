"""The whole life of a company with the office: everything kept about it by the rooms below, in one order."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..companies.models import Company
from ..decrees.models import Decree
from ..helpdesk.models import Ticket
from ..meetings.verbs import attendances_of
from ..outreach.models import Mail
from ..submissions.models import Submission
from ..submissions.trail import Event

#: Rows of each sort that one page shows at most, newest first.
MOST = 200


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `url` is empty where the reader has nowhere to go."""

    at: dt.datetime
    sort: str
    title: str
    text: str = ""
    url: str = ""


#: What rooms above know about a company; each registers itself by `source`.
SOURCES: list[Callable[[Company, Any], Iterable[Entry]]] = []


def source(find: Callable[[Company, Any], Iterable[Entry]]) -> Callable[[Company, Any], Iterable[Entry]]:
    """Let a room above this one add what it knows: at most `MOST` entries, a constant number of queries."""
    SOURCES.append(find)
    return find


def life_of(company: Company, user) -> list[Entry]:
    """Newest first, a constant number of queries. Links only to what `user` may open."""
    entries = [Entry(company.created_at, _("Company"), _("Known to the office"))]
    for part in (_applications, _decrees, _mails, _meetings, _tickets, *SOURCES):
        entries += part(company, user)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _applications(company: Company, user) -> Iterator[Entry]:
    rows = Submission.objects.filed().filter(company=company).select_related("service").order_by("-filed_at", "-pk")
    may_open = user.has_perm("psk_plugin.view_all_submissions")
    for row in rows[:MOST]:
        url = reverse("psk_desk:desk", args=[row.pk]) if may_open else ""
        yield Entry(row.filed_at, _("Application"), _("%s filed") % row.number, row.service.title, url)
        if row.closed_at:
            yield Entry(row.closed_at, _("Application"), f"{row.number}: {row.get_status_display()}", "", url)
    sent_back = Event.objects.filter(submission__company=company, action="return").select_related("submission")
    for event in sent_back.order_by("-at")[:MOST]:
        url = reverse("psk_desk:desk", args=[event.submission_id]) if may_open else ""
        yield Entry(event.at, _("Application"), _("%s returned for repair") % event.submission.number, "", url)


def _decrees(company: Company, user) -> Iterator[Entry]:
    may_open = user.has_perm("psk_plugin.view_decree")
    for decree in Decree.objects.filter(company=company).order_by("-signed_at")[:MOST]:
        url = reverse("psk_decree_detail", args=[decree.pk]) if may_open else ""
        yield Entry(decree.signed_at, decree.document_name, decree.number, decree.regulation_title, url)
        if decree.revoked_on:
            yield Entry(_morning(decree.revoked_on), decree.document_name, _("%s revoked") % decree.number, "", url)


def _mails(company: Company, user) -> Iterator[Entry]:
    """A letter to several people of the company is one thing that happened."""
    mails = Mail.objects.filter(submission__company=company).order_by()
    grouped = mails.values("submission_id", "event_id", "code", "subject").annotate(at=Max("created_at"), pk=Max("pk"))
    may_open = user.has_perm("psk_plugin.view_mail")
    for mail in grouped.order_by("-at")[:MOST]:
        url = reverse("psk_mail_detail", args=[mail["pk"]]) if may_open else ""
        yield Entry(mail["at"], _("Mail"), mail["subject"], "", url)


def _meetings(company: Company, user) -> Iterator[Entry]:
    for attendance in attendances_of(company)[:MOST]:
        meeting = attendance.meeting
        yield Entry(meeting.starts_at, _("Meeting"), _("Attended: %s") % meeting.title)


def _tickets(company: Company, user) -> Iterator[Entry]:
    may_open = user.has_perm("psk_plugin.answer_ticket")
    for ticket in Ticket.objects.filter(company=company).select_related("category").order_by("-created_at")[:MOST]:
        url = reverse("psk_ticket", args=[ticket.pk]) if may_open else ""
        yield Entry(ticket.created_at, _("Report"), ticket.number, str(ticket.category), url)


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(8)))
