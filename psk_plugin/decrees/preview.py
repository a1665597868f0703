"""The decree or letter of a service before anybody signs one: the same page, a stamp across it, no number taken."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import conf, numbers, pdf
from ..office.letterhead import emblem_bytes
from ..office.models import OfficeSettings
from ..review.access import visible_to
from ..services.models import Service
from ..services.placeholders import ANSWER, PLACEHOLDERS
from ..services.typed import Typed, service_as_typed
from ..submissions.models import Submission
from ..submissions.samples import sample_submission
from . import text
from .rendering import draw

STAMP = "CONTOH / PRATINJAU"
#: Stands where the verification code will be; no code looks like it.
CODE = "CONTOHCONTOH"
#: Applications offered to look at the letter with.
OFFERED = 20

may_preview = permission_required("psk_plugin.change_service", raise_exception=True)


class Gaps(dict):
    """Values of placeholders; what nobody gave shows its own name in brackets instead of a hole."""

    def __missing__(self, name: str) -> str:
        return f"[{name}]"


@never_cache
@require_http_methods(["GET", "POST"])
@may_preview
def preview_decree(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF. POST: as it stands in the editor's page, with invented data. GET: as saved, `?permohonan=` with the data
    of an application that this person may open, `?contoh=1` with invented data, else a page to choose from.
    """
    if request.method == "GET" and not request.GET.keys() & {"permohonan", "contoh"}:
        return _choose(request, get_object_or_404(Service, pk=pk))
    typed = service_as_typed(request, pk)
    if typed.problems:
        context = {"service": typed.service, "problems": typed.problems}
        return render(request, "psk_plugin/services/preview_refused.html", context, status=422)
    submission = _submission(request, typed)
    office = OfficeSettings.load(request_or_site=request)
    content = preview_content(submission, office, timezone.localdate())
    data = pdf.stamped(draw(content, emblem=emblem_bytes(office)), STAMP)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="pratinjau-{typed.service.code}.pdf"'
    return response


def preview_content(submission: Submission, office: OfficeSettings, day: dt.date) -> dict[str, Any]:
    """What `text.compose` would freeze, with gaps named in brackets and numbers that show how they will look."""
    definition = submission.definition
    labels = {f"{ANSWER}{row['code']}": row["label"] for row in definition["fields"]}
    labels |= {name: str(meaning) for name, meaning in PLACEHOLDERS.items()}
    values = Gaps({name: f"[{label}]" for name, label in labels.items()})
    values.update((name, value) for name, value in text.known_values(submission, office, day).items() if value)
    look = {"year": day.year, "month": day.month, "code": office.classification_code, "kind": submission.kind_code}
    values["decree_number"] = numbers.outline(office.decree_pattern, **look)
    values["register_number"] = numbers.outline(office.register_pattern, **look)
    return text.compose(submission, office, values) | {
        "code": CODE,
        "verify_url": conf.PUBLIC_URL.rstrip("/") + reverse("psk:decree_check"),
        "signed_at": timezone.now().isoformat(),
    }


def _submission(request: HttpRequest, typed: Typed) -> Submission:
    number = request.GET.get("permohonan", "") if request.method == "GET" else ""
    if not number:
        return sample_submission(typed.service, typed.edition)
    if "\x00" in number or len(number) > 80:
        raise Http404
    submission = get_object_or_404(visible_to(request.user), service=typed.service, number=number)
    # The letter as the service has it now, not as the application was filed with; never saved.
    submission.edition = typed.edition
    return submission


def _choose(request: HttpRequest, service: Service) -> HttpResponse:
    """A page with the newest applications of the service that this person may open."""
    title = _("Preview of the decree or letter")
    applications = visible_to(request.user).filter(service=service).order_by("-filed_at").select_related("company")
    context = {
        "service": service,
        "applications": applications.defer("data", "workspace")[:OFFERED],
        "header_title": title,
        "page_title": title,
        "header_icon": "form",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_layanan_modeladmin_edit", args=[service.pk]), "label": service.title},
            {"url": "", "label": title},
        ],
    }
    return render(request, "psk_plugin/decrees/preview_choose.html", context)
