"""A session that ends in mid-form costs nothing: what was just typed waits for the person to sign in again.

The answer to the last button press arrives without a session. It is kept in the new, anonymous session, on the server,
and goes into the draft when somebody who may change that draft signs in from the same browser. Files are not kept from
strangers: the form says that they must be chosen again.
"""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from ..companies.access import to_sign_in
from . import drafts
from .answers import AnswersForm
from .errors import LifecycleError
from .kinds import MAX_KEPT
from .models import Finding, Status, Submission
from .repairs import rows_by_root

KEY = "psk_rescued"
#: Most fields that are rescued: more than a repair with a table has.
MOST_FIELDS = 1500


def rescue_and_ask_to_sign_in(request: HttpRequest, token, slug: str) -> HttpResponse:
    """Keep a step's typed answers in the anonymous session and lead to the sign-in page and back."""
    from .wizard import posted_step

    draft = Submission.objects.filter(token=token, status=Status.DRAFT).select_related("edition", "company").first()
    step = posted_step(draft, slug, request.POST) if draft else None
    if step and step.rows:
        form = AnswersForm(draft.definition, step.rows, request.POST)
        request.session[KEY] = {"token": str(token), "typed": form.typed()}
    back = reverse("psk:draft_resume", args=[token]) + "?" + urlencode({"langkah": slug})
    return to_sign_in(back)


def rescue_repair(request: HttpRequest, number: str) -> HttpResponse:
    """The same for a repair: what was typed is judged only after somebody of the company has signed in."""
    posted = [(k, v) for k, v in request.POST.lists() if k.startswith(("field-", "finding-"))]
    request.session[KEY] = {
        "number": number.replace("\x00", "")[:80],
        "posted": {
            k[:80]: [value.replace("\x00", "")[:MAX_KEPT] for value in values[:100]]
            for k, values in posted[:MOST_FIELDS]
        },
    }
    return to_sign_in(reverse("psk:submission_repair", args=[number]))


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


def _put_back_repair(user, number: str, kept: dict[str, list[str]]) -> None:
    submission = Submission.objects.of(user).filter(number=number).select_related("edition", "company").first()
    if submission is None:
        return
    posted = QueryDict(mutable=True)
    for name, values in kept.items():
        posted.setlist(name, values)
    findings = list(submission.findings.filter(state=Finding.State.OPEN))
    rows = [row for shown in rows_by_root(submission, findings).values() for row in shown]
    form = AnswersForm(submission.definition, rows, posted)
    answers = {str(f.pk): posted[f"finding-{f.pk}"] for f in findings if f"finding-{f.pk}" in posted}
    drafts.keep_repair(submission, user, form.typed(), answers)
