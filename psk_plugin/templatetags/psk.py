"""Template tags of the plugin."""

from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..companies.models import Company
from ..companies.regency import Authority, authority_over
from ..office.models import OfficeSettings
from ..records.models import FileReading
from ..services.models import Service
from ..submissions.actions import done_words
from ..submissions.wizard import form_context
from ..surveys.verbs import is_offered
from ..talk import verbs as talk
from ..talk.forms import MessageForm
from ..talk.views import owner_of

register = template.Library()

#: Readings of a file that a page shows.
MOST_READINGS = 5


@register.inclusion_tag("psk_plugin/submissions/wizard/embedded.html", takes_context=True)
def psk_service_form(context: dict[str, Any], service: Service) -> dict[str, Any]:
    """A service's requirements and form, for the page that is being shown. Needs `request` in the context."""
    request = context["request"]
    return {"csrf_token": context.get("csrf_token"), "request": request, **form_context(request, service)}


@register.inclusion_tag("psk_plugin/includes/readings.html")
def psk_readings(about) -> dict[str, Any]:
    """Who opened the files of a row last, for those who may open them too. One query."""
    rows = list(FileReading.objects.of(about).select_related("user")[: MOST_READINGS + 1])
    return {"readings": rows[:MOST_READINGS], "has_more": len(rows) > MOST_READINGS}


@register.inclusion_tag("psk_plugin/surveys/offer.html")
def psk_survey_offer(submission) -> dict[str, Any]:
    """The invitation to the survey, where the application is decided and has not answered yet."""
    return {"submission": submission, "is_offered": is_offered(submission)}


@register.inclusion_tag("psk_plugin/talk/offer.html", takes_context=True)
def psk_messages(context: dict[str, Any], submission) -> dict[str, Any]:
    """The conversation on the company's page of an application: what is new, and the form while it is open."""
    user = context["request"].user
    can_write = talk.why_not_write(submission, user, by_company=True) is None
    return {
        "csrf_token": context.get("csrf_token"),
        "submission": submission,
        "total": submission.messages.count(),
        "unread": talk.unread_of([submission], user).get(submission.pk, 0),
        "form": MessageForm(owner=owner_of(submission, user)) if can_write else None,
        "office": OfficeSettings.load(),
    }


@register.simple_tag
def psk_with_unread(rows, user) -> list:
    """The applications of a list, each with `unread_messages` for the person. One query."""
    rows = list(rows)
    unread = talk.unread_of(rows, user)
    for row in rows:
        row.unread_messages = unread.get(row.pk, 0)
    return rows


@register.simple_tag
def psk_authority(company: Company) -> Authority:
    """The office that has authority over the company."""
    return authority_over(company)


@register.filter
def psk_done(action: str) -> str:
    """What an action is called once it is done, for a timeline."""
    return done_words(action)


@register.filter
def psk_days_left(days: int | None) -> str:
    """Working days left, in words."""
    if days is None:
        return ""
    if days > 0:
        return _("%d working days left") % days
    if days == 0:
        return _("due today")
    return _("%d working days late") % -days


@register.simple_tag
def psk_date(day) -> SafeString | str:
    """A date in words, machine-readable as well."""
    if not day:
        return ""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), date_format(day, "j F Y"))


@register.simple_tag
def psk_moment(moment) -> SafeString | str:
    """Date and time in words, in the site's time zone."""
    if not moment:
        return ""
    from django.utils.timezone import localtime

    local = localtime(moment)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), date_format(local, "j F Y, H.i")
    )


@register.filter
def psk_size(size: int | None) -> str:
    """A file's size for people."""
    if not size:
        return ""
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",") if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"
