"""Who may open a ticket: staff who answer, and the person who wrote it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from .models import Ticket

ANSWER = "psk_plugin.answer_ticket"
#: In the session: numbers of the tickets that this browser has opened by their secret link or by number and e-mail.
OPENED = "psk_tickets"
MOST_OPENED = 20


def colleagues() -> QuerySet:
    """People to whom a ticket can be given: active, and in a group that answers or allowed by themselves."""
    return get_user_model()._default_manager.with_perm(
        ANSWER, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )


def groups() -> QuerySet[Group]:
    """Groups to which a ticket can be given."""
    return Group.objects.filter(
        permissions__codename="answer_ticket", permissions__content_type__app_label="psk_plugin"
    ).order_by("name")


def waiting_count(request: HttpRequest) -> int:
    """How many tickets wait for the person: one query a request, however often it is asked."""
    if not hasattr(request, "_psk_tickets"):
        request._psk_tickets = Ticket.objects.on_our_side().for_desk_of(request.user).count()
    return request._psk_tickets


def remember(request: HttpRequest, ticket: Ticket) -> None:
    """This browser may open the ticket from now on."""
    opened = [number for number in request.session.get(OPENED, []) if number != ticket.number]
    request.session[OPENED] = [*opened, ticket.number][-MOST_OPENED:]


def may_open(request: HttpRequest, ticket: Ticket) -> bool:
    """Whether the person at this browser is the one who wrote the ticket."""
    is_own = request.user.is_authenticated and ticket.user_id == request.user.pk
    return is_own or ticket.number in request.session.get(OPENED, [])
