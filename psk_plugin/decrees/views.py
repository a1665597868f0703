"""Pages on which a company receives its decree and anyone checks one."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from ..companies.models import is_member
from ..records.serving import respond
from ..regulations.public import TONES
from ..review.access import visible_to
from ..submissions.models import Submission
from . import throttle
from .hashing import HashingUploadHandler, Weighed
from .models import Decree, clean_code

MAX_COMPARE_MB = 10


@never_cache
@require_GET
def decree_check(request: HttpRequest) -> HttpResponse:
    """The form for a code typed from paper. A code in `?kode=` leads on to its page."""
    typed = request.GET.get("kode", "")
    if not typed.strip():
        return render(request, "psk_plugin/decrees/check.html", {"is_empty": "kode" in request.GET})
    if code := clean_code(typed):
        return HttpResponseRedirect(Decree(code=code).get_absolute_url())
    return _unknown(request, typed[:60].replace("\x00", ""))


# The upload must meet our handler before anything reads the body, and the check of the token reads it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decree_verify(request: HttpRequest, code: str) -> HttpResponse:
    """What a decree's QR leads to: what it says, how it stands, and a place to compare a file with the kept one."""
    if request.method == "POST":
        request.upload_handlers = [HashingUploadHandler(request, limit=MAX_COMPARE_MB * 1024 * 1024)]
    return _verify(request, code)


@csrf_protect
def _verify(request: HttpRequest, code: str) -> HttpResponse:
    if throttle.is_braked(request):
        response = render(request, "psk_plugin/decrees/braked.html", status=429)
        response["Retry-After"] = "60"
        return response
    cleaned = clean_code(code)
    decree = Decree.objects.select_related("file", "company").filter(code=cleaned).first() if cleaned else None
    if decree is None:
        throttle.count_miss(request)
        return _unknown(request, code[:60].replace("\x00", ""))
    if request.method != "POST" and code != cleaned:
        return HttpResponseRedirect(decree.get_absolute_url())
    context = {
        "decree": decree,
        "state": decree.state,
        "tone": TONES[decree.state],
        "today": timezone.localdate(),
        "signature_note": decree.content.get("signature_note", ""),
        "signer": decree.content.get("signer", {}).get("title", ""),
        "outcome": decree.content.get("outcome", ""),
        "max_mb": MAX_COMPARE_MB,
    }
    status = 200
    if request.method == "POST":
        context["comparison"] = _compare(decree, request.FILES.get("berkas"))
        status = 422 if context["comparison"]["is_error"] else 200
    response = render(request, "psk_plugin/decrees/verify.html", context, status=status)
    # Whoever holds the code may look; no search engine needs to.
    response["X-Robots-Tag"] = "noindex"
    return response


def _compare(decree: Decree, upload) -> dict:
    """What became of comparing an upload: tone of the box, its title, one sentence more."""
    weighed: Weighed | None = getattr(upload, "weighed", None)
    if decree.file is None:
        return _problem(_("The decree's PDF is still being made. Please try again in a few minutes."))
    if weighed is None:
        return _problem(_("Please choose the PDF file of the decree."))
    if weighed.is_too_large:
        return _problem(
            _("The file is larger than %d MB, so it cannot be this decree. Please choose the decree's PDF.")
            % MAX_COMPARE_MB
        )
    if not weighed.size:
        return _problem(_("The file is empty. Please choose the file again."))
    if not weighed.is_pdf:
        return _problem(_("This file is not a PDF. A photo or a scan cannot be compared; compare the text instead."))
    if weighed.sha256 == decree.file.sha256:
        return {
            "tone": "success",
            "title": _("Exactly the same"),
            "text": _("Your file is, to the last byte, the decree that the office keeps."),
            "sha256": weighed.sha256,
            "is_error": False,
        }
    return {
        "tone": "error",
        "title": _("Different"),
        "text": _(
            "Your file is not the file that the office keeps. It may have been scanned, printed to a new file, signed "
            "again or changed. Trust only what this page says."
        ),
        "sha256": weighed.sha256,
        "is_error": False,
    }


def _problem(text: str) -> dict:
    return {"tone": "error", "title": _("The file was not compared"), "text": text, "is_error": True}


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    return render(request, "psk_plugin/decrees/check.html", {"unknown": True, "typed": typed}, status=404)


@login_required
@never_cache
@require_GET
def submission_decree(request: HttpRequest, number: str) -> HttpResponse:
    """The decree's PDF for the company's people, and for staff who examine applications or see decrees.

    To others the application does not exist. Until the PDF is made, a page that says so (202).
    """
    if "\x00" in number or len(number) > 80:
        raise Http404
    submission = get_object_or_404(Submission.objects.select_related("decree__file"), number=number)
    decree = getattr(submission, "decree", None)
    if decree is None or not may_read(request.user, submission):
        raise Http404
    if decree.file is None:
        response = render(request, "psk_plugin/decrees/preparing.html", {"submission": submission}, status=202)
        response["Retry-After"] = "30"
        return response
    return respond(request, decree.file, pdf_name(decree), submission, "keputusan", inline=False)


def may_read(user, submission: Submission) -> bool:
    """The company's people, the desks that may open the application, and staff who see decrees."""
    return (
        is_member(user, submission.company_id)
        or user.has_perm("psk_plugin.view_decree")
        or visible_to(user).filter(pk=submission.pk).exists()
    )


def pdf_name(decree: Decree) -> str:
    """What the file is called on the person's machine."""
    return f"{decree.content.get('document_name') or 'Keputusan'} {decree.number.replace('/', '-')}.pdf"
