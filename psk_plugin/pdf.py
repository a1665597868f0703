"""HTML templates turned into PDF: closed to the network, open only to our own files, fonts embedded.

A template extends `psk_plugin/pdf/base.html`, which declares the fonts and the page. Pictures go in as `data:` URIs
(`png_uri`, `qr_uri`) or by the name of a static file of the plugin.
"""

import base64
import datetime as dt
import hashlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone

from . import conf

if TYPE_CHECKING:
    from pypdf import PageObject

STATIC = Path(__file__).resolve().parent / "static" / "psk_plugin"

#: Role in `base.html` -> file of the font-source-serif-pro package.
FONTS = {
    "regular": "SourceSerifPro-Regular.ttf",
    "italic": "SourceSerifPro-It.ttf",
    "bold": "SourceSerifPro-Bold.ttf",
    "bold_italic": "SourceSerifPro-BoldIt.ttf",
}


#: Longest that drawing may take while somebody waits for the page.
MOST_SECONDS = 60


class PdfError(Exception):
    """The document could not be made as it should look; nothing was made."""


def render(
    template_name: str,
    context: dict[str, Any],
    *,
    at: dt.datetime | None = None,
    most_seconds: float = MOST_SECONDS,
) -> bytes:
    """The PDF that the template gives.

    `context` may hold `title` (goes into the document's properties) and `author`. `at` is the moment the document
    says it was made, now by default; the same template, context and `at` give the same bytes.
    Raises `PdfError` where a picture or font is missing or may not be read, where the markup cannot be drawn, or not
    within `most_seconds`.
    """
    # Both imports take half a second and are of no use to a web page.
    from font_source_serif_pro import font_directory
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    fonts = Path(font_directory)
    policy = ResourceAccessPolicy.server(
        STATIC,
        allow_remote=False,
        extra_roots=(fonts, *(Path(folder) for folder in conf.PDF_FONT_DIRS)),
        max_render_seconds=most_seconds,
    )
    html = render_to_string(
        template_name, {**context, "fonts": {role: str(fonts / name) for role, name in FONTS.items()}}
    )
    missing: list[str] = []

    def find(uri: str, _base: str | None) -> str:
        """Every address in the markup passes here; the library alone would log a missing one and go on."""
        if uri.startswith("data:"):
            return uri
        path = (STATIC / uri).resolve()
        if not any(path.is_relative_to(root) for root in policy.roots) or not path.is_file():
            missing.append(uri)
        return str(path)

    try:
        result = pisa.pisaDocument(html, link_callback=find, resource_policy=policy)
    except Exception as error:
        raise PdfError(f"{template_name}: {error}") from error
    if missing:
        raise PdfError(f"{template_name} asks for what it may not read: {', '.join(missing)[:300]}")
    if result.err:
        raise PdfError(f"{template_name}: {result.log}")
    return _finish(result.dest.getvalue(), html, context, at or timezone.now())


def _finish(data: bytes, html: str, context: dict[str, Any], at: dt.datetime) -> bytes:
    """Write the document's properties, with nothing in them that changes from one run to the next."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, ByteStringObject, NameObject, create_string_object

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.pdf_header = "%PDF-1.7"
    stamp = at.strftime("D:%Y%m%d%H%M%S%z")
    writer.metadata = {
        "/Title": str(context.get("title", "")),
        "/Author": str(context.get("author", "")),
        "/CreationDate": f"{stamp[:-2]}'{stamp[-2:]}'",
        "/Producer": "xhtml2pdf",
    }
    _drop_unused_helvetica(list(writer.pages))
    root = writer.root_object
    root[NameObject("/Lang")] = create_string_object("id-ID")
    root[NameObject("/ViewerPreferences")] = writer._add_object(_show_title())
    digest = ByteStringObject(hashlib.sha256(f"{at.isoformat()}{html}".encode()).digest()[:16])
    writer._ID = ArrayObject((digest, digest))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stamped(data: bytes, words: str) -> bytes:
    """The PDF with `words` across each page, pale and slanting: nobody takes it for the document itself."""
    from font_source_serif_pro import font_directory
    from pypdf import PdfReader, PdfWriter
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(TTFont("PskStamp", str(Path(font_directory) / FONTS["bold"])))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.setFont("PskStamp", 46)
    page.setFillGray(0.55, 0.35)
    page.translate(A4[0] / 2, A4[1] / 2)
    page.rotate(52)
    for shift in (-230, 0, 230):
        page.drawCentredString(0, shift, words)
    page.save()
    stamp = PdfReader(out).pages[0]
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for drawn in writer.pages:
        drawn.merge_page(stamp)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def page_count(data: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(data)).pages)


def _drop_unused_helvetica(pages: "list[PageObject]") -> None:
    """ReportLab names Helvetica on each page before anything is drawn. It is not embedded and writes no letter; while
    it is named, archives and checkers call the file incomplete.
    """
    emptied = []
    for page in pages:
        fonts, contents = page["/Resources"]["/Font"].get_object(), page.get_contents()
        for name in [name for name, font in fonts.items() if font.get_object()["/BaseFont"] == "/Helvetica"]:
            key = name.encode() + b" "
            chosen_only = rb"BT %s[\d.]+ Tf [\d.]+ TL ET" % re.escape(key)
            contents.set_data(re.sub(chosen_only, b"", contents.get_data()))
            if key in contents.get_data():
                return  # a letter is written with it after all
            emptied.append((page, contents, fonts, name))
    # Pages may share one list of fonts: it is cut only when no page needs the name any more.
    for page, contents, fonts, name in emptied:
        page.replace_contents(contents)
        page.compress_content_streams()
        fonts.pop(name, None)


def _show_title():
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject

    return DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})


def png_uri(data: bytes) -> str:
    """A picture's bytes as an address that stands in the markup itself."""
    return "data:image/png;base64," + base64.b64encode(data).decode()


def qr_uri(text: str, *, scale: int = 8) -> str:
    """A QR code of `text` as a picture for the markup: error correction M (15 %), quiet zone of four modules."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=scale, border=4)
    return png_uri(out.getvalue())
