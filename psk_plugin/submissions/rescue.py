"""A session that ends in mid-form costs nothing: what was just typed waits for the person to sign in again.

The answer to the last button press arrives without a session. It is kept in the new, anonymous session, on the server,
and goes into the draft when somebody who may change that draft signs in from the same browser. Files are not kept from
strangers: the form says that they must be chosen again.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode

from . import drafts
from .answers import MAX_LONG_TEXT, AnswersForm
from .errors import LifecycleError
from .models import Finding, Status, Submission

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
    return ask_to_sign_in(back)


def rescue_repair(request: HttpRequest, number: str) -> HttpResponse:
    """The same for a repair: what was typed is judged only after somebody of the company has signed in."""
    posted = [(k, v) for k, v in request.POST.items() if k.startswith(("field-", "finding-"))]
    request.session[KEY] = {
        "number": number.replace("\x00", "")[:80],
        "posted": {k[:80]: v.replace("\x00", "")[:MAX_LONG_TEXT] for k, v in posted[:100]},
    }
    return ask_to_sign_in(reverse("psk:submission_repair", args=[number]))


def ask_to_sign_in(back: str) -> HttpResponse:
    """To the sign-in page, and from there to `back`, a page that can be shown."""
    return redirect(resolve_url(settings.LOGIN_URL) + "?" + urlencode({"next": back}))


def signed_in_button(view_name: str) -> Callable:
    """For a view that only a button calls: whoever is not signed in comes back to the page of the button.

    `view_name`: that page; takes the same arguments as the view.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(reverse(view_name, args=args, kwargs=kwargs))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


@receiver(user_logged_in)
def put_back(sender, request, user, **kwargs) -> None:
    """After signing in: the rescued answers go into the draft, if this person may change it."""
    rescued = request.session.pop(KEY, None) if request is not None and hasattr(request, "session") else None
    if not rescued:
        return
    try:
        if "number" in rescued:
            _put_back_repair(user, rescued["number"], rescued["posted"])
        elif draft := Submission.objects.filter(token=rescued["token"]).first():
            drafts.keep_answers(draft, user, rescued["typed"])
    except LifecycleError:  # another person's, or filed meanwhile: nothing to put back
        return


def _put_back_repair(user, number: str, posted: dict[str, str]) -> None:
    submission = Submission.objects.of(user).filter(number=number).select_related("edition").first()
    if submission is None:
        return
    findings = list(submission.findings.filter(state=Finding.State.OPEN))
    asked = {finding.field_code for finding in findings}
    rows = [row for row in submission.definition["fields"] if row["code"] in asked]
    form = AnswersForm(submission.definition, rows, posted)
    answers = {str(f.pk): posted[f"finding-{f.pk}"] for f in findings if f"finding-{f.pk}" in posted}
    drafts.keep_repair(submission, user, form.typed(), answers)
