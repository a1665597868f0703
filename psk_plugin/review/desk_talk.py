"""What the desk shows of talking: notes among colleagues, and messages with the company."""

from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from .. import conf
from ..talk import verbs as talk
from ..talk.forms import MessageForm
from ..talk.models import Mention, Thread
from ..talk.views import owner_of
from . import announced, talking, timeline
from .forms import NoteForm


class TalkPart:
    """Part of `Desk`. The two are kept apart on the page: one is read by the company, the other never."""

    @cached_property
    def note_form(self) -> NoteForm:
        return self.forms.get("note") or NoteForm(colleagues=talking.colleagues(self.submission, self.user))

    @cached_property
    def notes(self) -> list:
        mentions = Prefetch("mentions", Mention.objects.select_related("person"), to_attr="named")
        rows = list(self.submission.notes.select_related("author").prefetch_related(mentions).order_by("-at", "-pk"))
        for row in rows:
            row.who = timeline.name_of(row.author)
            row.told = [timeline.name_of(mention.person) for mention in row.named]
            row.is_for_me = any(m.person_id == self.user.pk and m.read_at is None for m in row.named)
        return rows

    @cached_property
    def thread(self) -> Thread:
        return Thread.objects.filter(submission=self.submission).first() or Thread(submission=self.submission)

    @cached_property
    def message_problem(self) -> str:
        """Why the person cannot write to the company now, as a sentence."""
        return str(talk.why_not_write(self.submission, self.user, by_company=False) or "")

    @cached_property
    def message_form(self) -> MessageForm:
        form = self.forms.get("message") or MessageForm(owner=owner_of(self.submission, self.user))
        form.fields["file"].label = _("File (optional)")
        return form

    @cached_property
    def message_mails(self) -> list[announced.Announced]:
        return announced.announced(self.submission, announced.MESSAGE, self.user)

    @cached_property
    def message_page(self) -> Page:
        rows = self.submission.messages.select_related("author", "file").order_by("-pk")
        return Paginator(rows, conf.PAGE_SIZE).get_page(self.request.GET.get("hal"))

    @cached_property
    def messages(self) -> list:
        """The conversation, newest first; those that the desk has not opened yet are marked."""
        rows, unread = list(self.message_page), self.thread.unread_by_office
        for row in rows:
            row.who = timeline.name_of(row.author)
            row.is_new = row.is_by_company and unread > 0 and self.message_page.number == 1
            unread -= row.is_by_company
        return rows

    def mark_read(self) -> None:
        """What the open part of the page shows counts as read by the person. What is new is still shown as new."""
        if self.section == "catatan":
            if any(note.is_for_me for note in self.notes):
                talk.read_mentions(self.notes, self.user)
        elif self.section == "pesan" and self.messages and talking.answers(self.user, self.submission):
            talk.read_by_office(self.submission, self.thread.unread_by_office)
