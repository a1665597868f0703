"""Meetings and registrations for tests, made through the room's own verbs."""

import datetime as dt

from django.utils import timezone

from psk_plugin.meetings import verbs
from psk_plugin.meetings.models import Meeting, Registration

_counter = iter(range(1, 1_000_000))


def meeting(*, days: float = 10, capacity: int = 3, **values) -> Meeting:
    """A published meeting that begins in `days` days, three hours long, open for registration."""
    starts = timezone.now() + dt.timedelta(days=days)
    base = {
        "title": f"Sosialisasi penyusunan PP {next(_counter)}",
        "description": "<p>Untuk perusahaan yang belum memiliki PP.</p>",
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=3),
        "place": "Aula Dinas Tenaga Kerja",
        "is_published": True,
    }
    return Meeting.objects.create(capacity=capacity, **base | values)


def person(**values) -> verbs.Person:
    number = next(_counter)
    base = {"name": f"Peserta {number}", "email": f"peserta{number}@contoh.test", "company_name": f"PT Contoh {number}"}
    return verbs.Person(**base | values)


def registration(row: Meeting, **values) -> Registration:
    return verbs.register(row, person(**values))


def begin(row: Meeting, hours_ago: float = 1) -> Meeting:
    """As if the meeting had begun so long ago."""
    row.starts_at = timezone.now() - dt.timedelta(hours=hours_ago)
    row.ends_at = row.starts_at + dt.timedelta(hours=3)
    row.save()
    return row
