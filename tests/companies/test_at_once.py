"""People who press at the same moment, on real connections."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test import Client

from psk_plugin.companies import people
from psk_plugin.companies.models import Company, Membership
from psk_plugin.companies.profile import NibTaken, ProfileForms
from tests.factories import CompanyFactory

from .helpers import owner_of, person, profile

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do each in a thread of its own, all let go together. Gives what each returned or raised."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=20)
            outcomes[index] = act()
        except Exception as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_two_people_who_register_one_nib_get_one_company_and_one_sentence():
    """Both forms were judged before either was saved: only the database sees the second one."""
    first, second = person(), person()
    forms = []
    for name in ("PT Satu", "PT Dua"):
        data = QueryDict(mutable=True)
        data.update(profile(name=name))
        forms.append(ProfileForms(data))
        assert forms[-1].is_valid()
    outcomes = at_once(lambda: forms[0].save(first), lambda: forms[1].save(second))
    assert sorted(type(o).__name__ for o in outcomes) == ["Company", "NibTaken"]
    company = Company.objects.get()
    assert company.memberships.count() == 1
    assert any(isinstance(o, NibTaken) for o in outcomes)


def test_the_page_says_so_to_whoever_came_second(monkeypatch):
    """The other company appears after the form was judged and before it is saved."""
    me = person()
    judge = ProfileForms.is_valid

    def judged_then_overtaken(self) -> bool:
        right = judge(self)
        CompanyFactory(nib="9120001234567")
        return right

    monkeypatch.setattr(ProfileForms, "is_valid", judged_then_overtaken)
    client = Client()
    client.force_login(me)
    response = client.post("/psk/perusahaan/baru/", profile())
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["nib"]
    assert response.context["nib_taken"]
    assert not me.psk_memberships.exists()


def test_two_owners_who_remove_each_other_leave_one():
    company = CompanyFactory()
    first, second = owner_of(company), owner_of(company)
    one, other = (Membership.objects.get(user=user) for user in (first, second))
    outcomes = at_once(lambda: people.end(company.pk, first, other.pk), lambda: people.end(company.pk, second, one.pk))
    assert Membership.objects.owners().filter(company=company).count() == 1
    assert sum(isinstance(o, PermissionDenied) for o in outcomes) == 1


def test_three_owners_who_leave_together_leave_one():
    company = CompanyFactory()
    owners = [owner_of(company) for _number in range(3)]
    outcomes = at_once(*(lambda user=user: people.leave(company.pk, user) for user in owners))
    assert Membership.objects.owners().filter(company=company).count() == 1
    assert sum(isinstance(o, people.Refused) for o in outcomes) == 1


def test_an_invitation_pressed_twice_lets_in_once():
    company = CompanyFactory()
    invitation = people.invite(company.pk, owner_of(company), "baru@contoh.test", "member")
    me = person(email="baru@contoh.test")
    outcomes = at_once(lambda: people.accept(invitation.token, me), lambda: people.accept(invitation.token, me))
    assert company.memberships.filter(user=me).count() == 1
    assert sum(isinstance(o, people.Refused) for o in outcomes) == 1
