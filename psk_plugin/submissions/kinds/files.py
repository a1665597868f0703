"""A file as the answer. The file itself is a `SubmissionDocument` under the question's code; what is kept with the
other answers, once it is filed, is its name and hash.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from .base import AnswerKind, as_text


class FileKind(AnswerKind):
    def field(self, row: Mapping[str, Any], *, max_months: int, **common: Any) -> forms.Field:
        # Asked and judged as an upload, not by this field: an upload stands or falls by itself.
        return forms.CharField(**{**common, "required": False}, widget=forms.HiddenInput)

    def words(self, row: Mapping[str, Any], kept: Any) -> str:
        return as_text(kept.get("name")) if isinstance(kept, Mapping) else as_text(kept).strip()
