"""A company regulation from its plain source: reading it, putting a repair over it, writing PDF and DOCX.

The source: `# BAB ...` chapter (also `# LAMPIRAN ...`, `# MUKADIMAH`), `### ...` part of a chapter,
`## Pasal 1 Title` article; `(1) ...` ayat, `a. ...` or `1. ...` list item, `| a | b |` table row (first the
header), any other line a paragraph. One line is one paragraph.
"""

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)
from reportlab.platypus.tableofcontents import TableOfContents

from . import papers

_LINE = re.compile(r"^(\(\d+\)|[a-z]\.|\d+\.) (.+)$")


@dataclass(frozen=True)
class Line:
    """One paragraph: `kind` is chapter, part, article, ayat, item, text or table."""

    kind: str
    text: str = ""
    mark: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def number(self) -> str:
        """Of a heading: "BAB IV" or "Pasal 12"."""
        return " ".join(self.text.split()[:2])

    @property
    def title(self) -> str:
        """What follows the number of a heading."""
        return " ".join(self.text.split()[2:])


def parse(source: str) -> list[Line]:
    """The paragraphs of a source, tables as one line each."""
    lines: list[Line] = []
    rows: list[tuple[str, ...]] = []
    for raw in [*source.splitlines(), ""]:
        raw = raw.strip()
        if raw.startswith("|"):
            rows.append(tuple(cell.strip() for cell in raw.strip("|").split("|")))
            continue
        if rows:
            lines.append(Line("table", rows=tuple(rows)))
            rows = []
        if raw.startswith("#"):
            marks, _space, text = raw.partition(" ")
            lines.append(Line({"#": "chapter", "##": "article", "###": "part"}[marks], text))
        elif match := _LINE.match(raw):
            kind = "ayat" if match[1].startswith("(") else "item"
            lines.append(Line(kind, match[2], match[1]))
        elif raw:
            lines.append(Line("text", raw))
    return lines


def repaired(source: str, repair: str) -> str:
    """`source` with the articles that `repair` gives anew; everything else stays word for word."""
    for article in re.split(r"(?m)^(?=## )", repair):
        if not article.strip():
            continue
        number = re.match(r"## (Pasal \d+)", article)[1]
        pattern = re.compile(rf"^## {number}\b.*?(?=^#|\Z)", re.M | re.S)
        if not pattern.search(source):
            raise ValueError(f"{number} is not in the text that is to be repaired.")
        source = pattern.sub(lambda _match, new=article: new.strip() + "\n\n", source, count=1)
    return source


class _Signature(Flowable):
    """The signature block, drawn by the same code as the other papers'."""

    def __init__(self, company: dict) -> None:
        super().__init__()
        self.company, self.width, self.height = company, 150 * mm, 62 * mm

    def draw(self) -> None:
        text, filing = self.company["text"], self.company["filing"]
        ops = papers.Ops()
        for x, party, name, position, stamp in (
            (0, text["advisers"], text["adviser"], text["adviser_position"], False),
            (86 * mm, self.company["name"], filing["signatory"], filing["position"], True),
        ):
            if not text["signed"]:
                name = "(" + "." * 34 + ")"
            papers.signature(ops, x, 0, party, name, position, signed=text["signed"], stamp=stamp)
        ops.to_pdf(self.canv, self.height)


class _Book(BaseDocTemplate):
    """Tells the table of contents and the outline about chapters and articles as they fall on pages."""

    def afterFlowable(self, flowable: Flowable) -> None:
        entry = getattr(flowable, "entry", None)
        if entry:
            level, text, key = entry
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, level, closed=True)
            self.notify("TOCEntry", (level, escape(text), self.page, key))


def _styles(style: str) -> dict[str, ParagraphStyle]:
    body = ParagraphStyle(
        "body",
        fontName="Serif",
        fontSize=11.5,
        leading=17,
        alignment=TA_JUSTIFY,
        spaceAfter=4,
        bulletFontName="Serif",
        bulletFontSize=11.5,
    )
    bold = ParagraphStyle("bold", body, fontName="Serif-Bold", alignment=TA_CENTER, keepWithNext=1)
    article = ParagraphStyle("article", bold, spaceBefore=12, spaceAfter=5)
    if style == "left":
        article = ParagraphStyle("article", article, alignment=0)
    return {
        "text": body,
        "ayat": ParagraphStyle("ayat", body, leftIndent=25, bulletIndent=0),
        "item": ParagraphStyle("item", body, leftIndent=20, bulletIndent=0),
        "item-in-ayat": ParagraphStyle("item-in-ayat", body, leftIndent=45, bulletIndent=25),
        "chapter": ParagraphStyle("chapter", bold, fontSize=12.5, leading=17, spaceBefore=24, spaceAfter=8),
        "part": ParagraphStyle("part", bold, fontName="Serif-It", spaceBefore=10),
        "article": article,
        "cell": ParagraphStyle("cell", body, fontSize=10, leading=13, alignment=0, spaceAfter=0),
        "head": ParagraphStyle("head", body, fontName="Serif-Bold", fontSize=10, leading=13, alignment=0, spaceAfter=0),
        "cover": ParagraphStyle("cover", bold, fontSize=24, leading=32),
        "sub": ParagraphStyle("sub", body, fontSize=13, leading=19, alignment=TA_CENTER),
        "toc-0": ParagraphStyle("toc-0", body, fontName="Serif-Bold", fontSize=10.5, leading=15, spaceBefore=3),
        "toc-1": ParagraphStyle("toc-1", body, fontSize=10.5, leading=14, leftIndent=18, spaceAfter=0),
    }


def _heading(line: Line, style: str) -> str:
    """The words of a heading as the company sets them."""
    if line.kind == "part":
        return escape(line.text)
    if line.kind == "chapter" and line.text.startswith("BAB"):
        return f"{line.number}<br/>{escape(line.title)}"
    if line.kind == "chapter":
        return escape(line.text)
    if not line.title:
        return line.number
    return f"{line.number}{'. ' if style == 'left' else '<br/>'}{escape(line.title)}"


def _table(rows: tuple, styles: dict) -> Table:
    cells = [
        [Paragraph(escape(cell), styles["cell" if number else "head"]) for cell in row]
        for number, row in enumerate(rows)
    ]
    longest = [max(len(row[i]) if i < len(row) else 0 for row in rows) ** 0.6 + 2 for i in range(len(rows[0]))]
    widths = [150 * mm * share / sum(longest) for share in longest]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "#444444"), ("BACKGROUND", (0, 0), (-1, 0), "#eeeeee")]
    return Table(cells, widths, style=[*grid, ("VALIGN", (0, 0), (-1, -1), "TOP")], repeatRows=1, spaceAfter=8)


def to_pdf(company: dict, source: str, target: Path) -> None:
    """Write the regulation as a PDF with cover, contents, signature block and annexes."""
    papers.register_fonts()
    text = company["text"]
    styles = _styles(text["style"])

    def frame_page(canvas, document) -> None:
        canvas.setFont("Serif-It", 9)
        canvas.drawString(30 * mm, 284 * mm, f"{text['title']}")
        canvas.drawRightString(180 * mm, 284 * mm, text["period"])
        canvas.line(30 * mm, 282 * mm, 180 * mm, 282 * mm)
        canvas.setFont("Serif", 9)
        canvas.drawCentredString(105 * mm, 14 * mm, f"- {document.page} -")

    book = _Book(
        str(target),
        pagesize=A4,
        title=text["title"],
        author=company["name"],
        subject="Contoh",
        lang="id",
        invariant=1,
    )
    frame = Frame(30 * mm, 24 * mm, 150 * mm, 254 * mm, 0, 0, 0, 0)
    book.addPageTemplates([PageTemplate("cover", [frame]), PageTemplate("page", [frame], onPage=frame_page)])
    contents = TableOfContents(levelStyles=[styles["toc-0"], styles["toc-1"]], dotsMinLevel=0)
    story: list[Flowable] = [
        Spacer(1, 55 * mm),
        Paragraph("PERATURAN PERUSAHAAN", styles["cover"]),
        Spacer(1, 8 * mm),
        Paragraph(company["name"], styles["cover"]),
        Spacer(1, 8 * mm),
        Paragraph(f"Masa berlaku<br/>{text['period']}", styles["sub"]),
        Spacer(1, 60 * mm),
        Paragraph(escape(papers.full_address(company)), styles["sub"]),
        Paragraph("Perusahaan dan isi naskah ini rekaan, untuk keperluan contoh.", styles["sub"]),
        NextPageTemplate("page"),
        PageBreak(),
        Paragraph("DAFTAR ISI", styles["chapter"]),
        contents,
        PageBreak(),
    ]
    in_ayat, signed_off = False, False
    for number, line in enumerate(parse(source)):
        if line.text.startswith("LAMPIRAN"):
            if not signed_off:
                story += _sign_off(company, styles)
                signed_off = True
            story.append(PageBreak())
        if line.kind == "table":
            story.append(KeepTogether(_table(line.rows, styles)))
        elif line.kind in ("chapter", "article", "part"):
            paragraph = Paragraph(_heading(line, text["style"]), styles[line.kind])
            if line.kind != "part" and (line.kind == "chapter" or line.title):
                paragraph.entry = (int(line.kind == "article"), line.text, f"h{number}")
            story.append(paragraph)
            in_ayat = False
        else:
            in_ayat = in_ayat or line.kind == "ayat"
            style = "item-in-ayat" if line.kind == "item" and in_ayat else line.kind
            story.append(Paragraph(escape(line.text), styles[style], bulletText=line.mark or None))
    if not signed_off:
        story += _sign_off(company, styles)
    book.multiBuild(story)


def _sign_off(company: dict, styles: dict) -> list[Flowable]:
    date = company["text"]["date"] or "." * 30
    place = ParagraphStyle("place", styles["text"], leftIndent=86 * mm, spaceAfter=8, keepWithNext=1)
    return [
        Spacer(1, 10 * mm),
        Paragraph(f"Ditetapkan di Bekasi<br/>pada tanggal {date}", place),
        _Signature(company),
    ]


def to_docx(company: dict, source: str, target: Path) -> None:
    """Write the regulation as a Word file with real heading styles; the same bytes on every run."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    text = company["text"]
    document = Document()
    core = document.core_properties
    core.title, core.author, core.language = text["title"], company["name"], "id-ID"
    core.created = core.modified = dt.datetime(2026, 11, 1)
    core.last_modified_by = company["name"]
    for name, size in (
        ("Normal", 11),
        ("Title", 22),
        ("Heading 1", 13),
        ("Heading 2", 11),
        ("Heading 3", 11),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = (
            "Times New Roman",
            Pt(size),
            RGBColor(0, 0, 0),
        )
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.sections[0].header.paragraphs[0].text = f"{text['title']}\t\t{text['period']}"
    document.add_paragraph(text["title"], style="Title")
    document.add_paragraph(f"Masa berlaku {text['period']}")
    in_ayat, signed_off = False, False
    for line in parse(source):
        if line.text.startswith("LAMPIRAN") and not signed_off:
            _sign_off_docx(document, company)
            signed_off = True
        if line.kind == "table":
            table = document.add_table(0, len(line.rows[0]), style="Table Grid")
            for row in line.rows:
                for cell, words in zip(table.add_row().cells, row, strict=True):
                    cell.text = words
        elif line.kind in ("chapter", "article", "part"):
            heading = document.add_heading(line.text, {"chapter": 1, "part": 3, "article": 2}[line.kind])
            heading.alignment = WD_ALIGN_PARAGRAPH.CENTER if text["style"] != "left" else WD_ALIGN_PARAGRAPH.LEFT
            in_ayat = False
        else:
            in_ayat = in_ayat or line.kind == "ayat"
            paragraph = document.add_paragraph(f"{line.mark}\t{line.text}" if line.mark else line.text)
            depth = 2 if line.kind == "item" and in_ayat else 1 if line.mark else 0
            paragraph.paragraph_format.left_indent = Pt(24 * depth)
            paragraph.paragraph_format.first_line_indent = Pt(-24 if depth else 0)
    if not signed_off:
        _sign_off_docx(document, company)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), made.read(name), zipfile.ZIP_DEFLATED)


def _sign_off_docx(document, company: dict) -> None:
    text, filing = company["text"], company["filing"]
    document.add_paragraph(f"Ditetapkan di Bekasi, {text['date'] or '.' * 30}")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = f"{text['advisers']}\n\n\n\n{text['adviser']}\n{text['adviser_position']}"
    table.cell(0, 1).text = f"{company['name']}\n\n\n\n{filing['signatory']}\n{filing['position']}"
