"""Companies in the Wagtail admin: the list, and the page of one. Their data is theirs: the office reads it."""

from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.contrib.auth.decorators import permission_required
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.admin_url_finder import register_admin_url_finder

from ..adminkit import ListOnlyAdmin
from . import people
from .access import follow_merged
from .changes import changes_of
from .claim_cms import DECIDE
from .claim_models import Claim
from .models import Branch, Company, Membership, headcount
from .regency import authority_over

BASE = "psk/perusahaan"
VIEW, APPOINT = "psk_plugin.view_company", "psk_plugin.change_membership"
#: People and requests shown on the page of one company.
PEOPLE_SHOWN = 50
MERGES_SHOWN = 20


class ManagedFilter(SimpleListFilter):
    """Companies that nobody manages any more need the office."""

    title = gettext_lazy("manager")
    parameter_name = "pengelola"

    def lookups(self, request, model_admin) -> list:
        return [("ada", gettext_lazy("has a manager")), ("tidak", gettext_lazy("without a manager"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        owners = Exists(Membership.objects.owners().filter(company=OuterRef("pk")))
        match self.value():
            case None:
                return queryset
            case "ada":
                return queryset.filter(owners)
            case "tidak":
                return queryset.filter(~owners)
            case _:
                return queryset.none()


class CompanyAdmin(ListOnlyAdmin):
    """All companies, by name."""

    model = Company
    base_url_path = BASE
    menu_label = gettext_lazy("Companies")
    menu_item_name = "psk-companies"
    menu_icon = "group"
    menu_order = 400
    ordering = ("name", "pk")
    list_display = ("name_link", "nib", "kecamatan", "sector", "headcount")
    list_filter = ("kecamatan", "sector", "source", ManagedFilter)
    search_fields = ("name", "nib")
    search_hint = gettext_lazy("Name or NIB")
    list_intro = gettext_lazy("Companies registered here, with what they say about themselves.")
    list_empty = gettext_lazy("No company has registered yet.")

    def get_queryset(self, request) -> QuerySet:
        elsewhere = Exists(Branch.objects.filter(company=OuterRef("pk"), in_city=False))
        return super().get_queryset(request).annotate(total=headcount(), is_beyond_city=elsewhere)

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/<int:pk>/", company_page, name="psk_company"),
            path(f"{BASE}/<int:pk>/angkat/<int:membership_id>/", company_appoint, name="psk_company_appoint"),
        )

    def name_link(self, company: Company) -> SafeString:
        link = format_html('<a href="{}">{}</a>', reverse("psk_company", args=[company.pk]), company.name)
        if company.is_beyond_city:
            return format_html('{}<span class="psk-sub">{}</span>', link, _("also outside the city"))
        return link

    name_link.short_description = gettext_lazy("company")
    name_link.admin_order_field = "name"

    def headcount(self, company: Company) -> int:
        return company.total

    headcount.short_description = gettext_lazy("workers")
    headcount.admin_order_field = "total"


def _crumbs(title: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("psk_perusahaan_modeladmin_index"), "label": _("Companies")},
        {"url": "", "label": title},
    ]


@require_safe
@permission_required(VIEW, raise_exception=True)
@follow_merged
def company_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a company says about itself, who acts for it, what changed."""
    company = get_object_or_404(Company, pk=pk)
    known = Q(state=Membership.State.ACTIVE) | Q(state=Membership.State.REQUESTED)
    memberships = company.memberships.filter(known).select_related("user").order_by("state", "role", "pk")
    has_owner = Membership.objects.owners().filter(company=company).exists()
    context = {
        "company": company,
        "authority": authority_over(company),
        "unions": company.unions.all(),
        "branches": company.branches.all(),
        "memberships": memberships[:PEOPLE_SHOWN],
        "has_owner": has_owner,
        "may_appoint": not has_owner and request.user.has_perm(APPOINT),
        "changes": changes_of(company),
        "waiting_claims": company.claims.filter(state=Claim.State.WAITING).defer("typed")
        if request.user.has_perm(DECIDE)
        else [],
        "merges": company.merges.defer("kept_data", "gone_data")[:MERGES_SHOWN],
        "header_title": company.name,
        "page_title": company.name,
        "header_icon": CompanyAdmin.menu_icon,
        "breadcrumbs_items": _crumbs(company.name),
    }
    return render(request, "psk_plugin/companies/admin_page.html", context)


@require_POST
@permission_required(APPOINT, raise_exception=True)
def company_appoint(request: HttpRequest, pk: int, membership_id: int) -> HttpResponse:
    """Make somebody the manager of a company that nobody manages any more."""
    get_object_or_404(Company, pk=pk)
    try:
        membership = people.appoint(pk, request.user, membership_id)
    except people.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            capfirst(_("%(person)s now manages the company.") % {"person": people.name_of(membership.user)}),
        )
    return redirect("psk_company", pk)


class CompanyURLFinder:
    """Where the admin links to a company."""

    def __init__(self, user) -> None:
        self.user = user

    def get_edit_url(self, company: Company) -> str | None:
        if self.user is not None and not self.user.has_perm(VIEW):
            return None
        return reverse("psk_company", args=[company.pk])


register_admin_url_finder(Company, CompanyURLFinder)
