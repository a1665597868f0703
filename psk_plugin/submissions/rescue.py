"""A session that ends in mid-form costs nothing: what was just typed waits for the person to sign in again.

The answer to the last button press arrives without a session. It is kept in the new, anonymous session, on the server,
and goes into the draft when somebody who may change that draft signs in from the same browser. Files are not kept from
strangers: the form says that they must be chosen again.
"""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode

from . import drafts
from .answers import AnswersForm
from .errors import LifecycleError
from .models import Status, Submission

KEY = "psk_rescued"


def rescue_and_ask_to_sign_in(request: HttpRequest, token, slug: str) -> HttpResponse:
    """Keep a step's typed answers in the anonymous session and lead to the sign-in page and back."""
    from .wizard import find_step

    draft = Submission.objects.filter(token=token, status=Status.DRAFT).select_related("edition").first()
    step = find_step(draft.definition, slug) if draft else None
    if step and step.rows:
        form = AnswersForm(draft.definition, step.rows, request.POST)
        request.session[KEY] = {"token": str(token), "typed": form.typed()}
    back = reverse("psk:draft_resume", args=[token]) + "?" + urlencode({"langkah": slug})
    return redirect(resolve_url(settings.LOGIN_URL) + "?" + urlencode({"next": back}))


@receiver(user_logged_in)
def put_back(sender, request, user, **kwargs) -> None:
    """After signing in: the rescued answers go into the draft, if this person may change it."""
    rescued = request.session.pop(KEY, None) if request is not None and hasattr(request, "session") else None
    if not rescued:
        return
    draft = Submission.objects.filter(token=rescued["token"]).first()
    if draft is None:
        return
    try:
        drafts.keep_answers(draft, user, rescued["typed"])
    except LifecycleError:  # another person's draft, or filed meanwhile: nothing to put back
        return
