"""What those who look after the system must know: what failed or is set wrongly, which law ends, which year lacks."""

import datetime as dt
from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import checks
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..laws.models import LawState, LegalSource
from ..office.cms import missing_holidays
from .letter import Line, Part, public_url
from .models import MAX_ATTEMPTS, Mail

#: Failed tasks older than this have been told before.
FAILED_FOR = dt.timedelta(days=7)
#: Days before its end from which a source of law is told of.
LAW_ENDS_WITHIN = 60
#: Sources of law told of one by one.
MOST = 10


def looks_after_people(user) -> bool:
    """Administrators: whoever may change accounts."""
    meta = get_user_model()._meta
    return user.has_perm(f"{meta.app_label}.change_{meta.model_name}")


def parts_for_administrators(user, day: dt.date) -> Iterable[Part]:
    """Parts of the overview, each for those who can do something about it; parts without lines are left out."""
    is_admin = looks_after_people(user)
    if is_admin or user.has_perm("psk_plugin.change_mail"):
        yield Part(_("Mails that did not go out"), list(_mails()))
    if is_admin:
        yield Part(_("The server"), [*_tasks(), *_settings()])
    if is_admin or user.has_perm("psk_plugin.change_legalsource"):
        yield Part(_("Sources of law that end or have ended"), list(_laws(user, day)))
    if is_admin or user.has_perm("psk_plugin.change_calendarexception"):
        yield Part(_("Office calendar"), list(_calendar()))


def _mails() -> Iterable[Line]:
    state = Mail.State
    listing = public_url(reverse("psk_surel_modeladmin_index"))
    if refused := Mail.objects.filter(state=state.REFUSED).count():
        words = ngettext(
            "%d mail has a wrong address: ask for the right one",
            "%d mails have a wrong address: ask for the right one",
            refused,
        )
        yield Line("", words % refused, f"{listing}?status={state.REFUSED}")
    if given_up := Mail.objects.filter(state=state.FAILED, attempts__gte=MAX_ATTEMPTS).count():
        words = ngettext(
            "%d mail failed too often: send it again", "%d mails failed too often: send them again", given_up
        )
        yield Line("", words % given_up, f"{listing}?status={state.FAILED}")


def _tasks() -> Iterable[Line]:
    if not apps.is_installed("django_tasks_db"):
        return
    results = apps.get_model("django_tasks_database", "DBTaskResult").objects
    if failed := results.failed().filter(finished_at__gte=timezone.now() - FAILED_FOR).count():
        words = ngettext(
            "%d background task failed in the last seven days: tell whoever looks after the server",
            "%d background tasks failed in the last seven days: tell whoever looks after the server",
            failed,
        )
        yield Line("", words % failed)


def _settings() -> Iterable[Line]:
    """What Django's system checks find wrong; their own words are for who can act on them at the server."""
    found = [check for check in checks.run_checks() if check.level >= checks.WARNING and not check.is_silenced()]
    if found:
        names = ", ".join(sorted({check.id or "?" for check in found}))
        words = ngettext(
            "%(counter)d setting is not right (%(names)s): ask whoever looks after the server to run “manage.py check”",
            "%(counter)d settings are not right (%(names)s): ask whoever looks after the server to run "
            "“manage.py check”",
            len(found),
        )
        yield Line("", words % {"counter": len(found), "names": names})


def _laws(user, day: dt.date) -> Iterable[Line]:
    """Sources that end soon, and those marked as in force whose last day has passed."""
    ending = LegalSource.objects.filter(in_force_until__lte=day + dt.timedelta(days=LAW_ENDS_WITHIN))
    may_open = user.has_perm("psk_plugin.change_legalsource")
    for source in ending.filter(~Q(state=LawState.REVOKED)).order_by("in_force_until", "pk")[:MOST]:
        is_over = source.in_force_until < day
        words = _("ended on %s; please mark it as no longer in force") if is_over else _("in force until %s")
        url = public_url(reverse("psk_dasar-hukum_modeladmin_edit", args=[source.pk])) if may_open else ""
        yield Line(source.short_name, words % date_format(source.in_force_until, "j F Y"), url)


def _calendar() -> Iterable[Line]:
    if sentence := missing_holidays():
        yield Line("", sentence, public_url(reverse("psk_kalender_modeladmin_index")))
