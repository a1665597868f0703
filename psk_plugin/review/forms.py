"""What reviewers fill in. Nothing that decides is preset; who will read a text stands beside it."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..submissions.actions import GROUND_LABELS
from ..submissions.models import Finding
from .models import MAX_WORDS
from .verbs import WRITTEN

MAX_TEXT = MAX_WORDS


def _area(rows: int, **attrs) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": MAX_TEXT, **attrs})


class WordingChoice(forms.ChoiceField):
    """A wording to fill in with. One that is gone meanwhile is no obstacle: its words stand in the form already."""

    def validate(self, value) -> None:
        return


class FindingForm(forms.ModelForm):
    """One finding: where, what is wrong, what is asked, on what basis."""

    use_required_attribute = False

    class Meta:
        model = Finding
        fields = WRITTEN
        widgets = {
            "problem": _area(4),
            "request": _area(3),
            "legal_basis": forms.TextInput(attrs={"list": "psk-legal-bases", "autocomplete": "off"}),
        }
        help_texts = {
            "article": _("For example “Pasal 12 ayat (1)” or “page 7”."),
            "problem": _("The company reads this. Say what stands there now."),
            "request": _("The company reads this. Say what should stand there instead."),
            "is_mandatory": _("Off: a suggestion. The application can go on without it."),
        }

    def __init__(
        self,
        documents: list[tuple[str, str]],
        fields: list[tuple[str, str]],
        *args,
        wordings: list[tuple] = (),
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wording"] = WordingChoice(
            label=_("Usual wording"),
            help_text=_("Fills in what is wrong, what is asked and the legal basis. You can change each of them."),
            choices=wordings,
            required=False,
        )
        self.order_fields(["wording", *WRITTEN])
        self.fields["document_code"] = forms.ChoiceField(
            label=_("Document to be replaced"), choices=[("", _("none")), *documents], required=False
        )
        self.fields["field_code"] = forms.ChoiceField(
            label=_("Answer to be corrected"), choices=[("", _("none")), *fields], required=False
        )
        for name in ("problem", "request"):
            self.fields[name].validators.append(MaxLengthValidator(MAX_TEXT))
        self.fields["problem"].error_messages["required"] = _("Please write what is wrong.")
        self.fields["request"].error_messages["required"] = _("Please write what the company should do.")

    def begin_at(self, name: str) -> None:
        """Put the cursor into one field when the page opens: nobody has to look for the form again by Tab."""
        self.fields[name].widget.attrs["autofocus"] = True

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("document_code") and not cleaned.get("field_code"):
            self.add_error(
                "document_code",
                _("Please choose a document or an answer. The company can change only what is chosen here."),
            )
        return cleaned


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("New internal note"),
        help_text=_("Read by colleagues only, never by the company."),
        max_length=MAX_TEXT,
        widget=_area(3),
        error_messages={"required": _("Please write the note.")},
    )
    mentions = forms.TypedMultipleChoiceField(
        label=_("Tell these colleagues"),
        help_text=_("They see the note on their first page until they have read it."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of these colleagues may not see this application any more.")},
    )
    use_required_attribute = False

    def __init__(self, *args, colleagues: Sequence[tuple[int, str]] = (), **kwargs) -> None:
        """`colleagues`: id and name of those who may see the application."""
        super().__init__(*args, **kwargs)
        self.fields["mentions"].choices = colleagues
        if not colleagues:
            del self.fields["mentions"]


class UnionAskForm(forms.Form):
    """Ask the union again; the address can be put right."""

    email = forms.EmailField(
        label=_("E-mail of the union"),
        max_length=254,
        error_messages={"required": _("Please write a valid e-mail address of the union.")},
    )
    use_required_attribute = False


class UnionPaperForm(forms.Form):
    """The union's confirmation on paper."""

    reason = forms.CharField(
        label=_("What was shown"),
        help_text=_("Which paper, signed by whom, of which date. You answer for it by your name."),
        max_length=4000,
        widget=_area(3),
        error_messages={"required": _("Please write what was shown: which paper, signed by whom, of which date.")},
    )
    scan = forms.FileField(label=_("Scan (optional)"), help_text=_("PDF, JPG or PNG."), required=False)
    use_required_attribute = False


class DecreeNotesForm(forms.Form):
    """Notes on a PKB's clauses; empty takes them away."""

    text = forms.CharField(
        label=_("Notes on the decree"),
        help_text=_(
            "One note per line, e.g. which clause conflicts with which law. Printed on the decree; the PKB is "
            "registered all the same."
        ),
        max_length=MAX_TEXT,
        required=False,
        widget=_area(4),
    )
    use_required_attribute = False


class DecisionForm(forms.Form):
    """What a decision needs besides the button: here, nothing but an optional note."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Note (optional)"),
        help_text=_("Stands in the timeline; the company can read it."),
        max_length=MAX_TEXT,
        required=False,
        widget=_area(2),
    )

    def __init__(self, code: str, data: Mapping | None = None, *, stages: list[dict] = ()) -> None:
        self.code = code
        super().__init__(data, auto_id=f"id_{code}_%s")
        if "stage" in self.fields:
            self.fields["stage"].choices = [(str(stage["id"]), stage["title"]) for stage in stages]

    @property
    def reason_text(self) -> str:
        return self.cleaned_data.get("reason", "")

    @property
    def extra(self) -> dict[str, str]:
        """What `lifecycle.perform` takes as `data`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class PlainForm(DecisionForm):
    """A button and nothing to fill in."""

    reason = None


class ReturnForm(DecisionForm):
    reason = None
    message = forms.CharField(
        label=_("Covering message (optional)"),
        help_text=_("Stands above the findings; the company reads it."),
        max_length=MAX_TEXT,
        required=False,
        widget=_area(3),
    )


class SendBackForm(DecisionForm):
    stage = forms.ChoiceField(
        label=_("To which stage"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose the stage.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For your colleagues; the company does not see it."),
        max_length=MAX_TEXT,
        widget=_area(3),
        error_messages={"required": _("Please write the reason.")},
    )
    field_order = ("stage", "reason")


class RejectForm(DecisionForm):
    ground = forms.ChoiceField(
        label=pgettext_lazy("of a rejection", "Ground"),
        choices=list(GROUND_LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose the ground of the rejection.")},
    )
    reason = forms.CharField(
        label=_("Reason for the company"),
        help_text=_("The company reads this: what was found, and where it can go instead."),
        max_length=MAX_TEXT,
        widget=_area(4),
        error_messages={"required": _("Please write the reason.")},
    )
    field_order = ("ground", "reason")


FORMS: dict[str, type[DecisionForm]] = {
    "receive": PlainForm,
    "lapse": PlainForm,
    "return": ReturnForm,
    "send_back": SendBackForm,
    "reject": RejectForm,
}


def decision_form(code: str, data: Mapping | None = None, *, stages: list[dict] = ()) -> DecisionForm:
    """The form of one decision, empty or filled."""
    return FORMS.get(code, DecisionForm)(code, data, stages=stages)
