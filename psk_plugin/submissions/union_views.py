"""The page on which a union confirms a text, by a secret link and without an account; the button that asks again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..brake import Brake
from ..companies.access import signed_in
from ..records.models import StoredFile
from ..records.serving import respond
from . import union
from .access import own_submission
from .answers import period_of
from .errors import LifecycleError
from .union_models import UnionConfirmation

#: Wrong links from one address in ten minutes. A link has 256 bits: nobody finds one at this pace.
MISSES = Brake("union-miss", 20, 600)
#: Answers sent from one address in ten minutes, right or wrong.
ATTEMPTS = Brake("union-attempt", 30, 600)


class AnswerForm(forms.Form):
    """What the union says. Nothing that decides is preset."""

    use_required_attribute = False
    jawaban = forms.ChoiceField(
        label=gettext_lazy("Answer of the union"),
        choices=[
            ("setuju", gettext_lazy("We agree: this is the text that we signed.")),
            ("keberatan", gettext_lazy("We object.")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose one of the two answers."),
            "invalid_choice": gettext_lazy("Please choose one of the two answers."),
        },
    )
    alasan = forms.CharField(
        label=gettext_lazy("What the union objects to"),
        help_text=gettext_lazy("Only for an objection: which Pasal, and what was agreed instead."),
        required=False,
        max_length=union.MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    nama = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=union.MAX_NAME,
        error_messages={"required": gettext_lazy("Please write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    jabatan = forms.CharField(
        label=gettext_lazy("Your position in the union"),
        max_length=union.MAX_NAME,
        error_messages={"required": gettext_lazy("Please write your position.")},
    )
    berwenang = forms.BooleanField(
        label=gettext_lazy("I am entitled to speak for the union in this matter."),
        error_messages={"required": gettext_lazy("Please tick that you may speak for the union.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("jawaban") == "keberatan" and not cleaned.get("alasan", "").strip():
            self.add_error("alasan", _("Please write what the union objects to."))
        return cleaned


def _found(request: HttpRequest, token: str) -> UnionConfirmation:
    """The confirmation of the link. Raises `Http404` for a link that never was."""
    confirmation = union.by_token(token) if token.isalnum() and token.isascii() and len(token) == 64 else None
    if confirmation is None:
        MISSES.count(request)
        raise Http404
    return confirmation


def _braked(request: HttpRequest) -> HttpResponse:
    response = render(request, "psk_plugin/submissions/union_braked.html", status=429)
    response["Retry-After"] = "600"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Company, parties, period, the text to read, and the answer. Looking changes nothing but that it was seen."""
    if MISSES.is_on(request):
        return _braked(request)
    found = _found(request, token)
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm()
    closed = union.why_closed(found)
    status = 200
    if request.method == "POST" and not closed:
        if ATTEMPTS.is_on(request):
            return _braked(request)
        ATTEMPTS.count(request)
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                union.answer(
                    found,
                    agrees=said["jawaban"] == "setuju",
                    name=said["nama"],
                    position=said["jabatan"],
                    reason=said["alasan"],
                )
            except LifecycleError as refused:
                form.add_error(None, str(refused))
            else:
                return redirect("psk:union_confirmation", token)
    elif not closed:
        union.mark_seen(found)
    response = render(request, "psk_plugin/submissions/union.html", _shown(found, form, token), status=status)
    _keep_to_itself(response)
    return response


def _shown(found: UnionConfirmation, form: AnswerForm, token: str) -> dict[str, Any]:
    submission = found.submission
    found.refresh_from_db(fields=["answer", "answered_at", "closed_at"])
    # A dead link shows nothing of the matter.
    closed = union.why_closed(found)
    return {
        "confirmation": found,
        "closed": closed,
        "form": form,
        "token": token,
        "submission": submission,
        "period": period_of(submission),
        "title": submission.answer_for("title") or submission.definition["title"],
        "responsible": submission.answer_for("responsible") or "",
        "errors": [
            (f"#{form[name].auto_id}" if name in form.fields else "#formulir", " ".join(sentences))
            for name, sentences in form.errors.items()
        ],
    }


@never_cache
@require_safe
def text(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """A file that the union is asked about, while it is asked. The reading is recorded."""
    if MISSES.is_on(request):
        return _braked(request)
    found = _found(request, token)
    row = next((row for row in found.files if row["code"] == code), None)
    if row is None or union.why_closed(found):
        raise Http404
    stored = StoredFile.objects.get(pk=row["file"])
    response = respond(request, stored, row["title"], found.submission, code)
    union.mark_seen(found)
    _keep_to_itself(response)
    return response


def _keep_to_itself(response: HttpResponse) -> None:
    """The address is a secret: it goes into no index and no other site's log."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"


@require_POST
@signed_in(page="psk:submission_detail")
def ask_again(request: HttpRequest, number: str) -> HttpResponse:
    """The company asks its union again, by the address that it filed."""
    submission = own_submission(request, number)
    try:
        union.ask_again(submission, request.user)
    except LifecycleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The union gets a new mail. The link in the earlier one no longer counts."))
    return redirect("psk:submission_detail", submission.number)
