"""Scans of decrees on paper: a PDF is kept with the decree that it shows."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import conf
from ..records import intake
from .models import CensusBatch, PaperDecree


def attach(paper: PaperDecree, user: Any, file: UploadedFile) -> None:
    """Keep the PDF with the decree; an earlier one gives way. Raises `ValidationError` with one sentence."""
    if file.size and file.size > conf.MAX_UPLOAD_MB * 1024 * 1024:
        raise ValidationError(_("The file is larger than %d MB. Please make it smaller.") % conf.MAX_UPLOAD_MB)
    data = file.read()
    stored = intake.keep(data, intake.look(data, ["pdf"], conf.MAX_UPLOAD_MB))
    with transaction.atomic():
        row = PaperDecree.objects.select_for_update().filter(pk=paper.pk).first()
        if row is None:
            raise ValidationError(_("This decree has been undone in the meantime."))
        row.scan, row.scanned_by, row.scanned_at = stored, user, timezone.now()
        row.save(update_fields=["scan", "scanned_by", "scanned_at"])


def _sign(name: str) -> str:
    """A number or a file's name without what file systems do not allow: 560/1/2024 is the file 560-1-2024.pdf."""
    return "".join(c for c in name.casefold() if c.isalnum())


def attach_by_name(batch: CensusBatch, user: Any, files: Iterable[UploadedFile]) -> tuple[int, list[str]]:
    """Attach each PDF to the decree of the list whose column of names, or whose number, is the file's name.

    Returns how many were attached, and a sentence for each that was not.
    """
    papers: dict[str, PaperDecree] = {}
    for paper in PaperDecree.objects.filter(row__batch=batch):
        papers[_sign(paper.number)] = paper
        if paper.file_name:
            papers[_sign(PurePath(paper.file_name).stem)] = paper
    attached, refused = 0, []
    for file in files:
        name = intake.clean_name(file.name or "")
        paper = papers.get(_sign(PurePath(name).stem))
        try:
            if paper is None:
                raise ValidationError(_("no decree of this list has this number or names this file."))
            attach(paper, user, file)
            attached += 1
        except ValidationError as problem:
            refused.append(f"{name}: {' '.join(problem.messages)}")
    return attached, refused
