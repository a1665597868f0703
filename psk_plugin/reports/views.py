"""Monitoring and evaluation in the Wagtail admin: the dashboard and the list behind each of its figures."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import conf, sheets
from ..norms.models import Norm
from ..persons import full_name
from . import charts, tables
from .figures import PARTS, Monitoring
from .lists import LISTS, day_of, whole_number
from .period import Period, asked
from .rows import Shown

VIEW = "psk_plugin.view_monitoring"
may_see = permission_required(VIEW, raise_exception=True)
#: Longest key of a list: what a figure's own address can hold.
LONGEST_KEY = 60


def frame(title: str, *crumbs: dict[str, str]) -> dict[str, Any]:
    """Heading and way of a page of this room."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {"header_title": title, "header_icon": "view", "breadcrumbs_items": [home, *crumbs]}


def crumb(period: Period | None = None) -> dict[str, str]:
    """The way back to the dashboard, as it was."""
    return {"url": dashboard_url(period), "label": _("Monitoring and evaluation")}


def dashboard_url(period: Period | None = None) -> str:
    address = reverse("psk_monitoring_modeladmin_index")
    return f"{address}?{period.query()}" if period else address


def behind_url(period: Period, code: str, key: str = "") -> str:
    return f"{reverse('psk_monitoring_list', args=[code])}?{period.query(untuk=key)}"


def shown_table(table: tables.Table, period: Period) -> dict[str, Any]:
    """A table for a page: each figure with the address of its list, and the drawing."""
    rows = [
        [(value, behind_url(period, value.behind, value.key) if value.behind else "") for value in row]
        for row in table.rows
    ]
    return {"table": table, "rows": rows, "svg": charts.svg_of(table)}


@may_see
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures of the period that the address asks for."""
    form, period = asked(request.GET)
    monitoring = Monitoring(period)
    made = tables.tables(monitoring)
    title = _("Monitoring and evaluation")
    context = frame(title, {"url": "", "label": title}) | {
        "form": form,
        "period": period,
        "days": period.days_in_words(),
        "narrowing": period.narrowing(),
        "heads": heads(monitoring),
        "tables": [shown_table(table, period) for table in made],
        "reports_url": f"{reverse('psk_reports')}?{period.query()}",
    }
    return TemplateResponse(request, "psk_plugin/reports/dashboard.html", context, status=422 if form.errors else 200)


def heads(monitoring: Monitoring) -> list[dict[str, Any]]:
    """The few figures that a head of office looks at first."""
    period, counts, spans = monitoring.period, monitoring.counts, monitoring.spans
    value = tables.Value

    def head(label: str, number, code: str = "", key: str = "", more: str = "") -> dict[str, Any]:
        address = behind_url(period, code, key) if code else ""
        return {"label": label, "value": value(number).shown, "address": address, "more": more}

    percent = _("%s percent")
    on_time, compliance = spans.on_time_rate, monitoring.compliance
    return [
        head(_("Applications filed"), counts["masuk"], "masuk"),
        head(_("Decrees issued"), counts["terbit"], "terbit"),
        head(_("Open at the end of the period"), counts["berjalan"], "berjalan"),
        head(
            _("Decrees issued in time"),
            spans.on_time,
            "tepat-waktu",
            more=percent % value(on_time).shown if on_time is not None else "",
        ),
        head(
            _("Companies that comply"),
            compliance["comply"],
            "patuh",
            more=percent % value(compliance["rate"]).shown if compliance["rate"] is not None else "",
        ),
        head(_("Expires soon"), compliance["expiring"], "keadaan-expiring"),
    ]


@may_see
@require_safe
def behind(request: HttpRequest, code: str) -> HttpResponse:
    """The rows that a figure counts, page by page; all of them as a file."""
    if code not in LISTS:
        raise Http404
    _form, period = asked(request.GET)
    key = request.GET.get("untuk", "").replace("\x00", "")[:LONGEST_KEY]
    monitoring, one = Monitoring(period), LISTS[code]
    rows = one.rows(monitoring, key)
    if rows is None:
        raise Http404
    shown = Shown(one.kind, monitoring, rows, request.user)
    if (ending := request.GET.get("unduh")) in sheets.FORMATS:
        lines = shown.lines(0, conf.EXPORT_ROWS)
        return sheets.FORMATS[ending](f"monitoring-{code}", shown.headings, (line.cells for line in lines))
    page = Paginator(range(shown.count()), conf.PAGE_SIZE).get_page(request.GET.get("hal"))
    query = period.plain() | ({"untuk": key} if key else {})
    title = str(one.label)
    context = frame(title, crumb(period), {"url": "", "label": title}) | {
        "title": title,
        "about": named(monitoring, code, key),
        "days": period.days_in_words(),
        "narrowing": period.narrowing(),
        "headings": shown.headings,
        "lines": shown.lines(page.start_index() - 1 if page.paginator.count else 0, page.end_index()),
        "page": page,
        "query": urlencode(query),
        "back": dashboard_url(period),
    }
    return TemplateResponse(request, "psk_plugin/reports/behind.html", context)


def named(monitoring: Monitoring, code: str, key: str) -> str:
    """What the key of a list means: a stage, a person, a norm, a part, a day, a month; empty where it says nothing."""
    by, _colon, part = key.partition(":")
    if by == "pada":
        day = day_of(key, monitoring.period.last_day)
        return date_format(day, "j F Y") if day else ""
    if by in PARTS:
        return str(dict(PARTS[by][1]).get(part, ""))
    if code.startswith("tahap"):
        return dict(monitoring.desks.values()).get(key, "")
    if code.startswith("orang") or code == "di-tangan":
        user = get_user_model().objects.filter(pk=whole_number(key)).first()
        return (full_name(user) or user.get_username()) if user else ""
    if code == "norma":
        return Norm.objects.filter(pk=whole_number(key)).values_list("topic", flat=True).first() or ""
    month = monitoring.period.month(key) if key else None
    return date_format(month.first, "F Y") if month else ""
