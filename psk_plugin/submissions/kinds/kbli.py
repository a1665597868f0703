"""A KBLI code with its edition: five digits, found by words in the list of codes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ...companies import kbli
from ...companies.choices import KBLIEdition
from ...companies.models import validate_kbli
from .base import AnswerKind, as_text, plain


class KBLIWidget(forms.MultiWidget):
    """Code and edition. Words in place of a code are searched for: each match is a button that fills it in."""

    template_name = "psk_plugin/widgets/kbli.html"
    use_fieldset = True

    def __init__(self, attrs=None) -> None:
        code = forms.TextInput(attrs={"autocomplete": "off", "maxlength": 100})
        edition = forms.Select(choices=[("", _("Choose the edition")), *KBLIEdition.choices])
        super().__init__({"code": code, "edition": edition}, attrs)

    def decompress(self, value: Any) -> list:
        return [value.get("code"), value.get("edition")] if isinstance(value, Mapping) else [None, None]

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        code, edition = (value if isinstance(value, list) else self.decompress(value)) or [None, None]
        code, edition = as_text(code).strip(), as_text(edition)
        context["widget"] |= {
            "code": name.removeprefix("field-"),
            # A code that is right needs no other to choose from.
            "matches": kbli.search(code, edition) if code and not kbli.is_code(code) else [],
            "looked_for": code,
            "search": reverse("psk:kbli_search"),
            "name_of_code": kbli.title_of(code, edition) if kbli.is_code(code) else "",
        }
        context["widget"]["subwidgets"][0]["attrs"]["list"] = f"{name}-list"
        return context


class KBLIField(forms.MultiValueField):
    widget = KBLIWidget

    def __init__(self, **kwargs: Any) -> None:
        code = forms.CharField(required=False)
        super().__init__(fields=[code, forms.CharField(required=False)], require_all_fields=False, **kwargs)

    def compress(self, data_list: list) -> dict[str, str] | None:
        code, edition = (as_text(part).strip() for part in (data_list or ["", ""]))
        if not code and not edition and not self.required:
            return None
        if not kbli.is_code(code):
            raise ValidationError(
                validate_kbli.message
                if not code or code.isdigit()
                else _("This is not a code yet. Please choose one from the list below, or write its five digits."),
                code="code",
            )
        if edition not in KBLIEdition.values:
            raise ValidationError(_("Please choose the edition of KBLI, as in your NIB."), code="edition")
        if not kbli.is_listed(code, edition):
            raise ValidationError(
                _("The code %(code)s is not in the list of KBLI %(edition)s. Please check the code and the edition."),
                code="unknown",
                params={"code": code, "edition": edition},
            )
        return {"code": code, "edition": edition}


class KBLIKind(AnswerKind):
    """Kept as {"code": ..., "edition": ...}."""

    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        return KBLIField(**common)

    def typed(self, field: forms.Field, data: Mapping, files: Mapping, name: str) -> dict[str, str]:
        code, edition = field.widget.value_from_datadict(data, files, name)
        if not code and not edition:
            return {}
        return {"code": plain(code).strip(), "edition": plain(edition, 10)}

    def posted(self, row: Mapping[str, Any], name: str, kept: Any) -> dict[str, Any]:
        if not isinstance(kept, Mapping):
            kept = {"code": as_text(kept)}
        return {f"{name}_{part}": as_text(kept.get(part)) for part in ("code", "edition")}

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        if not isinstance(kept, Mapping):
            return as_text(kept).strip()
        code, edition = as_text(kept.get("code")), as_text(kept.get("edition"))
        if not code:
            return ""
        title = kbli.title_of(code, edition)
        shown = f"{code} (KBLI {edition})" if edition else code
        return f"{shown} {title}" if title else shown
