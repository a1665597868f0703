"""Tables as drawings: vector, readable in black and white, with words for whoever does not see them.

Drawn by ReportLab's graphics, which comes with xhtml2pdf. A drawing is narrow, so that its letters keep their size on a
phone; bars carry their number, the second of a pair is hollow, and the table with all numbers stands beside it.
"""

import base64
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..pdf import FONTS
from .tables import Table, Value

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

#: Width of a drawing in units of its letters' size; on a phone of 360 px one unit is one pixel.
WIDTH = 328
LETTERS = 11
#: Most room of a drawing on paper, in cm.
PDF_WIDTH, PDF_HEIGHT = 10.0, 12.0
INK, FILL, HOLLOW, GRID = "#1f2937", "#1d4f91", "#ffffff", "#c4c9d1"
#: Most bars of one drawing; the table has them all.
MOST_BARS = 18
#: The office's serif type: in a PDF every letter is embedded; a web page puts its own type in its place.
LETTERS_OF = "PskChart"


def drawing_of(table: Table) -> "Drawing | None":
    """The drawing of a table; none where it is not drawn or has nothing to draw."""
    rows = [row for row in table.rows if any(row[column].plain is not None for column in table.drawn)]
    if not table.chart or not rows:
        return None
    _know_letters()
    if table.chart == "line":
        return _line(table, rows) if len(rows) > 1 else None
    if table.chart == "pairs":
        return _pairs(table, rows)
    return _bars(table, rows[:MOST_BARS])


def svg_of(table: Table) -> SafeString:
    """The drawing for a web page, named and described; empty where there is none."""
    drawing = drawing_of(table)
    if drawing is None:
        return mark_safe("")
    text = _markup(drawing)
    name, described = f"g-{table.code}-nama", f"g-{table.code}-isi"
    text = re.sub(r"<title>.*?</title>", f'<title id="{name}">{escape(table.title)}</title>', text, count=1, flags=re.S)
    text = re.sub(
        r"<desc>.*?</desc>", f'<desc id="{described}">{escape(in_words(table))}</desc>', text, count=1, flags=re.S
    )
    # Several drawings stand on one page: names inside each must be its own.
    text = text.replace('id="clip"', f'id="g-{table.code}-clip"').replace("url(#clip)", f"url(#g-{table.code}-clip)")
    text = text.replace('id="group"', f'id="g-{table.code}-group"')
    text = re.sub(r"font-family: [^;\"]+", "font-family: inherit", text)
    head = f'<svg role="img" aria-labelledby="{name} {described}" class="psk-chart__svg"'
    return mark_safe(text.replace("<svg", head, 1))


def for_pdf(table: Table) -> dict[str, str] | None:
    """The drawing for the markup of a PDF: `uri`, and `width` and `height` in cm; none where there is none.

    Both measures are given: of one alone xhtml2pdf would stretch the drawing. None is taller than half a page.
    """
    drawing = drawing_of(table)
    if drawing is None:
        return None
    scale = min(PDF_WIDTH / drawing.width, PDF_HEIGHT / drawing.height)
    return {
        "uri": "data:image/svg+xml;base64," + base64.b64encode(_markup(drawing).encode()).decode(),
        "width": f"{drawing.width * scale:.2f}cm",
        "height": f"{drawing.height * scale:.2f}cm",
    }


def _markup(drawing: "Drawing") -> str:
    from reportlab.graphics import renderSVG

    text = renderSVG.drawToString(drawing)
    return text[text.index("<svg") :]


def _know_letters() -> None:
    """Tell ReportLab where the type of the drawings lies; it keeps one copy however often it is told."""
    from font_source_serif_pro import font_directory
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if LETTERS_OF not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(LETTERS_OF, str(Path(font_directory) / FONTS["regular"])))


def in_words(table: Table) -> str:
    """The drawing's numbers as one sentence."""
    parts = []
    for row in table.rows:
        numbers = ", ".join(f"{table.headings[column]} {_told(row[column], table.unit)}" for column in table.drawn)
        parts.append(f"{row[0].shown}: {numbers}")
    return "; ".join(parts) + ". " + _("The table below has the same numbers.")


def _told(value: Value, unit: str) -> str:
    return f"{value.shown}{unit}" if value.plain is not None else value.shown


def _number(value: Value) -> float:
    return float(value.plain) if value.plain is not None else 0.0


def _string(x: float, y: float, text: str, anchor: str = "start"):
    from reportlab.graphics.shapes import String
    from reportlab.lib.colors import HexColor

    return String(x, y, text, fontName=LETTERS_OF, fontSize=LETTERS, fillColor=HexColor(INK), textAnchor=anchor)


def _cut(text: str, most: int = 46) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _bars(table: Table, rows: Sequence[Sequence[Value]]) -> "Drawing":
    """Bars to the right, each under its name: long names fit on a phone as well."""
    from reportlab.graphics.shapes import Drawing

    thick = 13
    step = LETTERS + thick + 14
    column = table.drawn[0]
    most = _most(table, rows)
    drawing = Drawing(WIDTH, step * len(rows) + 4)
    y = drawing.height
    for row in rows:
        y -= LETTERS + 4
        drawing.add(_string(1, y, _cut(row[0].shown)))
        y -= thick
        _add_bar(drawing, 0.5, y - 3, thick, row[column], (WIDTH - 62) / most, table)
        y -= 10
    return drawing


def _pairs(table: Table, rows: Sequence[Sequence[Value]]) -> "Drawing":
    """Two bars to each short name, which stands beside them: a year of months fits on half a page."""
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib.colors import HexColor

    thick, left, key = 11, 58, 24
    step = len(table.drawn) * (thick + 2) + 6
    most = _most(table, rows)
    drawing = Drawing(WIDTH, key + step * len(rows) + 4)
    y, x = drawing.height - 14, left
    for place, column in enumerate(table.drawn):
        drawing.add(Rect(x, y, 12, 10, fillColor=HexColor(HOLLOW if place else FILL), strokeColor=HexColor(FILL)))
        drawing.add(_string(x + 17, y + 1, table.headings[column]))
        x += 110
    y = drawing.height - key
    for row in rows:
        drawing.add(_string(1, y - step / 2, _cut(row[0].shown, 9)))
        for place, column in enumerate(table.drawn):
            bottom = y - (place + 1) * (thick + 2)
            _add_bar(drawing, left, bottom, thick, row[column], (WIDTH - left - 40) / most, table, is_hollow=place > 0)
        y -= step
    return drawing


def _most(table: Table, rows: Sequence[Sequence[Value]]) -> float:
    """What the longest bar stands for."""
    return 100.0 if table.unit == "%" else max(_number(row[column]) for row in rows for column in table.drawn) or 1.0


def _add_bar(
    drawing: "Drawing",
    x: float,
    y: float,
    thick: float,
    value: Value,
    scale: float,
    table: Table,
    *,
    is_hollow: bool = False,
) -> None:
    """A bar from `x` to the right with its number behind it; `scale`: units of length to one of the value."""
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import HexColor

    number = min(_number(value), 100.0) if table.unit == "%" else _number(value)
    length = number * scale
    fill = HexColor(HOLLOW if is_hollow else FILL)
    drawing.add(Rect(x, y, max(length, 0.5), thick, fillColor=fill, strokeColor=HexColor(FILL), strokeWidth=1))
    drawing.add(_string(x + length + 6, y + 2, _told(value, table.unit)))


def _line(table: Table, rows: Sequence[Sequence[Value]]) -> "Drawing":
    """A line from day to day, with a mark and the number at each; 0 to 100 where it is percent."""
    from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine
    from reportlab.lib.colors import HexColor

    rows = rows[-9:]
    column = table.drawn[0]
    height, left, right, low, high = 230, 40, WIDTH - 18, 66, 212
    most = 100.0 if table.unit == "%" else max(_number(row[column]) for row in rows) or 1.0
    drawing = Drawing(WIDTH, height)
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = low + (high - low) * share
        drawing.add(Line(left, y, right, y, strokeColor=HexColor(GRID), strokeWidth=0.7))
        drawing.add(_string(left - 5, y - 4, f"{most * share:.0f}", "end"))
    step = (right - left - 20) / (len(rows) - 1)
    points = [
        (left + 10 + step * place, low + (high - low) * min(_number(row[column]), most) / most, row)
        for place, row in enumerate(rows)
        if row[column].plain is not None
    ]
    drawing.add(
        PolyLine([number for x, y, _row in points for number in (x, y)], strokeColor=HexColor(FILL), strokeWidth=2)
    )
    for x, y, row in points:
        drawing.add(Circle(x, y, 4, fillColor=HexColor(HOLLOW), strokeColor=HexColor(FILL), strokeWidth=2))
        drawing.add(_string(x, y + (9 if y < high - 12 else -16), row[column].shown, "middle"))
        drawing.add(_slanting(x, low - 8, row[0].shown))
    return drawing


def _slanting(x: float, y: float, text: str):
    from reportlab.graphics.shapes import Group

    group = Group(_string(0, 0, text, "end"))
    group.translate(x + 4, y - 4)
    group.rotate(45)
    return group
