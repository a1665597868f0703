"""The history of a filed document: every filing and every repair is a version."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..history.registry import Kept
from ..submissions.models import SubmissionDocument
from .access import REVIEW, visible_to


def _may_see(document: SubmissionDocument, user: Any) -> bool:
    return visible_to(user).filter(pk=document.submission_id).exists()


def _texts(document: SubmissionDocument, before: Any, after: Any, _user: Any) -> str:
    """Only the text of the regulation is compared word by word."""
    rows = document.submission.definition.get("documents", [])
    is_text = any(row["code"] == document.code and row["is_regulation_text"] for row in rows)
    if not is_text or not before.file_id or not after.file_id or before.file_id == after.file_id:
        return ""
    query = urlencode({"kiri": f"f{before.file_id}", "kanan": f"f{after.file_id}"})
    return f"{reverse('psk_desk:redline', args=[document.submission_id])}?{query}"


ENTRY = Kept(
    key="dokumen",
    model=SubmissionDocument,
    permission=REVIEW,
    icon="doc-full",
    fields=("submission", "title", "file", "name", "version", "uploaded_by", "filed_at"),
    labels={
        "submission": _("Application"),
        "title": _("Document"),
        "file": _("Content (SHA-256)"),
        "name": _("Name of the file"),
        "version": _("Version"),
        "uploaded_by": _("Uploaded by"),
        "filed_at": _("Filed"),
    },
    may_see=_may_see,
    home=lambda document, _user: reverse("psk_desk:desk", args=[document.submission_id]),
    texts=_texts,
)
