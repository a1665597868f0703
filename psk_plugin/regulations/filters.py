"""The register's filters: the same for page, CSV and JSON. A filter nobody offers is told, never silently dropped."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..companies.choices import Kecamatan, Sector
from ..services.models import REGULATION_KINDS
from .models import CompanyRegulation, RegulationQuerySet, RegulationState


def _choice(label, choices, everything) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", everything), *choices],
        error_messages={"invalid_choice": _("This choice does not exist. Please choose from the list.")},
    )


class RegisterFilter(forms.Form):
    """What people narrow the register by; every part may be left empty."""

    q = forms.CharField(
        label=_("Name of the company"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Please search with at most 200 characters.")},
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kecamatan = _choice(_("Kecamatan"), Kecamatan.choices, _("All kecamatan"))
    sektor = _choice(_("Sector"), Sector.choices, _("All sectors"))
    jenis = _choice(_("Kind"), [(kind.value, kind.label) for kind in REGULATION_KINDS], _("All kinds"))
    status = _choice(_("State"), RegulationState.choices, _("All states"))

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def apply(self, regulations: RegulationQuerySet) -> RegulationQuerySet:
        """The regulations that fit; none where a filter makes no sense, so that no list pretends to be filtered."""
        if not self.is_valid():
            return regulations.none()
        wanted = self.cleaned_data
        if wanted["q"]:
            for word in wanted["q"].split()[:8]:
                regulations = regulations.filter(company__name__icontains=word)
        if wanted["kecamatan"]:
            regulations = regulations.filter(company__kecamatan=wanted["kecamatan"])
        if wanted["sektor"]:
            regulations = regulations.filter(company__sector=wanted["sektor"])
        if wanted["jenis"]:
            regulations = regulations.filter(kind=wanted["jenis"])
        if wanted["status"]:
            regulations = regulations.in_state(wanted["status"])
        return regulations


class ProgramFilter(RegisterFilter):
    """The same for programs, which go on after the last row they have: any number of rows costs the same per page."""

    after = forms.IntegerField(
        label=_("Key of the last regulation of the page before"),
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            _("There is no such regulation. Please start again from the first page."),
        ),
    )

    def clean_after(self) -> CompanyRegulation | None:
        pk = self.cleaned_data["after"]
        if pk is None:
            return None
        last = CompanyRegulation.objects.filter(pk=pk).select_related("company").only("kind", "company__name").first()
        if last is None:
            raise forms.ValidationError(self.fields["after"].error_messages["invalid"])
        return last

    def in_all(self, regulations: RegulationQuerySet) -> RegulationQuerySet:
        """The rows that fit, on whichever page."""
        return super().apply(regulations)

    def apply(self, regulations: RegulationQuerySet) -> RegulationQuerySet:
        """The rows that fit and come after the last one, in the order of the register."""
        regulations = self.in_all(regulations)
        last = self.is_valid() and self.cleaned_data["after"]
        if not last:
            return regulations
        name = last.company.name
        later = Q(company__name__gt=name) | Q(company__name=name, kind__gt=last.kind)
        later |= Q(company__name=name, kind=last.kind, pk__gt=last.pk)
        # The first condition says nothing new, but lets the database begin in the middle of its index.
        return regulations.filter(later, company__name__gte=name)
