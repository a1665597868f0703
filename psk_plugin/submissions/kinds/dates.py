"""Days and periods."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .base import AnswerKind, as_text, plain

#: A date a person means lies between these; outside, a digit slipped.
FIRST_YEAR, LAST_YEAR = 1900, 2100


def parse_safe(text: Any) -> dt.date | None:
    """A date out of kept text; `None` where it is none."""
    try:
        return parse_date(str(text)) if text else None
    except ValueError:
        return None


def iso(value: Any) -> str:
    """A date as the browser needs it, where `value` is one in any accepted spelling; else the text itself."""
    text = plain(value).strip()
    for pattern in ("%d-%m-%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date().isoformat()
        except ValueError:
            continue
    return text


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A date as the browser sends it, or as people write it: 24-11-2026, 24/11/2026."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("Please check the year."), code="year")
        return day


class PeriodWidget(forms.MultiWidget):
    """Two dates under one question; `use_fieldset` groups them for a screen reader."""

    template_name = "psk_plugin/widgets/period.html"
    use_fieldset = True

    def __init__(self, attrs=None) -> None:
        super().__init__({"from": DateInput(), "until": DateInput()}, attrs)

    def decompress(self, value: Any) -> list:
        return [value.get("from"), value.get("until")] if isinstance(value, Mapping) else [None, None]


class PeriodField(forms.MultiValueField):
    widget = PeriodWidget

    def __init__(self, *, max_months: int, **kwargs: Any) -> None:
        self.max_months = max_months
        super().__init__(
            fields=[DateField(required=False), DateField(required=False)], require_all_fields=False, **kwargs
        )

    def compress(self, data_list: list) -> dict[str, str] | None:
        if not data_list or not all(data_list):
            if self.required or any(data_list or []):
                raise ValidationError(_("Please give both dates."), code="incomplete")
            return None
        first, last = data_list
        if last <= first:
            raise ValidationError(_("The last day must come after the first day."), code="order")
        # Two years from 1 January 2027 end on 31 December 2028; ending on 1 January 2029 is also commonly written.
        if self.max_months and last > first + relativedelta(months=self.max_months):
            raise ValidationError(
                _("The period is longer than %(months)d months, the longest the law allows."),
                code="too_long",
                params={"months": self.max_months},
            )
        return {"from": first.isoformat(), "until": last.isoformat()}


class DateKind(AnswerKind):
    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        return DateField(**common)

    def typed(self, field: forms.Field, data: Mapping, files: Mapping, name: str) -> str:
        return iso(field.widget.value_from_datadict(data, files, name))

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        day = parse_safe(as_text(kept))
        return date_format(day, "j F Y") if day else as_text(kept).strip()


class PeriodKind(AnswerKind):
    """Kept as {"from": ..., "until": ...}."""

    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        return PeriodField(max_months=max_months, **common)

    def typed(self, field: forms.Field, data: Mapping, files: Mapping, name: str) -> dict[str, str]:
        first, last = field.widget.value_from_datadict(data, files, name)
        return {"from": iso(first), "until": iso(last)}

    def posted(self, row: Mapping[str, Any], name: str, kept: Any) -> dict[str, Any]:
        kept = kept if isinstance(kept, Mapping) else {}
        return {f"{name}_{part}": as_text(kept.get(part)) for part in ("from", "until")}

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        if not isinstance(kept, Mapping):
            return as_text(kept).strip()
        first, last = parse_safe(kept.get("from")), parse_safe(kept.get("until"))
        if first and last:
            return _("%(first)s to %(last)s") % {
                "first": date_format(first, "j F Y"),
                "last": date_format(last, "j F Y"),
            }
        if not (kept.get("from") or kept.get("until")):
            return ""
        return f"{kept.get('from') or '…'} – {kept.get('until') or '…'}"
