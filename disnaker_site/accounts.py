"""How accounts behave on this site: nobody loses the page they came from, and a silent mail server loses nobody."""

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

#: In the confirmation link. Not `next`: allauth would go there even when the reader is not signed in yet.
RETURN_PARAM = "kembali"
#: Session key of the address that waits for its confirmation, to fill in the form that sends it again.
PENDING_EMAIL_KEY = "account_pending_email"


class AccountAdapter(DefaultAccountAdapter):
    """allauth with a way back through the confirmation mail."""

    def wanted_url(self, request: HttpRequest | None, param: str = "next") -> str:
        """Where the person wanted to go, if it is an address of ours; empty otherwise."""
        if request is None:
            return ""
        url = request.POST.get(param) or request.GET.get(param) or ""
        return url if url and self.is_safe_url(url) else ""

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link of the mail. It knows the way back, because mail is often opened in another browser."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        wanted = self.wanted_url(request)
        return f"{url}?{urlencode({RETURN_PARAM: wanted})}" if wanted else url

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Back to where the person came from; by way of the sign-in page in a browser that is not signed in."""
        wanted = self.wanted_url(self.request, RETURN_PARAM)
        if not wanted:
            return super().get_email_verification_redirect_url(email_address)
        if self.request.user.is_authenticated:
            return wanted
        return f"{reverse('account_login')}?{urlencode({'next': wanted})}"

    def respond_email_verification_sent(self, request: HttpRequest, user: Any) -> HttpResponseBase:
        """The page "look in your mail", which offers to send again to the same address."""
        address = request.POST.get("email") or request.POST.get("login") or getattr(user, "email", "")
        if "@" in address:
            request.session[PENDING_EMAIL_KEY] = address[:254]
        wanted = self.wanted_url(request)
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        return redirect(reverse("account_email_verification_sent") + query)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer must not turn a finished sign-up into an error page."""
        names = {"site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.WAGTAILADMIN_BASE_URL}
        try:
            super().send_mail(template_prefix, email, {**names, **context})
        except (SMTPException, OSError) as error:
            # Its words may hold the address, which stays out of the log.
            logger.warning("Could not send %s: %s", template_prefix, type(error).__name__)
            if self.request is not None:
                messages.error(
                    self.request,
                    _("The e-mail could not be sent just now. Please ask for it again in a few minutes."),
                )
