"""What companies in the background thought of the service: answers to the survey, given two days after the decree."""

import datetime as dt

from django.utils import timezone

from ..submissions.models import Status, Submission
from ..surveys import verbs
from ..surveys.questions import CODES
from . import accounts
from .clock import at

#: Nine scores in the order of the elements, and a comment; taken in turn by the decided applications, oldest first.
OPINIONS = (
    ((3, 3, 3, 4, 3, 3, 4, 3, 3), "Petugas ramah dan catatannya jelas."),
    ((3, 3, 2, 4, 3, 3, 3, 3, 3), "Menunggu tanda tangan agak lama."),
    ((4, 4, 4, 4, 4, 4, 4, 3, 4), "Tidak perlu bolak-balik ke kantor. Terima kasih."),
    ((3, 3, 3, 4, 3, 3, 3, 2, 3), ""),
    ((4, 3, 4, 4, 4, 4, 4, 3, 3), "Pengingat sebelum PP berakhir sangat membantu."),
    ((3, 4, 3, 4, 3, 4, 4, 3, 3), ""),
    ((4, 4, 3, 4, 4, 4, 4, 4, 4), "Konfirmasi serikat lewat tautan memudahkan kami."),
    ((3, 3, 4, 4, 4, 3, 4, 3, 3), "Mohon contoh naskah untuk usaha kecil."),
)
DAYS_AFTER = 2


def load(people: dict) -> int:
    """Answer for the decided applications that `accounts.FILER` filed. Returns how many answers are new.

    Those whose company the visitor acts for stay open, so that answering can be tried out.
    """
    decided = Submission.objects.filter(status=Status.ISSUED, applicant=people[accounts.FILER])
    visited = Submission.objects.of(people["pemohon"]).values("pk")
    made = 0
    for number, submission in enumerate(decided.exclude(pk__in=visited).order_by("pk")):
        scores, comment = OPINIONS[number % len(OPINIONS)]
        if verbs.is_offered(submission):
            decided_at = submission.events.order_by("pk").last().at
            with at(min(decided_at + dt.timedelta(days=DAYS_AFTER), timezone.now())):
                made += verbs.answer(submission, dict(zip(CODES, scores, strict=True)), comment)
    return made
