"""The company's own regulations, and from each the way to its renewal, extension or amendment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import conf
from ..companies.access import to_sign_in
from ..companies.models import Company, Membership
from ..regulations.models import CompanyRegulation
from ..regulations.public import TONES
from ..services.models import FilingType, Service
from . import drafts, origin, rules
from .errors import LifecycleError
from .models import RUNNING, Status, Submission
from .wizard import step_address, steps_of

#: In the order in which they are offered.
CHANGES = (FilingType.RENEWAL, FilingType.EXTENSION, FilingType.AMENDMENT)


def _own(user) -> QuerySet[CompanyRegulation]:
    return CompanyRegulation.objects.filter(
        company__in=Membership.objects.filter(user=user, state=Membership.State.ACTIVE).values("company")
    ).select_related("company", "decree")


@never_cache
@require_safe
@login_required
def own_regulations(request: HttpRequest) -> HttpResponse:
    """PP and PKB of the person's companies: what holds, until when, and what can be done about it."""
    under_way = Prefetch(
        "applications",
        Submission.objects.filter(status__in=(*RUNNING, Status.DRAFT)).select_related("service").order_by("pk"),
        to_attr="under_way",
    )
    rows = _own(request.user).prefetch_related(under_way).order_by("company__name", "kind", "pk")
    page = Paginator(rows, conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    today = timezone.localdate()
    for regulation in page:
        regulation.shown_state = regulation.state_on(today)
        regulation.tone = TONES[regulation.shown_state]
        regulation.can_change = regulation.shown_state in origin.STARTING
    context = {"page": page, "has_company": Company.objects.of(request.user).exists()}
    return render(request, "psk_plugin/submissions/own_regulations.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done with one regulation: GET shows the choice with its reasons, POST begins, filled in."""
    if not request.user.is_authenticated:
        return to_sign_in(reverse("psk:regulation_next", args=[pk]))
    regulation = get_object_or_404(_own(request.user), pk=pk)
    services = {
        service.pk: service
        for service in Service.objects.filter(is_published=True, kind=regulation.kind, filing_type__in=CHANGES)
    }
    if request.method == "POST":
        chosen = request.POST.get("layanan", "")
        service = services.get(int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 15 else None
        if service is None:
            messages.error(request, _("Please choose what you want to do."))
            return redirect("psk:regulation_next", pk)
        try:
            draft, _is_new = drafts.open_draft(service, regulation.company, request.user)
        except LifecycleError as refused:
            messages.error(request, str(refused))
            return redirect("psk:regulation_next", pk)
        return redirect(step_address(draft, steps_of(draft)[0].slug))
    started = {
        draft.service_id: draft
        for draft in Submission.objects.filter(
            company=regulation.company, service__in=services, status=Status.DRAFT
        ).select_related("service")
    }
    choices = [
        {
            "service": service,
            "draft": started.get(service.pk),
            "obstacle": _("This service does not accept applications at present.")
            if not service.accepts_applications
            else rules.why_not(service, regulation.company),
        }
        for service in sorted(services.values(), key=lambda one: (CHANGES.index(one.filing_type), one.title))
    ]
    context = {
        "regulation": regulation,
        "state": regulation.state,
        "tone": TONES[regulation.state],
        "choices": choices,
    }
    return render(request, "psk_plugin/submissions/regulation_next.html", context)
