"""What must never be lost or doubled: files by their content, who read them, numbers in their order."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One content, once. The row is written after the bytes lie in the storage, never before.

    Rows are not deleted and never change; who may read a file is decided by the row that points here.
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(_("content type"), max_length=100)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def is_pdf(self) -> bool:
        return self.content_type == "application/pdf"


class FileReadingQuerySet(models.QuerySet):
    def of(self, about: models.Model) -> "FileReadingQuerySet":
        """The readings of what belongs to one row."""
        return self.filter(kind=about._meta.model_name, row=about.pk)

    def times(self, model: type[models.Model], keys: Iterable[int]) -> dict[int, int]:
        """How often files of rows of `model` were opened: key -> times; rows never opened are left out. One query."""
        found = self.filter(kind=model._meta.model_name, row__in=list(keys)).order_by().values_list("row")
        return dict(found.annotate(times=models.Count("pk")))


class FileReading(models.Model):
    """Who opened which private file when (UU 27/2022: who has seen personal data can be told).

    Rows are added by `serving.respond`, never changed, and outlast what the file belonged to.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    #: Name of the model, and key, of the row that the file belongs to: one content may belong to many.
    kind = models.CharField(max_length=40)
    row = models.BigIntegerField()
    #: Which of the row's files: code of a document, name of a file, tab of a list; empty where there is one only.
    part = models.CharField(max_length=100, blank=True)
    #: Empty for whoever has no account: a union by its link, a reporter by the number.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = FileReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("reading of a file")
        verbose_name_plural = _("readings of files")
        indexes = [models.Index(fields=["kind", "row", "-at"], name="psk_file_reading_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} {self.part}".rstrip()

    @classmethod
    def by(cls, user: Any, stored: StoredFile, about: models.Model, part: str = "") -> "FileReading":
        """A reading, not saved yet. `about`: the row that the file belongs to."""
        return cls(
            file=stored,
            kind=about._meta.model_name,
            row=about.pk,
            part=part[:100],
            user=user if user.is_authenticated else None,
        )


class NumberSeries(models.Model):
    """The last number given out in one series of one year. Read and written under a lock only."""

    code = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="psk_series_code_year")]
        verbose_name = _("number series")
        verbose_name_plural = _("number series")

    def __str__(self) -> str:
        return f"{self.code} {self.year}: {self.last}"
