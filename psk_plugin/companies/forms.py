"""What a company says about itself. One form for its data, one row each for its unions and its branches."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from .. import conf
from .fields import CountField, DayField, DigitsField, OneLineField, WebsiteField, YesNoField
from .models import (
    Branch,
    Company,
    Membership,
    Union,
    validate_kbli,
    validate_nib,
    validate_npwp,
    validate_postcode,
)
from .regency import normalise_regency

#: A WLKP is renewed every year (UU 7/1981): a date further off than this is a slip of the finger.
WLKP_YEARS_AHEAD, WLKP_YEARS_BACK = 3, 10
NIB_TAKEN = _("A company with this NIB is already registered here.")


class CareForm(forms.ModelForm):
    """A form whose sentences name the question, and which can be shown with what was typed before it is judged."""

    #: Show what was typed without judging it, as after "add a row".
    is_quiet = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, YesNoField):
                sentence = _("Please answer: %(label)s")
            elif isinstance(field, forms.ChoiceField):
                sentence = _("Please choose: %(label)s.")
                blank, *rest = field.choices
                field.choices = [("", _("Choose from the list")) if blank[0] == "" else blank, *rest]
            else:
                sentence = _("Please fill in: %(label)s.")
            field.error_messages["required"] = _Labelled(sentence, field)
            field.error_messages["invalid_choice"] = _Labelled(sentence, field)

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.is_quiet else super().errors


class _Labelled:
    """`sentence` with the field's label in it, put together in the language of whoever reads it."""

    def __init__(self, sentence: Any, field: forms.Field) -> None:
        self.sentence, self.field = sentence, field

    def __str__(self) -> str:
        return str(self.sentence) % {"label": self.field.label}

    def __mod__(self, params: Any) -> str:
        return str(self)


class CompanyForm(CareForm):
    """A company's own data. Nothing that decides is chosen beforehand."""

    name = OneLineField(label=_("Name of the company"), max_length=200, help_text=_("As in the deed, with PT or CV."))
    nib = DigitsField(label="NIB", validators=[validate_nib], help_text=_("13 digits, from OSS."))
    npwp = DigitsField(
        label="NPWP",
        validators=[validate_npwp],
        help_text=_("16 digits, or 15 on older cards. Dots and dashes may be typed."),
    )
    kbli_code = DigitsField(
        label=_("KBLI code"),
        validators=[validate_kbli],
        help_text=_("Five digits of the main business, from the NIB."),
    )
    business = OneLineField(
        label=_("Line of business"),
        max_length=200,
        help_text=_("In a few words, for example: food industry."),
    )
    address = OneLineField(label=_("Address"), max_length=250, help_text=_("Street, number, building."))
    kelurahan = OneLineField(label=_("Kelurahan"), max_length=60)
    postcode = DigitsField(label=_("Postcode"), required=False, validators=[validate_postcode])
    website = WebsiteField(label=_("Website"), required=False, max_length=200)
    male_permanent = CountField(label=_("Men, permanent (PKWTT)"))
    female_permanent = CountField(label=_("Women, permanent (PKWTT)"))
    male_contract = CountField(label=_("Men, fixed-term (PKWT)"))
    female_contract = CountField(label=_("Women, fixed-term (PKWT)"))
    wlkp_number = OneLineField(label=_("WLKP number"), required=False, max_length=60)
    wlkp_valid_until = DayField(label=_("WLKP valid until"), help_text=_("As printed on the proof of reporting."))
    has_unions = YesNoField(label=_("Is there a trade union (SP/SB) in the company?"))
    has_branches = YesNoField(label=_("Does the company have branches or other places of work?"))
    reason = OneLineField(
        label=_("What this change is for"),
        required=False,
        max_length=100,
        help_text=_("For example: new address after moving. Kept in the history of the profile."),
    )
    #: Number of the profile's version that the person sees; a newer one means that somebody saved meanwhile.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Company
        fields = (
            *("name", "legal_form", "nib", "npwp", "kbli_code", "kbli_edition", "business", "investment"),
            *("address", "kecamatan", "kelurahan", "postcode", "phone", "email", "website"),
            *("male_permanent", "female_permanent", "male_contract", "female_contract"),
            *("wlkp_number", "wlkp_valid_until"),
        )
        widgets = {
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        labels = {
            "legal_form": _("Legal form"),
            "kbli_edition": _("KBLI edition"),
            "investment": _("Investment status"),
            "kecamatan": _("Kecamatan"),
            "phone": _("Telephone"),
            "email": _("Company e-mail"),
        }

    WORKERS = ("male_permanent", "male_contract", "female_permanent", "female_contract")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nib"].error_messages["unique"] = NIB_TAKEN
        # The model lets a census leave these open; whoever fills the form in does not.
        for name in Company.MUST_BE_TOLD:
            self.fields[name].required = self.fields[name].widget.is_required = True
        if self.instance.pk:
            self.initial |= {
                "has_unions": self.instance.has_union,
                "has_branches": self.instance.has_branches,
            }
        else:
            del self.fields["reason"]
            for name in self.WORKERS:
                self.initial.pop(name, None)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not any(c.isalpha() for c in name):
            raise ValidationError(_("Write the name of the company in letters, as in the deed."))
        return name

    def clean_wlkp_valid_until(self) -> dt.date | None:
        day, today = self.cleaned_data["wlkp_valid_until"], timezone.localdate()
        if day and not today.year - WLKP_YEARS_BACK <= day.year <= today.year + WLKP_YEARS_AHEAD:
            raise ValidationError(_("The year of this date cannot be right. Please look at the proof again."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("wlkp_valid_until") and not data.get("wlkp_number") and "wlkp_number" not in self.errors:
            self.add_error("wlkp_number", _("Please write the WLKP number to which this date belongs."))
        if all(name in data for name in self.WORKERS) and not sum(data[name] for name in self.WORKERS):
            self.add_error("male_permanent", _("Please write how many workers there are, at least one."))
        return data

    @cached_property
    def worker_totals(self) -> dict[str, int]:
        """Sums of the workers' table as it stands in the form; what is not a number counts as none."""
        counts = {}
        for name in self.WORKERS:
            try:
                counts[name] = max(self.fields[name].clean(self[name].value()), 0)
            except ValidationError:
                counts[name] = 0
        return {
            "male": counts["male_permanent"] + counts["male_contract"],
            "female": counts["female_permanent"] + counts["female_contract"],
            "permanent": counts["male_permanent"] + counts["female_permanent"],
            "contract": counts["male_contract"] + counts["female_contract"],
            "all": sum(counts.values()),
        }


class RowForm(CareForm):
    """A row of a list in the form. Left blank, it counts as not there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            # Defaults of the model would make an untouched row look touched.
            self.initial = {}

    def add_fields_messages(self) -> None:
        """For fields that the row set adds after `__init__`."""
        if "id" in self.fields:
            self.fields["id"].error_messages["invalid_choice"] = _(
                "This row was deleted by somebody else meanwhile. Please open the form again."
            )

    @property
    def counts(self) -> bool:
        """Whether the row is there: used, and not marked for deletion."""
        typed = self.instance.pk is not None or self.has_changed()
        return typed and not (self.is_bound and self["DELETE"].data)


class UnionForm(RowForm):
    name = OneLineField(label=_("Name of the union"), max_length=200)
    registration_number = OneLineField(
        label=_("Registration number"),
        required=False,
        max_length=100,
        help_text=_("Number of the proof of registration (bukti pencatatan)."),
    )
    registered_on = DayField(label=_("Registered on"))
    members = CountField(label=_("Members in this company"))

    class Meta:
        model = Union
        fields = ("name", "registration_number", "registered_on", "members")

    def clean_registered_on(self) -> dt.date | None:
        day = self.cleaned_data["registered_on"]
        if day and not 1945 <= day.year <= timezone.localdate().year:
            raise ValidationError(_("The year of this date cannot be right. Please look at the proof again."))
        return day


class BranchForm(RowForm):
    name = OneLineField(
        label=_("Name of the branch"), max_length=200, help_text=_("For example: warehouse, head office.")
    )
    in_city = YesNoField(label=_("Located in Kota Bekasi?"))
    address = OneLineField(label=_("Address"), max_length=250)
    regency = OneLineField(
        label=_("Kabupaten or kota"),
        required=False,
        max_length=100,
        help_text=_("Only outside Kota Bekasi, for example Kabupaten Karawang."),
    )
    workers = CountField(label=_("Workers there"))

    class Meta:
        model = Branch
        fields = ("name", "in_city", "address", "regency", "province", "workers")
        labels = {"province": _("Province")}
        help_texts = {"province": _("Only outside Kota Bekasi.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("in_city") is True:
            data |= {"regency": conf.CITY, "province": conf.PROVINCE}
        elif data.get("in_city") is False:
            self._clean_place(data)
        return data

    def _clean_place(self, data: dict[str, Any]) -> None:
        typed = data.get("regency")
        name = normalise_regency(typed) if typed else None
        if "regency" in data and not typed:
            self.add_error("regency", _("Please write the kabupaten or kota of this branch."))
        elif typed and not name:
            self.add_error("regency", _("Begin with Kabupaten or Kota, for example Kabupaten Bekasi."))
        elif name == conf.CITY:
            self.add_error("in_city", gettext("You wrote %(city)s: please choose “Yes” here.") % {"city": conf.CITY})
        elif name:
            data["regency"] = name
        if "province" in data and not data["province"]:
            self.add_error("province", _("Please choose the province of this branch."))


class RowSet(forms.BaseInlineFormSet):
    """Rows of one kind. One blank row is offered where there is none yet; "add a row" gives more."""

    is_quiet = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.initial_form_count():
            self.extra = 1

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Delete this row")
        form.is_quiet = self.is_quiet
        form.add_fields_messages()

    @property
    def rows_that_count(self) -> list[RowForm]:
        return [form for form in self.forms if form.counts]

    def too_many(self) -> str | None:
        """A sentence where there are more rows than the form takes."""
        over = len(self.rows_that_count) - self.max_num
        if over <= 0:
            return None
        return ngettext("This is %d row too many.", "These are %d rows too many.", over) % over


def _rows(model: type, form: type[RowForm], most: int) -> type[RowSet]:
    return forms.inlineformset_factory(
        Company,
        model,
        form=form,
        formset=RowSet,
        extra=0,
        max_num=most,
        absolute_max=most + 20,
        can_delete=True,
    )


UnionRows = _rows(Union, UnionForm, 20)
BranchRows = _rows(Branch, BranchForm, 200)


class JoinForm(forms.Form):
    """Which company a person wants to act for."""

    nib = DigitsField(
        label="NIB",
        validators=[validate_nib],
        help_text=_("13 digits, from OSS."),
        error_messages={"required": _("Please write the company's NIB.")},
    )


ROLES = (
    (Membership.Role.MEMBER, _("Member: files and follows applications")),
    (Membership.Role.OWNER, _("Manager: as a member, and manages the profile and the people")),
)


class InvitationForm(forms.Form):
    """Whom to invite, and to do what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={
            "required": _("Please write the e-mail address of the person."),
            "invalid": _("Please write a complete e-mail address, for example nama@perusahaan.co.id."),
        },
    )
    role = forms.ChoiceField(
        label=_("What the person may do"),
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what the person may do.")},
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()
