"""Files come in here: looked at by their content, named by their hash, written before any row names them."""

import hashlib
import io
import zipfile
from dataclasses import dataclass

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.translation import gettext as _

from .. import conf
from .models import StoredFile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JPEG = "image/jpeg"
PNG = "image/png"

#: Kinds of file an editor can allow for a document: code -> (content type, name for people).
KINDS = {"pdf": (PDF, "PDF"), "docx": (DOCX, "Word (DOCX)"), "jpg": (JPEG, "JPG"), "png": (PNG, "PNG")}
EXTENSIONS = {content_type: code for code, (content_type, _name) in KINDS.items()}

MAX_PIXELS = 60_000_000
MAX_UNPACKED = 100 * 1024 * 1024


def storage() -> Storage:
    return storages[conf.RECORDS_STORAGE]


@dataclass(frozen=True)
class Looked:
    """What a file turned out to be."""

    content_type: str
    page_count: int | None = None


def look(data: bytes, kinds: list[str], max_mb: float) -> Looked:
    """Examine an upload by its content.

    `kinds`: codes of `KINDS` allowed here. `max_mb`: size in megabytes (of 1,048,576 bytes).
    Raises `ValidationError` with one sentence that says what is wrong and what to do.
    """
    names = ", ".join(KINDS[kind][1] for kind in kinds)
    if not data:
        raise ValidationError(_("The file is empty. Please choose the file again."), code="empty")
    limit = min(max_mb, conf.MAX_UPLOAD_MB)
    if len(data) > limit * 1024 * 1024:
        raise ValidationError(
            _("The file is %(size).1f MB; at most %(limit)g MB is accepted. Please make it smaller."),
            code="size",
            params={"size": len(data) / 1024 / 1024, "limit": limit},
        )
    content_type = _sniff(data)
    if content_type not in {KINDS[kind][0] for kind in kinds}:
        raise ValidationError(
            _("The content of this file is not one of: %(names)s. Changing a file's name does not change its kind."),
            code="kind",
            params={"names": names},
        )
    if content_type == PDF:
        return Looked(PDF, _pdf_pages(data))
    if content_type == DOCX:
        _check_docx(data)
        return Looked(DOCX)
    _check_image(data)
    return Looked(content_type, 1)


def _sniff(data: bytes) -> str | None:
    if data[:5] == b"%PDF-":
        return PDF
    guess = filetype.guess(data[:8192])
    mime = guess.mime if guess else None
    if data[:4] == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if "word/document.xml" in archive.namelist():
                    return DOCX
        except zipfile.BadZipFile:
            return None
        return None
    return mime


def _pdf_pages(data: bytes) -> int:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    damaged = ValidationError(
        _("This PDF is damaged or incomplete. Please save it again from its program and upload the new file."),
        code="damaged",
    )
    # A file cut off on its way has no end marker; readers that repair it silently would hide lost pages.
    if b"%%EOF" not in data[-2048:]:
        raise damaged
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise ValidationError(
                _("This PDF is locked with a password. Please upload it without a password."),
                code="encrypted",
            )
        pages = len(reader.pages)
        for page in (reader.pages[0], reader.pages[pages - 1]) if pages else ():
            page.mediabox  # noqa: B018 - touches the page object, which a broken file does not have
        root = reader.trailer["/Root"].get_object()
    except ValidationError:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        IndexError,
        OSError,
    ) as error:
        raise damaged from error
    if not pages:
        raise damaged
    if pages > conf.MAX_PDF_PAGES:
        raise ValidationError(
            _("This PDF has %(pages)d pages; at most %(limit)d are accepted."),
            code="pages",
            params={"pages": pages, "limit": conf.MAX_PDF_PAGES},
        )
    if _is_active(root):
        raise ValidationError(
            _("This PDF contains a program (JavaScript or an automatic action). Please print it to a new PDF."),
            code="active",
        )
    return pages


def _is_active(root: object) -> bool:
    """Whether opening the PDF would run something."""
    get = getattr(root, "get", lambda _key: None)
    names = get("/Names")
    names = names.get_object() if names is not None else {}
    action = get("/OpenAction")
    action = action.get_object() if action is not None else None
    runs = isinstance(action, dict) and action.get("/S") in (
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
    )
    return bool("/JavaScript" in names or runs or "/AA" in root)  # type: ignore[operator]


def _check_docx(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise ValidationError(_("This Word file is far too large inside. Please save it again."), code="bomb")
        if any(info.filename.lower().endswith("vbaproject.bin") for info in infos):
            raise ValidationError(
                _("This Word file contains macros. Please save it as a plain .docx without macros."),
                code="active",
            )
        try:
            broken = archive.testzip()
        except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
            raise ValidationError(_("This Word file is damaged. Please save it again."), code="damaged") from error
        if broken:
            raise ValidationError(_("This Word file is damaged. Please save it again."), code="damaged")


def _check_image(data: bytes) -> None:
    from PIL import Image, UnidentifiedImageError

    damaged = ValidationError(_("This picture is damaged. Please take or save it again."), code="damaged")
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(_("This picture is too large. Please make it smaller."), code="pixels")
            image.load()
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise ValidationError(_("This picture is too large. Please make it smaller."), code="pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise damaged from error


def keep(data: bytes, looked: Looked) -> StoredFile:
    """Store bytes by their SHA-256 and return their row; the same bytes again give the same row.

    The bytes are written and read back before the row exists: a crash in between leaves bytes nobody names, never
    a row without bytes.
    """
    digest = hashlib.sha256(data).hexdigest()
    stored = StoredFile(sha256=digest, size=len(data), content_type=looked.content_type, page_count=looked.page_count)
    place = storage()
    if not (place.exists(stored.path) and place.size(stored.path) == len(data)):
        if place.exists(stored.path):  # cut off by an earlier crash
            place.delete(stored.path)
        place.save(stored.path, ContentFile(data))
    row, _created = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={"size": stored.size, "content_type": stored.content_type, "page_count": stored.page_count},
    )
    return row


def clean_name(name: str) -> str:
    """A file's name as people may see it: no folders, no control characters, at most 150 characters."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if c.isprintable() and c not in '<>:"|?*').strip(" .")
    if len(name) > 150:
        stem, _dot, extension = name.rpartition(".")
        name = f"{stem[: 149 - len(extension)]}.{extension}" if stem and len(extension) < 10 else name[:150]
    return name or "berkas"
