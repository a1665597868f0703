"""What the office writes to the person behind a ticket. Each function gives a `Letter`; nothing is sent here."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..outreach.letter import SECRET_MARK, Letter, Link, one_line, public_url
from ..outreach.models import Mail, Occasion
from .clocks import Clock
from .models import Ticket, TicketEntry


def _facts(ticket: Ticket, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Report number"), ticket.number),
        (_("Kind"), ticket.get_kind_display()),
        (_("Subject"), ticket.subject),
        *more,
    ]


def _letter(ticket: Ticket, occasion: str, happened: list[str], **more) -> Letter:
    return Letter(
        subject=one_line(f"{occasion}: {ticket.number}"),
        happened=happened,
        facts=more.pop("facts", None) or _facts(ticket),
        button=Link(_("Open the report"), public_url(reverse("psk:ticket_open", args=[SECRET_MARK]))),
        **more,
    )


def received(ticket: Ticket, clock: Clock) -> Letter:
    """`clock`: the handling clock, whose day is promised."""
    return _letter(
        ticket,
        _("We have received your report"),
        [_("Your report has reached our office.")],
        facts=_facts(
            ticket,
            (_("Received"), date_format(localtime(ticket.created_at), "j F Y, H.i")),
            (_("Answer by"), date_format(clock.due, "j F Y")),
        ),
        to_do=[
            _("Follow the report with the button below. The link is yours alone: whoever has it can read the report."),
            _("You can also look it up with the report number and this e-mail address."),
        ],
    )


def answered(ticket: Ticket, entry: TicketEntry) -> Letter:
    return _letter(
        ticket,
        _("Answer to your report"),
        [_("Our office has answered your report.")],
        quote=entry.text,
        quote_label=_("Answer:"),
        to_do=[_("If this does not settle the matter, open the report and write to us.")],
    )


def asked(ticket: Ticket, entry: TicketEntry) -> Letter:
    return _letter(
        ticket,
        _("We need something from you"),
        [_("To go on with your report we need your answer to a question.")],
        quote=entry.text,
        quote_label=_("Question:"),
        to_do=[_("Please open the report and reply there.")],
    )


def closed(ticket: Ticket, entry: TicketEntry, days: int) -> Letter:
    """`days`: calendar days in which it can be reopened."""
    return _letter(
        ticket,
        _("Your report has been closed"),
        [_("Our office has closed your report.")],
        facts=_facts(ticket, (_("Reason"), entry.details.get("reason_words", ""))),
        quote=entry.text,
        quote_label=_("Note of the office:"),
        to_do=[_("If it is not settled, you can reopen it within %d days from the page of the report.") % days],
    )


def reopened(ticket: Ticket, entry: TicketEntry) -> Letter:
    return _letter(
        ticket,
        _("Your report has been reopened"),
        [_("Our office has reopened your report and goes on with it.")],
        quote=entry.text,
        quote_label=_("Note of the office:"),
    )


#: Staff's action -> occasion of the mail it causes.
OCCASIONS = {
    "answer": Occasion.TICKET_ANSWERED,
    "ask": Occasion.TICKET_ASKED,
    "close": Occasion.TICKET_CLOSED,
    "reopen_by_staff": Occasion.TICKET_REOPENED,
}


def secret_of(mail: Mail) -> str:
    """The secret of the report that a mail of ours is about, from the mail's key; empty where it is gone."""
    pk = mail.key.split(":")[1]
    return Ticket.objects.filter(pk=pk).values_list("token", flat=True).first() or ""
