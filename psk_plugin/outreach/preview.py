"""The mails of a service before anybody gets one: every moment, with the editor's words or the usual ones."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..services.models import MailMoment
from ..services.typed import service_as_typed
from ..submissions.actions import RejectionGround
from ..submissions.models import Event, Finding, RepairNotice, Submission
from ..submissions.samples import sample_submission
from . import letters, outbox
from .forecast import issued_soon

may_preview = permission_required("psk_plugin.change_service", raise_exception=True)


@never_cache
@require_http_methods(["GET", "POST"])
@may_preview
def preview_mails(request: HttpRequest, pk: int) -> HttpResponse:
    """All mails of the service. GET: as saved. POST: as it stands in the editor's page. Nothing is sent."""
    typed = service_as_typed(request, pk)
    title = _("Preview of the mails")
    context: dict[str, Any] = {
        "service": typed.service,
        "problems": typed.problems,
        "is_saved": typed.is_saved,
        "header_title": title,
        "page_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_layanan_modeladmin_edit", args=[pk]), "label": typed.service.title},
            {"url": "", "label": title},
        ],
    }
    if typed.problems:
        return render(request, "psk_plugin/services/preview_refused.html", context, status=422)
    written = {row["moment"] for row in typed.edition.definition["mails"]}
    sample = sample_submission(typed.service, typed.edition)
    with outbox.in_our_language():
        context["mails"] = [
            {
                "moment": moment.label,
                "is_written": moment in written,
                "subject": (letter := COMPOSE[moment](sample)).subject,
                "text": letter.text(),
                "html": letter.html(),
            }
            for moment in MailMoment
        ]
    return render(request, "psk_plugin/mail/preview.html", context)


def _event(sample: Submission, reason: str = "", **details: Any) -> Event:
    return Event(submission=sample, reason=reason, details=details, at=timezone.now())


def _returned(sample: Submission) -> letters.Letter:
    document = next((row["code"] for row in sample.definition["documents"]), "")
    notice = RepairNotice(
        sequence=1, message="Contoh pesan pengantar dari dinas.", repair_days=sample.definition["days"]["repair"]
    )
    finding = Finding(
        document_code=document, problem="Contoh: tanda tangan belum ada.", request="Contoh: tanda tangani."
    )
    return letters.returned_with(sample, notice, [finding])


#: Moment -> its letter about an invented application.
COMPOSE: dict[str, Callable[[Submission], letters.Letter]] = {
    MailMoment.FILED: lambda sample: letters.filed(sample, _event(sample)),
    MailMoment.RETURNED: _returned,
    MailMoment.REJECTED: lambda sample: letters.rejected(
        sample, _event(sample, "Contoh alasan.", ground=str(RejectionGround.DUPLICATE))
    ),
    MailMoment.WITHDRAWN: lambda sample: letters.withdrawn(sample, _event(sample, "Contoh alasan.")),
    MailMoment.LAPSED: lambda sample: letters.lapsed(sample, _event(sample)),
    MailMoment.ISSUED: issued_soon,
}
