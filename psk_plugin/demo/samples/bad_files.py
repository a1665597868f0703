"""Files that must not come in, or not unharmed: made at run time for tests of the intake."""

import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

#: A name that a careless program trips over; the file itself is a sound PDF and may come in.
ODD_NAME = 'naskah PP — "final" (1) é;%00.pdf'

_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def bad_files(target: Path) -> dict[str, Path]:
    """Write every bad file into `target` and return name -> path. The encrypted PDF opens with "rahasia"."""
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    good = _pdf(3)
    contents = {
        "0-byte.pdf": b"",
        "renamed.pdf": _picture("PNG"),
        "truncated.pdf": good[: len(good) * 2 // 3],
        "encrypted.pdf": _encrypted(good),
        "300-pages.pdf": _pdf(300),
        "oversized.pdf": _oversized(good),
        "exe-renamed.pdf": b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(2048),
        ODD_NAME: good,
        "html-as-pdf.pdf": b"<!DOCTYPE html><html><body><script>alert(1)</script><h1>404</h1></body></html>",
        "javascript.pdf": _with_javascript(good),
        "open-action.pdf": _with_launch(good),
        "macro.docx": _docx({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)}),
        "bomb.docx": _docx({"word/media/image1.bmp": bytes(200 * 1024 * 1024)}),
        "corrupt.jpg": _corrupt_jpeg(),
        "huge-pixels.png": _huge_png(20_000, 20_000),
    }
    for name, content in contents.items():
        (target / name).write_bytes(content)
    return {name: target / name for name in contents}


def _pdf(pages: int) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 770, f"Halaman {number} dari {pages}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _encrypted(good: bytes) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(good)))
    # RC4 needs no further package; what counts here is that a password is asked for.
    writer.encrypt("rahasia", algorithm="RC4-128")
    return _written(writer)


def _oversized(good: bytes) -> bytes:
    """A sound PDF just over 10 MB: the weight is an attachment of noise."""
    writer = PdfWriter(PdfReader(io.BytesIO(good)))
    writer.add_attachment("lampiran.bin", random.Random(1).randbytes(10 * 1024 * 1024 + 4096))
    return _written(writer)


def _with_javascript(good: bytes) -> bytes:
    """A script in the tree of names, which viewers run on opening."""
    script = _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert('contoh');"))
    tree = _dictionary(Names=ArrayObject([TextStringObject("contoh"), script]))
    return _with_root(good, "/Names", _dictionary(JavaScript=tree))


def _with_launch(good: bytes) -> bytes:
    """An action on opening that would start a program."""
    return _with_root(good, "/OpenAction", _dictionary(S=NameObject("/Launch"), F=TextStringObject("contoh.exe")))


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _with_root(good: bytes, key: str, value: PdfObject) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(good)))
    writer.root_object[NameObject(key)] = value
    return _written(writer)


def _docx(members: dict[str, bytes]) -> bytes:
    document = (
        b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {
            "[Content_Types].xml": _TYPES,
            "word/document.xml": document,
            **members,
        }.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 1)
    return buffer.getvalue()


def _picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def _corrupt_jpeg() -> bytes:
    """A JPEG that ends in the middle of its picture."""
    whole = _picture("JPEG")
    return whole[: len(whole) // 2]


def _huge_png(width: int, height: int) -> bytes:
    """One colour, one bit a pixel: a small file that asks for a large memory."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(packer.compress(row * 1000) for _block in range(height // 1000)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
