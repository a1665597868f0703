"""The page on which the office enters the national list of a year, prepared from what the system knows."""

import datetime as dt
import re

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from ..calendar import national_days
from . import national

ADD = "psk_plugin.add_calendarexception"
#: What the package writes behind a date that depends on the moon.
ESTIMATED = re.compile(r"\s*\((?:perkiraan|estimated)\)$")
#: One more day as it is typed: 28-01-2028 Cuti bersama Imlek; also 28/1/2028 and 2028-01-28.
DAY_LINE = re.compile(r"(?:(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))[\s,;:]+(\S.*)", re.ASCII)
#: More lines than weekdays with a name ever were in a year.
MAX_LINES = 60


class FillForm(forms.Form):
    """The days of one year, ticked, and room for those that are not in the list."""

    use_required_attribute = False
    decree = forms.CharField(
        label=gettext_lazy("Number of the joint decree (SKB 3 Menteri)"),
        max_length=200,
        help_text=gettext_lazy("As it stands on the decree, with all three numbers."),
        error_messages={"required": gettext_lazy("Please write the number of the joint decree.")},
    )
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Closed days"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Take out the tick of a day that the decree does not name. Weekends need no row."),
        error_messages={"invalid_choice": gettext_lazy("One of the days is not in the list. Please tick again.")},
    )
    more = forms.CharField(
        label=gettext_lazy("Other closed days"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": gettext_lazy("This is too long. Write one day per line, with a short name.")},
    )

    def __init__(self, year: int, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.known = national_days(year)
        self.fields["days"].choices = [
            (day.isoformat(), f"{date_format(day, 'l, j F Y')}: {name}") for day, name in self.known.items()
        ]
        self.fields["days"].initial = [day.isoformat() for day in self.known]
        self.fields["more"].help_text = _(
            "One per line, date and name, for example: 24-12-%d Cuti bersama Natal. Joint leave that is not ticked "
            "above belongs here."
        ) % (year)

    def clean_more(self) -> dict[dt.date, str]:
        lines = [line.strip() for line in self.cleaned_data["more"].splitlines() if line.strip()]
        if len(lines) > MAX_LINES:
            raise ValidationError(_("These are too many lines for one year. Please check them."))
        found = {}
        for line in lines:
            day = self._day(line)
            if day is None or day.year != self.year:
                raise ValidationError(
                    _("“%(line)s” is no day of %(year)d. Write date and name: 24-12-%(year)d Cuti bersama.")
                    % {"line": line[:60], "year": self.year}
                )
            if day.weekday() < 5:
                found[day] = DAY_LINE.fullmatch(line)[7].strip()[:200]
        return found

    @staticmethod
    def _day(line: str) -> dt.date | None:
        if not (match := DAY_LINE.fullmatch(line)):
            return None
        day, month, year, iso_year, iso_month, iso_day = match.groups()[:6]
        try:
            return dt.date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
        except ValueError:
            return None

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("days") and not cleaned.get("more"):
            raise ValidationError(_("Please tick at least one day, or write one."))
        return cleaned

    @property
    def chosen(self) -> dict[dt.date, str]:
        """Date -> name of all days, after the form was found right."""
        ticked = {dt.date.fromisoformat(day) for day in self.cleaned_data["days"]}
        names = {day: ESTIMATED.sub("", name) for day, name in self.known.items() if day in ticked}
        return names | self.cleaned_data["more"]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ADD, raise_exception=True)
def fill_holidays(request: HttpRequest, year: int) -> HttpResponse:
    """Enter the national list of this year or the next. Entered already: back to the list, which says so."""
    today = timezone.localdate()
    if not today.year <= year <= today.year + 1:
        raise Http404
    if year not in national.years_to_fill(today):
        messages.info(request, _("The list of %d stands here already. Change its days one by one.") % year)
        return redirect("psk_kalender_modeladmin_index")
    form = FillForm(year, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = national.fill_year(form.cleaned_data["decree"], form.chosen)
        words = ngettext("%(n)d day of %(year)d has been entered.", "%(n)d days of %(year)d have been entered.", number)
        messages.success(request, words % {"n": number, "year": year})
        return redirect("psk_kalender_modeladmin_index")
    title = _("Fill in the national holidays of %(year)s") % {"year": year}
    context = {
        "form": form,
        "year": year,
        "is_estimate": any(ESTIMATED.search(name) for name in form.known.values()),
        "header_title": title,
        "page_title": title,
        "header_icon": "calendar-alt",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("psk_kalender_modeladmin_index"), "label": _("Office calendar")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "psk_plugin/office/fill_holidays.html", context, status=422 if form.errors else 200)
