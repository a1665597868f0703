"""On the admin's first page: what should have happened by itself and did not."""

import datetime as dt
from dataclasses import replace

from django.apps import apps
from django.db.models import Count as Number
from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..decrees.models import Decree
from ..homekit import MOST, Count, Row, TaskPanel, Work
from ..office.acting import groups_of
from ..review.access import REVIEW
from ..review.due import calendar_for, due_label
from ..submissions.limits import legal_limit
from ..submissions.models import Status, Submission
from .limits import HEADS
from .models import MAX_ATTEMPTS, Mail

#: A decree's PDF and a task are made within seconds; after this something holds them up.
PATIENCE = dt.timedelta(minutes=10)
#: Failed tasks older than this have been dealt with, or nobody will.
FAILED_FOR = dt.timedelta(days=7)


class TroublePanel(TaskPanel):
    """For whoever can send mails again; without trouble there is no panel."""

    name = "psk_trouble"
    heading = gettext_lazy("What did not work by itself")
    order = 40
    permissions = ("psk_plugin.change_mail",)

    def find_work(self) -> Work:
        return Work([*self._mails(), *self._decrees(), *self._tasks()])

    def _mails(self) -> list[Count]:
        state = Mail.State
        numbers = Mail.objects.aggregate(
            refused=Number("pk", filter=Q(state=state.REFUSED)),
            given_up=Number("pk", filter=Q(state=state.FAILED, attempts__gte=MAX_ATTEMPTS)),
            trying=Number("pk", filter=Q(state=state.FAILED, attempts__lt=MAX_ATTEMPTS)),
        )
        refused, given_up, trying = numbers["refused"], numbers["given_up"], numbers["trying"]
        listing = reverse("psk_surel_modeladmin_index")
        found = []
        if refused:
            words = ngettext(
                "%d mail has a wrong address: ask for the right one",
                "%d mails have a wrong address: ask for the right one",
                refused,
            )
            found.append(Count(words % refused, f"{listing}?status={state.REFUSED}", "late"))
        if given_up:
            words = ngettext(
                "%d mail failed too often: send it again",
                "%d mails failed too often: send them again",
                given_up,
            )
            found.append(Count(words % given_up, f"{listing}?status={state.FAILED}", "late"))
        if trying:
            words = ngettext(
                "%d mail failed and will be tried again",
                "%d mails failed and will be tried again",
                trying,
            )
            found.append(Count(words % trying, f"{listing}?status={state.FAILED}", "soon"))
        return found

    def _decrees(self) -> list[Count]:
        if not self.request.user.has_perm("psk_plugin.view_decree"):
            return []
        late = Decree.objects.filter(file__isnull=True, signed_at__lt=timezone.now() - PATIENCE).count()
        if not late:
            return []
        words = ngettext("%d decree has no PDF yet", "%d decrees have no PDF yet", late) % late
        return [Count(words, f"{reverse('psk_keputusan_modeladmin_index')}?status=tanpa-pdf", "late")]

    def _tasks(self) -> list[Count]:
        """Background work, where a worker does it. There is no list behind it: it is the server's business."""
        if not apps.is_installed("django_tasks_db"):
            return []
        results, now = apps.get_model("django_tasks_database", "DBTaskResult").objects, timezone.now()
        failed = results.failed().filter(finished_at__gte=now - FAILED_FOR).count()
        stuck = results.ready().filter(enqueued_at__lt=now - PATIENCE).count()
        found = []
        if failed:
            words = ngettext(
                "%d background task failed in the last seven days: tell whoever looks after the server",
                "%d background tasks failed in the last seven days: tell whoever looks after the server",
                failed,
            )
            found.append(Count(words % failed, tone="late"))
        if stuck:
            words = ngettext(
                "%d background task waits for more than ten minutes: the worker seems to stand still",
                "%d background tasks wait for more than ten minutes: the worker seems to stand still",
                stuck,
            )
            found.append(Count(words % stuck, tone="late"))
        return found


class LimitPanel(TaskPanel):
    """For the heads, and who acts for them: PP that come near the day from which they may count as approved."""

    name = "psk_limit"
    heading = gettext_lazy("Near the time limit of the law")
    order = 48
    permissions = (REVIEW,)

    def concerns(self, user) -> bool:
        return super().concerns(user) and groups_of(user).filter(name__in=HEADS).exists()

    def find_work(self) -> Work:
        today, calendar = timezone.localdate(), calendar_for(self.request)
        told = Submission.objects.filter(status=Status.IN_REVIEW, limit_warnings__isnull=False).distinct()
        number = told.count()
        if not number:
            return Work()
        rows = []
        nearest = told.select_related("edition", "company", "stage").prefetch_related("notices")
        for submission in nearest.order_by("filed_at", "pk")[:MOST]:
            clock = legal_limit(submission, calendar, today)
            url = reverse("psk_desk:desk", args=[submission.pk])
            note = f"{submission.company.name} · {submission.stage.title}"
            label = due_label(clock.due, today, calendar) if clock else None
            if label and clock.due < today:
                # Not merely late: from that day on the law may hold for it what the office has not decided.
                day = formats.date_format(clock.due, "j F Y")
                label = replace(label, text=_("Past the limit of %(day)s, may count as approved") % {"day": day})
            rows.append(Row(submission.number, url, note, label))
        words = ngettext(
            "%d PP under examination is near the limit from which it may count as approved, or past it",
            "%d PP under examination are near the limit from which they may count as approved, or past it",
            number,
        )
        return Work(
            [Count(words % number, f"{reverse('psk_semua-permohonan_modeladmin_index')}?batas=dekat", "late")], rows
        )
