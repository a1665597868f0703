"""The list of KBLI codes in the Wagtail admin: to look up, and to load anew from a CSV when an edition changes."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from ..adminkit import ListOnlyAdmin
from . import kbli
from .choices import KBLIEdition

BASE = "psk/kbli"
LOAD = "psk_plugin.add_kblicode"


class KBLIAdmin(ListOnlyAdmin):
    """Codes of all editions."""

    model = kbli.KBLICode
    base_url_path = BASE
    menu_label = gettext_lazy("KBLI codes")
    menu_item_name = "psk-kbli"
    menu_icon = "list-ul"
    menu_order = 780
    ordering = ("-edition", "code")
    list_display = ("code", "title", "edition")
    list_filter = ("edition",)
    search_fields = ("code", "title")
    search_hint = gettext_lazy("Code or line of business")
    list_intro = gettext_lazy(
        "From this list companies choose their line of business in forms. While the list of an edition is empty, every "
        "code of five digits is accepted for it."
    )
    list_empty = gettext_lazy("No list has been loaded yet.")
    index_template_name = "psk_plugin/companies/kbli_index.html"

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (*super().get_admin_urls_for_registration(), path(f"{BASE}/muat/", kbli_load, name="psk_kbli_load"))


class LoadForm(forms.Form):
    use_required_attribute = False
    edition = forms.ChoiceField(
        label=gettext_lazy("Edition"),
        choices=[("", gettext_lazy("Choose the edition")), *KBLIEdition.choices],
        error_messages={"required": gettext_lazy("Please choose the edition.")},
    )
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "First column: the code of five digits. Second column: its title. Other lines are left out. In Excel: Save "
            "as, CSV."
        ),
        error_messages={
            "required": gettext_lazy("Please choose the file."),
            "empty": gettext_lazy("The file is empty. Please choose the file again."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(LOAD, raise_exception=True)
def kbli_load(request: HttpRequest) -> HttpResponse:
    """Replace the list of one edition by a CSV file."""
    form = LoadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = LoadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                upload = form.cleaned_data["file"]
                if upload.size > kbli.MAX_BYTES:  # before reading it
                    raise ValidationError(_("The file is too large for a list of codes. Please check it."))
                loaded, left_out = kbli.load(form.cleaned_data["edition"], upload.read())
            except ValidationError as refused:
                form.add_error("file", refused)
            else:
                sentence = ngettext("%d code has been loaded.", "%d codes have been loaded.", loaded) % loaded
                if left_out:
                    sentence += " " + (
                        ngettext(
                            "%d line was left out: it holds no code of five digits.",
                            "%d lines were left out: they hold no code of five digits.",
                            left_out,
                        )
                        % left_out
                    )
                messages.success(request, sentence)
                return redirect("psk_kbli_modeladmin_index")
    title = _("Load a list of KBLI codes")
    context = {
        "form": form,
        "header_title": title,
        "page_title": title,
        "header_icon": KBLIAdmin.menu_icon,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_kbli_modeladmin_index"), "label": _("KBLI codes")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "psk_plugin/companies/kbli_load.html", context, status=422 if form.errors else 200)
