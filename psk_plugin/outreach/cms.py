"""Mails in the Wagtail admin: what was written to whom, what became of it, and sending again by hand."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.admin_url_finder import register_admin_url_finder

from ..adminkit import ListOnlyAdmin
from . import outbox
from .models import Mail, Occasion

BASE = "psk/surel"
may_see = permission_required("psk_plugin.view_mail", raise_exception=True)
may_send = permission_required("psk_plugin.change_mail", raise_exception=True)


class StateFilter(SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "status"

    def lookups(self, request, model_admin) -> list:
        return Mail.State.choices

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(state=self.value()) if self.value() else queryset


class OccasionFilter(SimpleListFilter):
    title = gettext_lazy("occasion")
    parameter_name = "peristiwa"

    def lookups(self, request, model_admin) -> list:
        return Occasion.choices

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        return queryset.filter(code=self.value()) if self.value() else queryset


class MailAdmin(ListOnlyAdmin):
    """The outbox, newest first."""

    model = Mail
    base_url_path = BASE
    menu_label = gettext_lazy("Mails")
    menu_item_name = "psk-mails"
    menu_icon = "mail"
    ordering = ("-created_at", "-pk")
    list_display = ("written_at", "occasion", "number", "masked", "state_words", "attempts")
    list_filter = (StateFilter, OccasionFilter)
    list_select_related = ("submission",)
    # Not the recipient: an address searched for would stand in the page's own address.
    search_fields = ("submission__number", "about")
    search_hint = gettext_lazy("Number of the application or report")
    list_intro = gettext_lazy("Mails of the office, newest first, with what became of each.")
    list_empty = gettext_lazy("No mail has been written yet.")

    def get_queryset(self, request) -> QuerySet:
        # The letters themselves are large and the list does not show them.
        return super().get_queryset(request).defer("text", "html", "submission__data", "submission__company_data")

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{BASE}/<int:pk>/", mail_detail, name="psk_mail_detail"),
            path(f"{BASE}/<int:pk>/kirim-ulang/", mail_send_again, name="psk_mail_send_again"),
        )

    def written_at(self, mail: Mail) -> SafeString:
        moment = date_format(localtime(mail.created_at), "j M Y, H.i")
        return format_html('<a href="{}">{}</a>', reverse("psk_mail_detail", args=[mail.pk]), moment)

    written_at.short_description = gettext_lazy("written")
    written_at.admin_order_field = "created_at"

    def occasion(self, mail: Mail) -> str:
        return mail.get_code_display()

    occasion.short_description = gettext_lazy("occasion")

    def number(self, mail: Mail) -> str:
        return mail.submission.number if mail.submission_id else mail.about

    number.short_description = gettext_lazy("about")

    def masked(self, mail: Mail) -> str:
        return mail.masked_recipient

    masked.short_description = gettext_lazy("recipient")

    def state_words(self, mail: Mail) -> str:
        return mail.get_state_display()

    state_words.short_description = gettext_lazy("state")


@require_GET
@may_see
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as it was written. The full address stands here only: who corrects it must read it."""
    mail = get_object_or_404(Mail.objects.select_related("submission"), pk=pk)
    title = str(mail)
    return render(
        request,
        "psk_plugin/mail/detail.html",
        {
            "mail": mail,
            "sender": settings.DEFAULT_FROM_EMAIL,
            "may_send": request.user.has_perm("psk_plugin.change_mail"),
            "header_title": title,
            "page_title": title,
            "header_icon": "mail",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("psk_surel_modeladmin_index"), "label": _("Mails")},
                {"url": "", "label": title},
            ],
        },
    )


@require_POST
@may_send
def mail_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one mail once more, whatever became of it before."""
    mail = get_object_or_404(Mail, pk=pk)
    if outbox.send_again(mail):
        messages.success(request, _("The mail will be sent again."))
    else:
        messages.warning(request, _("This mail is just being sent. Please wait a few minutes."))
    return redirect("psk_mail_detail", pk=mail.pk)


class MailURLFinder:
    """Where the admin links to a mail."""

    def __init__(self, user) -> None:
        self.user = user

    def get_edit_url(self, instance: Mail) -> str | None:
        if self.user is not None and not self.user.has_perm("psk_plugin.view_mail"):
            return None
        return reverse("psk_mail_detail", args=[instance.pk])


register_admin_url_finder(Mail, MailURLFinder)
