"""Many people pressing at once: real threads, real connections, PostgreSQL's real locks."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection

from psk_plugin.decrees.models import Decree
from psk_plugin.decrees.rendering import render_once
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.submissions.errors import LifecycleError
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories
from . import making

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def _at_once(work, arguments: list) -> list:
    """What `work` returned or raised for each argument, all started at the same moment."""
    start = threading.Barrier(len(arguments))

    def run(argument):
        close_old_connections()
        try:
            start.wait(timeout=30)
            return work(argument)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def test_twenty_signatures_at_once_give_twenty_consecutive_numbers():
    office = factories.Office()
    waiting = [making.at_signature(office).pk for _i in range(20)]
    kadis = office.kadis
    outcomes = _at_once(lambda pk: perform(Submission.objects.get(pk=pk), "sign", kadis), waiting)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sorted(Decree.objects.values_list("sequence", flat=True)) == list(range(1, 21))
    assert Decree.objects.values("number").distinct().count() == 20
    assert Decree.objects.values("register_number").distinct().count() == 20
    assert CompanyRegulation.objects.count() == 20


def test_eight_signatures_on_one_application_give_one_decree():
    office = factories.Office()
    submission = making.at_signature(office)
    kadis = office.kadis
    outcomes = _at_once(lambda pk: perform(Submission.objects.get(pk=pk), "sign", kadis), [submission.pk] * 8)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 7 and all(isinstance(error, LifecycleError) for error in refused)
    decree = Decree.objects.get()
    assert decree.sequence == 1
    regulation = CompanyRegulation.objects.get()
    assert regulation.version == 1 and regulation.history.count() == 1


def test_two_first_decrees_of_one_company_make_one_regulation_with_two_versions():
    office = factories.Office()
    company = factories.CompanyFactory()
    user = factories.member_of(company)
    waiting = [making.at_signature(office, company=company, user=user).pk for _i in range(2)]
    kadis = office.kadis
    outcomes = _at_once(lambda pk: perform(Submission.objects.get(pk=pk), "sign", kadis), waiting)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert CompanyRegulation.objects.get().version == 2


def test_four_workers_make_one_pdf():
    office = factories.Office()
    decree = making.issued(office)
    Decree.objects.filter(pk=decree.pk).update(file=None, rendered_at=None)
    outcomes = _at_once(render_once, [decree.pk] * 4)
    assert sorted(map(str, outcomes)) == ["False", "False", "False", "True"]
