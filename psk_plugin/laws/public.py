"""What the public library shows and how it is searched: the one door for pages, blocks and the site's own search."""

from django import forms
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from .models import LawKind, LawState, LegalSource

#: State -> modifier of its badge. The state is always said in words as well.
TONES = {LawState.IN_FORCE: "ok", LawState.AMENDED: "info", LawState.REVOKED: "neutral"}
MAX_WORDS = 8
#: Fields a word is looked for in.
SEARCHED = ("short_name", "title", "number", "summary", "note")
_KNOWN = {"invalid_choice": _("This choice does not exist. Please choose from the list.")}


def sources() -> QuerySet[LegalSource]:
    """Public sources with their file, those that stand first, then by rank of the kind, newest first."""
    rank = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(LawKind.values)), default=99)
    gone = Case(When(state=LawState.REVOKED, then=Value(1)), default=0, output_field=IntegerField())
    return LegalSource.objects.filter(is_public=True).select_related("document").order_by(gone, rank, "-year", "number")


def containing(found: QuerySet[LegalSource], words: str) -> QuerySet[LegalSource]:
    """Sources in which each of the words stands somewhere. A word such as 13/2003 finds number and year."""
    for word in words.split()[:MAX_WORDS]:
        condition = Q()
        for field in SEARCHED:
            condition |= Q(**{f"{field}__icontains": word})
        if word.isascii() and word.isdigit() and len(word) == 4:
            condition |= Q(year=int(word))
        found = found.filter(condition)
    return found


class LawFilter(forms.Form):
    """What people narrow the library by; every part may be left empty."""

    q = forms.CharField(
        label=_("Words or number"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Please search with at most 200 characters.")},
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *LawState.choices],
        error_messages=_KNOWN,
    )
    jenis = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *LawKind.choices], error_messages=_KNOWN
    )

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def apply(self, found: QuerySet[LegalSource]) -> QuerySet[LegalSource]:
        """The sources that fit; none where a filter makes no sense, so that no list pretends to be filtered."""
        if not self.is_valid():
            return found.none()
        wanted = self.cleaned_data
        found = containing(found, wanted["q"])
        if wanted["status"]:
            found = found.filter(state=wanted["status"])
        if wanted["jenis"]:
            found = found.filter(kind=wanted["jenis"])
        return found
