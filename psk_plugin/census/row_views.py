"""The rows of a list: by what becomes of them, with decisions, and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from .. import conf
from ..companies.models import Company
from ..records.models import FileReading
from ..sheets import FORMATS
from . import verbs
from .checking import counts_of
from .columns import FIELDS
from .errors import Refused
from .frame import batch_or_404, frame, may_import
from .models import BatchState, CensusBatch, CensusRow, Verdict

#: Tab in the address -> rows. Values are kept for good.
TABS: dict[str, Any] = {
    "putuskan": (gettext_lazy("Need a decision"), Q(verdict=Verdict.ASK)),
    "ditolak": (gettext_lazy("Refused"), Q(verdict=Verdict.BAD)),
    "baru": (gettext_lazy("New"), Q(verdict=Verdict.NEW)),
    "cocok": (gettext_lazy("Complete a known company"), Q(verdict=Verdict.MATCHED)),
    "sama": (gettext_lazy("Known, nothing new"), Q(verdict=Verdict.SAME)),
    "dilewati": (gettext_lazy("Left out"), Q(verdict=Verdict.SKIPPED)),
    "catatan": (gettext_lazy("With remarks"), Q(has_remarks=True)),
    "semua": (gettext_lazy("All rows"), Q()),
}
#: Fields of a decree that are days.
DAYS = ("decree_date", "valid_from", "valid_until")
#: After undoing: what was left as it is.
KEPT = "tetap"
DECREE_LABEL = gettext_lazy("Is entered")


@dataclass
class Tab:
    """A tab over the rows. `count`: how many rows stand behind it."""

    code: str
    label: Any
    count: int
    is_shown: bool = False


def rows_of(batch: CensusBatch, tab: str, words: str = "") -> QuerySet[CensusRow]:
    """The rows behind a tab, narrowed by a name or line number."""
    rows = (
        batch.rows.filter(effect__isnull=False).exclude(effect__kept="")
        if tab == KEPT
        else batch.rows.filter(TABS[tab][1])
    )
    words = words.replace("\x00", "").strip()[:100]
    if words:
        found = Q(name__icontains=words)
        if words.isascii() and words.isdigit() and len(words) < 8:
            found |= Q(number=int(words))
        rows = rows.filter(found)
    return rows.order_by("number")


def tabs_of(batch: CensusBatch) -> list[Tab]:
    """Tabs that have rows, the ones that need a person first."""
    counts = counts_of(batch)
    verdicts = {"putuskan": "ask", "ditolak": "bad", "baru": "new", "cocok": "matched", "sama": "same"}
    verdicts["dilewati"] = "skipped"
    tabs = [Tab(code, TABS[code][0], counts[verdict]) for code, verdict in verdicts.items()]
    if not batch.is_of_companies:
        next(tab for tab in tabs if tab.code == "cocok").label = DECREE_LABEL
    tabs.append(Tab("catatan", TABS["catatan"][0], batch.rows.filter(has_remarks=True).count()))
    if batch.state == BatchState.UNDONE:
        tabs.insert(0, Tab(KEPT, _("Left as they are"), rows_of(batch, KEPT).count()))
    return [*(tab for tab in tabs if tab.count), Tab("semua", TABS["semua"][0], sum(counts.values()))]


def _chosen(request: HttpRequest, tabs: list[Tab]) -> Tab:
    asked = request.GET.get("hasil", "")
    return next((tab for tab in tabs if tab.code == asked), tabs[0])


def page(request: HttpRequest, batch: CensusBatch, problem: str = "", status: int = 200) -> HttpResponse:
    """The list with its rows. The number of queries does not grow with them."""
    tabs = tabs_of(batch)
    tab = _chosen(request, tabs)
    tab.is_shown = True
    words = request.GET.get("q", "")
    rows = rows_of(batch, tab.code, words).select_related("company", "decided_by", "effect__company", "paper_decree")
    paginator = Paginator(rows, conf.PAGE_SIZE)
    shown = paginator.get_page(request.GET.get("hal"))
    _prepare(batch, shown.object_list)
    counts = {each.code: each.count for each in tabs}
    context = frame(batch, batch.name) | {
        "tabs": tabs,
        "tab": tab,
        "words": words.replace("\x00", "")[:100],
        "page": shown,
        "problem": problem,
        "open": counts.get("putuskan", 0),
        "new": counts.get("baru", 0),
        "matched": counts.get("cocok", 0),
        "refused": counts.get("ditolak", 0),
        "is_ready": batch.state == BatchState.READY,
        "may_see_companies": request.user.has_perm("psk_plugin.view_company"),
        "columns": _columns(batch),
    }
    return TemplateResponse(request, "psk_plugin/census/rows.html", context, status=status)


def _columns(batch: CensusBatch) -> str:
    """The assigned columns in a line."""
    places = batch.mapping
    labels = [str(each.label) for each in FIELDS[batch.kind] if each.code in places]
    return ", ".join(labels)


def _prepare(batch: CensusBatch, rows: list[CensusRow]) -> None:
    """Give each row of the page its words and candidates; one query for all."""
    keys = {each["pk"] for row in rows for each in row.candidates}
    companies = Company.objects.in_bulk(keys) if keys else {}
    fields = [each for each in FIELDS[batch.kind] if each.code != "name"]
    for row in rows:
        row.offered = [(companies[each["pk"]], each["why"]) for each in row.candidates if each["pk"] in companies]
        row.facts = _facts(row, fields)
        row.verdict_words = verdict_words(batch, row)


def verdict_words(batch: CensusBatch, row: CensusRow) -> str:
    """What becomes of the row, in the words of its kind of list."""
    is_decree = not batch.is_of_companies and row.verdict == Verdict.MATCHED
    return str(DECREE_LABEL if is_decree else row.get_verdict_display())


def _facts(row: CensusRow, fields: list[Any]) -> list[tuple[str, Any]]:
    """What the row says, field by field."""
    values = dict(row.cleaned)
    values.setdefault("workers", values.get("counted_workers"))
    shown = []
    for each in fields:
        value = values.get(each.code)
        if value not in (None, ""):
            shown.append((each.label, _readable(each.code, value)))
    return shown


def facts_of(row: CensusRow) -> list[tuple[str, Any]]:
    """What a row of decrees says, but for its company."""
    skipped = ("name", "nib", "number")
    return _facts(row, [each for each in FIELDS[row.batch.kind] if each.code not in skipped])


def _readable(code: str, value: Any) -> Any:
    if code in DAYS and (day := parse_date(str(value))):
        return date_format(day, "j F Y")
    field = next((f for f in Company._meta.concrete_fields if f.name == code and f.choices), None)
    return dict(field.flatchoices).get(value, value) if field else value


def _back(request: HttpRequest, pk: int) -> str:
    """The address of the tab and page from which something was posted."""
    kept = {name: request.POST[name][:100] for name in ("hasil", "q", "hal") if request.POST.get(name)}
    address = reverse("psk_census", args=[pk])
    return f"{address}?{urlencode(kept)}" if kept else address


@require_POST
@may_import
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about one row, about the ticked ones, or about all that still need it."""
    batch = batch_or_404(pk)
    decision, _dot, company = request.POST.get("keputusan", "").partition(".")
    keys = [int(key) for key in request.POST.getlist("baris") if key.isascii() and key.isdigit() and len(key) < 19]
    if request.POST.get("semua"):
        keys = list(batch.rows.filter(verdict=Verdict.ASK).values_list("pk", flat=True))
    chosen = int(company) if company.isascii() and company.isdigit() and len(company) < 19 else None
    try:
        decided = verbs.decide(batch, request.user, keys, decision, chosen)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, ngettext("%d row has been decided.", "%d rows have been decided.", decided) % decided)
    return redirect(_back(request, pk))


@require_safe
@may_import
def export(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The rows of a tab with their own columns and the reasons, to be corrected and uploaded again.

    Taking rows is reading the uploaded file, and is recorded as that.
    """
    batch = batch_or_404(pk)
    tab = request.GET.get("hasil", "ditolak")
    if ending not in FORMATS or (tab not in TABS and tab != KEPT):
        raise Http404
    headings = [_("Line"), *batch.headings, _("Result"), _("Reason")]
    rows = rows_of(batch, tab, request.GET.get("q", "")).select_related("effect")
    if request.method == "GET":
        FileReading.by(request.user, batch.file, batch, f"sensus-{batch.pk}-{tab}.{ending}").save()
    return FORMATS[ending](f"sensus-{batch.pk}-{tab}", headings, _lines(batch, rows))


def _lines(batch: CensusBatch, rows: QuerySet[CensusRow]) -> Iterator[list[Any]]:
    width = len(batch.headings)
    for row in rows.iterator(chunk_size=1_000):
        cells = [*row.raw[:width], *[""] * (width - len(row.raw))]
        kept = row.effect.kept if hasattr(row, "effect") else ""
        reasons = " ".join([*row.problems, *row.remarks, *([kept] if kept else [])])
        yield [row.number, *cells, verdict_words(batch, row), reasons]
