"""Answers to a service's questions: asked by a form made of rows, kept as typed, judged when needed.

What a person typed is always kept in `Submission.data`, right or wrong; whether it is right is computed. A period is
kept as {"from": ..., "until": ...}, everything else as text.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..services.editions import CompanyFacts, is_needed
from ..services.models import FieldKind, FieldRole
from .models import Submission

MAX_LONG_TEXT = 5000
MAX_TEXT = 250
#: A date a person means lies between these; outside, a digit slipped.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A date as the browser sends it, or as people write it: 24-11-2026, 24/11/2026."""

    widget = DateInput

    def __init__(self, **kwargs) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **kwargs)

    def to_python(self, value):
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

    def decompress(self, value):
        return [value.get("from"), value.get("until")] if isinstance(value, Mapping) else [None, None]


class PeriodField(forms.MultiValueField):
    widget = PeriodWidget

    def __init__(self, *, max_months: int, **kwargs) -> None:
        self.max_months = max_months
        super().__init__(
            fields=[DateField(required=False), DateField(required=False)], require_all_fields=False, **kwargs
        )

    def compress(self, data_list):
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


class NumberField(forms.CharField):
    """A whole number or an amount as people write it: 5.999.443 or 5999443."""

    def to_python(self, value):
        text = (super().to_python(value) or "").strip()
        if not text:
            return ""
        plain = text.lower().removeprefix("rp").strip().replace(".", "").replace(" ", "").replace(",", ".")
        try:
            number = Decimal(plain)
        except InvalidOperation as error:
            raise ValidationError(_("Please write a number, digits only."), code="number") from error
        if not number.is_finite() or number < 0 or number > Decimal("1e15"):
            raise ValidationError(_("Please check this number."), code="range")
        return str(number.quantize(Decimal(1)) if number == number.to_integral() else number)


validate_phone = RegexValidator(
    r"^[+(0-9][0-9 ()./-]{5,24}$", gettext_lazy("Please write a telephone number, digits only.")
)


def form_field(row: Mapping[str, Any], max_months: int) -> forms.Field:
    """The form field of one question. `row`: a field of a service's definition."""
    common = {
        "label": row["label"],
        "help_text": row["help_text"],
        "required": row["required"],
        "error_messages": {"required": _("Please fill this in.")},
    }
    match row["kind"]:
        case FieldKind.LONG_TEXT:
            return forms.CharField(max_length=MAX_LONG_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **common)
        case FieldKind.NUMBER:
            return NumberField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **common)
        case FieldKind.MONEY:
            return NumberField(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
        case FieldKind.DATE:
            return DateField(**common)
        case FieldKind.PERIOD:
            return PeriodField(max_months=max_months, **common)
        case FieldKind.YES_NO:
            return forms.ChoiceField(choices=[("ya", _("Yes")), ("tidak", _("No"))], widget=forms.RadioSelect, **common)
        case FieldKind.CHOICE:
            choices = [(line.strip(), line.strip()) for line in row["choices"].splitlines() if line.strip()]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case FieldKind.EMAIL:
            return forms.EmailField(max_length=254, **common)
        case FieldKind.PHONE:
            widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
            return forms.CharField(max_length=25, validators=[validate_phone], widget=widget, **common)
        case _:
            return forms.CharField(max_length=MAX_TEXT, **common)


class AnswersForm(forms.Form):
    """Some questions of a service. Field names in the page are `field-<code>`."""

    def __init__(
        self, definition: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], data=None, initial=None
    ) -> None:
        self.rows = list(rows)
        super().__init__(data, initial={f"field-{k}": v for k, v in (initial or {}).items()})
        for row in self.rows:
            self.fields[f"field-{row['code']}"] = form_field(row, definition["max_validity_months"])

    def typed(self) -> dict[str, Any]:
        """What the person typed, by code, whether right or wrong; ready to keep."""
        typed: dict[str, Any] = {}
        for row in self.rows:
            name = f"field-{row['code']}"
            value = self.fields[name].widget.value_from_datadict(self.data, self.files, name)
            if row["kind"] == FieldKind.PERIOD:
                first, last = (_iso(part) for part in value)
                typed[row["code"]] = {"from": first, "until": last}
            else:
                text = "" if value is None else str(value).replace("\x00", "")[:MAX_LONG_TEXT]
                typed[row["code"]] = _iso(text) if row["kind"] == FieldKind.DATE else text
        return typed

    @classmethod
    def of_kept(cls, definition: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], kept: Mapping[str, Any]):
        """The same form bound to what is kept, so that it can judge it."""
        rows = list(rows)
        data: dict[str, Any] = {}
        for row in rows:
            value, name = kept.get(row["code"]), f"field-{row['code']}"
            if row["kind"] == FieldKind.PERIOD:
                value = value if isinstance(value, Mapping) else {}
                data[f"{name}_from"] = value.get("from") or ""
                data[f"{name}_until"] = value.get("until") or ""
            else:
                data[name] = "" if value is None else value
        return cls(definition, rows, data)


def _iso(text: str | None) -> str:
    """A date as the browser needs it, where `text` is one in any accepted spelling; else the text itself."""
    text = (text or "").replace("\x00", "").strip()[:40]
    for pattern in ("%d-%m-%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date().isoformat()
        except ValueError:
            continue
    return text


def steps_of(definition: Mapping[str, Any]) -> dict[str, list[dict]]:
    """Questions by step, in the editor's order."""
    steps: dict[str, list[dict]] = {}
    for row in definition["fields"]:
        steps.setdefault(row["step"], []).append(row)
    return steps


def field_problems(definition: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the answers: code of the question -> sentence."""
    form = AnswersForm.of_kept(definition, definition["fields"], data)
    return {name.removeprefix("field-"): " ".join(errors) for name, errors in form.errors.items()}


def facts_of(submission: Submission) -> CompanyFacts:
    """Union and branches, as filed where the application is filed, else as the company is now."""
    if kept := submission.company_data:
        return CompanyFacts(bool(kept.get("unions")), bool(kept.get("branches")))
    return CompanyFacts(submission.company.has_union, submission.company.has_branches)


def wanted_documents(submission: Submission) -> list[tuple[dict, bool]]:
    """Documents this company is asked for, in order, each with whether it must be there."""
    facts = facts_of(submission)
    wanted = []
    for row in submission.definition["documents"]:
        needed = is_needed(row, facts, submission.data)
        if needed is not False:
            wanted.append((row, bool(needed)))
    return wanted


def draft_problems(submission: Submission) -> dict[str, str]:
    """Everything that keeps a draft from being filed: `field-<code>` or `document-<code>` -> sentence."""
    problems = {
        f"field-{code}": sentence for code, sentence in field_problems(submission.definition, submission.data).items()
    }
    attached = {d.code for d in submission.documents.all() if d.pending_id or d.file_id}
    for row, must in wanted_documents(submission):
        if must and row["code"] not in attached:
            problems[f"document-{row['code']}"] = _("Please attach: %s.") % row["title"]
    return problems


def readable(row: Mapping[str, Any], value: Any) -> str:
    """An answer in words for people; empty where nothing was answered."""
    if value in (None, "", {}):
        return ""
    match row["kind"]:
        case FieldKind.PERIOD:
            first, last = parse_safe(value.get("from")), parse_safe(value.get("until"))
            if first and last:
                return _("%(first)s to %(last)s") % {
                    "first": date_format(first, "j F Y"),
                    "last": date_format(last, "j F Y"),
                }
            return f"{value.get('from') or '…'} – {value.get('until') or '…'}"
        case FieldKind.DATE:
            day = parse_safe(value)
            return date_format(day, "j F Y") if day else str(value)
        case FieldKind.NUMBER | FieldKind.MONEY:
            try:
                number = NumberField(required=False).clean(str(value))
            except ValidationError:
                return str(value)
            prefix = "Rp" if row["kind"] == FieldKind.MONEY else ""
            return prefix + number_format(Decimal(number), force_grouping=True) if number else ""
        case FieldKind.YES_NO:
            return {"ya": _("Yes"), "tidak": _("No")}.get(value, str(value))
        case _:
            return str(value)


def parse_safe(text: Any) -> dt.date | None:
    """A date out of kept text; `None` where it is none."""
    try:
        return parse_date(str(text)) if text else None
    except ValueError:
        return None


def answered_rows(submission: Submission) -> list[tuple[str, list[tuple[dict, str]]]]:
    """Steps with their questions and readable answers, for summaries, receipts and the desk."""
    return [
        (step, [(row, readable(row, submission.data.get(row["code"]))) for row in rows])
        for step, rows in steps_of(submission.definition).items()
    ]


def period_of(submission: Submission) -> tuple[dt.date, dt.date] | None:
    """The validity asked for, from the question that plays that role."""
    value = submission.answer_for(FieldRole.PERIOD) or {}
    first, last = parse_safe(value.get("from")), parse_safe(value.get("until"))
    return (first, last) if first and last else None
