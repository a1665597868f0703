"""What the office writes to a company, occasion by occasion: one letter, shown as plain text and as HTML.

Each function takes rows and gives a `Letter`; nothing is stored or sent here.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..decrees.models import Decree
from ..decrees.text import known_values
from ..office.models import OfficeSettings
from ..persons import full_name
from ..services.models import Kind, MailMoment
from ..services.placeholders import KNOWN_AT_ISSUE, fill, used_placeholders
from ..submissions.actions import GROUND_LABELS
from ..submissions.answers import period_of
from ..submissions.clocks import Clock
from ..submissions.models import Event, Finding, RepairNotice, Submission
from ..submissions.notice_paper import place_of
from ..submissions.union_models import UnionConfirmation
from .letter import SECRET_MARK, Item, Letter, Link, one_line, public_url

logger = logging.getLogger(__name__)

#: A blank line makes a paragraph.
PARAGRAPHS = re.compile(r"\n\s*\n")
#: Names longer than this are shortened in a subject line, which a telephone cuts off anyway.
MAX_NAME_IN_SUBJECT = 60


def _company(submission: Submission) -> str:
    """The company's name as filed; companies are renamed, letters tell of what was."""
    return one_line(submission.company_data.get("name") or submission.company.name)


def _subject(occasion: str, submission: Submission) -> str:
    name = one_line(_company(submission), MAX_NAME_IN_SUBJECT)
    return one_line(f"{occasion}: {submission.number} ({name})")


def _facts(submission: Submission, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Application number"), submission.number or ""),
        (_("Company"), _company(submission)),
        (_("Service"), one_line(submission.definition["title"])),
        *more,
    ]


def _button(submission: Submission) -> Link:
    return Link(_("Open the application"), public_url(submission.get_absolute_url()))


def _moment(moment) -> str:
    return _("%(day)s at %(time)s") % {
        "day": date_format(localtime(moment), "j F Y"),
        "time": date_format(localtime(moment), "H.i"),
    }


def filed(submission: Submission, event: Event) -> Letter:
    days = submission.definition["days"]
    values = {"examination": days["examination"], "decree": days["decree"]}
    if not submission.makes_regulation:
        time = _("We write to you if something has to be repaired and when we are done.")
        if total := sum(values.values()):
            time = _("We need at most %d working days once everything is in order.") % total + " " + time
    else:
        time = (
            _(
                "Examination takes at most %(examination)d working days and the decree at most %(decree)d working "
                "days after everything is in order. We write to you if something has to be repaired and when the "
                "decree is issued."
            )
            % values
        )
    return _with_editors_words(
        MailMoment.FILED,
        submission,
        Letter(
            subject=_subject(_("We have received your application"), submission),
            happened=[_("Your application has been filed and is waiting for registration by our office.")],
            facts=_facts(submission, (_("Filed"), _moment(submission.filed_at))),
            to_do=[
                _("You need not do anything now. Please keep the application number and the receipt."),
                *_about_the_union(submission),
                time,
            ],
            button=_button(submission),
        ),
    )


def _about_the_union(submission: Submission) -> list[str]:
    """What the company must know where its union confirms the text."""
    if not submission.definition.get("needs_union_confirmation"):
        return []
    return [_("The union gets a mail and confirms the text. We can go on only once it has agreed.")]


def union_asked(confirmation: UnionConfirmation) -> Letter:
    """To the union: who filed what, and where to read and answer. The link holds a mark in place of its secret."""
    submission = confirmation.submission
    period = period_of(submission)
    facts = _facts(submission, (_("Union"), confirmation.union_name))
    if period is not None:
        first, last = (date_format(day, "j F Y") for day in period)
        facts.append((_("Period"), f"{first} – {last}"))
    return Letter(
        subject=_subject(_("Please confirm the text of the PKB"), submission),
        happened=[
            _(
                "%(company)s has filed an application about the PKB with %(union)s. A PKB has two parties, so we ask "
                "the union whether the filed text is the one that both signed."
            )
            % {"company": _company(submission), "union": confirmation.union_name}
        ],
        facts=facts,
        to_do=[
            _("Please open the link, read the text and answer: agree, or object and say to what. You need no account."),
            _("The link is meant for the union's board only. It ends once it is answered or the text is replaced."),
        ],
        button=Link(_("Read the text and answer"), public_url(reverse("psk:union_confirmation", args=[SECRET_MARK]))),
    )


def limit_near(submission: Submission, clock: Clock) -> Letter:
    """To the heads: how near an application is to the day from which it may count as approved."""
    if clock.left > 0:
        subject = ngettext(
            "%d working day until it counts as approved", "%d working days until it counts as approved", clock.left
        )
        subject %= clock.left
        happened = ngettext(
            "Of the %(allowed)d working days of the law %(left)d is left. After it this PP may count as approved "
            "(UU 13/2003 Ps 112(2)), whatever stands in it.",
            "Of the %(allowed)d working days of the law %(left)d are left. After them this PP may count as approved "
            "(UU 13/2003 Ps 112(2)), whatever stands in it.",
            clock.left,
        ) % {"allowed": clock.allowed, "left": clock.left}
    elif clock.left == 0:
        subject = _("Today is the last working day before it counts as approved")
        happened = _(
            "Today is the last of the %d working days of the law. After it this PP may count as approved "
            "(UU 13/2003 Ps 112(2)), whatever stands in it."
        ) % (clock.allowed)
    else:
        subject = _("Limit of the law passed, it may count as approved")
        happened = _(
            "The %d working days of the law are over. This PP may count as approved (UU 13/2003 Ps 112(2)), whatever "
            "stands in it."
        ) % (clock.allowed)
    desk = public_url(reverse("psk_desk:desk", args=[submission.pk]))
    return Letter(
        subject=_subject(subject, submission),
        happened=[happened],
        facts=_facts(
            submission,
            (_("Filed"), date_format(clock.start, "j F Y")),
            (_("Last day"), date_format(clock.due, "j F Y")),
            (_("At the desk of"), one_line(submission.stage.title)),
            (_("In the hands of"), one_line(full_name(submission.assignee)) if submission.assignee else _("Nobody")),
        ),
        to_do=[_("Please see to it that it is decided, or returned for repair, before that day.")],
        button=Link(_("Open the desk"), desk),
    )


def returned(submission: Submission, event: Event) -> Letter:
    notice = submission.notices.get(sequence=event.details["notice"])
    return returned_with(submission, notice, notice.findings.order_by("pk"))


def returned_with(submission: Submission, notice: RepairNotice, findings: Iterable[Finding]) -> Letter:
    """The letter of one repair notice; rows need not be saved, so that it can be shown beforehand."""
    time = []
    if days := notice.repair_days:
        time = [
            _(
                "The time for repair is %(days)d working days. It begins on the day on which somebody of your company "
                "first reads this notice on the page of the application."
            )
            % {"days": days},
            _(
                "When that time has passed the application can be closed and the process starts again from the "
                "beginning."
            ),
        ]
    return _with_editors_words(
        MailMoment.RETURNED,
        submission,
        Letter(
            subject=_subject(_("Please repair your application"), submission),
            happened=[
                _("We have examined your application. It is returned for repair because of what is listed below."),
            ],
            facts=_facts(submission, (_("Repair notice"), _("No. %d") % notice.sequence)),
            quote=notice.message.strip(),
            quote_label=_("Message from our office:"),
            items=[_item(submission, finding) for finding in findings],
            to_do=[
                _("Please sign in, open the application, repair what is asked, then press “%s”.") % _("Send repair"),
                *time,
            ],
            button=Link(_("Read the notice and repair"), public_url(submission.get_absolute_url())),
        ),
    )


def _item(submission: Submission, finding: Finding) -> Item:
    return Item(
        where=one_line(place_of(submission, finding)) or _("General"),
        problem=finding.problem.strip(),
        request=finding.request.strip(),
        legal_basis=one_line(finding.legal_basis),
    )


def rejected(submission: Submission, event: Event) -> Letter:
    ground = event.details.get("ground", "")
    to_do = _("If you think that this is a mistake, please contact our office and name the application number.")
    if submission.makes_regulation:
        to_do = _(
            "The text of your company regulation has not been judged. If you think that this is a mistake, please "
            "contact our office and name the application number."
        )
    return _with_editors_words(
        MailMoment.REJECTED,
        submission,
        Letter(
            subject=_subject(_("Your application cannot be processed"), submission),
            happened=[_("Your application cannot be processed by our office for the reason below.")],
            facts=_facts(submission, (_("Ground"), str(GROUND_LABELS.get(ground, ground)))),
            quote=event.reason,
            quote_label=_("Explanation:"),
            to_do=[to_do],
            button=_button(submission),
        ),
    )


def message(submission: Submission, event: Event) -> Letter:
    """The office has written. The words stay behind the sign-in: they may be about people."""
    return Letter(
        subject=_subject(_("A message of the office"), submission),
        happened=[_("Our office has written you a message about your application.")],
        facts=_facts(submission, (_("Written"), _moment(event.at))),
        to_do=[_("Please sign in to read it. You can answer on the same page.")],
        button=Link(_("Read the message"), public_url(reverse("psk:submission_messages", args=[submission.number]))),
    )


def withdrawn(submission: Submission, event: Event) -> Letter:
    return _with_editors_words(
        MailMoment.WITHDRAWN,
        submission,
        Letter(
            subject=_subject(_("Your application has been withdrawn"), submission),
            happened=[_("As your company asked, the application has been withdrawn and is closed.")],
            facts=_facts(submission, (_("Withdrawn"), _moment(event.at))),
            quote=event.reason,
            quote_label=_("Reason given by your company:"),
            to_do=[
                _(
                    "You may file a new application at any time. If nobody of your company asked for this, please "
                    "tell us."
                )
            ],
            button=_button(submission),
        ),
    )


def lapsed(submission: Submission, event: Event) -> Letter:
    days = submission.definition["days"]["repair"]
    if submission.definition["kind"] == Kind.PP:
        happened = _(
            "The time for repair, %d working days, has passed without a repair, so the application is closed "
            "(Permenaker 28/2014 Pasal 9)."
        )
    else:
        happened = _("The time for repair, %d working days, has passed without a repair, so the application is closed.")
    return _with_editors_words(
        MailMoment.LAPSED,
        submission,
        Letter(
            subject=_subject(_("Your application has been closed"), submission),
            happened=[happened % days],
            facts=_facts(submission),
            to_do=[
                _("Please open the application and press “%s”: the new one begins with what you had filed.")
                % _("Apply again"),
                _("Repair the documents before you file it. The process starts from the beginning."),
            ],
            button=_button(submission),
        ),
    )


def issued(decree: Decree) -> Letter:
    submission = decree.submission
    facts = [
        (_("Decree number") if decree.is_regulation else _("Number"), decree.number),
        (_("Date of the decree") if decree.is_regulation else _("Date"), date_format(decree.issued_on, "j F Y")),
    ]
    if decree.valid_from and decree.valid_until:
        period = _("%(first)s to %(last)s") % {
            "first": date_format(decree.valid_from, "j F Y"),
            "last": date_format(decree.valid_until, "j F Y"),
        }
        facts.append((_("Valid"), period))
    facts.append((_("Verification code"), decree.code))
    if decree.is_regulation:
        letter = Letter(
            subject=_subject(_("The decree has been issued"), submission),
            happened=[_("The decree on your application has been issued.")],
            facts=_facts(submission, *facts),
            to_do=[
                _("Please download the decree from the page of the application."),
                _("Inform the workers of the regulation, explain it and give them its text (UU 13/2003 Pasal 114)."),
                _("Anyone can check the decree on the verification page."),
            ],
            button=Link(_("Download the decree"), public_url(submission.get_absolute_url())),
        )
    else:
        name = one_line(decree.document_name, MAX_NAME_IN_SUBJECT)
        letter = Letter(
            subject=_subject(_("%s has been issued") % name, submission),
            happened=[_("Your application is finished: %s has been issued.") % name],
            facts=_facts(submission, *facts),
            to_do=[
                _("Please download the document from the page of the application."),
                _("Anyone can check the document on the verification page."),
            ],
            button=Link(_("Download the document"), public_url(submission.get_absolute_url())),
        )
    letter = replace(letter, links=[Link(_("Verification page"), public_url(decree.get_absolute_url()))])
    return _with_editors_words(
        MailMoment.ISSUED,
        submission,
        letter,
        {
            "decree_number": decree.number,
            "register_number": decree.register_number,
            "issued_on": date_format(decree.issued_on, "j F Y"),
            "year": str(decree.issued_on.year),
            "signer_title": OfficeSettings.load().signer_title,
        },
    )


def _with_editors_words(
    moment: MailMoment, submission: Submission, letter: Letter, more: Mapping[str, str] | None = None
) -> Letter:
    """`letter` with the subject and opening that the editor of the service wrote for this moment, if any.

    Facts, findings, what to do and the buttons stay. Where a word in braces cannot be filled the usual words go out:
    a mail with a gap in it is worse than a plain one, and the step that causes it must not fail.
    """
    row = next((row for row in submission.definition.get("mails", []) if row["moment"] == moment), None)
    if row is None:
        return letter
    values = known_values(submission, OfficeSettings.load(), timezone.localdate())
    values = {name: value for name, value in values.items() if name not in KNOWN_AT_ISSUE} | dict(more or {})
    used = used_placeholders(row["subject"]) | used_placeholders(row["text"])
    if missing := sorted(name for name in used if not values.get(name)):
        logger.warning("Service %s: no value for %s in its mail", submission.definition["code"], ", ".join(missing))
        return letter
    try:
        subject, text = fill(row["subject"], values), fill(row["text"], values)
    except (KeyError, ValueError):
        logger.exception("Service %s: its mail could not be filled", submission.definition["code"])
        return letter
    paragraphs = [" ".join(part.split()) for part in PARAGRAPHS.split(text.strip())]
    return replace(letter, subject=one_line(subject), happened=[part for part in paragraphs if part])


#: Action of the lifecycle -> letter. Steps not named here are seen on the application's page and mailed to nobody:
#: too many mails are what companies complain about most.
BY_ACTION = {
    "file": filed,
    "return": returned,
    "reject": rejected,
    "withdraw": withdrawn,
    "lapse": lapsed,
}
