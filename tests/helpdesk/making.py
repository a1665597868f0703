"""Reports for tests, made through the room's own verbs."""

import datetime as dt

from django.utils import timezone

from psk_plugin import roles
from psk_plugin.helpdesk import verbs
from psk_plugin.helpdesk.loader import load_categories
from psk_plugin.helpdesk.models import Ticket, TicketCategory, TicketEntry
from psk_plugin.records import intake

from .. import factories

_counter = iter(range(1, 1_000_000))


def category() -> TicketCategory:
    load_categories()
    return TicketCategory.objects.order_by("sort_order").first()


def stored(name: str = "bukti.pdf", data: bytes | None = None):
    """A stored file with its name, as the verbs take it."""
    data = data or factories.pdf_bytes(name)
    return intake.keep(data, intake.look(data, ["pdf"], 5)), name


def ticket(*, kind: str = "complaint", user=None, files=(), message: str = "Sudah dua pekan tanpa kabar.", **values):
    """A report as it has just come in."""
    number = next(_counter)
    base = {
        "kind": kind,
        "category": category(),
        "subject": f"Belum ada kabar {number}",
        "name": "Warga Contoh",
        "email": f"warga{number}@contoh.test",
    }
    return verbs.file_ticket(base | values, message, user=user, files=files, form_key=f"kunci-{number}")


def officer(**kwargs):
    """Somebody of the group that does nothing but answer."""
    return factories.of_group(roles.PENGADUAN, **kwargs)


def move_back(row: Ticket, days: int) -> Ticket:
    """As if everything about the report had happened `days` calendar days earlier."""
    shift = dt.timedelta(days=days)
    for entry in row.entries.all():
        TicketEntry.objects.filter(pk=entry.pk).update(at=entry.at - shift)
    row.refresh_from_db()
    row.created_at -= shift
    row.closed_at = row.closed_at and row.closed_at - shift
    row.save()
    return row


def at(day: dt.date, hour: int = 10) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


#: Steps of staff or the reporter that bring a new report into each state.
def in_state(state: str, **values) -> Ticket:
    row, user = ticket(**values), officer()
    if state in ("open", "waiting", "answered", "closed"):
        verbs.act(row, "take", user)
    if state == "waiting":
        verbs.act(row, "ask", user, text="Nomor permohonannya berapa?")
    if state in ("answered", "closed"):
        verbs.act(row, "answer", user, text="Sudah kami periksa.")
    if state == "closed":
        verbs.act(row, "close", user, text="Selesai.", given=verbs.Given(reason="settled"))
    row.refresh_from_db()
    assert row.state == state
    return row
