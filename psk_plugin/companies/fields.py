"""Form fields that take what people type and keep what the office needs: plain digits, one space, blank as 0."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from .models import validate_headcount

YES, NO = "yes", "no"
YES_NO = ((YES, _("Yes")), (NO, _("No")))


class OneLineField(forms.CharField):
    """Text without line breaks and doubled spaces: it goes into subjects of mails and into decrees."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class DigitsField(forms.CharField):
    """A number that people write with dots, dashes, slashes or spaces; cleaned to what is left without them."""

    def __init__(self, *, validators: Sequence[RegexValidator], **kwargs: Any) -> None:
        # 40 leaves room for the separators; the number itself is measured by its validator.
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(validators=validators, **kwargs)

    def to_python(self, value: Any) -> str:
        # Copied numbers bring invisible characters along.
        return re.sub(r"[\s.\-/\x00\u200b\ufeff]", "", super().to_python(value))


class CountField(forms.IntegerField):
    """A number of people. Blank is 0; "1.250" is one thousand two hundred and fifty, as Indonesian writes it."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("localize", None)
        super().__init__(**{"required": False, "min_value": 0, "validators": [validate_headcount], **kwargs})
        self.error_messages["invalid"] = _("Write a whole number, for example 25.")
        self.error_messages["min_value"] = _("A number of people cannot be less than zero.")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off", "maxlength": 9}

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            # Before Django's own: it takes ".000" for decimals and would read 1.000 as 1.
            value = re.sub(r"(?<=\d)[.\s](?=\d{3}\b)", "", value.strip())
        return super().to_python(value)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class WebsiteField(forms.URLField):
    """An address of the web and of nothing else: it becomes a link that others press."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
        self.error_messages["invalid"] = _("Write an address such as www.perusahaan.co.id.")


class DayField(forms.DateField):
    """A day, from the browser's calendar or typed as 31-12-2026."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "required": False,
                "input_formats": ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
                "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                **kwargs,
            }
        )
        self.error_messages["invalid"] = _("Write the date as day-month-year, for example 31-12-2026.")


class YesNoField(forms.TypedChoiceField):
    """A question to be answered, nothing chosen beforehand. Cleaned to `True`, `False`, or "" if not asked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO,
            coerce=lambda value: value == YES,
            empty_value="",
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
