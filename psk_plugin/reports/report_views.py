"""The page on which reports are asked for, followed and taken."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from .. import conf
from ..records.models import FileReading
from ..records.serving import respond
from . import making
from .models import Report, ReportKind, ReportState
from .period import Period, Span, asked
from .views import crumb, frame, may_see

EVIDENCE = "psk_plugin.make_evidence"
#: Kind -> how its file is called.
NAMES = {
    ReportKind.MONITORING: "laporan-monitoring-dan-evaluasi",
    ReportKind.COMPLYING: "daftar-perusahaan-yang-memenuhi",
    ReportKind.EVIDENCE: "bukti-uji-coba",
}


class NamesForm(forms.Form):
    """Whether the evidence names companies, and why."""

    nama = forms.BooleanField(label=gettext_lazy("With company names"), required=False)
    alasan = forms.CharField(
        label=gettext_lazy("Why names are needed"),
        help_text=gettext_lazy("Only with company names. Kept with the report."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("nama") and not cleaned.get("alasan", "").strip():
            self.add_error("alasan", _("Write why company names are needed."))
        described = ["id_alasan_hint", *(["id_alasan_error"] if "alasan" in self.errors else [])]
        self.fields["alasan"].widget.attrs["aria-describedby"] = " ".join(described)
        if "alasan" in self.errors:
            self.fields["alasan"].widget.attrs["aria-invalid"] = "true"
        return cleaned


def visible_to(user) -> QuerySet[Report]:
    """Reports the person may take: the evidence only who may make it."""
    rows = Report.objects.all()
    return rows if user.has_perm(EVIDENCE) else rows.exclude(kind=ReportKind.EVIDENCE)


@may_see
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Ask for a report of a period; all reports that were asked for, newest first."""
    form, period = asked(request.GET)
    return _page(request, form, period, NamesForm())


def _page(request: HttpRequest, form: Span, period: Period, names: NamesForm, status: int = 200) -> HttpResponse:
    if not names.is_bound:
        names.fields["alasan"].widget.attrs["aria-describedby"] = "id_alasan_hint"
    rows = visible_to(request.user).select_related("asked_by").prefetch_related("files")
    page = Paginator(rows.order_by("-asked_at", "-pk"), conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    taken = FileReading.objects.times(Report, [row.pk for row in page])
    for row in page:
        row.taken = taken.get(row.pk, 0)
    title = _("Reports")
    context = frame(title, crumb(period), {"url": "", "label": title}) | {
        "form": form,
        "names": names,
        "period": period,
        "plain": period.plain() | {"periode": "bebas"},
        "days": period.days_in_words(),
        "narrowing": period.narrowing(),
        "page": page,
        "query": period.query(),
        "may_make_evidence": request.user.has_perm(EVIDENCE),
        "is_under_way": any(row.is_under_way for row in page),
    }
    return TemplateResponse(request, "psk_plugin/reports/reports.html", context, status=422 if form.errors else status)


@may_see
@require_POST
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Have a report made; who presses twice gets one."""
    if kind not in ReportKind.values:
        raise Http404
    form, period = asked(request.POST)
    names = NamesForm()
    if kind == ReportKind.EVIDENCE:
        return _ask_evidence(request, form, period)
    if form.errors:
        return _page(request, form, period, names)
    return _asked(request, kind, period)


@permission_required(EVIDENCE, raise_exception=True)
def _ask_evidence(request: HttpRequest, form: Span, period: Period) -> HttpResponse:
    typed = {name: request.POST.get(name, "").replace("\x00", "") for name in NamesForm.base_fields}
    names = NamesForm(typed)
    if not names.is_valid() or form.errors:
        return _page(request, form, period, names, status=422)
    chosen = names.cleaned_data
    return _asked(request, ReportKind.EVIDENCE, period, with_names=chosen["nama"], reason=chosen["alasan"].strip())


def _asked(request: HttpRequest, kind: str, period: Period, **more: Any) -> HttpResponse:
    report, is_new = making.ask(request.user, kind, period, **more)
    if report.state == ReportState.FAILED:
        messages.error(request, _("The report could not be made. Press “Try again”, or tell the administrator."))
    elif report.state == ReportState.DONE:
        messages.success(request, _("The report is ready below."))
    elif is_new:
        messages.success(request, _("The report is being made. This page shows how far it is; you may leave it."))
    else:
        messages.success(request, _("This report is being made already."))
    return redirect(f"{reverse('psk_reports')}?{period.query()}")


@may_see
@require_POST
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a report that failed once more."""
    report = get_object_or_404(visible_to(request.user), pk=pk)
    if making.ask_again(report):
        messages.success(request, _("The report is being made again."))
    else:
        messages.error(request, _("This report has not failed, or is being made already."))
    return redirect("psk_reports")


@may_see
@require_safe
def download(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """A finished file, with a row of who took it."""
    report = get_object_or_404(visible_to(request.user), pk=pk)
    kept = get_object_or_404(report.files.select_related("file"), ending=ending[:5])
    name = f"{NAMES[ReportKind(report.kind)]}-{report.first:%Y-%m-%d}-{report.last:%Y-%m-%d}.{kept.ending}"
    return respond(request, kept.file, name, report, kept.ending, inline=False)
