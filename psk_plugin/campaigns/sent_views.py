"""What came of a sent campaign, in the Wagtail admin: letters, the list as a file, numbers, one company's page."""

import secrets

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ..compliance.standing import Standing
from ..records.serving import respond
from ..sheets import FORMATS
from ..submissions.errors import LifecycleError
from . import effect, verbs
from .forms import ReplyForm
from .models import Addressee, Group
from .papers import headings, rows_of
from .views import (
    campaign_or_404,
    frame,
    may_see,
    narrowed,
    page_of,
    rights_of,
    shown_rows,
    typed,
)


@require_safe
@may_see
def printable(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """All letters in one file, or those that go out on paper only."""
    campaign = campaign_or_404(pk)
    stored = {"semua": campaign.print_file, "kertas": campaign.paper_file}.get(which)
    if stored is None:
        raise Http404
    return respond(request, stored, f"surat-kampanye-{campaign.pk}-{which}", campaign, which)


@require_safe
@may_see
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The list as XLSX or CSV, with addresses for labels; the filters of the page apply."""
    campaign = campaign_or_404(pk)
    if kind not in FORMATS or campaign.is_draft:
        raise Http404
    rows = shown_rows(campaign, *narrowed(request))
    if request.GET.get("surat") == "kertas":
        rows = rows.filter(mails=0)
    return FORMATS[kind](
        f"kampanye-{campaign.pk}", headings(), rows_of(rows, has_meeting=campaign.meeting_id is not None)
    )


@require_safe
@may_see
def behind(request: HttpRequest, pk: int, group: str, days: int) -> HttpResponse:
    """The companies behind one number of the effect."""
    campaign = campaign_or_404(pk)
    if campaign.is_draft or group not in Group.values or days not in effect.WINDOWS:
        raise Http404
    rows = effect.filed_within(campaign, group, days).order_by("first_filed_at", "pk")
    title = _("Filed within %d days") % days
    context = frame(campaign, title) | rights_of(request.user)
    context |= {"page": page_of(request, rows), "group_words": Group(group).label, "days": days}
    return TemplateResponse(request, "psk_plugin/campaigns/behind.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@may_see
def addressee(request: HttpRequest, pk: int) -> HttpResponse:
    """One company of a sent campaign: its letter, its answers, and the form for another one."""
    rows = Addressee.objects.with_first_filing().with_attendance().select_related("campaign__meeting", "company")
    row = get_object_or_404(rows, pk=pk)
    rights = rights_of(request.user)
    sent_on = timezone.localdate(row.campaign.sent_at)
    if request.method == "POST":
        if not rights["may_change"] or row.group != Group.ADDRESSED:
            raise PermissionDenied
        form = ReplyForm(typed(request), sent_on=sent_on)
        if form.is_valid():
            try:
                verbs.note(row, request.user, form.save(commit=False))
            except LifecycleError as refused:
                messages.error(request, str(refused))
                return redirect("psk_campaign", pk=row.campaign_id)
            messages.success(request, _("The answer is written down."))
            return redirect("psk_addressee", pk=pk)
    else:
        form = ReplyForm(
            initial={"said_on": timezone.localdate(), "form_key": secrets.token_urlsafe(16)}, sent_on=sent_on
        )
    context = frame(row.campaign, row.name) | rights
    context |= {
        "row": row,
        "standing": Standing(row.standing),
        "form": form,
        "replies": row.replies.select_related("by")[:200],
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "psk_plugin/campaigns/addressee.html", context, status=status)


@require_safe
@may_see
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to one company, as it was made."""
    row = get_object_or_404(Addressee.objects.select_related("file"), pk=pk)
    if row.file is None:
        raise Http404
    return respond(request, row.file, f"surat-{row.pk}", row)
