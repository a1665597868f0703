"""The one module that knows wagtail-modeladmin: leaving that package costs this file.

What it adds to the package: lists that no address can break or pry with, rows prepared in one go so that the query
count stays constant, cells that name themselves on a phone, and lists without add, edit and delete.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.utils import label_for_field
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail_modeladmin import options
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.menus import ModelAdminMenuItem
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register
from wagtail_modeladmin.templatetags.modeladmin_tags import results
from wagtail_modeladmin.views import CreateView as PackageCreateView
from wagtail_modeladmin.views import DeleteView, EditView, InspectView
from wagtail_modeladmin.views import IndexView as PackageIndexView

from . import conf
from .counting import Bounded

__all__ = [
    "ButtonHelper",
    "CreateView",
    "DeleteView",
    "EditView",
    "IndexView",
    "InspectView",
    "ListFilter",
    "ListOnlyAdmin",
    "ModelAdmin",
    "ModelAdminGroup",
    "ModelAdminMenuItem",
    "NoRowButtons",
    "OneRow",
    "PermissionHelper",
    "ReadOnlyPermissionHelper",
    "modeladmin_register",
]


class ListFilter(SimpleListFilter):
    """A filter that knows its choices: any other value in an address counts as none."""

    @property
    def chosen(self) -> str | None:
        value = self.value()
        return value if value in {str(key) for key, _title in self.lookup_choices} else None


class ListPaginator(WagtailPaginator):
    """Pages of rows that are counted already; of a list that stopped counting the first pages are given."""

    def __init__(self, *args: Any, counted: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted = counted

    @cached_property
    def count(self) -> int:
        return self.counted.within if isinstance(self.counted, Bounded) else self.counted


#: Longest value of one parameter in a list's address; what people search for is shorter.
MAX_PARAMETER = 200


class IndexView(PackageIndexView):
    """A list whose address reaches only the declared filters.

    The package itself would accept any lookup, the first letter of somebody's password too.
    """

    export_buttons_template_name = "modeladmin/psk_plugin/export_buttons.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.GET = self.accepted_parameters(request)
        try:
            return super().dispatch(request, *args, **kwargs)
        except (IncorrectLookupParameters, OverflowError):
            return redirect(self.index_url)

    def get_queryset(self, request: HttpRequest | None = None):
        try:
            return super().get_queryset(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error

    def accepted_parameters(self, request: HttpRequest) -> QueryDict:
        """The address's parameters without those nobody offers, without NUL bytes, cut to a bearable length."""
        names = {self.PAGE_VAR, self.SEARCH_VAR, self.ORDER_VAR}
        if self.model_admin.get_list_export(request):
            names.add(self.EXPORT_VAR)
        prefixes = []
        for declared in self.model_admin.get_list_filter(request):
            field = declared[0] if isinstance(declared, (tuple, list)) else declared
            if isinstance(field, str):
                names.add(field)
                prefixes.append(f"{field}__")
            else:
                names.add(field.parameter_name)
        accepted = QueryDict(mutable=True)
        for name, values in request.GET.lists():
            if name in names or name.startswith(tuple(prefixes)):
                accepted.setlist(name, [value.replace("\x00", "")[:MAX_PARAMETER] for value in values])
        return accepted

    def stream_csv(self, queryset) -> Iterator[bytes]:
        # The mark tells spreadsheet programs that this is UTF-8.
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)

    def get_filters(self, request: HttpRequest):
        specs, has_any, _leftover, distinct = super().get_filters(request)
        return specs, has_any, {}, distinct

    def get_headers(self) -> list[dict[str, Any]]:
        """Head of the table: text, sortable, sorted, ascending, url_primary."""
        return list(result_headers(self))

    def get_counts(self, is_narrowed: bool) -> dict[str, Any]:
        """`result_count`, `all_count` and whatever else the list counts."""
        found = self.queryset.count()
        return {"result_count": found, "all_count": self.get_base_queryset().count() if is_narrowed else found}

    def get_rows(self, page: Any) -> list:
        """The rows of a page, a slice of the list's queryset."""
        return list(page)

    def get_filter_choices(self) -> list[dict[str, Any]]:
        filters = []
        for spec in self.filter_specs:
            choices = list(spec.choices(self))
            chosen = next((c["display"] for c in choices[1:] if c["selected"]), None)
            filters.append({"title": spec.title, "choices": choices, "chosen": chosen})
        return filters

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = self.get_filter_choices()
        is_narrowed = bool(self.query) or any(f["chosen"] for f in filters)
        counts = self.get_counts(is_narrowed)
        paginator = ListPaginator(self.queryset, self.items_per_page, counted=counts["result_count"])
        page = paginator.page(self.page_num if 1 <= self.page_num <= paginator.num_pages else 1)
        rows = self.get_rows(page.object_list)
        self.model_admin.prepare_rows(rows, self.request)
        title = self.get_page_title()
        context = counts | {
            "paginator": paginator,
            "page_obj": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "object_list": rows,
            "user_can_create": self.permission_helper.user_can_create(self.request.user),
            "show_search": self.search_handler.show_search_form,
            "filters": filters,
            "result_headers": self.get_headers(),
            "results": list(results(self, rows, self.request)),
            "is_narrowed": is_narrowed,
            "header_title": title,
            "header_icon": self.header_icon,
            "breadcrumbs_items": [
                {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": title},
            ],
        }
        # Past the package's own, which asks for each list twice and counts it three times.
        return super(PackageIndexView, self).get_context_data(**context | kwargs)

    def get_page_title(self) -> str:
        return str(self.model_admin.get_menu_label())


class CreateView(PackageCreateView):
    """A page for a new row, whose heading is one phrase: the package puts two words in the order of English."""

    def get_page_title(self) -> str:
        return capfirst(_("New %s") % self.verbose_name)

    get_meta_title = get_page_title

    def get_page_subtitle(self) -> str:
        return ""


class OneRow:
    """For a view of one row. The package hands whatever stands in the address to the database."""

    def __init__(self, model_admin, instance_pk: str) -> None:
        if not (instance_pk.isascii() and instance_pk.isdigit() and len(instance_pk) < 19):
            raise Http404
        super().__init__(model_admin, instance_pk)


class NoRowButtons(ButtonHelper):
    """For lists in which the name of a row is the link to it."""

    def get_buttons_for_obj(self, obj, *args, **kwargs) -> list:
        return []


class ModelAdmin(options.ModelAdmin):
    """A model in the Wagtail admin."""

    index_view_class = IndexView
    create_view_class = CreateView
    history_view_enabled = False
    list_per_page = conf.PAGE_SIZE
    empty_value_display = "–"
    #: One sentence under the title.
    list_intro = ""
    #: What an empty list says.
    list_empty = _("There is nothing here yet.")
    #: What the search field looks through, in words.
    search_hint = ""
    #: Key of the model in `history.registry`; then "history_link" can stand in `list_display`.
    history_key = ""

    def history_link(self, row: Any) -> SafeString:
        address = reverse("psk_history", args=[self.history_key, row.pk])
        return format_html('<a href="{}">{}<span class="w-sr-only">: {}</span></a>', address, _("History"), row)

    history_link.short_description = _("history")

    def prepare_rows(self, rows: list, request: HttpRequest) -> None:
        """Give each row of the page what its cells need and the queryset cannot carry; a constant number of queries."""

    def get_extra_attrs_for_row(self, obj, context) -> dict[str, str]:
        return {"role": "row"}

    def get_extra_attrs_for_field_col(self, obj, field_name: str) -> dict[str, str]:
        return {"role": "cell", "data-label": capfirst(str(label_for_field(field_name, self.model, self)))}


class ReadOnlyPermissionHelper(PermissionHelper):
    """Nobody adds, edits or deletes through lists: that is the verbs' part."""

    #: Permission that opens the list, without the app's name.
    list_permission = ""

    def user_can_list(self, user) -> bool:
        return self.user_has_specific_permission(user, self.list_permission or self.get_perm_codename("view"))

    def user_can_create(self, user) -> bool:
        return False

    def user_can_inspect_obj(self, user, obj) -> bool:
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_edit_obj(self, user, obj) -> bool:
        return False

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class ListOnlyAdmin(ModelAdmin):
    """A list and nothing else: no address for adding, editing or deleting exists."""

    permission_helper_class = ReadOnlyPermissionHelper

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return super().get_admin_urls_for_registration()[:1]

    def register_admin_url_finders(self) -> None:
        """There is no edit view to point to; a room that has its own page registers it itself."""
