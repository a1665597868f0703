"""What a person gives on the pages of a census: the file, and which column is which."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .columns import FIELDS
from .models import BatchKind, CensusBatch


class UploadForm(forms.Form):
    """A list to be taken in."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("What is in the list"),
        choices=BatchKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please say what is in the list."),
            "invalid_choice": gettext_lazy("Please choose from the list."),
        },
    )
    file = forms.FileField(
        label=gettext_lazy("File (XLSX or CSV)"),
        help_text=gettext_lazy(
            "One row for each company or decree, with headings above. Any order of columns will do."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": gettext_lazy("Please choose the file."),
            "empty": gettext_lazy("The file is empty. Please choose the file again."),
        },
    )


class MappingForm(forms.Form):
    """For each field the column it stands in."""

    use_required_attribute = False

    def __init__(self, batch: CensusBatch, data: Any = None) -> None:
        super().__init__(data)
        self.batch = batch
        choices = [("", _("– not in this list –"))]
        choices += [(str(n), f"{_letter(n)}: {words or _('(no heading)')}") for n, words in enumerate(batch.headings)]
        for each in FIELDS[batch.kind]:
            label = capfirst(str(each.label))
            self.fields[each.code] = forms.ChoiceField(
                label=f"{label} *" if each.is_required else label,
                choices=choices,
                required=each.is_required,
                initial=str(batch.mapping.get(each.code, "")),
                error_messages={
                    "required": _("Please choose the column."),
                    "invalid_choice": _("Please choose from the list."),
                },
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        used: dict[str, str] = {}
        for code, place in list(cleaned.items()):
            if place and place in used:
                self.add_error(
                    code, _("This column is assigned already, to: %s.") % self.fields[used[place]].label.rstrip(" *")
                )
            elif place:
                used[place] = code
        return cleaned

    @property
    def mapping(self) -> dict[str, int]:
        return {code: int(place) for code, place in self.cleaned_data.items() if place != ""}


def _letter(position: int) -> str:
    """A column as spreadsheet programs call it: A, B, ..., Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
