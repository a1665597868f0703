"""The page of a list of applications: counts that stop early, columns and orders by name, desks on top, downloads."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .. import conf, counting, sheets
from ..adminkit import IndexView
from ..submissions.models import Submission
from . import export, saved, searching
from .columns import Column
from .filters import StageFilter, at_desk

#: How far the results of a search are counted, in all and at each desk: whoever has more searches more closely.
MOST_FOUND, MOST_FOUND_AT_DESK = 200, 50


class ListView(IndexView):
    """Costs the same at a thousand applications as at a hundred thousand."""

    @property
    def columns(self) -> list[Column]:
        return self.model_admin.columns_of(self.request)

    def get_query_string(self, new_params: dict | None = None, remove: list | None = None) -> str:
        """The list's address with some parameters changed; empty ones are left out, the page is the first again."""
        kept = {name: value for name, value in self.params.items() if not any(name.startswith(r) for r in remove or [])}
        kept |= new_params or {}
        return "?" + urlencode(sorted((name, value) for name, value in kept.items() if value not in (None, "")))

    # Order

    @property
    def order(self) -> tuple[Column | None, bool]:
        """The column that orders the list, and whether downwards; none where the address names no such column."""
        asked = self.params.get(self.ORDER_VAR, "")
        name, downwards = asked.removeprefix("-"), asked.startswith("-")
        return next((c for c in self.model_admin.offered if c.name == name and c.order), None), downwards

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list:
        column, downwards = self.order
        return column.ordering(downwards) if column else list(self.model_admin.ordering)

    def get_headers(self) -> list[dict[str, Any]]:
        ordered, downwards = self.order
        default = self.model_admin.ordering[0]
        headers = []
        for column in self.columns:
            if ordered is None and column is self.model_admin.default_order:
                is_sorted, is_down = True, default.startswith("-")
            else:
                is_sorted, is_down = column is ordered, downwards
            turned = f"-{column.name}" if is_sorted and not is_down else column.name
            headers.append(
                {
                    "text": self.model_admin.title_of(column),
                    "sortable": bool(column.order),
                    "sorted": is_sorted,
                    "ascending": not is_down,
                    "url_primary": self.get_query_string({self.ORDER_VAR: turned}),
                }
            )
        return headers

    # Rows and counts

    def get_rows(self, page: QuerySet) -> list[Submission]:
        """First the keys, which an index gives, then what the cells show: no page joins the rows before it."""
        keys = list(page.values_list("pk", flat=True))
        rows = self.get_base_queryset().select_related(*self.select_related).in_bulk(keys)
        return [rows[key] for key in keys if key in rows]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> QuerySet:
        return searching.narrow(queryset, search_term)

    def everywhere(self) -> QuerySet[Submission]:
        """The list without the filter by desk: what the desks on top are counted in."""
        rows = self.get_base_queryset()
        for spec in self.filter_specs:
            if not isinstance(spec, StageFilter):
                rows = spec.queryset(self.request, rows)
        return searching.narrow(rows, self.query)

    def get_counts(self, is_narrowed: bool) -> dict[str, Any]:
        desks = self.model_admin.desks(self.request)
        rows = self.everywhere() if is_narrowed else self.queryset
        most, most_at_desk = (MOST_FOUND, MOST_FOUND_AT_DESK) if self.query else (counting.MOST, counting.MOST)
        wholes = [(self.queryset, most)]
        if is_narrowed:
            wholes.append((self.get_base_queryset(), counting.MOST))
        counts = counting.bounded_counts([*wholes, *((at_desk(rows, desk), most_at_desk) for desk in desks)])
        found, total, at_desks = counts[0], counts[len(wholes) - 1], counts[len(wholes) :]
        chosen = self.params.get(StageFilter.parameter_name)
        shown = [
            {
                "title": desk.title,
                "count": count,
                "is_chosen": desk.code == chosen,
                # The desk that is chosen leads back to all of them.
                "url": self.get_query_string({StageFilter.parameter_name: None if desk.code == chosen else desk.code}),
            }
            for desk, count in zip(desks, at_desks, strict=True)
            if count or desk.code == chosen
        ]
        return {"result_count": found, "all_count": total, "desk_counts": shown}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        query = self.get_query_string().removeprefix("?")
        context["kept"] = saved.kept_for(self.request.user, self.model_admin.place, query)
        context["kept_name"] = next((each.filter.name for each in context["kept"] if each.is_chosen), "")
        context["query"] = query
        context["column_choices"] = [
            {"column": column, "title": self.model_admin.title_of(column), "is_shown": column in self.columns}
            for column in self.model_admin.offered
        ]
        return context

    # Downloads

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> HttpResponse:
        most = conf.EXPORT_ROWS
        if queryset.order_by().values("pk")[: most + 1].count() > most:
            sentence = _(
                "The list is longer than %(most)s rows, which is too long for one file. Narrow it with a filter, "
                "for example to one year, and download again."
            )
            messages.error(self.request, sentence % {"most": number_format(most, force_grouping=True)})
            return redirect(self.index_url + self.get_query_string())
        cells = export.values(queryset, self.columns, lambda rows: self.model_admin.prepare_rows(rows, self.request))
        headings = [str(self.model_admin.title_of(column)) for column in self.columns]
        return sheets.FORMATS[spreadsheet_format](self.model_admin.place, headings, cells)
