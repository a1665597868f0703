"""Pages and buttons about a company's people."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import conf
from . import people
from .access import own_membership, signed_in, to_sign_in
from .forms import InvitationForm
from .mails import invitation_address
from .models import Company, Invitation, Membership

State = Membership.State


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def company_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who acts for the company. Owners see requests and invitations too; a POST by an owner invites."""
    membership = own_membership(request, pk, as_owner=request.method == "POST")
    form = InvitationForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _invite(request, pk, form):
            return redirect("psk:company_people", pk)
        status = 422
    return _show(request, membership, form, status)


def _invite(request: HttpRequest, pk: int, form: InvitationForm) -> bool:
    try:
        invitation = people.invite(pk, request.user, form.cleaned_data["email"], form.cleaned_data["role"])
    except people.Refused as refused:
        form.add_error("email", str(refused))
        return False
    _tell_about_mail(request, invitation)
    return True


def _tell_about_mail(request: HttpRequest, invitation: Invitation) -> None:
    """Whether the mail went out, as far as that is known by now."""
    invitation.refresh_from_db(fields=["mail_failed"])
    if invitation.mail_failed:
        messages.warning(
            request,
            _(
                "The invitation is kept, but its e-mail could not be sent just now. Send it again in a few minutes, "
                "or give the link below to the person yourself."
            ),
        )
    else:
        messages.success(request, _("The invitation is on its way by e-mail."))


def _show(request: HttpRequest, membership: Membership, form: InvitationForm, status: int) -> HttpResponse:
    company: Company = membership.company
    is_owner = membership.role == Membership.Role.OWNER
    active = company.memberships.filter(state=State.ACTIVE).select_related("user").order_by("pk")
    page = Paginator(active, conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    requests, invitations = [], []
    if is_owner:
        requests = company.memberships.filter(state=State.REQUESTED).select_related("user").order_by("pk")[:100]
        invitations = list(
            company.invitations.filter(accepted_at=None, withdrawn_at=None)[: people.MAX_INVITATIONS * 2]
        )
        for invitation in invitations:
            invitation.address = invitation_address(invitation)
    context = {
        "company": company,
        "is_owner": is_owner,
        "me": membership,
        "page": page,
        "requests": requests,
        "invitations": invitations,
        "form": form,
    }
    return render(request, "psk_plugin/companies/people.html", context, status=status)


def _button(said: str, act: Callable[[HttpRequest, int, int], Any]) -> Callable[..., HttpResponse]:
    """A view for one button of an owner: does `act`, says `said` or why not, and goes back to the people."""

    @require_POST
    @signed_in
    def view(request: HttpRequest, pk: int, row: int) -> HttpResponse:
        own_membership(request, pk, as_owner=True)
        try:
            done = act(request, pk, row)
        except people.Refused as refused:
            messages.error(request, str(refused))
        else:
            if isinstance(done, Invitation) and done.withdrawn_at is None:
                _tell_about_mail(request, done)
            else:
                messages.success(request, _(said))
        return redirect("psk:company_people", pk)

    return view


def _change_role(request: HttpRequest, pk: int, row: int) -> Membership:
    return people.change_role(pk, request.user, row, request.POST.get("role", ""))


request_approve = _button(
    gettext_noop("The person now acts for the company."), lambda r, pk, row: people.approve(pk, r.user, row)
)
request_decline = _button(gettext_noop("The request was declined."), lambda r, pk, row: people.decline(pk, r.user, row))
member_role = _button(gettext_noop("The role was changed."), _change_role)
member_end = _button(gettext_noop("The access was ended."), lambda r, pk, row: people.end(pk, r.user, row))
invitation_resend = _button("", lambda r, pk, row: people.invite_again(pk, r.user, row))
invitation_withdraw = _button(
    gettext_noop("The invitation was withdrawn."), lambda r, pk, row: people.withdraw(pk, r.user, row)
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: shows it to the person it was sent to, who takes it by a button."""
    if not request.user.is_authenticated:
        return to_sign_in(reverse("psk:invitation", args=[token]))
    found = get_object_or_404(Invitation.objects.select_related("company"), token=token)
    emails = people.verified_emails(request.user)
    is_mine = found.email in emails
    if request.method == "POST" and is_mine:
        try:
            people.accept(token, request.user)
        except people.Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("You now act for %(company)s.") % {"company": found.company.name})
            return redirect("psk:company_detail", found.company_id)
    if found.accepted_at and is_mine and Company.objects.of(request.user).filter(pk=found.company_id).exists():
        return redirect("psk:company_detail", found.company_id)
    context = {"invitation": found, "is_mine": is_mine, "masked": mask(found.email), "path": request.path}
    return render(request, "psk_plugin/companies/invitation.html", context, status=200 if is_mine else 403)


def mask(email: str) -> str:
    """An address that its owner recognises and nobody else can use."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
