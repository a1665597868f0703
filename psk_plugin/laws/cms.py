"""The library of legal sources in the Wagtail admin."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from ..adminkit import ButtonHelper, DeleteView, EditView, ModelAdmin
from .models import LegalSource


class _OneRow:
    """A view of one row. The package hands whatever stands in the address to the database."""

    def __init__(self, model_admin, instance_pk: str) -> None:
        if not (instance_pk.isascii() and instance_pk.isdigit() and len(instance_pk) < 19):
            raise Http404
        super().__init__(model_admin, instance_pk)


class LawEditView(_OneRow, EditView):
    """One source."""


class LawDeleteView(_OneRow, DeleteView):
    """Taking out a source that no service rests on."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self._refusal(request) or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self._refusal(request) or super().post(request, *args, **kwargs)

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if not self.instance.services.exists():
            return None
        messages.error(
            request,
            _(
                "%(source)s is the legal basis of a service and stays. If it is no longer in force, set its state to "
                "that instead."
            )
            % {"source": self.instance},
        )
        return redirect(self.edit_url)


class NoRowButtons(ButtonHelper):
    """The name in a row is the link to it."""

    def get_buttons_for_obj(self, obj, *args, **kwargs) -> list:
        return []


class LegalSourceAdmin(ModelAdmin):
    """Every source of law, the one list that services, pages and the public read."""

    model = LegalSource
    base_url_path = "psk/dasar-hukum"
    menu_label = gettext_lazy("Legal basis")
    menu_item_name = "psk-laws"
    menu_icon = "doc-full-inverse"
    menu_order = 700
    history_key = "sumber-hukum"
    list_display = ("name_link", "title", "kind", "state", "is_public", "history_link")
    list_filter = ("state", "kind", "is_public")
    search_fields = ("short_name", "title", "number", "summary")
    search_hint = gettext_lazy("Name, number or subject")
    list_intro = gettext_lazy(
        "A new law is a new row; the old one stays with the state “No longer in force”, because applications filed "
        "under it still name it."
    )
    edit_view_class = LawEditView
    delete_view_class = LawDeleteView
    button_helper_class = NoRowButtons
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("short_name"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("year")]),
                    FieldPanel("title"),
                    FieldPanel("summary"),
                ],
                heading=gettext_lazy("What it is"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("state"),
                    FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("in_force_until")]),
                    FieldPanel("note"),
                ],
                heading=gettext_lazy("Whether it stands"),
            ),
            MultiFieldPanel([FieldPanel("document"), FieldPanel("link")], heading=gettext_lazy("Its text")),
            MultiFieldPanel([FieldPanel("is_public"), FieldPanel("code")], heading=gettext_lazy("On the website")),
        ]
    )

    def name_link(self, row: LegalSource) -> SafeString:
        url = reverse(self.url_helper.get_action_url_name("edit"), args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, row.short_name)

    name_link.short_description = gettext_lazy("short name")
    name_link.admin_order_field = "short_name"
