"""Whose desk a person sits at on a day: own groups, and those the person acts for."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Absence, ActingAppointment


def appointments_on(day: dt.date | None = None) -> QuerySet[ActingAppointment]:
    """Appointments that hold on the day, both ends included."""
    day = day or timezone.localdate()
    return ActingAppointment.objects.filter(valid_from__lte=day, valid_until__gte=day)


def groups_of(user, day: dt.date | None = None) -> QuerySet[Group]:
    """Groups whose work the person does on the day, for use inside other queries."""
    acting = appointments_on(day).filter(person_id=user.pk).values("group")
    return Group.objects.filter(Q(user=user) | Q(pk__in=acting)).order_by().distinct()


def people_of(groups: Iterable[str], day: dt.date | None = None) -> QuerySet:
    """Active people who belong to one of the groups (names) on the day, or act for one of them."""
    acting = appointments_on(day).filter(group__name__in=groups).values("person")
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(Q(groups__name__in=groups) | Q(pk__in=acting)).distinct().order_by("pk")


def acting_for(user, groups, day: dt.date | None = None) -> ActingAppointment | None:
    """The appointment by which the person works for one of `groups`; `None` for a member in the person's own right."""
    if Group.objects.filter(pk__in=groups, user=user).exists():
        return None
    return appointments_on(day).filter(person_id=user.pk, group__in=groups).order_by("-valid_from", "-pk").first()


def absent_on(people, day: dt.date | None = None) -> dict[int, Absence]:
    """Who of `people` (ids) is away on the day, with the absence that ends last."""
    day = day or timezone.localdate()
    rows = Absence.objects.filter(person__in=people, valid_from__lte=day, valid_until__gte=day).order_by("valid_until")
    return {row.person_id: row for row in rows}
