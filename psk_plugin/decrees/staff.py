"""Pages of the Wagtail admin about one decree, and about the versions of one company's regulation."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.forms import DateField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..records.serving import respond
from ..regulations import headings
from ..regulations import verbs as regulation_verbs
from ..regulations.models import CompanyRegulation, RegulationText
from ..regulations.versions import Version, compare, held_on, versions_of
from ..review.comparison import ComparisonPage, start_recognition
from ..review.redlines import tell_started
from ..review.texts import texts_of
from ..submissions.errors import LifecycleError
from .filed_texts import filed_texts
from .issuing import revoke
from .models import Decree
from .rendering import render_once
from .views import pdf_name

logger = logging.getLogger(__name__)

MAX_REASON = 2000

may_see_decrees = permission_required("psk_plugin.view_decree", raise_exception=True)
may_revoke = permission_required("psk_plugin.revoke_decree", raise_exception=True)
may_see_regulations = permission_required("psk_plugin.view_companyregulation", raise_exception=True)


def _decree(pk: int) -> Decree:
    return get_object_or_404(Decree.objects.select_related("submission", "company", "file", "signed_by"), pk=pk)


def _frame(title: str, icon: str, list_title: str, list_address: str) -> dict[str, Any]:
    """What Wagtail's page frame wants: title, icon, breadcrumbs."""
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse(list_address), "label": list_title},
            {"url": "", "label": title},
        ],
    }


def _decree_frame(decree: Decree) -> dict[str, Any]:
    title = _("Decree %s") % decree.number
    return _frame(title, "tasks", _("Decrees"), "psk_keputusan_modeladmin_index")


@require_GET
@may_see_decrees
def decree_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One decree: what it says, how it stands, its file, everything that happened to it."""
    decree = _decree(pk)
    regulation = CompanyRegulation.objects.filter(company_id=decree.company_id, kind=decree.kind).first()
    context = _decree_frame(decree) | {
        "decree": decree,
        "regulation": regulation,
        "history": decree.history.select_related("history_user").order_by("-history_date", "-history_id"),
        "may_revoke": decree.revoked_on is None and request.user.has_perm("psk_plugin.revoke_decree"),
    }
    return render(request, "psk_plugin/decrees/admin_detail.html", context)


@require_GET
@may_see_decrees
def decree_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The kept PDF, opened in the browser; the reading is recorded."""
    decree = _decree(pk)
    if decree.file is None:
        messages.warning(request, _("The decree's PDF is still being made. Please try again in a few minutes."))
        return redirect("psk_decree_detail", pk=pk)
    return respond(request, decree.file, pdf_name(decree), decree.submission, "keputusan")


@require_POST
@may_see_decrees
def decree_render(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the PDF now, where making it after the signature failed."""
    decree = _decree(pk)
    try:
        made = render_once(decree.pk)
    except Exception as error:  # whatever stands in the way, the person must hear of it here and the log keeps it
        logger.exception("The PDF of decree %s could not be made", decree.pk)
        sentence = _("The PDF could not be made (%s). Nothing is lost; please tell the administrator.")
        messages.error(request, sentence % type(error).__name__)
    else:
        messages.success(request, _("The PDF is made.") if made else _("This decree already has its PDF."))
    return redirect("psk_decree_detail", pk=pk)


@require_http_methods(["GET", "POST"])
@may_revoke
def decree_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the decree back."""
    decree = _decree(pk)
    if decree.revoked_on is not None:
        messages.warning(request, _("This decree has been revoked already."))
        return redirect("psk_decree_detail", pk=pk)
    reason = request.POST.get("alasan", "").replace("\x00", "")
    problem = ""
    if request.method == "POST":
        if len(reason) > MAX_REASON:
            problem = _("The reason is too long: at most %d characters.") % MAX_REASON
        else:
            try:
                revoke(decree, request.user, reason)
            except LifecycleError as refused:
                problem = str(refused)
            else:
                messages.success(request, _("The decree is revoked. The register and the check page say so."))
                return redirect("psk_decree_detail", pk=pk)
    context = _decree_frame(decree) | {
        "decree": decree,
        "reason": reason,
        "problem": problem,
        "max_reason": MAX_REASON,
    }
    return render(request, "psk_plugin/decrees/admin_revoke.html", context, status=422 if problem else 200)


@require_GET
@may_see_regulations
def regulation_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions of a company's regulation, two of them side by side, and the texts that were filed for them."""
    return _versions_page(request, pk)


def _versions_page(request: HttpRequest, pk: int, refused: str = "") -> HttpResponse:
    """`refused`: why holding it back did not go, with what was typed."""
    regulation = get_object_or_404(CompanyRegulation.objects.select_related("company"), pk=pk)
    versions = versions_of(regulation)
    if not versions:
        raise Http404
    newest = versions[0].number
    before = _chosen(versions, request.GET.get("lama"), max(newest - 1, 1))
    after = _chosen(versions, request.GET.get("baru"), newest)
    title = _("%(kind)s of %(company)s") % {"kind": regulation.kind, "company": regulation.company.name}
    context = _frame(title, "doc-full-inverse", _("Regulations"), "psk_peraturan_modeladmin_index") | {
        "regulation": regulation,
        "versions": versions,
        "before": before,
        "after": after,
        "changes": compare(before, after),
        "texts": filed_texts(version.decree_id for version in versions if version.decree_id),
        "may_see_decrees": request.user.has_perm("psk_plugin.view_decree"),
        "may_hold_back": request.user.has_perm("psk_plugin.hold_back_regulation"),
        "refused": refused,
        "reason": request.POST.get("alasan", "").replace("\x00", ""),
    }
    context |= _on_a_day(versions, request.GET.get("tanggal", "").strip())
    return render(request, "psk_plugin/decrees/admin_versions.html", context, status=422 if refused else 200)


@require_POST
@permission_required("psk_plugin.hold_back_regulation", raise_exception=True)
def regulation_visibility(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold a regulation back from the public register, or show it again."""
    regulation = get_object_or_404(CompanyRegulation, pk=pk)
    if request.POST.get("tampil"):
        regulation_verbs.show_again(regulation, request.user)
        messages.success(request, _("The public register shows it again."))
    else:
        try:
            regulation_verbs.hold_back(regulation, request.user, request.POST.get("alasan", ""))
        except ValueError as refused:
            # Shown again with what was typed.
            return _versions_page(request, pk, str(refused))
        messages.success(request, _("The public register no longer shows it. The decree stays valid."))
    return redirect("psk_regulation_versions", pk)


def _on_a_day(versions: list[Version], typed: str) -> dict[str, Any]:
    """What the company's rules said on the day typed: version, decree, the text itself."""
    answer: dict[str, Any] = {"day_typed": typed[:40], "day": None, "held": None, "held_text": None, "held_units": ()}
    if not typed:
        return answer
    day = DateField(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"])
    try:
        answer["day"] = day.clean(typed[:40].replace("\x00", ""))
    except ValidationError:
        return answer | {"day_problem": _("This is not a date. Please write it like 24-11-2026.")}
    held = answer["held"] = held_on(versions, answer["day"])
    if held is not None and held.text_sha256:
        text = RegulationText.objects.filter(file__sha256=held.text_sha256).first()
        answer["held_text"] = text
        answer["held_units"] = headings.read(text.words).units if text is not None and text.has_words else ()
    return answer


@require_GET
@may_see_regulations
def regulation_redline(request: HttpRequest, pk: int) -> HttpResponse:
    """Two texts of the company as a redline: decreed ones, and those filed for them."""
    regulation = get_object_or_404(CompanyRegulation.objects.select_related("company"), pk=pk)
    page = ComparisonPage(request, regulation.company_id, regulation.kind)
    if page.is_unknown:
        messages.warning(request, _("The text you asked for is not here. These two are shown instead."))
    title = _("%(kind)s of %(company)s") % {"kind": regulation.kind, "company": regulation.company.name}
    context = _frame(title, "doc-full-inverse", _("Regulations"), "psk_peraturan_modeladmin_index") | page.context()
    context["subject"] = f"{regulation.company.name} · {regulation.get_kind_display()}"
    context["recognise_url"] = reverse("psk_regulation_recognise", args=[pk])
    context["breadcrumbs_items"][-1]["url"] = reverse("psk_regulation_versions", args=[pk])
    context["breadcrumbs_items"].append({"url": "", "label": _("Comparison of texts")})
    return render(request, "psk_plugin/review/redline.html", context)


@require_POST
@may_see_regulations
def regulation_recognise(request: HttpRequest, pk: int) -> HttpResponse:
    """Start recognising a scanned text of the company."""
    regulation = get_object_or_404(CompanyRegulation, pk=pk)
    sources = texts_of(regulation.company_id, regulation.kind, request.user)
    tell_started(request, start_recognition(sources, request.POST.get("naskah", "")))
    return redirect("psk_regulation_redline", pk=pk)


def _chosen(versions: list[Version], number: str | None, otherwise: int) -> Version:
    """The version asked for in the address; another where there is none of that number."""
    by_number = {str(version.number): version for version in versions}
    return by_number.get(number or "") or by_number.get(str(otherwise)) or versions[0]
