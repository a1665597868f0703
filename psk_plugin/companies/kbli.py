"""KBLI, the classification of business fields: the list of codes of each edition, loaded from a CSV by the office.

The five-digit codes of an edition come from a file that the office loads (the list of BPS or OSS). Until it has, codes
are judged by their form, and words are looked up among the divisions (two digits) that we know.
"""

import csv
import io
import re
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .choices import KBLIEdition

DIVISIONS = Path(__file__).parent / "data" / "kbli-divisions.csv"
#: Matches that a person can look through.
MOST_MATCHES = 20
#: An edition has fewer than two thousand codes.
MAX_CODES, MAX_BYTES = 5000, 2 * 1024 * 1024


class KBLICode(models.Model):
    """A five-digit code of one edition with its title."""

    edition = models.CharField(gettext_lazy("KBLI edition"), max_length=4, choices=KBLIEdition)
    code = models.CharField(gettext_lazy("KBLI code"), max_length=5)
    title = models.CharField(gettext_lazy("line of business"), max_length=250)

    class Meta:
        ordering = ["-edition", "code"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="psk_kbli_code")]
        verbose_name = gettext_lazy("KBLI code")
        verbose_name_plural = gettext_lazy("list of KBLI codes")

    def __str__(self) -> str:
        return f"{self.code} (KBLI {self.edition}) {self.title}"


@cache
def divisions() -> dict[str, str]:
    """Two-digit divisions with their names, alike in both editions."""
    with DIVISIONS.open(encoding="utf-8", newline="") as lines:
        return {row["kode"]: row["judul"] for row in csv.DictReader(lines)}


def is_code(text: str) -> bool:
    return bool(re.fullmatch(r"(?!00)[0-9]{5}", text))


def is_listed(code: str, edition: str) -> bool:
    """Whether the edition has the code; also True where the office has not loaded that edition's list."""
    loaded = KBLICode.objects.filter(edition=edition)
    return loaded.filter(code=code).exists() or not loaded.exists()


def title_of(code: str, edition: str) -> str:
    """What a code stands for; the name of its division where the list is not loaded, empty where it is not known."""
    row = KBLICode.objects.filter(edition=edition, code=code).first() if is_code(code) else None
    return row.title if row else divisions().get(code[:2], "")


def search(words: str, edition: str = "") -> list[dict[str, str]]:
    """Codes whose number begins with `words`, or whose title has them all: at most `MOST_MATCHES`, as code and title.

    Without an edition the newest that is loaded is searched. Two-digit codes are divisions, not yet a code.
    """
    wanted = [word for word in re.split(r"[\s,;]+", words.replace("\x00", "").casefold())[:6] if word]
    if not wanted:
        return []
    loaded = KBLICode.objects.all()
    if edition in KBLIEdition.values:
        loaded = loaded.filter(edition=edition)
    newest = loaded.order_by("-edition").values_list("edition", flat=True).first()
    if newest is None:
        return [
            {"code": code, "title": title}
            for code, title in divisions().items()
            if all(word in title.casefold() or code.startswith(word[:2]) for word in wanted)
        ][:MOST_MATCHES]
    rows = loaded.filter(edition=newest)
    for word in wanted:
        rows = rows.filter(Q(code__startswith=word) if word.isdigit() else Q(title__icontains=word[:60]))
    return [{"code": code, "title": title} for code, title in rows.values_list("code", "title")[:MOST_MATCHES]]


def load(edition: str, data: bytes) -> tuple[int, int]:
    """Replace the list of one edition by the codes of a CSV file: a code and its title in the first two columns.

    Returns how many codes were loaded and how many lines were left out because they hold no five-digit code (headings,
    sections, groups). Raises `ValidationError` with one sentence where the file is none, and then changes nothing.
    """
    if edition not in KBLIEdition.values:
        raise ValidationError(_("Please choose the edition of KBLI, as in your NIB."))
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The file is too large for a list of codes. Please check it."))
    titles: dict[str, str] = {}
    left_out = 0
    for line in _lines(data):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(cells) < 2 or not is_code(cells[0]) or not cells[1]:
            left_out += 1
            continue
        titles[cells[0]] = cells[1][:250]
        if len(titles) > MAX_CODES:
            raise ValidationError(_("The file has more codes than KBLI has. Please check it."))
    if not titles:
        raise ValidationError(
            _("The file has no five-digit codes. The first column must hold the code, the second its title.")
        )
    with transaction.atomic():
        KBLICode.objects.filter(edition=edition).delete()
        KBLICode.objects.bulk_create(
            [KBLICode(edition=edition, code=code, title=title) for code, title in titles.items()], batch_size=500
        )
    return len(titles), left_out


def _lines(data: bytes):
    """Lines of a CSV as spreadsheets write it: UTF-8 or Windows letters; commas, semicolons or tabs."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    text = text.replace("\x00", "")
    first = text[:4000]
    separator = max(";\t,", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise ValidationError(_("The file cannot be read as CSV. Please save it as CSV once more.")) from error
