"""Pages of one campaign in the Wagtail admin: what it is, whom it reaches, its letters, answers and effect."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from .. import conf, pdf
from ..companies.models import Company
from ..compliance.standing import Standing
from ..outreach.outbox import in_our_language
from ..submissions.errors import LifecycleError, Stale
from . import effect, sending, tasks, verbs
from .choosing import held_back_of, in_words, matching
from .drawing import Press
from .forms import DEFAULT_TEXT, CampaignForm, LeaveOutForm
from .models import Addressee, Campaign, FollowUp, Group, has_mail_address
from .wording import OF_MEETING, PLACEHOLDERS

INDEX = "psk_kampanye_modeladmin_index"
may_see = permission_required("psk_plugin.view_campaign", raise_exception=True)
may_change = permission_required("psk_plugin.change_campaign", raise_exception=True)
may_send = permission_required("psk_plugin.send_campaign", raise_exception=True)


def campaign_or_404(pk: int) -> Campaign:
    return get_object_or_404(Campaign.objects.with_counts().select_related("meeting", "sent_by", "created_by"), pk=pk)


def frame(campaign: Campaign | None, title: str, *between: dict[str, str]) -> dict[str, Any]:
    """What every page of the room shows around its own content."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse(INDEX), "label": _("Compliance campaigns")},
    ]
    if campaign is not None and title != campaign.title:
        crumbs.append({"url": reverse("psk_campaign", args=[campaign.pk]), "label": campaign.title})
    return {
        "campaign": campaign,
        "header_title": title,
        "page_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": [*crumbs, *between, {"url": "", "label": title}],
    }


def page_of(request: HttpRequest, rows: QuerySet):
    return Paginator(rows, conf.PAGE_SIZE).get_page(request.GET.get("hal"))


def typed(request: HttpRequest) -> Any:
    """What was posted, without bytes no database takes."""
    data = request.POST.copy()
    for name, values in data.lists():
        data.setlist(name, [value.replace("\x00", "") for value in values])
    return data


@require_http_methods(["GET", "POST"])
@permission_required("psk_plugin.add_campaign", raise_exception=True)
def create(request: HttpRequest) -> HttpResponse:
    """A new campaign."""
    start = Campaign(created_by=request.user, text=DEFAULT_TEXT)
    return _edit(request, start, _("New campaign"))


@require_http_methods(["GET", "POST"])
@may_change
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a campaign that has not been sent."""
    campaign = campaign_or_404(pk)
    if not campaign.is_draft:
        messages.error(request, _("This campaign has been sent and can no longer be changed."))
        return redirect("psk_campaign", pk=pk)
    return _edit(request, campaign, _("Change the campaign"))


def _edit(request: HttpRequest, campaign: Campaign, title: str) -> HttpResponse:
    form = CampaignForm(typed(request) if request.method == "POST" else None, instance=campaign)
    if form.is_bound and form.is_valid():
        saved = form.save(commit=False)
        try:
            verbs.save_draft(saved)
        except LifecycleError as refused:
            messages.error(request, str(refused))
            return redirect("psk_campaign", pk=saved.pk)
        messages.success(request, _("Saved. Nothing has been sent yet."))
        return redirect("psk_campaign", pk=saved.pk)
    context = frame(campaign if campaign.pk else None, title) | {
        "form": form,
        "words": list(PLACEHOLDERS.items()),
        "meeting_words": list(OF_MEETING.items()),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "psk_plugin/campaigns/form.html", context, status=status)


@never_cache
@require_safe
@may_see
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a draft whom it would reach; of a sent one its letters and answers."""
    campaign = campaign_or_404(pk)
    return _draft(request, campaign) if campaign.is_draft else _sent(request, campaign)


def rights_of(user) -> dict[str, bool]:
    """What the person may do here, by the names the templates know."""
    return {
        "may_change": user.has_perm("psk_plugin.change_campaign"),
        "may_send": user.has_perm("psk_plugin.send_campaign"),
        "may_see_company": user.has_perm("psk_plugin.view_company"),
        "may_see_people": user.has_perm("psk_plugin.manage_registrations"),
    }


def _draft(request: HttpRequest, campaign: Campaign, *, form: LeaveOutForm | None = None) -> HttpResponse:
    companies = matching(campaign)
    counts = counts_of(campaign)
    page = page_of(request, companies)
    for company in page.object_list:
        company.standing_words = Standing(company.standing).label
    out = campaign.exclusions.select_related("company", "by").order_by("company__name", "pk")
    context = frame(campaign, campaign.title) | rights_of(request.user) | counts
    context |= {
        "conditions": in_words(campaign),
        "page": page,
        "exclusions": out[:200],
        "form": form,
        "problem_of": form.data.get("company") if form else "",
    }
    return TemplateResponse(request, "psk_plugin/campaigns/draft.html", context, status=422 if form else 200)


def counts_of(campaign: Campaign) -> dict[str, int]:
    """Of a draft: how many the filter finds, are left out, kept out, written to, can be mailed. One query."""
    is_in = Q(is_left_out=False)
    companies = matching(campaign).order_by().annotate(is_reachable=has_mail_address())
    found = companies.aggregate(
        found=Count("pk"),
        chosen=Count("pk", filter=is_in),
        reachable=Count("pk", filter=is_in & Q(is_reachable=True)),
    )
    held_back = held_back_of(found["chosen"], campaign.held_back_percent)
    return found | {
        "left_out": found["found"] - found["chosen"],
        "held_back": held_back,
        "to_write": found["chosen"] - held_back,
    }


def _sent(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    group, follow_up, words = narrowed(request)
    rows = shown_rows(campaign, group, follow_up, words)
    by_state = dict(campaign.addressees.addressed().order_by().values_list("follow_up").annotate(total=Count("pk")))
    context = frame(campaign, campaign.title) | rights_of(request.user)
    context |= {
        "conditions": in_words(campaign),
        "page": page_of(request, rows),
        "group": group,
        "groups": Group.choices,
        "follow_up": follow_up,
        "follow_ups": [(state.value, state.label, by_state.get(state.value, 0)) for state in FollowUp],
        "words": words,
        "is_narrowed": bool(words or follow_up or group != Group.ADDRESSED),
        "percent": round(100 * campaign.drawn / campaign.addressed) if campaign.addressed else 100,
        "left": campaign.addressed - campaign.drawn - campaign.failed,
        "is_busy": bool(campaign.busy_until and campaign.busy_until > timezone.now()),
        "effect": effect.effect_of(campaign),
        "windows": [(days, effect.is_over(campaign, days)) for days in effect.WINDOWS],
    }
    context["differences"] = effect.differences(context["effect"])
    context["has_comparison"] = any(row.group == Group.HELD_BACK for row in context["effect"])
    return TemplateResponse(request, "psk_plugin/campaigns/sent.html", context)


def narrowed(request: HttpRequest) -> tuple[str, str, str]:
    """Group, state of the follow-up and words that the address asks for; what is unknown does not limit."""
    group, follow_up = request.GET.get("kelompok", ""), request.GET.get("tindak", "")
    words = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    return (
        group if group in Group.values else Group.ADDRESSED.value,
        follow_up if follow_up in FollowUp.values else "",
        words,
    )


def shown_rows(campaign: Campaign, group: str, follow_up: str, words: str) -> QuerySet[Addressee]:
    """The companies of a sent campaign as its list and its download show them."""
    rows = campaign.addressees.filter(group=group).with_first_filing().with_attendance()
    if follow_up:
        rows = rows.filter(follow_up=follow_up)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(number__icontains=words))
    return rows.order_by("sequence", "name", "pk")


@require_POST
@may_change
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave one company out, with the reason."""
    campaign = campaign_or_404(pk)
    form = LeaveOutForm(typed(request))
    if not form.is_valid():
        return _draft(request, campaign, form=form) if campaign.is_draft else redirect("psk_campaign", pk=pk)
    company = get_object_or_404(Company, pk=form.cleaned_data["company"])
    try:
        verbs.leave_out(campaign, company, request.user, form.cleaned_data["reason"])
    except LifecycleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%s gets no letter.") % company.name)
    return redirect("psk_campaign", pk=pk)


@require_POST
@may_change
def take_in(request: HttpRequest, pk: int, company_pk: int) -> HttpResponse:
    """Take a company in again."""
    campaign, company = campaign_or_404(pk), get_object_or_404(Company, pk=company_pk)
    try:
        verbs.take_in(campaign, company)
    except LifecycleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%s is written to after all.") % company.name)
    return redirect("psk_campaign", pk=pk)


@require_POST
@may_change
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    try:
        verbs.discard(campaign_or_404(pk))
    except LifecycleError as refused:
        messages.error(request, str(refused))
        return redirect("psk_campaign", pk=pk)
    messages.success(request, _("The draft is deleted."))
    return redirect(INDEX)


@require_safe
@may_see
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to one company of the filter as it would be today, marked as a sample."""
    campaign = campaign_or_404(pk)
    company = matching(campaign).filter(is_left_out=False).first()
    if not campaign.is_draft or company is None:
        raise Http404
    with in_our_language():
        press = Press(sending.frozen(campaign))
    data = pdf.stamped(press.draw(sending.as_addressee(campaign, company)), "CONTOH")
    return pdf_response(data, "contoh-surat")


def pdf_response(data: bytes, name: str) -> HttpResponse:
    """A PDF to be read in the browser and kept by nobody on the way."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@may_send
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would go out; on the press of the button freeze the set and have the letters made."""
    campaign = campaign_or_404(pk)
    if not campaign.is_draft:
        messages.warning(request, _("This campaign has been sent already."))
        return redirect("psk_campaign", pk=pk)
    problem, status = "", 200
    if request.method == "POST":
        expected = request.POST.get("jumlah", "")
        expected = int(expected) if expected.isascii() and expected.isdigit() and len(expected) < 9 else -1
        try:
            sending.send(campaign, request.user, expected=expected)
        except LifecycleError as refused:
            problem, status = str(refused), 409 if isinstance(refused, Stale) else 422
        else:
            messages.success(request, _("The campaign is sent. The letters are being made."))
            return redirect("psk_campaign", pk=pk)
    return _announce(request, campaign_or_404(pk), problem, status)


def _announce(request: HttpRequest, campaign: Campaign, problem: str, status: int) -> HttpResponse:
    """How many letters and mails, to whom, with which words."""
    rows = matching(campaign).filter(is_left_out=False).annotate(is_reachable=has_mail_address())
    page = page_of(request, rows)
    letter = None
    if page.object_list:
        with in_our_language():
            press = Press(sending.frozen(campaign))
            letter = tasks.mail_of(press, sending.as_addressee(campaign, page.object_list[0]))
    context = frame(campaign, _("Send the campaign")) | counts_of(campaign)
    context |= {
        "page": page,
        "letter": letter,
        "number": sending.number_outline(),
        "problem": problem,
        "conditions": in_words(campaign),
    }
    return TemplateResponse(request, "psk_plugin/campaigns/send.html", context, status=status)


@require_POST
@may_send
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on making letters where a worker stopped, and try again those that could not be made."""
    campaign = campaign_or_404(pk)
    if campaign.state == Campaign.State.SENDING:
        tasks.go_on(campaign)
    return redirect("psk_campaign", pk=pk)
