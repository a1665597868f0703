"""All that the desk of one application shows, gathered with a number of queries that does not depend on its rows."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..office.acting import absent_on, acting_for
from ..services.models import Kind
from ..submissions import answers, clocks, origin
from ..submissions.actions import ACTIONS, Action, By
from ..submissions.errors import Forbidden
from ..submissions.lifecycle import available_actions, earlier_stages, refusal
from ..submissions.models import CLOSED, Finding, Status, Submission, SubmissionDocument
from . import announced, handling, timeline, verbs
from .bench import Bench
from .desk_findings import FindingsPart
from .desk_parties import PartiesPart
from .desk_talk import TalkPart
from .due import DueLabel, calendar_for, due_label
from .filed import Line, company_lines
from .forms import decision_form
from .models import DocumentVerdict, NormVerdict
from .papers import Paper, papers_of

#: Working days before the limit of the law from which the desk warns.
STATUTORY_WARNING = 5
#: Parts of the page, in order; the first is opened where none is named.
SECTIONS = ("periksa", "daftar", "data", "pesan", "catatan", "riwayat")


class Desk(FindingsPart, PartiesPart, TalkPart):
    """The desk as `request.user` sees it. Forms that were refused are handed in, with what was typed."""

    def __init__(
        self,
        request: HttpRequest,
        submission: Submission,
        *,
        forms: Mapping[str, Any] | None = None,
        section: str = "",
        editing: int | None = None,
    ) -> None:
        self.request = request
        self.user = request.user
        self.submission = submission
        self.forms = dict(forms or {})
        self.section = section if section in SECTIONS else SECTIONS[0]
        self.editing_pk = editing
        self.today = timezone.localdate()
        self.calendar = calendar_for(request)

    # Who can do what

    @cached_property
    def actions(self) -> list[Action]:
        """Decisions this person can take now. The first examining stage has nowhere to send back to."""
        actions = [action for action in available_actions(self.submission, self.user) if action.by == By.STAFF]
        return [action for action in actions if action.code != "send_back" or self.earlier_stages]

    @cached_property
    def why_not(self) -> str:
        """Why this person decides nothing on an application that waits for the office, as a sentence."""
        if self.actions or self.submission.status != Status.IN_REVIEW:
            return ""
        problems = (refusal(self.submission, action, self.user) for action in ACTIONS.values() if action.by == By.STAFF)
        return next((str(problem) for problem in problems if isinstance(problem, Forbidden)), "")

    @cached_property
    def can_write(self) -> bool:
        return verbs.why_not_write(self.submission, self.user) is None

    @cached_property
    def can_note(self) -> bool:
        return self.user.has_perm("psk_plugin.review_submission")

    @cached_property
    def decisions(self) -> list[tuple[Action, Any, list[announced.Announced]]]:
        """Each decision this person can take now, with its form and the mails it sends."""
        # The signature has a page of its own, which tells.
        mails = {action.code: self.mails_of(action.code) for action in self.actions if action.code != "sign"}
        return [(action, self.decision_form(action.code), mails.get(action.code, [])) for action in self.actions]

    def mails_of(self, code: str) -> list[announced.Announced]:
        """Who will be mailed what by a decision."""
        return announced.announced(self.submission, code, self.user)

    @cached_property
    def sign_mails(self) -> list[announced.Announced]:
        return self.mails_of("sign")

    def decision_form(self, code: str):
        return self.forms.get(code) or decision_form(code, stages=self.earlier_stages)

    @cached_property
    def earlier_stages(self) -> list[dict]:
        return earlier_stages(self.submission) if self.submission.stage_id else []

    # Checklists

    @cached_property
    def bench(self) -> Bench:
        return Bench(self.submission, self.user, self.documents)

    norm_verdicts = NormVerdict.choices
    document_verdicts = DocumentVerdict.choices

    @cached_property
    def next_waiting(self) -> Submission | None:
        """The application after this one in the person's inbox that no colleague has in hand."""
        free = Q(assignee=None) | Q(assignee=self.user)
        waiting = Submission.objects.awaiting(self.user).filter(free).exclude(pk=self.submission.pk)
        return waiting.only("pk", "number").order_by("due_on", "pk").first()

    # In whose hands

    @cached_property
    def holder(self) -> str:
        """Name of who has it in hand; empty while it lies in the common inbox."""
        return timeline.name_of(self.submission.assignee) if self.submission.assignee_id else ""

    @cached_property
    def holder_is_me(self) -> bool:
        return self.submission.assignee_id == self.user.pk

    @cached_property
    def holder_absence(self):
        return absent_on([self.submission.assignee_id]).get(self.submission.assignee_id) if self.holder else None

    @cached_property
    def works_here(self) -> bool:
        return self.submission.status == Status.IN_REVIEW and handling.works_at(self.user, self.submission)

    @cached_property
    def can_release(self) -> bool:
        return self.holder_is_me or self.user.has_perm(handling.ASSIGN)

    @cached_property
    def colleagues(self) -> list[tuple[int, str]]:
        """To whom this person can hand it over; empty where the person cannot."""
        may = self.user.has_perm(handling.ASSIGN) or (self.works_here and (self.holder_is_me or not self.holder))
        if not may or self.submission.status != Status.IN_REVIEW:
            return []
        people = handling.people_at(self.submission.stage).exclude(pk=self.submission.assignee_id)
        return [(person.pk, timeline.name_of(person)) for person in people]

    @cached_property
    def acting(self) -> str:
        """By which appointment the person works at this desk; empty for its own people."""
        if not self.works_here:
            return ""
        appointment = acting_for(self.user, self.submission.stage.groups.all())
        return str(appointment) if appointment else ""

    # Where it stands

    @cached_property
    def turn(self) -> str:
        if self.submission.status == Status.IN_REVIEW:
            return self.submission.stage.title
        return _("The company") if self.submission.status == Status.RETURNED else _("Nobody, finished")

    @cached_property
    def due(self) -> tuple[dt.date, DueLabel] | None:
        """The day on which something is due now, and how much time is left."""
        day = self.submission.due_on
        if self.submission.status == Status.RETURNED:
            day = clocks.repair_due(self.open_notice, self.calendar) if self.open_notice else None
        return (day, due_label(day, self.today, self.calendar)) if day and not self.submission.is_final else None

    @cached_property
    def clocks(self) -> list[clocks.Clock]:
        return clocks.clocks_of(self.submission, self.calendar, self.today)

    @cached_property
    def clock_warnings(self) -> list[str]:
        """What the reviewer must know about the legal time, in whole sentences."""
        sentences = []
        for clock in self.clocks:
            if clock.code != "statutory" or clock.is_done:
                continue
            if self.submission.definition["kind"] != Kind.PP:
                if clock.left <= STATUTORY_WARNING:
                    sentences.append(_time_left(clock))
            elif clock.is_overdue:
                sentences.append(
                    _("The %d working days of the law are over: the PP may count as approved (UU 13/2003 Ps 112(2)).")
                    % clock.allowed
                )
            elif clock.left <= STATUTORY_WARNING:
                sentences.append(
                    ngettext(
                        "%d working day is left of the time limit of the law. After it the application may count as "
                        "approved (UU 13/2003 Ps 112(2)).",
                        "%d working days are left of the time limit of the law. After it the application may count as "
                        "approved (UU 13/2003 Ps 112(2)).",
                        clock.left,
                    )
                    % clock.left
                )
        return sentences

    @cached_property
    def is_uncertain(self) -> bool:
        return any(not clock.is_certain and not clock.is_done for clock in self.clocks)

    @cached_property
    def old(self) -> origin.Old | None:
        """The regulation that it starts from."""
        return origin.old_of(self.submission)

    @cached_property
    def before(self) -> Submission | None:
        """The closed application that this one continues."""
        return self.submission.follows

    @cached_property
    def before_findings(self) -> list[Finding]:
        """What was found in it, as it was sent."""
        if self.before is None:
            return []
        return self.named(list(self.before.findings.filter(notice__isnull=False).select_related("written_by")))

    @cached_property
    def after(self) -> Submission | None:
        """The filed application in which the company goes on with this closed one."""
        return self.submission.followed_by.filed().first() if self.submission.status in CLOSED else None

    # Documents

    @cached_property
    def documents(self) -> list[SubmissionDocument]:
        return list(self.submission.documents.select_related("file"))

    @cached_property
    def papers(self) -> list[Paper]:
        return papers_of(self.submission, self.documents, self.findings)

    @cached_property
    def first_paper(self) -> Paper | None:
        """The document the viewer opens with: the one named in the address, else, for examiners, the text itself.

        Papers with personal data are opened by a person's own click only: each reading is recorded.
        """
        wanted = self.request.GET.get("dokumen", "")
        for paper in self.papers:
            if paper.document.code == wanted and paper.opens_in_page:
                return paper
        if wanted or not self.can_write:
            return None
        texts = {row["code"] for row in self.submission.definition["documents"] if row["is_regulation_text"]}
        return next((p for p in self.papers if p.document.code in texts and p.opens_in_page), None)

    # What was filed

    @cached_property
    def steps(self) -> list[tuple[str, list[tuple[dict, str]]]]:
        return answers.answered_rows(self.submission)

    @cached_property
    def company_lines(self) -> list[Line]:
        return company_lines(self.submission)

    @cached_property
    def company_changed(self) -> bool:
        return any(line.now is not None for line in self.company_lines)

    @cached_property
    def branches_elsewhere(self) -> list:
        """Branches that take a PP or PKB out of the office's authority; other services know no such limit."""
        return self.submission.company.branches_elsewhere if self.submission.makes_regulation else []

    @cached_property
    def twins(self) -> list[Submission]:
        """Other filed applications of the company for the same service, newest first: a hint at duplicates."""
        others = Submission.objects.filed().filter(
            company_id=self.submission.company_id, service_id=self.submission.service_id
        )
        return list(others.exclude(pk=self.submission.pk).select_related("stage").defer("data", "company_data")[:5])

    @cached_property
    def timeline(self) -> list[timeline.Moment]:
        return timeline.timeline_of(self.submission, self.calendar)

    @cached_property
    def movements(self) -> list:
        return list(self.submission.movements.select_related("stage"))

    @cached_property
    def present_stay(self) -> str:
        """How long the present desk has had it."""
        open_stay = next((movement for movement in self.movements if movement.left_at is None), None)
        return timeline.stay_words(open_stay, timezone.now(), self.calendar)[0] if open_stay else ""


def _time_left(clock: clocks.Clock) -> str:
    """For services whose law ties nothing to the end of the time."""
    if clock.is_overdue:
        return _("The time limit of %d working days is over.") % clock.allowed
    return (
        ngettext("%d working day is left of the time limit.", "%d working days are left of the time limit.", clock.left)
        % clock.left
    )
