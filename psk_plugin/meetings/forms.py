"""What people type to register, and what staff write to all participants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..companies.fields import OneLineField
from ..companies.models import Company, validate_phone
from .models import MeetingMessage
from .verbs import Person


class RegistrationForm(forms.Form):
    """Name, company, how to reach the person."""

    name = OneLineField(
        label=_("Your name"),
        max_length=100,
        error_messages={"required": _("Please write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    own_company = forms.ModelChoiceField(
        None, label=_("Your company"), required=False, empty_label=_("Another company, written below")
    )
    company_name = OneLineField(
        label=_("Name of the company"),
        max_length=200,
        help_text=_("Or of the union or organisation you come for."),
        error_messages={"required": _("Please write the name of the company or organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    position = OneLineField(label=_("Position"), required=False, max_length=100)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The confirmation goes there, with a link to cancel."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Please write your e-mail address; the confirmation goes there."),
            "invalid": _("Please write a complete e-mail address, for example nama@perusahaan.co.id."),
        },
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=30,
        validators=[validate_phone],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, user=None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "daftar-%s", **kwargs})
        own = Company.objects.of(user) if user is not None and user.is_authenticated else None
        if own is not None and own.exists():
            self.fields["own_company"].queryset = own
            # Judged in `clean`: either of the two will do.
            self.fields["company_name"].required = False
        else:
            del self.fields["own_company"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("own_company") and "company_name" not in self.errors and not data.get("company_name"):
            self.add_error("company_name", self.fields["company_name"].error_messages["required"])
        return data

    def person(self) -> Person:
        """What `verbs.register` wants."""
        data = self.cleaned_data
        company = data.get("own_company")
        return Person(
            name=data["name"],
            email=data["email"],
            company_name=company.name if company else data["company_name"],
            position=data["position"],
            phone=data["phone"],
            company=company,
        )


class MessageForm(forms.Form):
    """A mail to all participants."""

    audience = forms.ChoiceField(
        label=_("To"), choices=MeetingMessage.Audience.choices, widget=forms.RadioSelect, initial="seated"
    )
    subject = OneLineField(
        label=pgettext_lazy("mail", "Subject"),
        max_length=150,
        error_messages={"required": _("Please write the subject.")},
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=5000,
        help_text=_("Date, place and the link to the registration are added below it."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write the text.")},
    )
    form_key = forms.CharField(max_length=40, widget=forms.HiddenInput)
