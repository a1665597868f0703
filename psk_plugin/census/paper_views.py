"""A decree on paper: what was entered, and its scan."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..records.serving import respond
from .frame import IMPORT, batch_or_404, frame, may_import
from .models import PaperDecree
from .row_views import facts_of
from .scans import attach, attach_by_name

#: Files that one press may bring.
MOST_FILES = 100


def _paper_or_404(pk: int) -> PaperDecree:
    rows = PaperDecree.objects.select_related("row__batch", "regulation__company", "scan", "scanned_by")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list said of a decree; here its PDF is attached."""
    row = _paper_or_404(pk)
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("pdf")
        try:
            if upload is None:
                raise ValidationError(_("Please choose the file."))
            attach(row, request.user, upload)
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        else:
            messages.success(request, _("The PDF is kept with the decree."))
            return redirect("psk_paper_decree", pk)
    context = frame(row.row.batch, row.number) | {"paper": row, "problem": problem, "facts": facts_of(row.row)}
    return TemplateResponse(request, "psk_plugin/census/paper.html", context, status=422 if problem else 200)


@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of a decree on paper, also for who may read the regulations of companies."""
    if not (request.user.has_perm(IMPORT) or request.user.has_perm("psk_plugin.view_companyregulation")):
        raise PermissionDenied
    row = _paper_or_404(pk)
    if row.scan is None:
        raise Http404
    return respond(request, row.scan, f"sk-{row.pk}", row)


@require_POST
@may_import
def attach_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach several PDFs at once, each to the decree that its name tells."""
    batch = batch_or_404(pk)
    files = request.FILES.getlist("pdf")[:MOST_FILES]
    attached, refused = attach_by_name(batch, request.user, files)
    if attached:
        messages.success(
            request, ngettext("%d PDF has been attached.", "%d PDFs have been attached.", attached) % attached
        )
    for sentence in refused[:10]:
        messages.error(request, sentence)
    if not files:
        messages.error(request, _("Please choose the file."))
    return redirect("psk_census", pk)
