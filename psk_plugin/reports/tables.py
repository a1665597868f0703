"""The figures as tables: the one form from which the dashboard, the PDF and the workbook are made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..compliance.standing import Standing, rate
from .figures import Monitoring
from .sets import FIGURED

#: What stands where there is nothing to tell.
NONE = "–"


@dataclass(frozen=True)
class Value:
    """One figure or word. `behind` and `key` name the list it opens; none where it opens nothing."""

    plain: str | int | Decimal | None
    behind: str = ""
    key: str = ""

    @property
    def shown(self) -> str:
        """As people read it, with the separators of their language."""
        if self.plain is None:
            return NONE
        return self.plain if isinstance(self.plain, str) else number_format(self.plain, force_grouping=True)

    @property
    def is_number(self) -> bool:
        return not isinstance(self.plain, str)


@dataclass(frozen=True)
class Table:
    """`chart` says how it is drawn as well: "bars", "pairs" or "line" of the columns `drawn`; none where it is not."""

    code: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    note: str = ""
    chart: str = ""
    drawn: Sequence[int] = ()
    unit: str = ""
    #: Said in place of a table without rows.
    empty: str = ""


def tables(monitoring: Monitoring) -> list[Table]:
    """Every table of the report, in its order."""
    return list(_all(monitoring))


def _all(monitoring: Monitoring) -> Iterator[Table]:
    yield _numbers(monitoring)
    yield _months(monitoring)
    yield _times(monitoring)
    yield _stages(monitoring)
    yield _repairs(monitoring)
    yield _norms(monitoring)
    yield _people(monitoring)
    yield _standing(monitoring)
    yield _over_time(monitoring)
    yield from (_part(monitoring, by) for by in ("kecamatan", "sektor", "ukuran"))
    yield _satisfaction(monitoring)
    yield _usage(monitoring)


def _figures(code: str, title: str, rows: Sequence[Sequence[Value]], **more: str) -> Table:
    """A table of figures by name, in two columns."""
    return Table(code, title, (_("Figure"), pgettext("how many", "Number")), rows, **more)


def _numbers(monitoring: Monitoring) -> Table:
    counts = monitoring.counts
    wanted = ("masuk", "selesai", "terbit", "ditolak", "dibatalkan", "lewat", "berjalan")
    return _figures(
        "jumlah",
        _("Applications"),
        [(Value(str(FIGURED[code].label)), Value(counts[code], code)) for code in wanted],
        note=_("Closed: with a decree, rejected, withdrawn, or because the time for repair was over."),
    )


def _months(monitoring: Monitoring) -> Table:
    return Table(
        "bulan",
        _("Applications by month"),
        (_("Month"), _("Filed"), pgettext("applications", "Closed")),
        [
            (Value(date_format(first, "M Y")), Value(into, "masuk", key), Value(out, "selesai", key))
            for key, first, into, out in monitoring.monthly
        ],
        chart="pairs",
        drawn=(1, 2),
    )


def _times(monitoring: Monitoring) -> Table:
    spans = monitoring.spans
    return _figures(
        "waktu",
        _("Time until the decree"),
        [
            (Value(_("Decrees issued")), Value(spans.count, "terbit")),
            (Value(_("Of these issued in time")), Value(spans.on_time, "tepat-waktu")),
            (Value(_("Of these issued late")), Value(spans.late, "terlambat")),
            (Value(_("In time, percent")), Value(spans.on_time_rate)),
            (Value(_("Median, working days of the office")), Value(spans.median)),
            (Value(_("90 of 100 took at most, working days of the office")), Value(spans.p90)),
            (Value(_("Median of the time for repair, working days of the company")), Value(spans.paused_median)),
            (Value(_("In 90 of 100 the repair took at most, working days of the company")), Value(spans.paused_p90)),
        ],
        note=_(
            "From filing to the decree. The days in which the company repaired are counted apart "
            "(Permenaker 28/2014 Pasal 9), 0 where nothing was repaired. In time: no more days than examination and "
            "decree may take together; a service without such days is not counted as in time or late."
        ),
    )


def _stages(monitoring: Monitoring) -> Table:
    return Table(
        "tahap",
        _("Time at each stage"),
        (
            *(
                _("Stage"),
                _("Passed on"),
                pgettext("stage", "In time"),
                pgettext("stage", "Late"),
                _("In time, percent"),
            ),
            *(_("Median, working days"), _("90 of 100 at most")),
        ),
        [
            (
                Value(row.title),
                Value(row.count, "tahap", row.code),
                Value(row.on_time, "tahap-tepat", row.code),
                Value(row.late, "tahap-terlambat", row.code),
                Value(row.on_time_rate),
                Value(row.median),
                Value(row.p90),
            )
            for row in monitoring.stages
        ],
        note=_("Each stay at a stage that ended in the period, measured against the working days the stage has."),
        chart="bars",
        drawn=(4,),
        unit="%",
        empty=_("No application was passed on in this period."),
    )


def _repairs(monitoring: Monitoring) -> Table:
    counts = monitoring.counts
    return _figures(
        "perbaikan",
        _("Returns for repair"),
        [
            (Value(_("Applications closed")), Value(counts["selesai"], "selesai")),
            (Value(_("Notices for repair they were sent")), Value(monitoring.returned, "pengembalian")),
            (Value(_("Returns per application")), Value(monitoring.returns)),
            (Value(str(FIGURED["langsung"].label)), Value(counts["langsung"], "langsung")),
            (Value(_("Returned in the period at least once")), Value(counts["dikembalikan"], "dikembalikan")),
        ],
    )


def _norms(monitoring: Monitoring) -> Table:
    return Table(
        "norma",
        _("Norms most often missed"),
        (_("Norm"), _("Legal basis"), _("Applications")),
        [
            (Value(f"{norm.code} {norm.topic}"), Value(norm.legal_basis), Value(total, "norma", str(norm.pk)))
            for norm, total in monitoring.norms
        ],
        note=_(
            "Applications filed in the period in which the norm was answered as below or missing at any time, also "
            "where it was repaired later."
        ),
        chart="bars",
        drawn=(2,),
        empty=_("No norm was missed in this period."),
    )


def _people(monitoring: Monitoring) -> Table:
    return Table(
        "petugas",
        _("Load of each reviewer"),
        (
            *(_("Reviewer"), _("Passed on"), pgettext("stage", "In time"), pgettext("stage", "Late")),
            _("In hand now"),
        ),
        [
            (
                Value(row.name),
                Value(row.done, "orang", str(row.pk)),
                Value(row.on_time, "orang-tepat", str(row.pk)),
                Value(row.late, "orang-terlambat", str(row.pk)),
                Value(row.in_hand, "di-tangan", str(row.pk)),
            )
            for row in monitoring.people
        ],
        note=_("Stays at a stage that the person ended in the period. A person may do several for one application."),
        chart="bars",
        drawn=(1,),
        empty=_("Nobody passed on an application in this period."),
    )


def _standing(monitoring: Monitoring) -> Table:
    found = monitoring.compliance
    return _figures(
        "kepatuhan",
        _("Compliance of companies"),
        [
            (Value(_("Companies that comply")), Value(found["comply"], "patuh")),
            (Value(_("Companies that do not comply")), Value(found["counted"] - found["comply"], "belum-patuh")),
            (Value(_("Companies counted for the rate")), Value(found["counted"], "dihitung")),
            (Value(_("Compliance, percent")), Value(found["rate"])),
            *(
                (Value(capfirst(str(standing.label))), Value(found[standing.value], f"keadaan-{standing.value}"))
                for standing in Standing
            ),
        ],
        note=_(
            "On %(day)s. Counted are companies that must have a regulation, and those that have one although they "
            "need not."
        )
        % {"day": date_format(monitoring.period.last_day, "j F Y")},
    )


def _over_time(monitoring: Monitoring) -> Table:
    return Table(
        "kepatuhan-waktu",
        _("Compliance over time"),
        (pgettext("date", "On"), _("Comply"), _("Counted"), _("Percent")),
        [
            (
                Value(date_format(day, "j M Y")),
                Value(found["comply"], "patuh", f"pada:{day.isoformat()}"),
                Value(found["counted"], "dihitung", f"pada:{day.isoformat()}"),
                Value(found["rate"]),
            )
            for day, found in monitoring.over_time
        ],
        note=_("Computed for each day from what held on it."),
        chart="line",
        drawn=(3,),
        unit="%",
    )


def _part(monitoring: Monitoring, by: str) -> Table:
    titles = {
        "kecamatan": (_("Compliance by kecamatan"), _("Kecamatan")),
        "sektor": (_("Compliance by sector"), _("Sector")),
        "ukuran": (_("Compliance by size"), _("Size")),
    }
    title, heading = titles[by]
    return Table(
        f"kepatuhan-{by}",
        title,
        (heading, _("Comply"), _("Counted"), _("Percent")),
        [
            (
                Value(part.label),
                Value(part.comply, "patuh", f"{by}:{part.code}"),
                Value(part.counted, "dihitung", f"{by}:{part.code}"),
                Value(rate(part.comply, part.counted)),
            )
            for part in monitoring.parts(by)
        ],
        chart="bars",
        drawn=(3,),
        unit="%",
        empty=_("No company is known yet."),
    )


def _satisfaction(monitoring: Monitoring) -> Table:
    index = monitoring.satisfaction
    rows = []
    if index is not None:
        rows = [
            (Value(_("Satisfaction index (IKM)")), Value(index.value)),
            (Value(_("Grade")), Value(f"{index.grade} ({index.words})")),
            (Value(_("Answers given")), Value(index.count)),
            *((Value(row.element.name), Value(row.percent)) for row in index.elements),
        ]
    return _figures(
        "kepuasan",
        _("Satisfaction"),
        rows,
        note=_("Of the whole city: few answers of one part would tell who gave them. Elements: of 100."),
        empty=_("No answers in this period."),
    )


def _usage(monitoring: Monitoring) -> Table:
    labels = monitoring.usage_labels()
    return _figures(
        "pemakaian",
        _("Use of the system"),
        [(Value(labels[code]), Value(count, code)) for code, count in monitoring.usage.items() if count is not None],
    )
