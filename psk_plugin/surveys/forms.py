"""The survey as a form: nine questions, nothing chosen beforehand."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..services.models import Service
from .questions import ELEMENTS

MAX_COMMENT = 2000


class SurveyForm(forms.Form):
    """Nine scores and a comment."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for element in ELEMENTS:
            self.fields[element.code] = forms.TypedChoiceField(
                label=element.question,
                choices=list(enumerate(element.answers, start=1)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one.")},
            )
        self.fields["comment"] = forms.CharField(
            label=_("What should we do better?"),
            help_text=_("May be left empty. Please write no names or numbers of persons."),
            required=False,
            max_length=MAX_COMMENT,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def scores(self) -> dict[str, int]:
        return {element.code: self.cleaned_data[element.code] for element in ELEMENTS}


class PeriodForm(forms.Form):
    """Period and service of a report."""

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

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layanan"].queryset = Service.objects.order_by("title")

    def clean(self) -> dict:
        cleaned = super().clean()
        first, last = cleaned.get("dari"), cleaned.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("The last day lies before the first."))
        return cleaned
