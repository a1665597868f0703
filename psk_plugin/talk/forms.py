"""The form of a message, the same for both sides; what was typed and the file survive a refusal."""

import uuid

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..records import intake
from ..records.models import StoredFile
from .models import MAX_TEXT

KINDS = ["pdf", "docx", "jpg", "png"]
MAX_MB = 5
SALT = "psk-message-file"
#: Seconds for which an accepted file waits for the next press.
KEPT_FOR = 24 * 3600


class MessageForm(forms.Form):
    """A message with one file if wished. A file that was accepted stays with the form, signed, for the next press."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Message"),
        validators=[MaxLengthValidator(MAX_TEXT)],
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Please write the message.")},
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=format_lazy(gettext_lazy("One file: PDF, Word (DOCX), JPG or PNG, at most {size} MB."), size=MAX_MB),
        error_messages={"empty": gettext_lazy("The file is empty. Please choose the file again.")},
    )

    def __init__(self, data=None, files=None, *, owner: str) -> None:
        """`owner`: whose form it is, so that a kept file is of use to nobody else."""
        self.owner = owner
        self.stored: StoredFile | None = None
        self.name = ""
        super().__init__(data, files, auto_id="id_pesan_%s")
        self.key = self._key()

    def _key(self) -> uuid.UUID:
        """Of this writing of the form, so that pressing twice sends once."""
        try:
            return uuid.UUID(self.data.get("key") or "")
        except ValueError:
            return uuid.uuid4()

    def clean_file(self) -> None:
        upload = self.cleaned_data.get("file")
        if upload is None:
            self._take_kept()
            return
        if upload.size and upload.size > MAX_MB * 1024 * 1024:  # before reading it
            raise ValidationError(
                _("The file is %(size).1f MB; at most %(limit)g MB is accepted. Please make it smaller."),
                params={"size": upload.size / 1024 / 1024, "limit": MAX_MB},
            )
        data = upload.read()
        self.stored = intake.keep(data, intake.look(data, KINDS, MAX_MB))
        self.name = intake.clean_name(upload.name or "")

    def _take_kept(self) -> None:
        if self.data.get("lepas"):  # the person does not want it any more
            return
        try:
            owner, pk, name = signing.loads(self.data.get("kept") or "", salt=SALT, max_age=KEPT_FOR)
        except (signing.BadSignature, ValueError, UnicodeError):
            return
        if owner == self.owner:
            self.stored = StoredFile.objects.filter(pk=pk).first()
            self.name = name if self.stored else ""

    @property
    def kept(self) -> str:
        """The signed name of the file that was accepted; empty where there is none."""
        return signing.dumps([self.owner, self.stored.pk, self.name], salt=SALT) if self.stored else ""
