"""People who press at the same moment, on real connections."""

import pytest

from psk_plugin.helpdesk import verbs
from psk_plugin.helpdesk.models import Ticket
from psk_plugin.submissions.errors import LifecycleError

from ..companies.test_at_once import at_once
from . import making

pytestmark = pytest.mark.django_db(transaction=True)


def values() -> dict:
    return {
        "kind": "question",
        "category": making.category(),
        "subject": "Bersamaan",
        "name": "Warga",
        "email": "warga@contoh.test",
    }


def test_one_form_sent_twice_at_once_is_one_report_with_one_number():
    what = values()
    outcomes = at_once(*(lambda: verbs.file_ticket(what, "Sama.", form_key="k") for _n in range(3)))
    assert len({row.pk for row in outcomes}) == 1
    assert Ticket.objects.count() == 1


def test_reports_at_once_get_consecutive_numbers():
    what = values()
    outcomes = at_once(*(lambda n=n: verbs.file_ticket(what, "Beda.", form_key=str(n)) for n in range(5)))
    assert sorted(row.number[-5:] for row in outcomes) == [f"{n:05}" for n in range(1, 6)]


def test_two_answers_to_what_both_saw_are_one_answer():
    row, first, second = making.ticket(), making.officer(), making.officer()
    seen = row.entries.get().pk
    outcomes = at_once(*(lambda u=u: verbs.act(row, "answer", u, text="Ya.", seen=seen) for u in (first, second)))
    assert sum(isinstance(outcome, LifecycleError) for outcome in outcomes) == 1
    assert row.entries.filter(action="answer").count() == 1
