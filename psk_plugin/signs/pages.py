"""The page of one company's early signs: what they rest on, and who looks after it until when."""

import datetime as dt

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ..companies.access import follow_merged
from ..companies.models import Company
from ..submissions.errors import LifecycleError
from . import verbs
from .finding import Found, Reason, signs
from .models import Sign

VIEW, MARK = "psk_plugin.view_signmark", "psk_plugin.add_signmark"
#: Kind of row a reason rests on -> permissions of which one opens it, and its page.
PLACES = {
    "submission": (("psk_plugin.view_all_submissions",), "psk_desk:desk"),
    "ticket": (("psk_plugin.answer_ticket",), "psk_ticket"),
    "regulation": (("psk_plugin.view_companyregulation",), "psk_regulation_versions"),
}


def link_of(reason: Reason, user) -> str:
    """The page of what a reason rests on; nothing where there is none or the person may not open it."""
    if reason.kind not in PLACES:
        return ""
    permissions, name = PLACES[reason.kind]
    return reverse(name, args=[reason.pk]) if any(user.has_perm(p) for p in permissions) else ""


@never_cache
@require_http_methods(["GET", "POST"])
@permission_required(VIEW, raise_exception=True)
@follow_merged
def company_signs(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the company stands in the list; POST: somebody looks after it."""
    company = get_object_or_404(Company, pk=pk)
    found = signs().get(company.pk) or Found(company.pk)
    typed = {name: request.POST.get(name, "").replace("\x00", "")[:2000] for name in ("sampai", "catatan")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        if not request.user.has_perm(MARK):
            raise PermissionDenied
        try:
            until = parse_date(typed["sampai"])
        except ValueError:  # A date that no calendar has.
            until = None
        if until is None:
            problems["sampai"] = _("Please write a day of the calendar, for example 2026-11-30.")
        else:
            try:
                verbs.mark(company, request.user, until=until, note=typed["catatan"], codes=found.codes)
            except LifecycleError as refused:
                at_day = until < timezone.localdate() or until > timezone.localdate() + dt.timedelta(verbs.MOST_DAYS)
                problems["sampai" if at_day else "catatan"] = str(refused)
            else:
                messages.success(request, _("Noted. The company leaves the list until that day."))
                return redirect("psk_sign_company", pk=pk)
    context = {
        "header_title": company.name,
        "page_title": company.name,
        "header_icon": "warning",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_tanda-dini_modeladmin_index"), "label": _("Early signs")},
            {"url": "", "label": company.name},
        ],
        "company": company,
        "reasons": [(Sign(r.sign).label, r.words, link_of(r, request.user)) for r in found.reasons],
        "is_looked_after": found.is_looked_after(timezone.localdate()),
        "marks": company.sign_marks.select_related("by")[:100],
        "may_mark": request.user.has_perm(MARK),
        "may_see_company": request.user.has_perm("psk_plugin.view_company"),
        "typed": typed,
        "problems": problems,
        "today": timezone.localdate(),
    }
    status = 422 if problems else 200
    return TemplateResponse(request, "psk_plugin/signs/company.html", context, status=status)
