"""Two at the same moment, on real connections: a list is taken over once, decided once, undone once."""

import pytest

from psk_plugin.census import verbs, working
from psk_plugin.census.errors import Refused
from psk_plugin.census.models import BatchState
from psk_plugin.companies.models import Company

from .. import factories
from ..companies.test_at_once import at_once
from .making import checked, csv, fresh, line, upload

pytestmark = pytest.mark.django_db(transaction=True)


def ready(count: int = 20):
    data = csv([line(n) for n in range(1, count + 1)])
    batch = upload(data)
    return batch if batch.state == BatchState.READY else _assigned(batch)


def _assigned(batch):
    verbs.assign(batch, batch.mapping)
    return fresh(batch)


def test_one_list_taken_over_by_two_is_taken_over_once():
    batch, user = ready(), factories.staff("registrasi")
    outcomes = at_once(*(lambda: verbs.take_over(batch, user) for _n in range(2)))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert (Company.objects.count(), fresh(batch).state) == (20, BatchState.DONE)


def test_two_workers_do_the_work_once():
    batch, user = ready(), factories.staff("registrasi")
    type(batch).objects.filter(pk=batch.pk).update(state=BatchState.APPLYING, applied_by=user)
    outcomes = at_once(*(lambda: working.go_on(batch.pk) for _n in range(2)))
    assert sorted(map(bool, outcomes)) == [False, True]
    assert Company.objects.count() == 20


def test_two_lists_with_the_same_companies_make_each_once():
    batches, user = [ready(), ready()], factories.staff("registrasi")
    at_once(*(lambda b=b: verbs.take_over(b, user) for b in batches))
    assert Company.objects.count() == 20
    assert sorted(fresh(b).state for b in batches) == [BatchState.DONE, BatchState.READY]


def test_one_list_undone_by_two_is_undone_once():
    batch, user = ready(), factories.staff("registrasi")
    verbs.take_over(batch, user)
    outcomes = at_once(*(lambda: verbs.undo(batch, user, "Salah") for _n in range(2)))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert not Company.objects.exists()


def test_the_whole_way_runs_by_itself_after_each_press():
    user = factories.staff("registrasi")
    batch = ready(3)
    assert batch.state == BatchState.READY
    verbs.take_over(batch, user)
    assert fresh(batch).state == BatchState.DONE
    assert checked(csv([line(1)])).rows.get().verdict == "same"
