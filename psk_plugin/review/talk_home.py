"""On the admin's first page: colleagues who have named me, and companies whose messages wait."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..homekit import MOST, Count, Row, TaskPanel, Work
from ..talk import verbs
from .access import REVIEW, SEE_ALL, visible_to
from .talking import unread_threads
from .timeline import name_of

#: Characters of a note shown in a row.
SHOWN = 90


def desk_url(pk: int, section: str) -> str:
    return f"{reverse('psk_desk:desk', args=[pk])}?bagian={section}"


def day_of(moment) -> str:
    return date_format(timezone.localtime(moment), "j M Y, H.i")


def shortened(text: str) -> str:
    """The first words of a note, on one line."""
    return Truncator(" ".join(text.split())).chars(SHOWN)


class MentionPanel(TaskPanel):
    """Notes that name the person, until they are read."""

    name = "psk_mentions"
    heading = gettext_lazy("Colleagues ask for you")
    order = 52

    def concerns(self, user) -> bool:
        return user.is_active

    def find_work(self) -> Work:
        user = self.request.user
        mentions = verbs.mentions_of(user).filter(note__submission__in=visible_to(user).values("pk"))
        total = mentions.count()
        if not total:
            return Work()
        words = ngettext("%d note names you", "%d notes name you", total) % total
        rows = [
            Row(
                f"{mention.note.submission.number} · {mention.note.submission.company}",
                desk_url(mention.note.submission_id, "catatan"),
                f"{name_of(mention.note.author)}, {day_of(mention.note.at)}: {shortened(mention.note.text)}",
            )
            for mention in mentions[:MOST]
        ]
        return Work([Count(words)], rows)


class MessagePanel(TaskPanel):
    """Messages of companies that nobody at the person's desks has opened."""

    name = "psk_messages"
    heading = gettext_lazy("Messages of companies")
    order = 53
    permissions = (REVIEW,)

    def find_work(self) -> Work:
        threads = unread_threads(self.request.user)
        found = threads.order_by().values("pk", "unread_by_office")
        total = sum(row["unread_by_office"] for row in found[:1000])
        if not total:
            return Work()
        words = ngettext("%d message was not read yet", "%d messages were not read yet", total) % total
        rows = [
            Row(
                f"{thread.submission.number} · {thread.submission.company}",
                desk_url(thread.pk, "pesan"),
                day_of(thread.last_at),
            )
            for thread in threads[:MOST]
        ]
        # The inbox lacks what the company has for repair; it may write meanwhile.
        lists = "psk_semua-permohonan" if self.request.user.has_perm(SEE_ALL) else "psk_kotak-masuk"
        listing = f"{reverse(f'{lists}_modeladmin_index')}?pesan=saya"
        return Work([Count(words, listing, "soon")], rows, listing, _("To all of them"))
