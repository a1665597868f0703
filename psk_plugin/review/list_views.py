"""Posts of the two lists: keeping, changing and removing a filter, choosing columns."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ..adminkit import MAX_PARAMETER
from . import saved
from .access import NOT_YOURS
from .cms import LISTS
from .columns import forget_columns, keep_columns
from .models import Place, SavedFilter
from .views import refused_page

#: Longest address that is kept: what the model holds.
LONGEST = SavedFilter._meta.get_field("query").max_length


class FilterForm(forms.ModelForm):
    """Name of a filter and the group that sees it."""

    class Meta:
        model = SavedFilter
        fields = ("name", "group")

    def __init__(self, *args: Any, user, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = saved.groups_to_share_with(user)
        self.fields["group"].empty_label = _("Nobody, only for me")
        self.fields["name"].error_messages["required"] = _("Give the filter a name.")

    def tie(self) -> "FilterForm":
        """Tell each input where its hint and its error stand."""
        for name, field in self.fields.items():
            ids = [f"id_{name}_hint"] if field.help_text else []
            if self.errors.get(name):
                ids.append(f"id_{name}_error")
                field.widget.attrs["aria-invalid"] = "true"
            if ids:
                field.widget.attrs["aria-describedby"] = " ".join(ids)
        return self


def of_list(view: Callable) -> Callable:
    """For who may open the list that is named."""

    @wraps(view)
    def wrapped(request: HttpRequest, place: str, **kwargs: Any) -> HttpResponse:
        if place not in saved.OPENS:
            raise Http404
        if not request.user.has_perm(saved.OPENS[place]):
            return refused_page(request, str(NOT_YOURS))
        return view(request, place, **kwargs)

    return wrapped


def address_of(place: str, query: str = "") -> str:
    return reverse(f"psk_{place}_modeladmin_index") + (f"?{query}" if query else "")


def clean_query(place: str, text: str) -> str:
    """The part of an address that the list itself would accept, in the order in which the list writes it."""
    typed, kept = QueryDict(text[: LONGEST * 4]), QueryDict(mutable=True)
    for name in sorted(set(typed) & LISTS[place].parameters()):
        if value := typed[name].replace("\x00", "")[:MAX_PARAMETER]:
            kept[name] = value
    query = kept.urlencode()
    return query if len(query) <= LONGEST else ""


@require_POST
@of_list
def save_filter(request: HttpRequest, place: str) -> HttpResponse:
    """Keep the list as it is now under a name."""
    query = clean_query(place, request.POST.get("query", ""))
    row = SavedFilter(owner=request.user, place=place, query=query)
    return _kept(request, row, gettext_lazy("Kept: %s."))


@require_http_methods(["GET", "HEAD", "POST"])
@of_list
def edit_filter(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Rename a filter of one's own, share it or keep it to oneself."""
    row = get_object_or_404(saved.own(request.user), place=place, pk=pk)
    if request.method == "POST":
        return _kept(request, row, gettext_lazy("Changed: %s."))
    return _form_page(request, row, FilterForm(instance=row, user=request.user))


@require_POST
@of_list
def delete_filter(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    row = get_object_or_404(saved.own(request.user), place=place, pk=pk)
    row.delete()
    messages.success(request, _("Removed: %s.") % row.name)
    return redirect(address_of(place))


@require_POST
@of_list
def choose_columns(request: HttpRequest, place: str) -> HttpResponse:
    if "usual" in request.POST:
        forget_columns(request.user, place)
    else:
        keep_columns(request.user, place, request.POST.getlist("kolom")[:50], LISTS[place].offered)
    messages.success(request, _("The columns are as you chose them."))
    return redirect(address_of(place, clean_query(place, request.POST.get("query", ""))))


def _kept(request: HttpRequest, row: SavedFilter, told) -> HttpResponse:
    form = FilterForm(request.POST, instance=row, user=request.user)
    if form.is_valid():
        try:
            saved.keep(form.instance)
        except saved.NameTaken:
            form.add_error("name", _("You have a filter of this name already. Choose another name."))
        except saved.TooMany:
            sentence = _("You keep %d filters already. Remove one that you no longer need.")
            form.add_error("name", sentence % saved.MOST)
        else:
            messages.success(request, told % form.instance.name)
            return redirect(address_of(row.place, row.query))
    return _form_page(request, row, form, status=422)


def _form_page(request: HttpRequest, row: SavedFilter, form: FilterForm, status: int = 200) -> HttpResponse:
    title = _("Saved filter")
    place = Place(row.place)
    action = "psk_list:filter_edit" if row.pk else "psk_list:filter_save"
    context = {
        "form": form.tie(),
        "row": row,
        "list_url": address_of(row.place, row.query),
        "action": reverse(action, args=[row.place, row.pk] if row.pk else [row.place]),
        "header_title": title,
        "header_icon": "search",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": address_of(row.place), "label": place.label},
            {"url": "", "label": title},
        ],
    }
    return TemplateResponse(request, "psk_plugin/review/saved_filter.html", context, status=status)
