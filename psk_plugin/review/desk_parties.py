"""The part of the desk about the other party of a PKB, and what its decree will note."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..services.models import FieldRole
from ..submissions import union
from ..submissions.models import Status, Submission
from ..submissions.union_models import UnionConfirmation
from . import timeline, verbs
from .forms import DecreeNotesForm, UnionAskForm, UnionPaperForm


class PartiesPart:
    """Mixed into `desk.Desk`, which gathers what stands below."""

    submission: Submission
    user: Any
    forms: Mapping[str, Any]

    @cached_property
    def asks_union(self) -> bool:
        return union.needs(self.submission)

    @cached_property
    def confirmation(self) -> UnionConfirmation | None:
        open_row = self.submission.union_confirmations.filter(closed_at__isnull=True)
        return open_row.select_related("recorded_by", "scan").first()

    @cached_property
    def confirmation_recorded_by(self) -> str:
        return timeline.name_of(self.confirmation.recorded_by) if self.confirmation else ""

    @cached_property
    def union_obstacle(self) -> str:
        """What of the union's part stands in the way of going on, as a sentence."""
        return union.lacking_agreement(self.submission, "declare_complete") or ""

    @cached_property
    def can_settle_union(self) -> bool:
        if self.submission.status != Status.IN_REVIEW or not self.union_obstacle:
            return False
        return union.why_not_examine(self.submission, self.user) is None

    @cached_property
    def union_ask_form(self) -> UnionAskForm:
        known = self.confirmation.email if self.confirmation else ""
        return self.forms.get("union_ask") or UnionAskForm(
            initial={"email": known or self.submission.answer_for(FieldRole.UNION_EMAIL)}, auto_id="id_union_%s"
        )

    @cached_property
    def union_paper_form(self) -> UnionPaperForm:
        return self.forms.get("union_paper") or UnionPaperForm(auto_id="id_kertas_%s")

    @cached_property
    def can_note_on_decree(self) -> bool:
        return verbs.why_not_note_on_decree(self.submission, self.user) is None

    @cached_property
    def decree_notes_form(self) -> DecreeNotesForm:
        return self.forms.get("decree_notes") or DecreeNotesForm(
            initial={"text": self.submission.decree_notes}, auto_id="id_catatan_sk_%s"
        )
