"""The services' room in the Wagtail admin: an editor builds a service from rows, without code."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.db.models import Count, Q
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ..adminkit import CreateView, EditView, ModelAdmin, NoRowButtons, OneRow, PermissionHelper
from . import verbs
from .editions import current_edition, define
from .judging import doubts
from .meanwhile import Meanwhile, join
from .models import Service
from .panels import EDIT_HANDLER, tab_of

may_change = permission_required("psk_plugin.change_service", raise_exception=True)
may_copy = permission_required(("psk_plugin.change_service", "psk_plugin.add_service"), raise_exception=True)


class ServicePermissions(PermissionHelper):
    """A service is closed, never deleted: applications and decrees name it for good."""

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class _Saving:
    """What saving a service adds to the package's views: one transaction, a readable history, a new edition, and care
    that nobody writes over what a colleague saved meanwhile.
    """

    #: Saved by colleagues since the page was opened: rows of history, newest first.
    overtaken: list = []
    #: What of theirs was taken over into the page, and what both changed.
    meanwhile: Meanwhile | None = None

    @property
    def media(self):
        return super().media + Media(js=["psk_plugin/builder.js"])

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        newest = self._newest_history()
        return kwargs | {"initial": {"seen_history": newest.history_id if newest else ""}}

    def _newest_history(self):
        pk = self.get_instance().pk
        return Service.history.filter(id=pk).order_by("-history_id").first() if pk else None

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        before = None
        if form.instance.pk:
            saved = Service.objects.select_for_update().get(pk=form.instance.pk)
            before = define(saved)
            if self._was_overtaken(form, saved):
                return self.form_invalid(form)
        if is_published := self.request.POST.get("aksi") == "publish" and not form.instance.is_published:
            form.instance.is_published = True
        form.instance._change_reason = self._reason(form, before, is_published)
        response = super().form_valid(form)
        for sentence in doubts(self.instance):
            messages.warning(self.request, sentence)
        return response

    def _was_overtaken(self, form, saved: Service) -> bool:
        """Whether somebody saved since the page was opened; the page then goes on from `saved`, as they left it."""
        seen, newest = form.cleaned_data.get("seen_history", ""), self._newest_history()
        if newest is None or str(newest.history_id) == seen:
            return False
        since = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 15 else None
        after = newest.history_id - 1 if since is None else since
        rows = Service.history.filter(id=form.instance.pk, history_id__gt=after).select_related("history_user")
        self.overtaken = list(rows.order_by("-history_id"))
        form.data = form.data.copy()
        form.data["seen_history"] = str(newest.history_id)
        opened = Service.history.filter(id=form.instance.pk, history_id=since).first()
        self.meanwhile = join(form, opened.instance if opened else None, saved)
        return True

    def _reason(self, form, before: dict | None, is_published: bool) -> str:
        parts = [_("Shown to the public")] if is_published else []
        if before is None:
            return "; ".join([_("Made"), *parts])
        # Only looked at: the rows are written by the saving itself.
        changes = form.changes(before, define(form.save(commit=False)))
        if changes:
            parts.append(_("Changed: %s") % "; ".join(changes))
        return "; ".join(parts)[:4000] or _("Nothing changed")

    def form_invalid(self, form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 409 if self.overtaken else 200
        return response

    def get_success_url(self) -> str:
        return reverse("psk_layanan_modeladmin_edit", args=[self.instance.pk])

    def get_success_message_buttons(self, instance: Service) -> list:
        return []

    def get_success_message(self, instance: Service) -> str:
        # Read again: rows just saved have ids that the instance in hand does not all know.
        edition = current_edition(Service.objects.get(pk=instance.pk))
        return _("The service “%s” has been saved. New applications use edition %d.") % (instance.title, edition.number)

    def get_error_message(self) -> str:
        if self.overtaken:
            return _("The service has not been saved: a colleague saved it first. Everything you typed is still here.")
        return _("The service has not been saved. Please repair what is marked; everything you typed is still here.")

    def get_context_data(self, form=None, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(form=form, **kwargs)
        form = context["form"]
        problems = list(form.problems()) if form.is_bound else []
        return context | {
            "overtaken": self.overtaken,
            "meanwhile": self.meanwhile,
            "script_words": {
                "required": _("required"),
                "optional": _("may be left empty"),
                "off": _("not in use"),
                "choose": _("Please choose"),
                "moved": _("Now at place %d."),
            },
            "problems": [(tab_of(problem.part), problem) for problem in problems],
        }


class ServiceCreateView(_Saving, CreateView):
    """A new service."""


class ServiceEditView(OneRow, _Saving, EditView):
    """An existing service."""


@require_POST
@may_copy
def copy_service(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of the service as saved, opened for its editor."""
    made = verbs.copy(get_object_or_404(Service, pk=pk), request.user)
    messages.success(
        request, _("This is the copy. Please give it its own title and words; the public does not see it yet.")
    )
    return redirect("psk_layanan_modeladmin_edit", made.pk)


@require_POST
@may_change
def publish_service(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the service to the public (`tampil=1`), or take it back."""
    service = get_object_or_404(Service, pk=pk)
    visible = request.POST.get("tampil") == "1"
    changed = verbs.publish(service, request.user, visible=visible)
    if not changed:
        sentence = _("The public sees this service already.") if visible else _("The public does not see it anyway.")
        messages.warning(request, sentence)
    elif visible:
        messages.success(request, _("The public now sees “%s”.") % service.title)
    else:
        messages.success(request, _("The public no longer sees “%s”. Running applications go on.") % service.title)
    return redirect("psk_layanan_modeladmin_edit", pk)


class ServiceAdmin(ModelAdmin):
    """Services: list, create, edit."""

    model = Service
    base_url_path = "psk/layanan"
    menu_label = gettext_lazy("Services")
    menu_item_name = "psk-services"
    menu_icon = "form"
    menu_order = 210
    button_helper_class = NoRowButtons
    history_key = "layanan"
    list_display = (
        "title",
        "kind_words",
        "filing_words",
        "published_words",
        "open_words",
        "running_count",
        "history_link",
    )
    list_intro = gettext_lazy("What companies can apply for: documents, questions, stages and the text of the decree.")
    ordering = ("title",)
    permission_helper_class = ServicePermissions
    create_view_class = ServiceCreateView
    edit_view_class = ServiceEditView
    edit_handler = EDIT_HANDLER

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        base = f"{self.base_url_path}/<int:pk>"
        return (
            *super().get_admin_urls_for_registration(),
            path(f"{base}/salin/", copy_service, name="psk_service_copy"),
            path(f"{base}/terbitkan/", publish_service, name="psk_service_publish"),
        )

    def get_queryset(self, request):
        running = Q(editions__submissions__filed_at__isnull=False, editions__submissions__closed_at__isnull=True)
        return super().get_queryset(request).annotate(running=Count("editions__submissions", filter=running))

    def kind_words(self, service: Service) -> str:
        return service.get_kind_display()

    kind_words.short_description = pgettext_lazy("column", "Kind")
    kind_words.admin_order_field = "kind"

    def filing_words(self, service: Service) -> str:
        return service.get_filing_type_display()

    filing_words.short_description = pgettext_lazy("column", "Filing")
    filing_words.admin_order_field = "filing_type"

    def published_words(self, service: Service) -> str:
        return _("Yes") if service.is_published else _("No")

    published_words.short_description = gettext_lazy("Seen by the public")
    published_words.admin_order_field = "is_published"

    def open_words(self, service: Service) -> str:
        return _("Yes") if service.accepts_applications else _("No")

    open_words.short_description = pgettext_lazy("column", "Open")

    def running_count(self, service: Service) -> int:
        return service.running

    running_count.short_description = pgettext_lazy("column", "Running")
    running_count.admin_order_field = "running"
