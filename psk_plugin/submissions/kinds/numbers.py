"""Whole numbers and amounts in rupiah, as Indonesian writes them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .base import AnswerKind, as_text


class NumberField(forms.CharField):
    """A whole number or an amount as people write it: 5.999.443 or 5999443."""

    def to_python(self, value: Any) -> str:
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


class NumberKind(AnswerKind):
    prefix = ""
    length, inputmode = 20, "numeric"

    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        widget = forms.TextInput(attrs={"inputmode": self.inputmode})
        return NumberField(max_length=self.length, widget=widget, **common)

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        text = as_text(kept).strip()
        try:
            number = NumberField(required=False).clean(text)
        except ValidationError:
            return text
        return self.prefix + number_format(Decimal(number), force_grouping=True) if number else ""


class MoneyKind(NumberKind):
    prefix = "Rp"
    length, inputmode = 30, "decimal"
