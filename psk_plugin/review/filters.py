"""The filters of the two lists. Each knows its choices: any other value in an address counts as none."""

import datetime as dt

from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..adminkit import ListFilter
from ..services.models import Service
from ..submissions.models import LimitWarning, Status, Submission
from .due import soon_day
from .talking import unread_threads


class ServiceFilter(ListFilter):
    title = _("service")
    parameter_name = "layanan"

    def lookups(self, request, model_admin):
        return list(Service.objects.values_list("pk", "title"))

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(service=int(self.chosen)) if self.chosen else queryset


class StageFilter(ListFilter):
    """Stages of the same code in several services are one desk to the people who sit at it."""

    title = _("stage")
    parameter_name = "tahap"

    def __init__(self, request, params, model, model_admin) -> None:
        self.desks = model_admin.desks(request)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(desk.code, desk.title) for desk in self.desks]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if not self.chosen:
            return queryset
        return at_desk(queryset, next(desk for desk in self.desks if desk.code == self.chosen))


def at_desk(queryset: QuerySet, desk) -> QuerySet:
    """Applications that stand there now. One that is returned or finished keeps its last stage and stands nowhere."""
    return queryset.filter(status=Status.IN_REVIEW, stage__in=desk.stages)


class DueFilter(ListFilter):
    title = _("time left")
    parameter_name = "tempo"

    def lookups(self, request, model_admin):
        return [("terlambat", _("Late")), ("segera", _("Due within two working days"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        if self.chosen == "terlambat":
            return queryset.filter(due_on__lt=today)
        if self.chosen == "segera":
            return queryset.filter(due_on__gte=today, due_on__lte=soon_day(request, today))
        return queryset


class StatusFilter(ListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [choice for choice in Status.choices if choice[0] != Status.DRAFT]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(status=self.chosen) if self.chosen else queryset


class YearFilter(ListFilter):
    title = _("year")
    parameter_name = "tahun"

    def lookups(self, request, model_admin):
        this_year = timezone.localdate().year
        first = Submission.objects.filed().aggregate(first=Min("filed_at"))["first"]
        first_year = timezone.localtime(first).year if first else this_year
        return [(str(year), str(year)) for year in range(this_year, first_year - 1, -1)]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if not self.chosen:
            return queryset
        year = int(self.chosen)
        start, end = (timezone.make_aware(dt.datetime(y, 1, 1)) for y in (year, year + 1))
        return queryset.filter(filed_at__gte=start, filed_at__lt=end)


class HandsFilter(ListFilter):
    title = _("in the hands of")
    parameter_name = "tangan"

    def lookups(self, request, model_admin):
        return [("saya", _("Me")), ("kosong", _("Nobody")), ("rekan", _("Colleagues"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.chosen == "saya":
            return queryset.filter(assignee=request.user)
        if self.chosen == "kosong":
            return queryset.filter(assignee__isnull=True)
        if self.chosen == "rekan":
            return queryset.filter(assignee__isnull=False).exclude(assignee=request.user)
        return queryset


class LimitFilter(ListFilter):
    title = _("time limit of the law")
    parameter_name = "batas"

    def lookups(self, request, model_admin):
        return [("dekat", _("Near or passed"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if not self.chosen:
            return queryset
        return queryset.filter(status=Status.IN_REVIEW, pk__in=LimitWarning.objects.values("submission"))


class MessageFilter(ListFilter):
    title = _("messages of the company")
    parameter_name = "pesan"

    def lookups(self, request, model_admin):
        unread = pgettext_lazy("of a message", "Not read yet")
        return [("saya", _("Not read yet, for me")), ("baru", unread), ("belum", _("Not answered yet"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.chosen == "saya":
            return queryset.filter(pk__in=unread_threads(request.user).order_by().values("pk"))
        if self.chosen == "baru":
            return queryset.filter(thread__unread_by_office__gt=0)
        return queryset.filter(thread__is_unanswered=True) if self.chosen else queryset
