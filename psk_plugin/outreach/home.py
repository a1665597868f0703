"""On the admin's first page: what should have happened by itself and did not."""

import datetime as dt

from django.apps import apps
from django.db.models import Count as Number
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from ..decrees.models import Decree
from ..homekit import Count, TaskPanel, Work
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
