"""Forms of the site's account pages beyond those of allauth."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ResendForm(forms.Form):
    """Which address should get its confirmation once more."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
