"""Two people press at the same moment: one decision counts, the other person is told."""

import threading

import pytest
from django.db import connection

from psk_plugin.review import verbs
from psk_plugin.submissions.errors import LifecycleError
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding, Submission

from .. import factories


def at_once(*doings) -> list:
    """Run each in a thread of its own, all released together; what each gave or raised."""
    gate, outcomes = threading.Barrier(len(doings)), [None] * len(doings)

    def run(position: int, doing) -> None:
        try:
            gate.wait(timeout=20)
            outcomes[position] = doing()
        except LifecycleError as error:
            outcomes[position] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_and_two_judgements_at_once_one_counts(office):
    submission = factories.filed(office, steps=1)
    colleague = factories.staff("verifikator")
    decided = at_once(
        lambda: perform(submission, "declare_complete", office.verifikator, revision=submission.revision),
        lambda: perform(submission, "declare_complete", colleague, revision=submission.revision),
    )
    assert sorted(isinstance(outcome, LifecycleError) for outcome in decided) == [False, True]
    assert submission.events.filter(action="declare_complete").count() == 1

    submission = Submission.objects.get(pk=submission.pk)
    finding = factories.finding(submission, office.korektor, state=Finding.State.ANSWERED)
    second = factories.staff("korektor")
    judged = at_once(
        lambda: verbs.accept(submission, office.korektor, finding.pk),
        lambda: verbs.ask_again(submission, second, finding.pk),
    )
    assert sorted(isinstance(outcome, LifecycleError) for outcome in judged) == [False, True]
    finding.refresh_from_db()
    assert finding.state in (Finding.State.ACCEPTED, Finding.State.DROPPED)
    assert submission.findings.count() == (1 if finding.state == Finding.State.ACCEPTED else 2)
