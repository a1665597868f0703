"""What staff write about a campaign: its filter and letter, why a company is left out, what a company answered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..companies.fields import OneLineField
from ..meetings.models import Meeting
from .choosing import CHOICES
from .models import Campaign, FollowUp, Reply
from .wording import check_words

LABELS = {
    "standings": _("Standing of the company"),
    "kecamatans": _("Kecamatan"),
    "sectors": _("Sector"),
    "sizes": _("Size"),
}
#: A letter of the office is Indonesian by its nature.
DEFAULT_TEXT = (
    "Dengan hormat,\n\n"
    "Menurut data kami, {perusahaan} {status}. Setiap perusahaan dengan sedikitnya sepuluh pekerja wajib memiliki "
    "Peraturan Perusahaan atau Perjanjian Kerja Bersama (UU 13/2003 Pasal 108).\n\n"
    "Kami mohon Saudara mengajukan permohonan melalui {tautan}. Layanan ini tidak dipungut biaya. Bila data kami "
    "keliru, mohon beri tahu kami.\n\n"
    "Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih."
)


class CampaignForm(forms.ModelForm):
    """A campaign that has not been sent."""

    standings, kecamatans, sectors, sizes = (
        forms.MultipleChoiceField(
            label=LABELS[part],
            choices=choices.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Please choose from the list.")},
        )
        for part, choices in CHOICES.items()
    )

    class Meta:
        model = Campaign
        fields = ("title", "purpose", "day", "held_back_percent", "meeting", "subject", "text", "sends_mail")
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "text": forms.Textarea(attrs={"rows": 12}),
            "day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "held_back_percent": forms.NumberInput(attrs={"min": 0, "max": 50}),
        }
        error_messages = {
            "title": {"required": _("Please give the campaign a title.")},
            "purpose": {"required": _("Please say what the campaign should achieve.")},
            "subject": {"required": _("Please write the subject.")},
            "text": {"required": _("Please write the text.")},
            "held_back_percent": {"required": _("Please write a number from 0 to 50.")},
            "day": {"invalid": _("Please write a day of the calendar, for example 2026-11-30.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.instance.conditions if self.instance else {}
        for part in CHOICES:
            self.fields[part].initial = chosen.get(part, [])
        self.fields["meeting"].queryset = (
            Meeting.objects.published().filter(called_off_at__isnull=True, ends_at__gte=timezone.now())
            | Meeting.objects.filter(pk=self.instance.meeting_id)
        ).order_by("starts_at")
        self.fields["meeting"].empty_label = _("No meeting")
        self.fields["meeting"].help_text = _(
            "Then the letter is the invitation: date, place and the link for registering stand in it. "
            "Who came is read from the meeting."
        )
        self.fields["meeting"].error_messages["invalid_choice"] = _("Please choose from the list.")

    def filter_fields(self) -> list[forms.BoundField]:
        return [self[part] for part in CHOICES]

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and not day.year >= 2000:
            raise ValidationError(_("Please write a day of the calendar, for example 2026-11-30."))
        if day and day > timezone.localdate():
            raise ValidationError(_("This day lies ahead. Please leave it empty or choose today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("subject", "text"):
            if value := data.get(name):
                try:
                    check_words(value, with_meeting=bool(data.get("meeting")))
                except ValidationError as problem:
                    self.add_error(name, problem)
        if subject := data.get("subject"):
            data["subject"] = " ".join(subject.split())
        return data

    def save(self, commit: bool = True) -> Campaign:
        self.instance.conditions = {part: self.cleaned_data[part] for part in CHOICES if self.cleaned_data[part]}
        return super().save(commit)


class ReplyForm(forms.ModelForm):
    """An answer, or the office's own step."""

    class Meta:
        model = Reply
        fields = ("way", "said_on", "text", "follow_up", "form_key")
        widgets = {
            "way": forms.RadioSelect,
            "said_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text": forms.Textarea(attrs={"rows": 3}),
            "form_key": forms.HiddenInput,
        }
        labels = {"follow_up": _("How it stands now")}
        error_messages = {
            "way": {"required": _("Please choose how."), "invalid_choice": _("Please choose from the list.")},
            "said_on": {
                "required": _("Please write the day."),
                "invalid": _("Please write a day of the calendar, for example 2026-11-30."),
            },
            "text": {"required": _("Please write what was said, in a sentence.")},
            "follow_up": {
                "required": _("Please choose how it stands now."),
                "invalid_choice": _("Please choose from the list."),
            },
        }

    def __init__(self, *args: Any, sent_on=None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent_on = sent_on
        self.fields["way"].choices = Reply.Way.choices
        self.fields["follow_up"].choices = [("", "–"), *FollowUp.choices[1:]]

    def clean_said_on(self):
        day = self.cleaned_data["said_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day lies ahead."))
        if self.sent_on and day < self.sent_on:
            raise ValidationError(_("This day lies before the letter."))
        return day

    def validate_unique(self) -> None:
        """A form pressed twice is found again by the view."""


class LeaveOutForm(forms.Form):
    """Why one company is left out."""

    company = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    reason = OneLineField(
        label=pgettext_lazy("campaign", "Why it is left out"),
        max_length=250,
        error_messages={"required": _("Please say why the company is left out.")},
    )
