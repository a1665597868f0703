"""Tests run in an office that is years along: each table of ours counts from a number with seven digits.

Indonesian writes 1000 as 1.000, and a template writes every number so: `value="{{ row.pk }}"` works until the
thousandth row. With numbers as these the first row shows it; `NoGroupedKeys` looks into every page that is answered.
No two tables count from the same number, so that the key of one thing is never taken for that of another.
"""

import re

from django.apps import apps
from django.db import connection

FIRST, APART = 1_000_000, 1_000
OURS = ("psk_plugin", "home", "auth")
#: A key as a person's number: from 1.000.001 on.
_GROUPED = re.compile(rb"(?<![\w.])1\.[0-3]\d\d\.\d{3}(?![\w.])")
#: What a drawing's line is made of looks alike and is none.
_LINES = re.compile(rb"\bd=\"[^\"]*\"")


def count_from_far() -> None:
    """Let the keys of all our tables begin far along."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    keyed = [model for model in models if model._meta.auto_field is not None]
    with connection.cursor() as cursor:
        for place, model in enumerate(keyed):
            start = FIRST + APART * place
            table, column = model._meta.db_table, model._meta.pk.column
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start])
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                    [connection.ops.quote_name(table), column, start],
                )


class NoGroupedKeys:
    """Middleware of the suite: fails where a page holds a key with separators of thousands."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            page = _LINES.sub(b"", response.content)
            found = _GROUPED.search(page)
            if found:
                around = page[max(0, found.start() - 120) : found.end() + 40].decode(errors="replace")
                raise AssertionError(f"{request.path} holds a key with separators of thousands: …{around}…")
        return response
