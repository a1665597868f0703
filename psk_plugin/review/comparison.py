"""The page that puts two texts of a company side by side as a redline; for the desk and for the regulation's page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..records.models import FileReading
from ..regulations import ocr
from ..regulations.comparing import compared
from ..regulations.reading import text_now
from ..regulations.showing import Shown, warnings
from ..submissions.models import Submission
from .texts import Source, default_pair, texts_of


class ComparisonPage:
    """What the page of two texts shows; `?kiri=` and `?kanan=` name them, `?tampil=semua` unfolds everything."""

    def __init__(self, request: HttpRequest, company_id: int, kind: str, submission_id: int | None = None) -> None:
        self.request = request
        self.sources = texts_of(company_id, kind, request.user)
        # A file may be named too: a history knows files, not where they came from.
        by_key = {f"f{source.file_id}": source for source in reversed(self.sources)}
        by_key |= {source.key: source for source in self.sources}
        left, right = default_pair(self.sources, submission_id)
        asked_left, asked_right = request.GET.get("kiri", ""), request.GET.get("kanan", "")
        self.left = by_key.get(asked_left) or left
        self.right = by_key.get(asked_right) or right
        self.is_unknown = any(key and key not in by_key for key in (asked_left, asked_right))
        self.shows_all = request.GET.get("tampil") == "semua"
        self.old = text_now(self.left.file_id) if self.left else None
        self.new = text_now(self.right.file_id) if self.right else None

    def record(self) -> None:
        """Note who has read which filed texts, as opening the documents does."""
        read = {source.key: source for source in (self.left, self.right) if source is not None and source.submission_id}
        kind = Submission._meta.model_name
        FileReading.objects.bulk_create(
            FileReading(file_id=row.file_id, kind=kind, row=row.submission_id, part=row.code, user=self.request.user)
            for row in read.values()
        )

    @property
    def can_compare(self) -> bool:
        return bool(self.old and self.new and self.old.has_words and self.new.has_words)

    @property
    def is_one_text(self) -> bool:
        return self.left is not None and self.left == self.right

    def context(self) -> dict[str, Any]:
        """Everything the template needs, with the redline where there is one; the reading is recorded."""
        self.record()
        redline = compared(self.old, self.new) if self.can_compare and not self.is_one_text else None
        told = []
        for text, side in ((self.old, _("Left")), (self.new, _("Right"))):
            if text is not None:
                told += warnings(text, side)
        return {
            "page": self,
            "shown": Shown(redline) if redline is not None else None,
            "is_being_made": self.can_compare and not self.is_one_text and redline is None,
            "warnings": told,
            "scans": [
                source
                for source, text in ((self.left, self.old), (self.right, self.new))
                if text is not None and text.pk and ocr.may_recognise(text)
            ],
        }


def start_recognition(sources: list[Source], key: str) -> bool:
    """Recognise the scanned file of one of `sources`. False where there is nothing to recognise, or it runs already."""
    source = next((source for source in sources if source.key == key), None)
    return source is not None and ocr.recognise_later(source.file_id)
