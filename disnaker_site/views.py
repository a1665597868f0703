"""Pages of the site that are neither content nor the plugin's."""

import hashlib
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import send_unknown_account_mail
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psk_plugin.brake import Brake

from .accounts import PENDING_EMAIL_KEY
from .forms import ResendForm

#: One mail per address in this many seconds, so that nobody's mailbox is flooded by a stranger.
SECONDS_PER_ADDRESS = 60
#: Requests per client and hour.
REQUESTS_PER_CLIENT = 20
REQUESTS = Brake("account-resend", REQUESTS_PER_CLIENT, 60 * 60)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or cookies are off. What was typed is still in the browser: say so."""
    return render(request, "403_csrf.html", status=403)


def _is_allowed(request: HttpRequest, email: str) -> bool:
    """Count this request; False when the address or the client has had its share."""
    if REQUESTS.is_on(request):
        return False
    REQUESTS.count(request)
    # Hashed, as the brake does: the cache may be shared, and its keys are short.
    return cache.add(f"account-resend-{hashlib.sha256(email.encode()).hexdigest()[:24]}", 1, SECONDS_PER_ADDRESS)


def _send_again(request: HttpRequest, email: str) -> None:
    """Every address gets a mail that fits it, so that neither the page nor its speed tells who has an account."""
    adapter = get_adapter(request)
    address = EmailAddress.objects.filter(email__iexact=email).order_by("verified").first()
    if address is None:
        send_unknown_account_mail(request, email)
    elif address.verified:
        adapter.send_account_already_exists_mail(email)
    else:
        address.send_confirmation(request)


@require_http_methods(["GET", "HEAD", "POST"])
def resend_confirmation(request: HttpRequest) -> HttpResponse:
    """Send the confirmation mail again, at any time, also long after the first link has lapsed."""
    form = ResendForm(request.POST or None, initial={"email": request.session.get(PENDING_EMAIL_KEY, "")})
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        request.session[PENDING_EMAIL_KEY] = email
        if _is_allowed(request, email):
            _send_again(request, email)
        messages.success(
            request,
            _(
                "If an account with this address waits for its confirmation, a new e-mail is on its way. "
                "Please look in your inbox and in the spam folder."
            ),
        )
        wanted = request.POST.get("next", "")
        query = f"?{urlencode({'next': wanted})}" if wanted and get_adapter(request).is_safe_url(wanted) else ""
        return redirect(reverse("account_email_verification_sent") + query)
    return render(request, "account/resend.html", {"form": form})
