"""What a company reads when its regulation ends soon."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import conf
from ..calendar import WorkingCalendar
from ..outreach.letter import Letter, Link, one_line, public_url
from ..regulations.models import CompanyRegulation
from ..services.models import Kind


def ends(regulation: CompanyRegulation, day: dt.date, calendar: WorkingCalendar) -> Letter:
    """That it ends, until when to act, and where the renewal begins with the old answers filled in.

    `day`: on which it goes out.
    """
    last = date_format(regulation.valid_until, "j F Y")
    facts = [
        (_("Company"), one_line(regulation.company.name)),
        (_("Regulation"), str(regulation.get_kind_display())),
        (_("Decree"), regulation.decree_number),
        (_("Valid until"), last),
    ]
    if regulation.kind == Kind.PP:
        latest = calendar.add(regulation.valid_until, -conf.RENEWAL_WORKING_DAYS)
        shown = date_format(latest, "j F Y")
        facts.append((_("Ask for the renewal by"), shown))
        if day < latest:
            when = _("Please ask for the renewal by %s, 30 working days before the end (Permenaker 28/2014 Pasal 13).")
            when %= shown
        elif day == latest:
            when = _("Today is the last day for asking for the renewal (Permenaker 28/2014 Pasal 13).")
        else:
            when = _(
                "The renewal should have been asked for by %s (Permenaker 28/2014 Pasal 13). It is still accepted: "
                "please file it as soon as you can."
            )
            when %= shown
        to_do = [
            when,
            _("Ask the union or the representatives of the workers for their advice first; that takes time."),
        ]
    else:
        earliest = regulation.valid_until - relativedelta(months=conf.PKB_TALKS_MONTHS)
        to_do = [
            _("Talks on the next PKB may begin from %s, three months before the end (UU 13/2003 Pasal 123).")
            % date_format(earliest, "j F Y"),
            _("If the talks take longer, the PKB can be extended by at most one year; please ask for it in time."),
        ]
    to_do.append(_("The button opens the form with what we know already filled in."))
    return Letter(
        subject=one_line(_("Your %(kind)s ends on %(day)s") % {"kind": regulation.kind, "day": last}),
        happened=[_("The %(kind)s of your company ends soon.") % {"kind": regulation.kind}],
        facts=facts,
        to_do=to_do,
        button=Link(_("Begin the renewal"), public_url(reverse("psk:regulation_next", args=[regulation.pk]))),
    )
