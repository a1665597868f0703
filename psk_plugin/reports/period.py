"""What a report is about: days from and until, and what it is narrowed to. Asked for in an address, kept in a row."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..companies.choices import Kecamatan, Sector
from ..companies.models import Company
from ..compliance.standing import Size, companies_on, of_size
from ..services.models import Service

#: First year that can be asked for: before it there was no application on-line, and a slip of the finger is likelier.
FIRST_YEAR = 2000
#: Longest period in years: a report of more says nothing about how the office works.
MOST_YEARS = 10


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included, and what the report is narrowed by."""

    first: dt.date
    last: dt.date
    service_id: int | None = None
    kecamatan: str = ""
    sector: str = ""
    size: str = ""

    @property
    def begins(self) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.first, dt.time()))

    @property
    def ends(self) -> dt.datetime:
        """The moment after the last day."""
        return timezone.make_aware(dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time()))

    @property
    def last_day(self) -> dt.date:
        """The last day of which anything can be known: that of the period, today where it still runs."""
        return min(self.last, timezone.localdate())

    @property
    def is_running(self) -> bool:
        """Whether today lies in it."""
        return self.first <= timezone.localdate() <= self.last

    def within(self, name: str) -> Q:
        """Rows whose moment `name` lies in the period."""
        return Q(**{f"{name}__gte": self.begins, f"{name}__lt": self.ends})

    def narrowed(self, prefix: str = "") -> Q:
        """Applications of the service, the kecamatan, the sector and the size of the report."""
        wanted: dict[str, Any] = {
            "service_id": self.service_id,
            "company__kecamatan": self.kecamatan,
            "company__sector": self.sector,
        }
        if self.size:
            wanted["company__in"] = self.companies().values("pk")
        return Q(**{f"{prefix}{name}": value for name, value in wanted.items() if value is not None and value != ""})

    def companies(self, day: dt.date | None = None) -> QuerySet[Company]:
        """Companies of the kecamatan, the sector and the size, as they stood on `day`, by default the last one."""
        wanted = {"kecamatan": self.kecamatan, "sector": self.sector}
        rows = Company.objects.filter(**{name: value for name, value in wanted.items() if value})
        rows = companies_on(day or self.last_day, rows)
        return of_size(rows, Size(self.size)) if self.size else rows

    def month(self, key: str) -> "Period | None":
        """The part of the period in a month ("2026-03"); none where they have no day in common."""
        first = _date(f"{key}-01")
        if first is None:
            return None
        last = _month_end(first)
        if last < self.first or first > self.last:
            return None
        return replace(self, first=max(first, self.first), last=min(last, self.last))

    def months(self) -> list["Period"]:
        """The months of the period up to its last known day, each as a part of it."""
        parts, day = [], self.first.replace(day=1)
        while day <= max(self.last_day, self.first):
            parts.append(replace(self, first=max(day, self.first), last=min(_month_end(day), self.last)))
            day = _month_end(day) + dt.timedelta(days=1)
        return parts

    # In addresses and rows

    def plain(self) -> dict[str, str]:
        """The period as parameters of an address; empty ones are left out."""
        wanted = {
            "dari": self.first.isoformat(),
            "sampai": self.last.isoformat(),
            "layanan": str(self.service_id or ""),
            "kecamatan": self.kecamatan,
            "sektor": self.sector,
            "ukuran": self.size,
        }
        return {name: value for name, value in wanted.items() if value}

    def query(self, **more: str) -> str:
        return urlencode(self.plain() | {name: value for name, value in more.items() if value})

    def days_in_words(self) -> str:
        return f"{date_format(self.first, 'j F Y')} – {date_format(self.last, 'j F Y')}"

    def narrowing(self) -> list[tuple[str, str]]:
        """What the report is narrowed to, in words: heading and value. One query where a service is named."""
        found = []
        if self.service_id:
            title = Service.objects.filter(pk=self.service_id).values_list("title", flat=True).first()
            found.append((_("Service"), title or "–"))
        if self.kecamatan:
            found.append((_("Kecamatan"), str(Kecamatan(self.kecamatan).label)))
        if self.sector:
            found.append((_("Sector"), str(Sector(self.sector).label)))
        if self.size:
            found.append((_("Size"), str(Size(self.size).label)))
        return found


def of_plain(kept: Mapping[str, str]) -> Period:
    """The period from what `Period.plain` gave."""
    return Period(
        first=dt.date.fromisoformat(kept["dari"]),
        last=dt.date.fromisoformat(kept["sampai"]),
        service_id=int(kept["layanan"]) if kept.get("layanan") else None,
        kecamatan=kept.get("kecamatan", ""),
        sector=kept.get("sektor", ""),
        size=kept.get("ukuran", ""),
    )


def _date(text: str) -> dt.date | None:
    try:
        day = parse_date(text)
    except ValueError:  # A date that no calendar has.
        return None
    return day if day is not None and FIRST_YEAR <= day.year < 2200 else None


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def quarter_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the quarter of a year in which `day` lies."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return first, _month_end(first.replace(month=first.month + 2))


class Span(forms.Form):
    """What can be chosen: a usual period, or days; and what the report is narrowed by."""

    USUAL = (
        ("triwulan", gettext_lazy("This quarter")),
        ("bulan", gettext_lazy("This month")),
        ("triwulan-lalu", gettext_lazy("Last quarter")),
        ("tahun", gettext_lazy("This year")),
        ("setahun", gettext_lazy("Last 12 months")),
        ("bebas", gettext_lazy("From and until")),
    )
    periode = forms.ChoiceField(label=pgettext_lazy("report", "Period"), choices=USUAL, required=False)
    dari = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sampai = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    layanan = forms.ModelChoiceField(
        label=gettext_lazy("Service"),
        queryset=Service.objects.none(),
        required=False,
        empty_label=gettext_lazy("All services"),
    )
    kecamatan = forms.ChoiceField(
        label=gettext_lazy("Kecamatan"),
        choices=[("", gettext_lazy("The whole city")), *Kecamatan.choices],
        required=False,
    )
    sektor = forms.ChoiceField(
        label=gettext_lazy("Sector"), choices=[("", gettext_lazy("All sectors")), *Sector.choices], required=False
    )
    ukuran = forms.ChoiceField(
        label=gettext_lazy("Size"), choices=[("", gettext_lazy("All sizes")), *Size.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layanan"].queryset = Service.objects.order_by("title")
        for name in ("dari", "sampai"):
            self.fields[name].error_messages["invalid"] = _("Write the day as in 2026-03-31.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("dari"), cleaned.get("sampai")
        if cleaned.get("periode") == "bebas" and not self.errors:
            if first is None or last is None:
                self.add_error("dari" if first is None else "sampai", _("Choose the first and the last day."))
            elif last < first:
                self.add_error("sampai", _("The last day lies before the first."))
            elif first.year < FIRST_YEAR or last.year >= 2200 or last.year - first.year > MOST_YEARS:
                self.add_error("dari", _("Choose a period of at most ten years."))
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}
        return cleaned

    def period(self) -> Period:
        """The period that was chosen; of what is wrong, the usual takes the place."""
        cleaned = self.cleaned_data
        service = cleaned.get("layanan")
        span = (cleaned.get("dari"), cleaned.get("sampai"))
        first, last = usual(cleaned.get("periode") or "triwulan", timezone.localdate())
        if cleaned.get("periode") == "bebas" and not self.errors:
            first, last = span
        return Period(
            first,
            last,
            service_id=service.pk if service else None,
            kecamatan=cleaned.get("kecamatan") or "",
            sector=cleaned.get("sektor") or "",
            size=cleaned.get("ukuran") or "",
        )


def usual(code: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of one of the usual periods; the present quarter for any other code."""
    match code:
        case "bulan":
            return today.replace(day=1), _month_end(today)
        case "tahun":
            return today.replace(month=1, day=1), today.replace(month=12, day=31)
        case "setahun":
            return today - relativedelta(years=1) + dt.timedelta(days=1), today
        case "triwulan-lalu":
            return quarter_of(quarter_of(today)[0] - dt.timedelta(days=1))
        case _:
            return quarter_of(today)


def asked(query: Mapping[str, str]) -> tuple[Span, Period]:
    """The form and the period of an address. One that names days only means those days; one without, this quarter."""
    given = {name: str(query.get(name, "")).replace("\x00", "")[:60] for name in Span.base_fields}
    if not given["periode"]:
        given["periode"] = "bebas" if given["dari"] or given["sampai"] else "triwulan"
    form = Span(given)
    form.is_valid()
    period = form.period()
    return form, period
