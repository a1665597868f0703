"""Text, and numbers that are names: e-mail, telephone, NIB, NPWP."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ...companies.fields import DigitsField
from ...companies.models import validate_nib, validate_npwp
from .base import MAX_LONG_TEXT, AnswerKind, as_text

validate_phone = RegexValidator(r"^[+(0-9][0-9 ()./-]{5,24}$", _("Please write a telephone number, digits only."))


class LongTextKind(AnswerKind):
    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        return forms.CharField(max_length=MAX_LONG_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **common)


class EmailKind(AnswerKind):
    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        return forms.EmailField(max_length=254, **common)


class PhoneKind(AnswerKind):
    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        return forms.CharField(max_length=25, validators=[validate_phone], widget=widget, **common)


class DigitsKind(AnswerKind):
    """Digits that people write with dots and dashes; they read without them."""

    def __init__(self, validator: RegexValidator) -> None:
        self.validator = validator

    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        return DigitsField(validators=[self.validator], **common)

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        text = as_text(kept).strip()
        digits = re.sub(r"[\s.\-/\u200b\ufeff]", "", text)
        return digits if digits.isascii() and digits.isdigit() else text


class NibKind(DigitsKind):
    """NIB: 13 digits, from OSS."""

    def __init__(self) -> None:
        super().__init__(validate_nib)


class NpwpKind(DigitsKind):
    """NPWP: 16 digits, 15 on older cards."""

    def __init__(self) -> None:
        super().__init__(validate_npwp)
