"""What a person of the office chooses about the daily overview, on the page of the own account."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from .digest_models import DigestChoice


class DigestForm(forms.ModelForm):
    class Meta:
        model = DigestChoice
        fields = ("rhythm", "with_mentions")
        widgets = {"rhythm": forms.RadioSelect}
        error_messages = {"rhythm": dict.fromkeys(("invalid_choice", "required"), _("Please choose one of the three."))}


class DigestPanel(BaseSettingsPanel):
    """Among the person's notifications. A form sent without its fields leaves the choice as it is."""

    name = "psk_digest"
    title = _("Daily overview of PSK")
    tab = notifications_tab
    order = 200
    form_class = DigestForm

    def get_form(self) -> DigestForm:
        choice = DigestChoice.objects.filter(user=self.user).first() or DigestChoice(user=self.user)
        is_sent = self.request.method == "POST" and f"{self.name}-rhythm" in self.request.POST
        return DigestForm(self.request.POST if is_sent else None, instance=choice, prefix=self.name)
