"""The company's own pages: which companies, what each says about itself, registering one, asking to join one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import conf
from . import claims, people
from .access import (
    companies_of,
    follow_merged,
    keep_for_later,
    own_membership,
    safe_next,
    signed_in,
    take_up_again,
    with_next,
)
from .changes import changes_of
from .claim_models import Claim
from .claim_views import Question, question_about
from .forms import JoinForm
from .matching import claimable
from .models import Company, Membership
from .profile import BRANCHES, UNIONS, NibTaken, ProfileForms
from .regency import authority_over

#: People shown on the profile; the rest stand on the page of the people.
PEOPLE_SHOWN = 5
CLAIMS_SHOWN = 5


@never_cache
@require_safe
@signed_in
def company_list(request: HttpRequest) -> HttpResponse:
    """Companies for which the person acts, and requests that wait for an answer."""
    waiting = Membership.objects.filter(user=request.user, state=Membership.State.REQUESTED).select_related("company")
    page = Paginator(companies_of(request.user), conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    asked = request.user.psk_claims.exclude(state=Claim.State.ACCEPTED).order_by("-pk").defer("typed")
    context = {
        "page": page,
        "waiting": waiting.order_by("pk"),
        "claims": asked[:CLAIMS_SHOWN],
        "next": safe_next(request),
    }
    return render(request, "psk_plugin/companies/list.html", context)


@never_cache
@require_safe
@signed_in
@follow_merged
def company_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The profile to read; owners also see who changed what."""
    membership = own_membership(request, pk)
    company = membership.company
    is_owner = membership.role == Membership.Role.OWNER
    active = company.memberships.filter(state=Membership.State.ACTIVE).select_related("user").order_by("pk")
    context = {
        "company": company,
        "is_owner": is_owner,
        "authority": authority_over(company),
        "unions": company.unions.all(),
        "branches": company.branches.all(),
        "people": active[:PEOPLE_SHOWN],
        "people_total": active.count(),
        "wlkp_lapsed": company.wlkp_valid_until is not None and company.wlkp_valid_until < timezone.localdate(),
        "changes": changes_of(company) if is_owner else [],
        "next": safe_next(request),
    }
    return render(request, "psk_plugin/companies/detail.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def company_create(request: HttpRequest) -> HttpResponse:
    """Register a company. Needs an e-mail address that has been shown to answer."""
    return _profile(request, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def company_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the profile; for owners."""
    if not request.user.is_authenticated:
        return _profile(request, None)
    return _profile(request, own_membership(request, pk, as_owner=True).company)


def _profile(request: HttpRequest, company: Company | None) -> HttpResponse:
    """The form of a profile, new or standing, with its buttons "save" and "add a row"."""
    if not request.user.is_authenticated:
        return keep_for_later(request)
    if company is None and not people.verified_emails(request.user):
        context = {"next": request.get_full_path()}
        return render(request, "psk_plugin/companies/verify_first.html", context, status=403)
    if request.method != "POST":
        if company is None and (refused := _refused_claim(request)):
            return _show(request, ProfileForms.unjudged(refused.as_sent()))
        kept = take_up_again(request)
        if kept is None:
            return _show(request, ProfileForms(company=company))
        messages.info(request, _("You are signed in again. What you typed is still here; please save it now."))
        return _show(request, ProfileForms.unjudged(kept, company))
    if (prefix := request.POST.get("add")) in (UNIONS, BRANCHES):
        return _show(request, ProfileForms.with_another_row(request.POST, prefix, company))
    forms = ProfileForms(request.POST, company)
    right, question = forms.is_valid(), None
    if company is None:
        question = question_about(request, forms)
        if question.is_braked:
            # What was typed stays.
            told = _(
                "Many companies were tried from your connection. Please try again in ten minutes, or ask the office."
            )
            forms.form.add_error(None, told)
            return _show(request, forms, status=429)
        if question.claim is not None:
            _tell_claimed(request, question)
            return redirect(with_next(reverse("psk:company_list"), safe_next(request)))
        if question.is_open:
            return _show(request, forms, question=question, status=409 if not question.problems else 422)
    if not right:
        return _show(request, forms, nib_taken=forms.nib_is_taken(), status=422)
    if company and not forms.has_changed:
        messages.info(request, _("Nothing has been changed."))
        return redirect(safe_next(request) or reverse("psk:company_detail", args=[company.pk]))
    try:
        saved = forms.save(request.user)
    except NibTaken:
        forms.form.add_error("nib", forms.form.fields["nib"].error_messages["unique"])
        return _show(request, forms, nib_taken=True, status=422)
    except ValidationError as meanwhile:
        forms.form.add_error(None, meanwhile)
        return _show(request, forms, status=409)
    if question is not None and question.known:
        claims.registered_apart(saved, question.known, request.user)
    if company is None:
        messages.success(request, _("%(company)s is registered. You manage its data.") % {"company": saved.name})
    else:
        messages.success(request, _("The profile has been saved."))
    return redirect(safe_next(request) or reverse("psk:company_detail", args=[saved.pk]))


def _refused_claim(request: HttpRequest) -> Claim | None:
    """The person's own refused claim named in the address: what was typed then is where the form goes on from."""
    key = request.GET.get("dari", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return request.user.psk_claims.filter(pk=key, state=Claim.State.REFUSED).first()


def _tell_claimed(request: HttpRequest, question: Question) -> None:
    messages.success(
        request, _("The office will look at your proof and write to you. What you typed is kept until then.")
    )
    if question.somebody_waits:
        messages.warning(
            request,
            _(
                "Another person has asked for the same company. The office decides; whoever is not made manager can "
                "ask to join."
            ),
        )


def _show(
    request: HttpRequest,
    forms: ProfileForms,
    *,
    nib_taken: bool = False,
    question: Question | None = None,
    status: int = 200,
) -> HttpResponse:
    own = companies_of(request.user).filter(company__nib=forms.typed_nib).first() if nib_taken else None
    context = {
        "forms": forms,
        "form": forms.form,
        "company": forms.company,
        "authority": authority_over(forms.company) if forms.company else None,
        "errors": [] if forms.form.is_quiet or not forms.form.is_bound else forms.problems(),
        "nib_taken": nib_taken,
        "question": question,
        "own": own,
        "next": safe_next(request),
    }
    return render(request, "psk_plugin/companies/form.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def company_join(request: HttpRequest) -> HttpResponse:
    """Ask to act for a company that is registered already. Says nothing about it but whether it is."""
    form = JoinForm(request.POST or None)
    refused, unknown = "", False
    if not people.verified_emails(request.user):
        context = {"next": request.get_full_path()}
        return render(request, "psk_plugin/companies/verify_first.html", context, status=403)
    if request.method == "POST" and form.is_valid():
        nib = form.cleaned_data["nib"]
        unknown = not Company.objects.filter(nib=nib).exists() or claimable().filter(nib=nib).exists()
        try:
            _request, has_owner = people.ask_to_join(nib, request.user)
        except people.Refused as sentence:
            refused = str(sentence)
        else:
            if has_owner:
                messages.success(request, _("Your request has been sent to the manager of the company."))
            else:
                messages.warning(request, no_owner_sentence())
            return redirect(with_next(reverse("psk:company_list"), safe_next(request)))
    context = {"form": form, "refused": refused, "unknown": unknown, "next": safe_next(request)}
    failed = refused or (form.is_bound and not form.is_valid())
    return render(request, "psk_plugin/companies/join.html", context, status=422 if failed else 200)


def no_owner_sentence() -> str:
    return _(
        "Your request is kept, but nobody manages this company here any more. Please contact %(office)s, which can "
        "make you its manager."
    ) % {"office": _("Dinas Tenaga Kerja %s") % conf.CITY}


@require_POST
@signed_in
def request_cancel(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Take back one's own request."""
    try:
        people.take_back_request(membership_id, request.user)
    except people.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your request has been taken back."))
    return redirect("psk:company_list")


@require_POST
@signed_in
def company_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop acting for a company."""
    membership = own_membership(request, pk)
    try:
        people.leave(pk, request.user)
    except PermissionDenied:  # left in another tab meanwhile
        return redirect("psk:company_list")
    except people.Refused as refused:
        messages.error(request, str(refused))
        return redirect("psk:company_people", pk)
    messages.success(request, _("You no longer act for %(company)s.") % {"company": membership.company.name})
    return redirect("psk:company_list")
