"""What people type: a report, a message to one, the search for one; and what staff fill in beside a step."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..companies.fields import OneLineField
from ..companies.models import Company, validate_phone
from .access import colleagues, groups
from .actions import CloseReason
from .models import TicketCategory, TicketKind

MAX_MESSAGE = 5000


def _required(sentence) -> dict[str, Any]:
    return {"required": sentence, "invalid_choice": sentence}


class TextField(forms.CharField):
    """A longer text of people; says by how much it is too long."""

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**{"max_length": MAX_MESSAGE, "strip": True, **kwargs})

    def to_python(self, value: Any) -> str:
        # Browsers send line breaks as two characters; the limit is about what people see.
        return super().to_python(value).replace("\r\n", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A limit in the browser would cut pasted text off without a word.
        return {key: value for key, value in super().widget_attrs(widget).items() if key != "maxlength"}


class TicketForm(forms.Form):
    """A report. Nothing that decides is chosen beforehand."""

    kind = forms.ChoiceField(
        label=_("What do you want to send?"),
        choices=TicketKind.choices,
        widget=forms.RadioSelect,
        error_messages=_required(_("Please choose question, complaint or suggestion.")),
    )
    category = forms.ModelChoiceField(
        TicketCategory.objects.none(),
        label=_("What is it about?"),
        empty_label=_("Choose from the list"),
        error_messages=_required(_("Please choose what it is about.")),
    )
    subject = OneLineField(
        label=_("Subject"),
        max_length=150,
        help_text=_("In a few words, for example: no news of my application since last week."),
        error_messages=_required(_("Please write the subject in a few words.")),
    )
    message = TextField(
        label=_("Your message"),
        help_text=_("What happened, when, and what you ask for. Please write no NIK or passwords."),
        error_messages=_required(_("Please write your message.")),
    )
    application_number = OneLineField(
        label=_("Application number"), required=False, max_length=80, help_text=_("If it is about an application.")
    )
    own_company = forms.ModelChoiceField(
        None, label=_("Your company"), required=False, empty_label=_("I write for myself or for another company")
    )
    company_name = OneLineField(label=_("Name of the company"), required=False, max_length=200)
    name = OneLineField(
        label=_("Your name"),
        max_length=100,
        error_messages=_required(_("Please write your name.")),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The answer goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Please write your e-mail address; the answer goes there."),
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

    #: Fields in the order of the page, in two parts.
    ABOUT = ("kind", "category", "subject", "message", "application_number")
    SENDER = ("own_company", "company_name", "name", "email", "phone")

    def __init__(self, *args: Any, user=None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "pengaduan-%s", **kwargs})
        self.fields["category"].queryset = TicketCategory.objects.filter(is_active=True)
        own = Company.objects.of(user) if user is not None and user.is_authenticated else None
        if own is not None and own.exists():
            self.fields["own_company"].queryset = own
        else:
            del self.fields["own_company"]

    @property
    def about_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ABOUT]

    @property
    def sender_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SENDER if name in self.fields]

    def ticket_values(self) -> dict[str, Any]:
        """What `verbs.file_ticket` wants, without the message."""
        data = self.cleaned_data
        plain = ("kind", "category", "subject", "name", "email", "phone", "application_number", "company_name")
        values = {name: data[name] for name in plain}
        company = data.get("own_company")
        return values | ({"company": company, "company_name": company.name} if company else {"company": None})

    def clean_application_number(self) -> str:
        return self.cleaned_data["application_number"].upper()


class MessageForm(forms.Form):
    """A message of the person to an existing report."""

    text = TextField(label=_("Your message"), error_messages=_required(_("Please write your message.")))


class FindForm(forms.Form):
    """Number and e-mail open a report."""

    nomor = OneLineField(
        label=_("Report number"),
        max_length=80,
        help_text=_("For example ADU-2026-00012; it stands in the mail you received."),
        error_messages=_required(_("Please write the number of the report.")),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The one you gave with the report."),
        error_messages={
            "required": _("Please write the e-mail address you gave with the report."),
            "invalid": _("Please write a complete e-mail address, for example nama@perusahaan.co.id."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_nomor(self) -> str:
        return re.sub(r"\s", "", self.cleaned_data["nomor"]).upper()


class StaffForm(forms.Form):
    """What staff write with a step. The fields depend on the step; none decides anything by itself."""

    def __init__(self, code: str, *args: Any, ticket=None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{code}-%s")
        super().__init__(*args, **kwargs)
        if code == "forward":
            self.fields["to"] = forms.ChoiceField(
                label=_("To"),
                choices=_targets,
                error_messages=_required(_("Please choose a colleague or a group.")),
            )
        elif code == "classify":
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=TicketKind.choices, initial=ticket.kind)
            self.fields["category"] = forms.ModelChoiceField(
                TicketCategory.objects.all(), label=_("Category"), initial=ticket.category_id, empty_label=None
            )
            self.fields["needs_field_check"] = forms.BooleanField(
                label=_("Needs a check on the spot"),
                required=False,
                initial=ticket.needs_field_check,
                help_text=_("Only for complaints; the longer time limit holds then."),
            )
        elif code == "close":
            self.fields["reason"] = forms.ChoiceField(
                label=_("Reason"),
                choices=[("", _("Choose from the list")), *CloseReason.choices],
                error_messages=_required(_("Please choose why the report is closed.")),
            )
        if code not in ("take", "classify"):
            self.fields["text"] = TextField(
                label=self.TEXT_LABELS[code],
                rows=4 if code in ("forward", "close", "note") else 7,
                required=code != "forward",
                error_messages=_required(_("Please write something first.")),
            )
        if code in ("answer", "ask"):
            self.fields["lampiran"] = forms.FileField(
                label=_("File"), required=False, help_text=_("PDF, Word, JPG or PNG, at most 5 MB.")
            )

    TEXT_LABELS = {
        "answer": _("Answer, the reporter reads it"),
        "ask": _("Question, the reporter reads it"),
        "close": _("Closing words, the reporter reads them"),
        "reopen_by_staff": _("Why, the reporter reads it"),
        "forward": _("Note to whoever takes over (only staff read it)"),
        "note": _("Note, only staff read it"),
    }

    def target(self) -> tuple[Any, Any]:
        """The chosen colleague or group; the other is `None`."""
        kind, _dash, key = self.cleaned_data["to"].partition("-")
        rows = colleagues() if kind == "u" else groups()
        found = rows.filter(pk=int(key)).first()
        return (found, None) if kind == "u" else (None, found)


def _targets() -> list[tuple[str, Any]]:
    people = [(f"u-{user.pk}", user.get_full_name() or str(user)) for user in colleagues().order_by("pk")]
    return [
        ("", _("Choose from the list")),
        (_("Groups"), [(f"g-{group.pk}", group.name) for group in groups()]),
        (_("People"), people),
    ]
