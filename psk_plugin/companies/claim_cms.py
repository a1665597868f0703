"""Claims in the Wagtail admin: the inbox, one claim with its proof, and the panel on the first page."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..adminkit import ListOnlyAdmin, ReadOnlyPermissionHelper
from ..homekit import MOST, Count, Row, TaskPanel, Work
from ..persons import full_name
from ..records.serving import respond
from . import claims
from .choices import sector_of
from .claim_models import Claim
from .comparing import compare
from .people import Refused

BASE = "psk/klaim"
DECIDE = "psk_plugin.decide_claim"
may_decide = permission_required(DECIDE, raise_exception=True)


class ClaimPermissions(ReadOnlyPermissionHelper):
    list_permission = "decide_claim"


class ClaimAdmin(ListOnlyAdmin):
    """Claims, those that wait first, the oldest of them at the top."""

    model = Claim
    base_url_path = BASE
    permission_helper_class = ClaimPermissions
    menu_label = gettext_lazy("Claims of companies")
    menu_item_name = "psk-claims"
    menu_icon = "user"
    # The words of the states happen to stand in this order: waiting, refused, accepted.
    ordering = ("-state", "created_at", "pk")
    list_display = ("name_link", "known_as", "person", "created_at", "state_words")
    list_filter = ("state", "company__kecamatan")
    list_select_related = ("company", "user", "decided_by")
    list_export = ("name", "nib", "company", "person", "created_at", "state", "reason", "decided_at", "decided_by")
    export_filename = "klaim-perusahaan"
    search_fields = ("name", "nib", "company__name", "user__email")
    search_hint = gettext_lazy("Name, NIB or e-mail")
    list_intro = gettext_lazy(
        "Persons who say that a company known from the census is theirs. Look at the proof, then decide."
    )
    list_empty = gettext_lazy("Nobody has claimed a company yet.")

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).defer("typed")

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/<int:pk>/", claim_page, name="psk_claim"),
            path(f"{BASE}/<int:pk>/bukti/", claim_proof, name="psk_claim_proof"),
            path(f"{BASE}/<int:pk>/terima/", claim_accept, name="psk_claim_accept"),
            path(f"{BASE}/<int:pk>/tolak/", claim_refuse, name="psk_claim_refuse"),
        )

    def name_link(self, claim: Claim) -> SafeString:
        address = reverse("psk_claim", args=[claim.pk])
        return format_html('<a href="{}">{}</a><span class="psk-sub">NIB {}</span>', address, claim.name, claim.nib)

    name_link.short_description = gettext_lazy("name as typed")
    name_link.admin_order_field = "name"

    def known_as(self, claim: Claim) -> SafeString:
        company = claim.company
        place = f"{company.identity} · {company.get_kecamatan_display()}"
        return format_html('{}<span class="psk-sub">{}</span>', company.name, place)

    known_as.short_description = gettext_lazy("known as")
    known_as.admin_order_field = "company__name"

    def person(self, claim: Claim) -> str:
        return claim.user.email

    person.short_description = gettext_lazy("person")
    person.admin_order_field = "user__email"

    def state_words(self, claim: Claim) -> SafeString:
        return format_html('{}<span class="psk-sub">{}</span>', claim.get_state_display(), claim.reason)

    state_words.short_description = gettext_lazy("state")
    state_words.admin_order_field = "state"


def _show(request: HttpRequest, pk: int, *, typed: str = "", problem: str = "", status: int = 200) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("company", "user", "decided_by", "proof"), pk=pk)
    judged = claims.profile_for(claim.company, claim.as_sent())
    is_right = judged.is_valid()
    typed_company = judged.form.instance
    # Otherwise set when it is saved.
    typed_company.sector = sector_of(typed_company.kbli_code)
    context = {
        "header_title": claim.name,
        "page_title": claim.name,
        "header_icon": ClaimAdmin.menu_icon,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_klaim_modeladmin_index"), "label": _("Claims of companies")},
            {"url": "", "label": claim.name},
        ],
        "claim": claim,
        "company": claim.company,
        "person": full_name(claim.user),
        "lines": [line for line in compare(claim.company, typed_company) if line.kept or line.gone],
        "typed_rows": [row.cleaned_data.get("name", "") for rows in judged.rows for row in rows.rows_that_count]
        if is_right
        else [],
        "problems": [] if is_right or not claim.is_waiting else [sentence for _where, sentence in judged.problems()],
        "others": claim.company.claims.filter(state=Claim.State.WAITING).exclude(pk=pk).select_related("user"),
        "may_see_company": request.user.has_perm("psk_plugin.view_company"),
        "typed": typed,
        "problem": problem,
        "max_reason": claims.MAX_REASON,
    }
    return TemplateResponse(request, "psk_plugin/companies/claim.html", context, status=status)


@never_cache
@require_safe
@may_decide
def claim_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim: what the person typed beside what the office knows, the proof, the decision."""
    return _show(request, pk)


@never_cache
@require_safe
@may_decide
def claim_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of the proof, for those who decide."""
    claim = get_object_or_404(Claim.objects.select_related("proof"), pk=pk)
    return respond(request, claim.proof, claim.proof_name, claim)


@require_POST
@may_decide
def claim_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The person becomes the manager of the company."""
    get_object_or_404(Claim, pk=pk)
    try:
        claim = claims.accept(pk, request.user)
    except Refused as refused:
        return _show(request, pk, problem=str(refused), status=422)
    messages.success(
        request,
        _("%(person)s now manages %(company)s and gets a mail.") % {"person": claim.user.email, "company": claim.name},
    )
    return redirect("psk_klaim_modeladmin_index")


@require_POST
@may_decide
def claim_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse with a reason, which the person reads."""
    get_object_or_404(Claim, pk=pk)
    typed = request.POST.get("alasan", "")
    try:
        claims.refuse(pk, request.user, typed)
    except Refused as refused:
        return _show(request, pk, typed=typed[:1000], problem=str(refused), status=422)
    messages.success(request, _("The claim is refused; the person gets a mail with the reason."))
    return redirect("psk_klaim_modeladmin_index")


class ClaimPanel(TaskPanel):
    """Claims that wait for a decision, the oldest first."""

    name = "psk_claims"
    heading = gettext_lazy("Claims of companies that wait")
    order = 57
    permissions = (DECIDE,)

    def find_work(self) -> Work:
        waiting = Claim.objects.filter(state=Claim.State.WAITING)
        number = waiting.count()
        if not number:
            return Work()
        listing = f"{reverse('psk_klaim_modeladmin_index')}?state__exact={Claim.State.WAITING}"
        words = ngettext("%(counter)s claim waits.", "%(counter)s claims wait.", number) % {"counter": number}
        rows = [
            Row(
                claim.name,
                reverse("psk_claim", args=[claim.pk]),
                _("asked on %s") % date_format(timezone.localtime(claim.created_at), "j F Y"),
            )
            for claim in waiting.defer("typed").order_by("created_at", "pk")[:MOST]
        ]
        return Work([Count(words, listing)], rows, listing, _("To all of them"))
