"""The register's filters: the same for page, CSV and JSON. A filter nobody offers is told, never silently dropped."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..companies.choices import Kecamatan, Sector
from ..counting import MOST, BoundedPaginator, KeyedPaginator
from ..services.models import REGULATION_KINDS
from .models import RegulationQuerySet, RegulationState


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

    def pages(self, regulations: RegulationQuerySet, per_page: int) -> BoundedPaginator:
        """The regulations that fit, to be looked through page by page.

        Of a word that fits more than is counted, any so many of them: to know the first by name of all that have a
        common word, all of them would have to be read and sorted.
        """
        fitting = self.apply(regulations)
        if not (self.is_valid() and self.cleaned_data["q"]):
            return BoundedPaginator(fitting, per_page)
        some = regulations.filter(pk__in=fitting.order_by().values("pk")[: MOST + 1])
        return KeyedPaginator(some.values_list("pk", flat=True), per_page, rows=regulations)


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

    def in_all(self, regulations: RegulationQuerySet) -> RegulationQuerySet:
        """The rows that fit, on whichever page."""
        return super().apply(regulations)

    def apply(self, regulations: RegulationQuerySet) -> RegulationQuerySet:
        """The rows that fit and come after the last one, by key: an order that no change of a name disturbs."""
        regulations = self.in_all(regulations).order_by("pk")
        last = self.is_valid() and self.cleaned_data["after"]
        return regulations.filter(pk__gt=last) if last else regulations
